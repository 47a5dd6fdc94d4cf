import { type Calendar, nextWorkingDay } from './calendar.ts'
import { advanceDays, type Count, countDays, earliest, findGap, type Gap, latest, mergeGaps, type Unit } from './count.ts'
import { addDays, type Day, daysBetween } from './day.ts'
import { type Params, type Refusal, refuse } from './refusal.ts'

export type { Unit } from './count.ts'

/**
 * How a statute counts a term. `length` includes its last day (以内 includes the number). `next_day` starts on the day after
 * the event, `same_day` on the day of the event; a start on a day off does not count in working days. With `roll`, a last
 * natural day on a day off moves to the next working day.
 */
export type ClockRule = {
  readonly id: string
  readonly unit: Unit
  readonly length: number
  readonly countFrom: 'same_day' | 'next_day'
  readonly roll: boolean
}

/** An approved suspension: `from` does not count, `to` (the day of resumption) counts; without `to` it is still open. */
export type Pause = { readonly from: Day; readonly to?: Day; readonly by: string; readonly reason: string }

/** An approved extension: so many days more after the term's last day before any roll, or a day set anew. */
export type Extension = { readonly granted: Day; readonly by: string; readonly reason: string } & (
  | { readonly add: number; readonly unit: Unit }
  | { readonly to: Day }
)

/**
 * A running term, made of its events. With `until` the term ends on a day set by a plan or a notice instead of the rule's length;
 * a set day is moved by the natural days of the suspensions after it was set, and is not rolled.
 */
export type Clock = {
  readonly rule: ClockRule & { readonly version: string }
  readonly started: Day
  readonly until?: Day
  readonly pauses: readonly Pause[]
  readonly extensions: readonly Extension[]
  readonly stopped?: Day
}

/** One line of an explanation: the key of its text (`clock/…`) and the values in it. */
export type Step = { readonly key: string; readonly params: Params }

/** The last day of a term without suspensions or extensions; throws `UnknownYear` where it needs a year not in the calendar. */
export function dueDay(rule: ClockRule, start: Day, cal: Calendar): Day {
  const due = dueOf({ rule: { ...rule, version: '' }, started: start, pauses: [], extensions: [] }, cal)
  if (due === undefined) throw new Error('a term without suspensions has a last day')
  return due
}

/** The last day of the term, or undefined while an open suspension keeps it from being reached; throws `UnknownYear`. */
export function dueOf(clock: Clock, cal: Calendar): Day | undefined {
  return reckon(clock, cal, mergeGaps(clock.pauses)).due
}

/** Whether the term is over: from the day after the due day; a stopped clock is judged on the day it stopped. */
export function isOverdue(clock: Clock, today: Day, cal: Calendar): boolean {
  const due = dueOf(clock, cal)
  return due !== undefined && asOf(clock, today) > due
}

/** Natural days to the due day: 0 on it, negative when overdue, undefined while suspended; frozen once stopped. */
export function daysLeft(clock: Clock, today: Day, cal: Calendar): number | undefined {
  const due = dueOf(clock, cal)
  return due === undefined ? undefined : daysBetween(asOf(clock, today), due)
}

/**
 * Counted days up to and including today over the counted days of the whole term, roll included: 0 at the start, 1 on the due
 * day, more after it; stands still during a suspension and once stopped. Counted in the rule's unit, natural days for a set day.
 * Of a suspended term it is the share if work went on tomorrow; throws `UnknownYear` where that needs a year not in the calendar.
 */
export function elapsedShare(clock: Clock, today: Day, cal: Calendar): number {
  const at = asOf(clock, today)
  const gaps = mergeGaps(clock.pauses)
  const due = reckon(clock, cal, gaps).due
  const known = due === undefined ? gaps.map((gap) => (gap.to === undefined ? resumedAfter(gap, at) : gap)) : gaps
  const count: Count = { unit: clock.until === undefined ? clock.rule.unit : 'natural', cal, gaps: known }
  const end = due ?? reckon(clock, cal, known).due!
  const term = countDays(count, anchorOf(clock), end)
  return term > 0 ? countDays(count, anchorOf(clock), at) / term : at < end ? 0 : 1
}

/** Why the due day is what it is: the rule, the start, each extension and suspension, the roll, the result. */
export function explainDue(clock: Clock, cal: Calendar): { due: Day | undefined; steps: Step[] } {
  const { due, last, stages } = reckon(clock, cal, mergeGaps(clock.pauses))
  const steps = [
    ruleStep(clock),
    startStep(clock, stages[0]),
    ...clock.pauses.map(pauseStep),
    ...clock.extensions.map((extension, i) => extensionStep(extension, stages[i + 1])),
    ...(due !== undefined && last !== undefined && due !== last ? [{ key: 'clock/roll', params: { from: last, to: due } }] : []),
    due === undefined ? { key: 'clock/suspended', params: {} } : { key: 'clock/due', params: { day: due } },
    ...(clock.stopped === undefined ? [] : [{ key: 'clock/stopped', params: { day: clock.stopped } }]),
  ]
  return { due, steps }
}

/** Reads the value of a clock's rule row; refuses what is no rule, naming the first field that does not hold. */
export function parseClockRule(json: unknown): ClockRule | Refusal {
  const { id, unit, length, countFrom, roll } = (json ?? {}) as Record<string, unknown>
  const checks: [field: string, found: unknown, holds: boolean, expected: string][] = [
    ['id', id, typeof id === 'string' && id !== '', 'text'],
    ['unit', unit, unit === 'natural' || unit === 'working', 'natural or working'],
    ['length', length, Number.isInteger(length) && (length as number) >= 1, 'whole number ≥ 1'],
    ['countFrom', countFrom, countFrom === 'same_day' || countFrom === 'next_day', 'same_day or next_day'],
    ['roll', roll, typeof roll === 'boolean', 'true or false'],
  ]
  const wrong = checks.find(([, , holds]) => !holds)
  if (wrong) return refuse('invalid', 'clock/rule-field', { field: wrong[0], found: String(wrong[1]), expected: wrong[3] })
  return { id, unit, length, countFrom, roll } as ClockRule
}

type Reckoning = {
  due: Day | undefined
  // The last counted day before a roll, and the same after the first term and after each extension.
  last: Day | undefined
  stages: readonly (Day | undefined)[]
}

function reckon(clock: Clock, cal: Calendar, gaps: readonly Gap[]): Reckoning {
  const natural: Count = { unit: 'natural', cal, gaps }
  const inUnit = (unit: Unit): Count => ({ unit, cal, gaps })
  const first =
    clock.until === undefined
      ? advanceDays(inUnit(clock.rule.unit), anchorOf(clock), clock.rule.length)
      : setDay(natural, clock.started, clock.until)
  const stages = [first]
  for (const extension of clock.extensions) {
    const before = stages.at(-1)
    if ('to' in extension) stages.push(setDay(natural, extension.granted, extension.to))
    else stages.push(before && advanceDays(inUnit(extension.unit), before, extension.add))
  }
  const last = stages.at(-1)
  return { due: last !== undefined && rolls(clock) ? rolled(last, natural) : last, last, stages }
}

// The day before the first day that may count.
function anchorOf(clock: Clock): Day {
  return clock.until === undefined && clock.rule.countFrom === 'same_day' ? addDays(clock.started, -1) : clock.started
}

function setDay(natural: Count, granted: Day, day: Day): Day | undefined {
  return day <= granted ? day : advanceDays(natural, granted, daysBetween(granted, day))
}

function rolls(clock: Clock): boolean {
  const latestExtension = clock.extensions.at(-1)
  if (!clock.rule.roll || (latestExtension && 'to' in latestExtension)) return false
  if (latestExtension) return latestExtension.unit === 'natural'
  return clock.until === undefined && clock.rule.unit === 'natural'
}

// A due day is never inside a suspension: nobody could be held to it.
function rolled(last: Day, { cal, gaps }: Count): Day | undefined {
  let day = nextWorkingDay(cal, last)
  for (let gap = findGap(gaps, day); gap !== undefined; gap = findGap(gaps, day)) {
    if (gap.to === undefined) return undefined
    day = nextWorkingDay(cal, gap.to)
  }
  return day
}

// A share needs an end: how long an open suspension will last does not change how much of the term is used.
function resumedAfter(gap: Gap, day: Day): Gap {
  return { from: gap.from, to: latest(gap.from, addDays(day, 1)) }
}

function asOf(clock: Clock, today: Day): Day {
  return clock.stopped === undefined ? today : earliest(today, clock.stopped)
}

function ruleStep({ rule }: Clock): Step {
  const { id, version, unit, length, countFrom } = rule
  return { key: 'clock/rule', params: { rule: id, version, unit, length, countFrom } }
}

function startStep(clock: Clock, last: Day | undefined): Step {
  const key = clock.until === undefined ? 'clock/start' : 'clock/start-until'
  return { key, params: { day: clock.started, ...(clock.until && { until: clock.until }), ...(last && { last }) } }
}

function pauseStep({ from, to, by, reason }: Pause): Step {
  if (to === undefined) return { key: 'clock/pause-open', params: { from, by, reason } }
  return { key: 'clock/pause', params: { from, to, days: Math.max(0, daysBetween(from, to)), by, reason } }
}

function extensionStep(extension: Extension, last: Day | undefined): Step {
  const { granted, by, reason } = extension
  const params = { granted, by, reason, ...(last && { last }) }
  if ('to' in extension) return { key: 'clock/extension-to', params: { ...params, to: extension.to } }
  return { key: 'clock/extension', params: { ...params, add: extension.add, unit: extension.unit } }
}
