import { type RawBuilder, sql } from 'kysely'
import { cellsUnder } from './cell.ts'
import type { CourseCode } from './rules/figures.ts'
import { STAGES, type Stage } from './rules/stages.ts'

/** What the list can be narrowed by so that it shows exactly the cases behind a figure. */
export interface CourseFilter {
  unit?: string | undefined
  noUnit?: boolean | undefined
  noCategory?: boolean | undefined
  reportedFrom?: string | undefined
  reportedTo?: string | undefined
  closedFrom?: string | undefined
  closedTo?: string | undefined
  course?: CourseCode[] | undefined
  /** The case has left this stage, and it is known how long it stayed. */
  passed?: Stage | undefined
  /** In which days that must be known: working days only where the calendar has the years. */
  passedIn?: 'natural' | 'working' | undefined
  /** Cells of the H3 grid, up to level 9. */
  cells?: string[] | undefined
}

/** What of its course a case `c` has to have, or what of itself `p`. */
export const COURSE: Readonly<Record<CourseCode, RawBuilder<unknown>>> = {
  dispatched: sql`c.dispatches > 0`,
  handed_back: sql`c.returns > 0`,
  judged: sql`(c.accepts > 0 or c.rejects > 0)`,
  rejected: sql`c.rejects > 0`,
  ever_closed: sql`c.closures > 0`,
  rebounded: sql`c.rebounds > 0`,
  noticed: sql`c.windows > 0`,
  objected: sql`c.objections > 0`,
  closed_in_term: sql`(p.state = 'closed' and p.clock_due is not null and p.clock_met is not null)`,
  closed_late: sql`(p.state = 'closed' and p.clock_due < p.clock_met::date)`,
}

/** The days of a stage of a case `c`, or null while it stands in it. */
export function daysIn(stage: Stage, of: 'natural' | 'working' | 'suspended'): RawBuilder<unknown> {
  return sql.raw(`case when c.state <> '${stage}' then c.${of}_days[${STAGES.indexOf(stage) + 1}] end`)
}

/** The filter as conditions on `cases.problem p`. */
export function courseConditions(f: CourseFilter): RawBuilder<unknown>[] {
  const found = [
    f.noCategory && sql`p.category is null`,
    f.reportedFrom && sql`p.reported_on >= ${f.reportedFrom}::date`,
    f.reportedTo && sql`p.reported_on <= ${f.reportedTo}::date`,
    f.closedFrom && sql`p.closed_on >= ${f.closedFrom}::date`,
    f.closedTo && sql`p.closed_on <= ${f.closedTo}::date`,
    f.noUnit &&
      sql`not exists (select 1 from cases.course c where c.tenant = p.tenant and c.case_id = p.id and c.unit is not null)`,
    ofCourse(f),
  ]
  return found.filter((c): c is RawBuilder<unknown> => Boolean(c))
}

function ofCourse(f: CourseFilter): RawBuilder<unknown> | undefined {
  const own = [
    ...(f.unit ? [sql`c.unit = ${f.unit}::uuid`] : []),
    ...(f.course ?? []).map((code) => COURSE[code]),
    ...(f.passed ? [sql`${daysIn(f.passed, f.passedIn ?? 'natural')} is not null`] : []),
    ...(f.cells ? [inCells(f.cells)] : []),
  ]
  if (own.length === 0) return undefined
  return sql`exists (select 1 from cases.course c where c.tenant = p.tenant and c.case_id = p.id and ${sql.join(own, sql` and `)})`
}

function inCells(cells: readonly string[]): RawBuilder<unknown> {
  const ranges = cells.map(cellsUnder).map(({ from, to }) => sql`c.cell between ${from}::bigint and ${to}::bigint`)
  return sql`(${sql.join(ranges, sql` or `)})`
}
