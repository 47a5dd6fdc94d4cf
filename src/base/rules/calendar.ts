import { type Day, dayFromNumber, dayNumber, parseDay, toDay, weekdayOfNumber, yearOf } from './day.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Cited, Confidence } from './source.ts'

/** One year's notice: days off (weekend days inside a holiday too) and make-up working days; `via` names the data set it was read through. */
export type CalendarYear = Cited & { readonly off: readonly Day[]; readonly work: readonly Day[]; readonly via?: string }

/** The State Council's working-day calendar, by calendar year of the day (an off day of late December stands in its own year). */
export type Calendar = {
  readonly name: string
  readonly source: string
  readonly years: Readonly<Record<number, CalendarYear>>
}

/** Thrown where a count needs a year whose notice is not in the calendar: names the year and the years known. */
export class UnknownYear extends Error {
  readonly year: number
  readonly known: readonly number[]

  constructor(year: number, known: readonly number[]) {
    super(`the working-day calendar has no ${year}; known: ${known.join(', ') || 'none'}`)
    this.name = 'UnknownYear'
    this.year = year
    this.known = known
  }
}

/** Whether people work on `day`: a weekday not off, or a make-up day; throws `UnknownYear`. */
export function isWorkingDay(cal: Calendar, day: Day): boolean {
  const number = dayNumber(day)
  const run = runOf(cal, number)
  return run.before[number - run.first + 1] !== run.before[number - run.first]
}

/** The `count`-th working day after `day` (before it when negative; `day` itself when 0); throws `UnknownYear`. */
export function addWorkingDays(cal: Calendar, day: Day, count: number): Day {
  if (count === 0) return day
  const number = dayNumber(day)
  const run = runOf(cal, number)
  const found = run.working[count > 0 ? run.before[number - run.first + 1]! - 1 + count : run.before[number - run.first]! + count]
  if (found === undefined)
    throw new UnknownYear(yearOf(dayFromNumber(count > 0 ? run.last : run.first)) + Math.sign(count), yearsOf(cal))
  return dayFromNumber(found)
}

/** The first working day on or after `day`; throws `UnknownYear`. */
export function nextWorkingDay(cal: Calendar, day: Day): Day {
  return isWorkingDay(cal, day) ? day : addWorkingDays(cal, day, 1)
}

/** Working days after `from` up to and including `to`; negative where `to` is earlier (days after `to` up to `from`); throws `UnknownYear`. */
export function workingDaysBetween(cal: Calendar, from: Day, to: Day): number {
  if (from === to) return 0
  const [a, b] = [dayNumber(from), dayNumber(to)]
  const run = runOf(cal, a)
  if (b < run.first || b > run.last) throw new UnknownYear(missingToward(run, b), yearsOf(cal))
  return run.before[b - run.first + 1]! - run.before[a - run.first + 1]!
}

/** Builds the look-up of a calendar once; the other functions do so by themselves at the first call. */
export function indexCalendar(cal: Calendar): void {
  runsOf(cal)
}

/** Reads a calendar from a parsed file; refuses days that do not exist, and days that stand in another year's row. */
export function parseCalendar(json: unknown): Calendar | Refusal {
  const { name, source, years } = (json ?? {}) as { name?: unknown; source?: unknown; years?: unknown }
  if (typeof name !== 'string' || typeof source !== 'string' || typeof years !== 'object' || years === null) {
    return refuse('invalid', 'calendar/shape', { expected: 'name, source, years' })
  }
  const parsed: Record<number, CalendarYear> = {}
  for (const [year, row] of Object.entries(years)) {
    const result = parseYear(year, row)
    if (isRefusal(result)) return result
    parsed[Number(year)] = result
  }
  return { name, source, years: parsed }
}

/** The years a calendar knows, rising. */
export function yearsOf(cal: Calendar): number[] {
  return Object.keys(cal.years)
    .map(Number)
    .sort((a, b) => a - b)
}

// A run of known years without a gap: `before[i]` working days stand before its i-th day, `working` lists their numbers.
type Run = { first: number; last: number; before: Uint32Array; working: number[] }

const indexes = new WeakMap<Calendar, Run[]>()

function runOf(cal: Calendar, number: number): Run {
  for (const run of runsOf(cal)) if (number >= run.first && number <= run.last) return run
  throw new UnknownYear(yearOf(dayFromNumber(number)), yearsOf(cal))
}

function runsOf(cal: Calendar): Run[] {
  const known = indexes.get(cal)
  if (known) return known
  const years = yearsOf(cal)
  const starts = years.filter((year) => !(year - 1 in cal.years))
  const runs = starts.map((start) => buildRun(cal, start, years.find((year) => year >= start && !(year + 1 in cal.years))!))
  indexes.set(cal, runs)
  return runs
}

function buildRun(cal: Calendar, from: number, to: number): Run {
  const first = dayNumber(firstDayOf(from))
  const last = dayNumber(firstDayOf(to + 1)) - 1
  const off = new Set<number>()
  const work = new Set<number>()
  for (let year = from; year <= to; year++) {
    for (const day of cal.years[year]!.off) off.add(dayNumber(day))
    for (const day of cal.years[year]!.work) work.add(dayNumber(day))
  }
  const before = new Uint32Array(last - first + 2)
  const working: number[] = []
  for (let number = first; number <= last; number++) {
    if (work.has(number) || (weekdayOfNumber(number) <= 5 && !off.has(number))) working.push(number)
    before[number - first + 1] = working.length
  }
  return { first, last, before, working }
}

function missingToward(run: Run, number: number): number {
  return number > run.last ? yearOf(dayFromNumber(run.last)) + 1 : yearOf(dayFromNumber(run.first)) - 1
}

function firstDayOf(year: number): Day {
  return toDay(`${String(year).padStart(4, '0')}-01-01`)
}

const CONFIDENCES: readonly unknown[] = ['V', 'M', 'S', 'O', 'D'] satisfies Confidence[]

function parseYear(year: string, row: unknown): CalendarYear | Refusal {
  const { off, work, source, confidence, confirmedBy, via } = (row ?? {}) as Record<string, unknown>
  if (
    !/^\d{4}$/.test(year) ||
    !Array.isArray(off) ||
    !Array.isArray(work) ||
    typeof source !== 'string' ||
    !CONFIDENCES.includes(confidence)
  ) {
    return refuse('invalid', 'calendar/year-shape', { year, expected: 'YYYY: off, work, source, confidence' })
  }
  const wrong = [...off, ...work].find((day) => isRefusal(parseDay(day)) || !String(day).startsWith(year))
  if (wrong !== undefined) return refuse('invalid', 'calendar/day', { year, found: String(wrong), expected: `${year}-MM-DD` })
  const both = off.find((day) => work.includes(day))
  if (both !== undefined) return refuse('invalid', 'calendar/off-and-working', { year, found: String(both) })
  return {
    off: off as Day[],
    work: work as Day[],
    source,
    confidence: confidence as Confidence,
    ...(typeof confirmedBy === 'string' ? { confirmedBy } : {}),
    ...(typeof via === 'string' ? { via } : {}),
  }
}
