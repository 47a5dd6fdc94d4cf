import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Colour } from '../rules/codes.ts'
import { type BoardDays, NUMBERS, type NumberCode } from './rules/numbers.ts'
import { CONDITIONS, type DayFacts, dayFacts, OPEN } from './store-standing.ts'

/** What the rows of the board are. */
export const DIMENSIONS = ['region', 'path', 'source', 'batch'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** The numbers of one row; `key` is null for cases without a batch. */
export interface BoardRow {
  key: string | null
  counts: Counts
}
export type Counts = Record<NumberCode, number>

/** What each number counts, over columns of `p` or over groups of them. */
function conditionOf(code: NumberCode, facts: DayFacts): RawBuilder<unknown> {
  const colour = (c: Colour) => sql`(${OPEN} and p.colour = ${c})`
  const all: Record<NumberCode, RawBuilder<unknown>> = {
    all: sql`true`,
    open: OPEN,
    red: colour('red'),
    yellow: colour('yellow'),
    green: colour('green'),
    overdue: CONDITIONS.overdue(facts),
    soon: CONDITIONS.soon(facts),
    returned: sql`p.state = 'returned'`,
    reopened: CONDITIONS.reopened,
    rebound: CONDITIONS.rebound,
    incomplete: sql`(${OPEN} and p.incomplete)`,
    cleared_month: CONDITIONS.cleared(facts),
    cleared: sql`p.state = 'closed'`,
  }
  return all[code]
}

const GROUPED: DayFacts = { late: sql`p.late`, soon: sql`p.soon`, thisMonth: sql`p.this_month` }

/**
 * Every number of the board in one statement and one pass: cases are gathered into the few groups that stand alike, and the numbers are
 * sums over these groups. Also the oldest day for which an open case was coloured.
 */
export async function countBoard(
  db: Db,
  tenant: number,
  o: { by: Dimension; region?: string | undefined; days: BoardDays; seen?: RawBuilder<unknown> | undefined },
): Promise<{ rows: BoardRow[]; colouredOn: string | null }> {
  const { late, soon, thisMonth } = dayFacts(o.days)
  const numbers = NUMBERS.map(
    (code) => sql`coalesce(sum(p.n) filter (where ${conditionOf(code, GROUPED)}), 0)::int as ${sql.ref(code)}`,
  )
  const { rows } = await sql<{ key: string | null; coloured_on: string | null } & Record<NumberCode, number>>`
    select p.key, ${sql.join(numbers)}, (min(p.coloured_on) filter (where ${OPEN}))::text as coloured_on
    from (select ${sql.ref(`p.${o.by}`)} as key, p.state, p.colour, p.incomplete, p.reopened, p.rebound, ${late} as late, ${soon} as soon,
        ${thisMonth} as this_month, count(*) as n, min(p.colour_on) as coloured_on
      from cases.problem p where p.tenant = ${tenant} ${o.region ? sql`and p.region = ${o.region}` : sql``}
        ${o.seen ? sql`and ${o.seen}` : sql``}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9) p
    group by p.key order by p.key`.execute(db)
  const days = rows.flatMap((r) => (r.coloured_on ? [r.coloured_on] : []))
  return { rows: rows.map(({ key, coloured_on: _, ...counts }) => ({ key, counts })), colouredOn: days.sort()[0] ?? null }
}

/** How many cases had each colour in a frozen month, by county. */
export interface MonthRow {
  month: string
  region: string
  colour: Colour
  n: number
  manual: number
}

/** The frozen colours of the months from `from` on that lie in scope. */
export async function countMonths(
  db: Db,
  tenant: number,
  o: { from: string; region?: string | undefined; seen?: RawBuilder<unknown> | undefined },
): Promise<MonthRow[]> {
  const { rows } =
    await sql<MonthRow>`select s.month, s.region, s.colour, count(*)::int as n, (count(*) filter (where s.manual))::int as manual
    from cases.colour_snapshot s where s.tenant = ${tenant} and s.month >= ${o.from}
      ${o.region ? sql`and s.region = ${o.region}` : sql``}
      ${o.seen ? sql`and exists (select 1 from cases.problem p where p.tenant = s.tenant and p.id = s.case_id and ${o.seen})` : sql``}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  return rows
}

/** When the months from `from` on were frozen. */
export async function listFrozenMonths(db: Db, tenant: number, from: string): Promise<{ month: string; frozenAt: string }[]> {
  const { rows } = await sql<{ month: string; frozen_at: Date }>`select month, frozen_at from cases.frozen_month
    where tenant = ${tenant} and month >= ${from} order by month`.execute(db)
  return rows.map((r) => ({ month: r.month, frozenAt: r.frozen_at.toISOString() }))
}
