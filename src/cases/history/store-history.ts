import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { baseProblem } from '../../base/problem.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import type { Case } from '../rules/case.ts'

/** A case that had begun by a day, as it stands now; `touched` where something happened to it after that day. */
export interface Begun {
  case: Case
  touched: boolean
}

/** `seen` is what the policy wall asks beyond row-level security. */
type Where = { day: Day; region?: string | undefined; seen?: RawBuilder<unknown> | undefined }

/** Cases in scope that had begun by the end of a day, newest report first; the cursor is the last row's day of report and id. */
export async function pageOfBegun(
  db: Db,
  tenant: number,
  o: Where & { end: Instant; after?: string | undefined; limit: number },
): Promise<{ rows: Begun[]; next: string | null }> {
  const { rows } = await sql<{ doc: Case; id: string; reported_on: string; touched: boolean }>`
    select p.doc, p.id, p.reported_on::text as reported_on, coalesce(e.at >= ${o.end}::timestamptz, false) as touched
    from (select p.tenant, p.id, p.version, p.reported_on, p.doc from cases.problem p where ${begun(tenant, o)} ${cursor(o.after)}
      order by p.reported_on desc, p.id desc limit ${o.limit + 1}) p
    left join journal.event e on e.tenant = p.tenant and e.context = 'cases' and e.subject = p.id and e.subject_seq = p.version
    order by p.reported_on desc, p.id desc`.execute(db)
  const last = rows[o.limit - 1]
  const next = rows.length > o.limit && last ? `${last.reported_on}_${last.id}` : null
  return { rows: rows.slice(0, o.limit).map((r) => ({ case: r.doc, touched: r.touched })), next }
}

/** How many cases in scope had begun by the end of a day. */
export async function countBegun(db: Db, tenant: number, o: Where): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.problem p where ${begun(tenant, o)}`.execute(db)
  return rows[0]!.n
}

/** The day on which the first case in scope began. */
export async function findFirstDay(db: Db, tenant: number): Promise<Day | undefined> {
  const { rows } = await sql<{
    day: Day | null
  }>`select min(p.begun_on) as day from cases.problem p where p.tenant = ${tenant}`.execute(db)
  return rows[0]?.day ?? undefined
}

/** The months that were frozen before a moment. */
export async function monthsFrozenBefore(db: Db, tenant: number, end: Instant): Promise<Set<string>> {
  const { rows } = await sql<{ month: string }>`select month from cases.frozen_month
    where tenant = ${tenant} and frozen_at < ${end}::timestamptz`.execute(db)
  return new Set(rows.map((r) => r.month))
}

function begun(tenant: number, { day, region, seen }: Where) {
  const more = [...(region ? [sql`and p.region = ${region}`] : []), ...(seen ? [sql`and ${seen}`] : [])]
  return sql`p.tenant = ${tenant} and p.begun_on <= ${day} ${more.length > 0 ? sql.join(more, sql` `) : sql``}`
}

function cursor(after: string | undefined) {
  if (!after) return sql``
  const found = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(after)
  if (!found) throw baseProblem('malformed', { where: 'query.after', found: after.slice(0, 60) })
  return sql`and (p.reported_on, p.id) < (${found[1]}::date, ${found[2]}::uuid)`
}
