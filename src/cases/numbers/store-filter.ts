import { type RawBuilder, sql } from 'kysely'
import { cellsUnder } from './cell.ts'
import type { CourseCode } from './rules/figures.ts'
import { STAGES, type Stage } from './rules/stages.ts'

/** What the list can be narrowed by so that it shows exactly the cases behind a figure. */
export interface CourseFilter {
  /** The unit that answers for it, not any that is bound. */
  responsible?: string | undefined
  noUnit?: boolean | undefined
  noCategory?: boolean | undefined
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

/** What of its course a case `p` has to have. */
export const COURSE: Readonly<Record<CourseCode, RawBuilder<unknown>>> = {
  dispatched: sql`(p.dispatches > 0 or p.returns > 0)`,
  handed_back: sql`p.returns > 0`,
  judged: sql`(p.accepts > 0 or p.rejects > 0)`,
  rejected: sql`p.rejects > 0`,
  ever_closed: sql`(p.closures > 0 or p.rebounds > 0)`,
  rebounded: sql`p.rebounds > 0`,
  noticed: sql`(p.windows > 0 or p.objections > 0)`,
  objected: sql`p.objections > 0`,
  closed_in_term: sql`(p.state = 'closed' and p.clock_due is not null and p.clock_met is not null)`,
  closed_late: sql`(p.state = 'closed' and p.clock_due < p.clock_met::date)`,
}

/** The days of a stage of a case `p`, or null while it stands in it and where they are not known. */
export function daysIn(stage: Stage, of: 'natural' | 'working' | 'suspended'): RawBuilder<unknown> {
  const days = `p.${of}_days[${STAGES.indexOf(stage) + 1}]`
  return sql.raw(`case when ${days} >= 0 and p.state <> '${stage}' then ${days} end`)
}

/** The filter as conditions on `cases.problem p`. */
export function courseConditions(f: CourseFilter): RawBuilder<unknown>[] {
  const found = [
    f.responsible && sql`p.unit = ${f.responsible}::uuid`,
    f.noUnit && sql`p.unit is null`,
    f.noCategory && sql`p.category is null`,
    f.closedFrom && sql`p.closed_on >= ${f.closedFrom}::date`,
    f.closedTo && sql`p.closed_on <= ${f.closedTo}::date`,
    ...(f.course ?? []).map((code) => COURSE[code]),
    f.passed && sql`${daysIn(f.passed, f.passedIn ?? 'natural')} is not null`,
    f.cells && inCells(f.cells),
  ]
  return found.filter((c): c is RawBuilder<unknown> => Boolean(c))
}

function inCells(cells: readonly string[]): RawBuilder<unknown> {
  const ranges = cells.map(cellsUnder).map(({ from, to }) => sql`p.cell between ${from}::bigint and ${to}::bigint`)
  return sql`(${sql.join(ranges, sql` or `)})`
}
