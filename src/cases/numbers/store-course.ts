import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Case } from '../rules/case.ts'
import { cellOf } from './cell.ts'
import { COUNTERS, type Course, type DaysByStage } from './rules/course.ts'

const NAMES = [
  ...['course_state', 'course_since', 'course_gaps', 'unit', 'cell'],
  ...COUNTERS,
  ...['natural_days', 'working_days', 'suspended_days'],
]
const TYPES: Readonly<Record<string, string>> = {
  ...{ course_state: 'text', course_since: 'date', course_gaps: 'jsonb', unit: 'uuid', cell: 'bigint' },
  ...{ natural_days: 'smallint[]', working_days: 'smallint[]', suspended_days: 'smallint[]' },
}

/** The columns of `cases.problem` that hold the course of a case, and their values of a row `r` whose `course` is that of `courseRow`. */
export const COURSE_COLUMNS: RawBuilder<unknown> = sql.raw(NAMES.join(', '))
export const COURSE_FROM_ROW: RawBuilder<unknown> = sql.raw(
  NAMES.map((name) => `(r->'course'->>'${name}')::${TYPES[name] ?? 'smallint'}`).join(', '),
)

/** The course as the columns take it. */
export function courseRow(c: Case, { state, since, gaps, counters, natural, working, suspended }: Course) {
  return {
    ...{ course_state: state, course_since: since, course_gaps: gaps },
    unit: c.duties.find((duty) => duty.as === 'responsible')?.org,
    cell: c.place.point && cellOf(c.place.point),
    ...counters,
    ...{ natural_days: literal(natural), working_days: literal(working), suspended_days: literal(suspended) },
  }
}

/** The course of a case as it stands, or undefined where the job has not made it yet. */
export async function findCourse(db: Db, id: string): Promise<Course | undefined> {
  const { rows } = await sql<Row>`select course_state as state, course_since::text as since, course_gaps as gaps,
    ${sql.raw(COUNTERS.join(', '))}, natural_days, working_days, suspended_days
    from cases.problem where tenant = base.tenant() and id = ${id} and course_state is not null`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { state, since, gaps, natural_days, working_days, suspended_days, ...counters } = row
  return {
    ...{ state, since, gaps, counters },
    natural: known(natural_days),
    working: known(working_days),
    suspended: known(suspended_days),
  }
}

/** Writes courses anew, whatever was there: for whoever sees the whole city. */
export async function replaceCourses(db: Db, rows: readonly { case: Case; course: Course }[]): Promise<void> {
  if (rows.length === 0) return
  const json = JSON.stringify(rows.map(({ case: c, course }) => ({ id: c.id, course: courseRow(c, course) })))
  await sql`update cases.problem p set (${COURSE_COLUMNS}) = (select ${COURSE_FROM_ROW} from (select x.r) as y)
    from jsonb_array_elements(${json}::jsonb) as x (r) where p.tenant = base.tenant() and p.id = (x.r->>'id')::uuid`.execute(db)
}

/** Cases without a course or with that of another state; they are locked: nobody moves them until the transaction ends. */
export async function lockBehind(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from cases.problem
    where tenant = base.tenant() and course_state is distinct from state order by id limit ${limit} for no key update`.execute(db)
  return rows.map(({ id }) => id)
}

type Row = Pick<Course, 'state' | 'since' | 'gaps'> &
  Course['counters'] & { natural_days: number[]; working_days: number[]; suspended_days: number[] }

const LONGEST = 32_767

// What is unknown stands as -1: an array without nulls is read by fixed steps.
const literal = (days: DaysByStage) => `{${days.map((n) => (n === null ? -1 : Math.min(n, LONGEST))).join(',')}}`
const known = (days: number[]): DaysByStage => days.map((n) => (n < 0 ? null : n))
