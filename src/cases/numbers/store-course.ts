import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Case } from '../rules/case.ts'
import { cellOf } from './cell.ts'
import { COUNTERS, type Course } from './rules/course.ts'

/** A course with the case that it is the course of. */
export type Kept = { case: Case; course: Course }

/** Adds the courses of new cases; one that is there already stays. */
export async function insertCourses(db: Db, rows: readonly Kept[]): Promise<void> {
  if (rows.length > 0) await sql`insert into cases.course (${NAMES}) ${given(rows)} on conflict do nothing`.execute(db)
}

/** Writes courses anew, whatever was there: for whoever sees the whole city. */
export async function replaceCourses(db: Db, rows: readonly Kept[]): Promise<void> {
  if (rows.length === 0) return
  const set = sql.raw(COLUMNS.map((name) => `${name} = excluded.${name}`).join(', '))
  await sql`insert into cases.course (${NAMES}) ${given(rows)} on conflict (tenant, case_id) do update set ${set}`.execute(db)
}

/** The course of a case as it was before the step that is being written; undefined where the job has not made it yet. */
export async function findCourse(db: Db, id: string): Promise<Course | undefined> {
  const { rows } = await sql<Row>`select state, since::text as since, gaps, ${sql.raw(COUNTERS.join(', '))},
    natural_days, working_days, suspended_days from cases.course where tenant = base.tenant() and case_id = ${id}`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  const { state, since, gaps, natural_days: natural, working_days: working, suspended_days: suspended, ...counters } = row
  return { state, since, gaps, counters, natural, working, suspended }
}

/** Writes the next course of a case; what the actor no longer sees after the step is left to the job. */
export async function updateCourse(db: Db, kept: Kept): Promise<void> {
  const set = sql.raw(COLUMNS.map((name) => `${name} = n.${name}`).join(', '))
  await sql`update cases.course c set ${set} from (${given([kept])}) as n (${NAMES})
    where c.tenant = base.tenant() and c.case_id = n.case_id`.execute(db)
}

/** Cases without a course or with that of another state, and their ids are locked: nobody moves them until the transaction ends. */
export async function lockBehind(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from cases.problem p where p.tenant = base.tenant()
    and not exists (select 1 from cases.course c where c.tenant = p.tenant and c.case_id = p.id and c.state = p.state)
    order by p.id limit ${limit} for no key update`.execute(db)
  return rows.map(({ id }) => id)
}

type Row = Pick<Course, 'state' | 'since' | 'gaps'> &
  Course['counters'] & {
    natural_days: Course['natural']
    working_days: Course['working']
    suspended_days: Course['suspended']
  }

const COLUMNS = ['state', 'since', 'gaps', 'unit', 'cell', ...COUNTERS, 'natural_days', 'working_days', 'suspended_days']
const NAMES = sql.raw(['tenant', 'case_id', ...COLUMNS].join(', '))
const DAYS = (name: string) =>
  sql.raw(
    `array(select case when jsonb_typeof(x) = 'number' then x::text::int end from jsonb_array_elements(r."${name}") with ordinality as a (x, i) order by i)`,
  )

function given(rows: readonly Kept[]) {
  const json = JSON.stringify(rows.map(rowOf))
  return sql`select base.tenant(), r.id, r.state, r.since, r.gaps, r.unit, r.cell,
    ${sql.raw(COUNTERS.map((name) => `r.${name}`).join(', '))}, ${DAYS('natural')}, ${DAYS('working')}, ${DAYS('suspended')}
    from jsonb_to_recordset(${json}::jsonb) as r (id uuid, state text, since date, gaps jsonb, unit uuid, cell bigint,
      ${sql.raw(COUNTERS.map((name) => `${name} int`).join(', '))}, "natural" jsonb, working jsonb, suspended jsonb)`
}

function rowOf({ case: c, course: { state, since, gaps, counters, natural, working, suspended } }: Kept) {
  const unit = c.duties.find((duty) => duty.as === 'responsible')?.org
  const cell = c.place.point && cellOf(c.place.point)
  return { id: c.id, state, since, gaps, unit, cell, ...counters, natural, working, suspended }
}
