import { addWorkingDays, type Calendar, workingDaysBetween } from './calendar.ts'
import { addDays, compareDays, type Day, daysBetween } from './day.ts'

/** What a term is counted in: natural days, or working days of the State Council's calendar. */
export type Unit = 'natural' | 'working'

/** Days that do not count: from `from` up to the day before `to`; without `to` it is still open. */
export type Gap = { readonly from: Day; readonly to?: Day }

/** A way of counting days: the unit, its calendar, and the days left out (merged, rising). */
export type Count = { readonly unit: Unit; readonly cal: Calendar; readonly gaps: readonly Gap[] }

/** Gaps in rising order with overlapping and touching ones joined; empty and inverted ones fall away. */
export function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = []
  for (const gap of gaps.filter((g) => g.to === undefined || g.to > g.from).sort((a, b) => compareDays(a.from, b.from))) {
    const last = merged.at(-1)
    if (last === undefined || (last.to !== undefined && gap.from > last.to)) merged.push({ ...gap })
    else merged[merged.length - 1] = joined(last, gap)
  }
  return merged
}

/** The gap a day lies in, if any. */
export function findGap(gaps: readonly Gap[], day: Day): Gap | undefined {
  return gaps.find((gap) => gap.from <= day && (gap.to === undefined || day < gap.to))
}

/** Counted days after `from` up to and including `to`; 0 when `to` is not later. */
export function countDays(count: Count, from: Day, to: Day): number {
  if (to <= from) return 0
  let total = unitsBetween(count, from, to)
  for (const gap of count.gaps) {
    const start = latest(from, addDays(gap.from, -1))
    const end = gap.to === undefined ? to : earliest(to, addDays(gap.to, -1))
    if (end > start) total -= unitsBetween(count, start, end)
  }
  return total
}

/** The `days`-th counted day after `from` (`from` itself for 0), or undefined where an open gap comes first. */
export function advanceDays(count: Count, from: Day, days: number): Day | undefined {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`a term is a whole number of days, not ${days}`)
  let at = from
  let left = days
  for (const gap of count.gaps) {
    if (gap.to !== undefined && gap.to <= addDays(at, 1)) continue
    const before = addDays(gap.from, -1)
    const free = before > at ? unitsBetween(count, at, before) : 0
    if (free >= left) break
    if (gap.to === undefined) return undefined
    left -= free
    at = addDays(gap.to, -1)
  }
  return count.unit === 'natural' ? addDays(at, left) : addWorkingDays(count.cal, at, left)
}

/** The later of two days. */
export function latest(a: Day, b: Day): Day {
  return a > b ? a : b
}

/** The earlier of two days. */
export function earliest(a: Day, b: Day): Day {
  return a < b ? a : b
}

function joined(a: Gap, b: Gap): Gap {
  if (a.to === undefined || b.to === undefined) return { from: a.from }
  return { from: a.from, to: latest(a.to, b.to) }
}

function unitsBetween(count: Count, from: Day, to: Day): number {
  return count.unit === 'natural' ? daysBetween(from, to) : workingDaysBetween(count.cal, from, to)
}
