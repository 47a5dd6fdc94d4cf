import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { CONDITIONS, dayFacts, OPEN } from '../counts/store-standing.ts'
import { conditions, type Filter } from '../store-list.ts'
import type { CourseCode, Dimension, FigureCode, PeriodDay } from './rules/figures.ts'
import type { Tally } from './rules/spread.ts'
import { STAGES, type Stage } from './rules/stages.ts'
import { COURSE, daysIn } from './store-filter.ts'

/** What is counted: a filter that holds the period too, and what the policy wall asks beyond row-level security. */
export type Counted = { filter: Filter; seen?: RawBuilder<unknown> | undefined; on: PeriodDay }

/** How many cases of a row each figure counts, and out of how many. */
export type FigureRow = { key: string | null; n: Record<FigureCode, number>; of: Record<FigureCode, number> }

/** Every figure of every row in one pass over the cases. */
export async function countFigures(db: Db, tenant: number, o: Counted & { by: Dimension }): Promise<FigureRow[]> {
  const counts = Object.entries(numberOf(o)).map(
    ([name, holds]) => sql`(count(*) filter (where ${holds}))::int as ${sql.ref(name)}`,
  )
  const { rows } = await sql<{ key: string | null } & Record<string, number>>`
    select ${KEYS[o.by](o.on)} as key, ${sql.join(counts)} ${from(tenant, o)} group by 1 order by 1`.execute(db)
  return rows.map(({ key, ...n }) => ({ key, n: pick(n, 'n'), of: pick(n, 'of') }))
}

/** The number of cases in each of two dimensions. */
export async function countCross(
  db: Db,
  tenant: number,
  o: Counted & { by: Dimension; across: Dimension },
): Promise<{ key: string | null; across: string | null; n: number }[]> {
  const { rows } = await sql<{ key: string | null; across: string | null; n: number }>`
    select ${KEYS[o.by](o.on)} as key, ${KEYS[o.across](o.on)} as across, count(*)::int as n ${from(tenant, o)}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** How many cases stayed how many days in each stage: all stages in one pass. Grouping sets, one for each stage, sort the cases fifteen times. */
export async function tallyStages(
  db: Db,
  tenant: number,
  o: Counted & { count: 'natural' | 'working' },
): Promise<Map<Stage, Tally[]>> {
  const { rows } = await sql<{ at: number; days: number; n: number }>`
    select at::int as at, days::int as days, count(*)::int as n from (
      select ${sql.raw(`p.${o.count}_days`)} as stays, coalesce(array_position(${[...STAGES]}::text[], p.state), 0) as own
      ${from(tenant, o)} offset 0) s, unnest(s.stays) with ordinality as stay (days, at)
    where days >= 0 and at <> own group by 1, 2 order by 1, 2`.execute(db)
  const found = Map.groupBy(rows, (row) => STAGES[row.at - 1]!)
  return new Map([...found].map(([stage, own]) => [stage, own.map(({ days, n }) => ({ days, n }))]))
}

/** How many cases of each row stayed how many days in one stage. */
export async function tallyStage(
  db: Db,
  tenant: number,
  o: Counted & { count: 'natural' | 'working'; stage: Stage; by: Dimension },
): Promise<Map<string | null, Tally[]>> {
  const { rows } = await sql<{ key: string | null; days: number; n: number }>`
    select key, days, count(*)::int as n from (select ${KEYS[o.by](o.on)} as key, ${daysIn(o.stage, o.count)} as days ${from(tenant, o)}) s
    where days is not null group by 1, 2 order by 1, 2`.execute(db)
  const found = Map.groupBy(rows, (row) => row.key)
  return new Map([...found].map(([key, own]) => [key, own.map(({ days, n }) => ({ days, n }))]))
}

/** By stage, how many cases were suspended in it and for how many days in all. Few cases ever are: only these are looked into. */
export async function sumSuspended(db: Db, tenant: number, o: Counted): Promise<Map<Stage, { n: number; days: number }>> {
  const { rows } = await sql<{ at: number; n: number; days: number }>`
    select at::int as at, count(*)::int as n, sum(days)::int as days from (
      select p.suspended_days as stays, coalesce(array_position(${[...STAGES]}::text[], p.state), 0) as own
      ${from(tenant, o)} and p.course_gaps <> '[]'::jsonb offset 0) s, unnest(s.stays) with ordinality as stay (days, at)
    where days > 0 and at <> own group by 1`.execute(db)
  return new Map(rows.map(({ at, n, days }) => [STAGES[at - 1]!, { n, days }]))
}

/** How many cases have no course yet, or one that is behind: the job makes them. */
export async function countBehind(db: Db, tenant: number, o: Counted): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n ${from(tenant, o)} and p.course_state is distinct from p.state`.execute(db)
  return rows[0]!.n
}

function from(tenant: number, { filter, seen }: Counted): RawBuilder<unknown> {
  const where = [sql`p.tenant = ${tenant}`, ...conditions(filter), ...(seen ? [seen] : [])]
  return sql`from cases.problem p where ${sql.join(where, sql` and `)}`
}

const MONTH = { reported: sql`to_char(p.reported_on, 'YYYY-MM')`, closed: sql`to_char(p.closed_on, 'YYYY-MM')` }

const KEYS: Readonly<Record<Dimension, (on: PeriodDay) => RawBuilder<unknown>>> = {
  region: () => sql`p.region`,
  unit: () => sql`p.unit::text`,
  source: () => sql`p.source`,
  path: () => sql`p.path`,
  category: () => sql`p.category`,
  batch: () => sql`p.batch`,
  month: (on) => MONTH[on],
}

// Names of the columns: `n_` what a figure counts, `of_` out of what.
function numberOf({ filter }: Counted): Record<string, RawBuilder<unknown>> {
  if (!filter.days) throw new Error('figures are counted on a day')
  const facts = dayFacts(filter.days)
  const share = (code: FigureCode, n: CourseCode, of: CourseCode) => ({ [`n_${code}`]: COURSE[n], [`of_${code}`]: COURSE[of] })
  return {
    n_total: sql`true`,
    n_open: OPEN,
    of_open: sql`true`,
    n_done: sql`p.state = 'closed'`,
    of_done: sql`true`,
    n_ended: sql`p.state in ('declined','merged','unfounded','transferred')`,
    of_ended: sql`true`,
    n_overdue: CONDITIONS.overdue(facts),
    of_overdue: OPEN,
    ...share('closed_late', 'closed_late', 'closed_in_term'),
    ...share('rejected', 'rejected', 'judged'),
    ...share('rebounded', 'rebounded', 'ever_closed'),
    ...share('handed_back', 'handed_back', 'dispatched'),
    ...share('objected', 'objected', 'noticed'),
  }
}

function pick(all: Record<string, number>, kind: 'n' | 'of'): Record<FigureCode, number> {
  const own = Object.entries(all).filter(([name]) => name.startsWith(`${kind}_`))
  return Object.fromEntries(own.map(([name, n]) => [name.slice(kind.length + 1), n])) as Record<FigureCode, number>
}
