import type { House } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { dayOf } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { inCity } from '../in-city.ts'
import type { Case } from '../rules/case.ts'
import type { CaseEvent } from '../rules/event.ts'
import { lineOf, rowFor } from '../rules/paths.ts'
import { findEvents, type Step } from '../store.ts'
import { type Course, courseAfter, courseOf, turnsOf, type Ways } from './rules/course.ts'
import { findCourse, lockBehind, replaceCourses } from './store-course.ts'

/** A step that begins a case, with what statistics need of it. */
export function withFirstCourse(step: Step, law: Law): Step {
  return { ...step, course: courseAfter(undefined, step, waysOf(law, step.event)) }
}

/** A step with what statistics need of it, to be written in the same statement; most records beside the procedure change nothing. */
export async function withCourse(db: Db, step: Step, law: Law): Promise<Step> {
  const { type, data } = step.event
  if (type === 'undone') return withCourseTakenBack(db, step, law)
  if (data.from === data.to && !COUNTED.includes(type)) return step
  const before = await findCourse(db, step.case.id)
  if (!before || before.state !== data.from) return step // behind: the job makes it of the whole story
  return { ...step, course: courseAfter(before, step, waysOf(law, step.event)) }
}

// What was taken back never counted: the course is made of the story without it.
async function withCourseTakenBack(db: Db, step: Step, law: Law): Promise<Step> {
  const [made] = courseFromEvents([...(await findEvents(db, step.case.tenant, step.case.id)), step.event], law)
  return made ? { ...step, course: made.course } : step
}

const COUNTED: readonly CaseEvent['type'][] = ['triage', 'assign', 'suspend', 'resume', 'object', 'recheck']

const PAGE = 200

/** Makes the courses that are missing (an older release, a restore) or behind, a page a transaction; says how many. */
export async function catchUpCourses(house: Pick<House, 'database' | 'tenant' | 'law'>): Promise<number> {
  for (let done = 0; ; ) {
    const n = await inCity(house, async (db) => {
      const ids = await lockBehind(db, PAGE)
      const made: { case: Case; course: Course }[] = []
      for (const id of ids) made.push(...courseFromEvents(await findEvents(db, house.tenant, id), house.law()))
      await replaceCourses(db, made)
      return ids.length
    })
    done += n
    if (n < PAGE) return done
  }
}

function courseFromEvents(events: readonly CaseEvent[], law: Law): { case: Case; course: Course }[] {
  const turns = turnsOf(withoutTakenBack(events))
  const last = turns.at(-1)
  const course = last && courseOf(turns, waysOf(law, turns[0]!.event))
  return last && course ? [{ case: last.case, course }] : []
}

// An act and the event that took it back, which follows it at once.
function withoutTakenBack(events: readonly CaseEvent[]): CaseEvent[] {
  return events.filter((event, at) => event.type !== 'undone' && events[at + 1]?.type !== 'undone')
}

function waysOf(law: Law, { at }: CaseEvent): Ways {
  return { calendar: law.calendar, lineOf: (c) => lineOf(c, rowFor(c, 'path', { law, today: dayOf(at) }).value) }
}
