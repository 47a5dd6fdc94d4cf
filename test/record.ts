import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

export type Statement = { text: string; values: unknown[]; name?: string }

/** The statements that a piece of work really sends, in their order; those of clocks and jobs beside it are not its own. */
export async function record(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const mine = new AsyncLocalStorage<true>()
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: unknown, ...args: unknown[]) {
    if (mine.getStore()) statements.push(asStatement(args))
    return original.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await mine.run(true, work)
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query
  }
  return statements
}

function asStatement([first, values]: unknown[]): Statement {
  if (typeof first === 'string') return { text: first, values: (values as unknown[]) ?? [] }
  return first as Statement // planned once
}

/** Sends recorded statements again on one connection, named as they were; the rows of the largest answer. */
export async function replay(pool: pg.Pool, statements: Statement[]): Promise<unknown[]> {
  const client = await pool.connect()
  try {
    let rows: unknown[] = []
    for (const { text, values, name } of statements) {
      const result = await client.query({ text, values, ...(name ? { name } : {}) })
      if (!Array.isArray(result) && result.rows.length > 0 && result.rows.length >= rows.length) rows = result.rows
    }
    return rows
  } catch (e) {
    await client.query('rollback')
    throw e
  } finally {
    client.release()
  }
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

/** How many rows of a table the recorded statements look at: what they take and what they look at in vain. */
export async function rowsVisited(pool: pg.Pool, statements: Statement[], table: string): Promise<number> {
  const client = await pool.connect()
  let visited = 0
  try {
    for (const { text, values } of statements) {
      if (!/^\s*(\/\*.*\*\/ )?select .*\bfrom\b/is.test(text) || !new RegExp(`\\.${table}\\b`).test(text)) {
        if (!/^commit/i.test(text)) await client.query({ text, values })
        continue
      }
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, format json) ${text}`, values)
      visited += count(rows[0]!['QUERY PLAN'][0]!.Plan)
    }
  } finally {
    await client.query('rollback')
    client.release()
  }
  return visited

  function count(plan: Plan): number {
    const own = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)
    const below = (plan.Plans ?? []).reduce((sum, each) => sum + count(each), 0)
    return below + (plan['Relation Name'] === table ? own * plan['Actual Loops'] : 0)
  }
}
