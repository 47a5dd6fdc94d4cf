import pg from 'pg'

export type Statement = { text: string; values: unknown[] }

/** The statements that a piece of work really sends, in their order. */
export async function record(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: unknown, ...args: unknown[]) {
    if (typeof args[0] === 'string') statements.push({ text: args[0], values: (args[1] as unknown[]) ?? [] })
    return original.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query
  }
  return statements
}

/** Sends recorded statements again on one connection; the rows of the last answer that has any. */
export async function replay(pool: pg.Pool, statements: Statement[]): Promise<unknown[]> {
  const client = await pool.connect()
  try {
    let rows: unknown[] = []
    for (const { text, values } of statements) {
      const result = await client.query(text, values)
      if (!Array.isArray(result) && result.rows.length > 0) rows = result.rows
    }
    return rows
  } finally {
    client.release()
  }
}
