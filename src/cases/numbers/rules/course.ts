import { type Calendar, UnknownYear } from '../../../base/rules/calendar.ts'
import { countDays, type Gap, type Unit } from '../../../base/rules/count.ts'
import { type Day, daysBetween } from '../../../base/rules/day.ts'
import type { ImportedStart } from '../../rules/act.ts'
import type { Case } from '../../rules/case.ts'
import type { State } from '../../rules/codes.ts'
import type { CaseEvent } from '../../rules/event.ts'
import { evolve } from '../../rules/evolve.ts'
import { STAGES, type Stage } from './stages.ts'

/** How often something happened to a case, over all its rounds. */
export type Counters = Record<(typeof COUNTERS)[number], number>
export const COUNTERS = ['dispatches', 'returns', 'accepts', 'rejects', 'windows', 'objections', 'closures', 'rebounds'] as const

/** Days by stage, in the order of `STAGES`; null where the case has not left the stage yet, or nobody wrote down when it entered it. */
export type DaysByStage = (number | null)[]

/**
 * The course of a case as statistics need it, derived of its events alone: where it stands since when, what it was suspended for, how
 * often it came back, and how many days it spent in each stage. `since` is null where the record does not say when the present stage began.
 */
export type Course = {
  state: State
  since: Day | null
  gaps: Gap[]
  counters: Counters
  natural: DaysByStage
  working: DaysByStage
  suspended: DaysByStage
}

/** What an event leads to: the case after it. */
export type Turn = { case: Case; event: CaseEvent }

/** What the law says of stages: the working days, and which states this very case passes. */
export type Ways = { calendar: Calendar; lineOf(c: Case): readonly State[] }

/** The course after an event; the first event of a case begins it. */
export function courseAfter(before: Course | undefined, turn: Turn, ways: Ways): Course {
  const { type } = turn.event
  if (!before || type === 'report' || type === 'imported') return begun(turn, ways)
  return moved(counted(suspended(before, turn), turn), turn, ways)
}

/** A story as turns: each event with the case after it. */
export function turnsOf(events: readonly CaseEvent[]): Turn[] {
  let c: Case | undefined
  return events.map((event) => {
    c = evolve(c, event)
    return { case: c, event }
  })
}

/** The course that a whole story leads to. */
export function courseOf(turns: readonly Turn[], ways: Ways): Course | undefined {
  return turns.reduce<Course | undefined>((course, turn) => courseAfter(course, turn, ways), undefined)
}

const NONE: Counters = {
  ...{ dispatches: 0, returns: 0, accepts: 0, rejects: 0 },
  ...{ windows: 0, objections: 0, closures: 0, rebounds: 0 },
}

function begun({ case: c, event }: Turn, ways: Ways): Course {
  const none = STAGES.map(() => null)
  const fresh = { gaps: [], natural: none, working: [...none], suspended: [...none] }
  if (event.type !== 'imported') return { ...fresh, state: c.state, since: event.data.on, counters: NONE }
  const { start } = event.data.act
  const entered = daysOfSheet(start)
  const course = { ...fresh, state: c.state, since: entered.get(c.state) ?? null, counters: countersOfSheet(start) }
  return sheetStages(course, { entered, line: ways.lineOf(c), calendar: ways.calendar })
}

// An old sheet names days, not events: a stage is measured only where both its own day and that of the very next state stand in it.
function sheetStages(c: Course, o: { entered: ReadonlyMap<State, Day>; line: readonly State[]; calendar: Calendar }): Course {
  const { line } = o
  const pairs = line.slice(1).map((to, at): [Stage, Day | undefined, Day | undefined] => {
    const from = line[at]!
    return [from as Stage, o.entered.get(from), o.entered.get(to)]
  })
  const spans: typeof pairs = [
    ['work', o.entered.get('assigned'), o.entered.get('self_checked')],
    ['whole', o.entered.get('reported'), o.entered.get('closed')],
  ]
  return [...pairs, ...spans].reduce(
    (course, [stage, from, to]) => (from && to && to >= from ? added(course, { stage, from, to, calendar: o.calendar }) : course),
    c,
  )
}

function daysOfSheet(start: ImportedStart): ReadonlyMap<State, Day> {
  const { plan, checks, notice, filing } = start
  const days: [State, Day | undefined][] = [
    ['reported', start.reportedOn],
    ['assigned', start.assignedOn],
    ['plan_submitted', plan?.submittedOn],
    ['self_checked', checks?.self?.on],
    ['county_accepted', checks?.county?.on],
    ['city_accepted', checks?.city?.on],
    ['publicising', notice?.from],
    ['filed', filing?.on],
    ['closed', start.closedOn],
  ]
  return new Map(days.filter((pair): pair is [State, Day] => pair[1] !== undefined))
}

// How often an old case was handed back, rejected or objected to nobody wrote down: it is in no denominator of these. That it was cleared
// off is known, and what comes after is recorded.
const countersOfSheet = ({ state }: ImportedStart): Counters => ({ ...NONE, closures: state === 'closed' ? 1 : 0 })

function suspended(c: Course, { event }: Turn): Course {
  const { on } = event.data
  if (event.type === 'suspend') return { ...c, gaps: [...c.gaps, { from: on }] }
  if (event.type === 'resume') return { ...c, gaps: c.gaps.map((gap) => (gap.to ? gap : { ...gap, to: on })) }
  return c
}

function counted(c: Course, { event, case: after }: Turn): Course {
  const { from, to, effect } = event.data
  const { type } = event
  const add: Partial<Record<keyof Counters, boolean>> = {
    dispatches: type === 'assign' && from !== to,
    returns: type === 'return',
    accepts: type === 'county_accept' || type === 'city_accept',
    rejects: type === 'county_reject' || type === 'city_reject',
    windows: effect.notice !== undefined,
    objections: type === 'object',
    closures: to === 'closed' && from !== to,
    rebounds: (type === 'reopen' || type === 'recheck') && from !== to && after.reopenings.at(-1)?.rebound === true,
  }
  const counters = Object.fromEntries(COUNTERS.map((name) => [name, c.counters[name] + (add[name] ? 1 : 0)])) as Counters
  return { ...c, counters }
}

function moved(c: Course, { case: after, event }: Turn, { calendar }: Ways): Course {
  const { to, on } = event.data
  if (to === c.state) return c
  const left = c.since ? added(c, { stage: c.state as Stage, from: c.since, to: on, calendar }) : c
  const next = { ...left, state: to, since: on }
  if (to === 'self_checked' && after.assigned) return first(next, { stage: 'work', from: after.assigned.on, to: on, calendar })
  if (to === 'closed') return first(next, { stage: 'whole', from: after.reportedOn, to: on, calendar })
  return next
}

type Stay = { stage: Stage; from: Day; to: Day; calendar: Calendar }

const first = (c: Course, stay: Stay): Course => (c.natural[STAGES.indexOf(stay.stage)] == null ? added(c, stay) : c)

// Adds a stay to what the stage took before: a stage that a case comes back to counts over all rounds.
function added(c: Course, { stage, from, to, calendar }: Stay): Course {
  const at = STAGES.indexOf(stage)
  if (at < 0) return c
  const count = (unit: Unit) => countDays({ unit, cal: calendar, gaps: c.gaps }, from, to)
  const natural = count('natural')
  return {
    ...c,
    natural: plus(c.natural, at, natural),
    working: plus(
      c.working,
      at,
      known(() => count('working')),
    ),
    suspended: plus(c.suspended, at, Math.max(0, daysBetween(from, to)) - natural),
  }
}

function plus(all: DaysByStage, at: number, days: number | null): DaysByStage {
  const sum = days === null ? null : (all[at] ?? 0) + days
  return all.map((old, i) => (i === at ? sum : old))
}

// A year whose working days are not published cannot be counted.
function known(count: () => number): number | null {
  try {
    return count()
  } catch (error) {
    if (error instanceof UnknownYear) return null
    throw error
  }
}
