import type { House } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { inCity } from '../in-city.ts'
import type { CaseEvent } from '../rules/event.ts'
import { lineOf, rowFor } from '../rules/paths.ts'
import { findEvents, type Step } from '../store.ts'
import { courseAfter, courseOf, turnsOf, type Ways } from './rules/course.ts'
import { findCourse, insertCourses, type Kept, lockBehind, replaceCourses, updateCourse } from './store-course.ts'

/** What statistics need of new cases, in the transaction that adds them. */
export async function beginCourses(db: Db, steps: readonly Step[], law: Law): Promise<void> {
  await insertCourses(
    db,
    steps.map((step) => ({ case: step.case, course: courseAfter(undefined, step, waysOf(law, step.event)) })),
  )
}

/** What statistics need of a step, in the transaction that takes it; most records beside the procedure change nothing. */
export async function keepCourse(db: Db, step: Step, law: Law): Promise<void> {
  const { type, data } = step.event
  if (data.from === data.to && !COUNTED.includes(type)) return
  const before = await findCourse(db, step.case.id)
  if (!before || before.state !== data.from) return // behind: the job makes it of the whole story
  await updateCourse(db, { case: step.case, course: courseAfter(before, step, waysOf(law, step.event)) })
}

const COUNTED: readonly CaseEvent['type'][] = ['triage', 'assign', 'suspend', 'resume', 'object', 'recheck']

const PAGE = 100

/** Makes the courses that are missing (an older release, a restore) or behind, a page a transaction; says how many. */
export async function catchUpCourses(house: Pick<House, 'database' | 'tenant' | 'law'>): Promise<number> {
  for (let done = 0; ; ) {
    const n = await inCity(house, async (db) => {
      const ids = await lockBehind(db, PAGE)
      const kept: Kept[] = []
      for (const id of ids) kept.push(...courseFromEvents(await findEvents(db, house.tenant, id), house.law()))
      await replaceCourses(db, kept)
      return ids.length
    })
    done += n
    if (n < PAGE) return done
  }
}

function courseFromEvents(events: readonly CaseEvent[], law: Law): Kept[] {
  const turns = turnsOf(events)
  const last = turns.at(-1)
  const course = last && courseOf(turns, waysOf(law, turns[0]!.event))
  return last && course ? [{ case: last.case, course }] : []
}

function waysOf(law: Law, { at }: CaseEvent): Ways {
  return { calendar: law.calendar, lineOf: (c) => lineOf(c, rowFor(c, 'path', { law, today: dayOf(at as Instant) }).value) }
}
