import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Calendar, parseCalendar } from './calendar.ts'
import {
  type Clock,
  daysLeft,
  dueDay,
  dueOf,
  type Extension,
  elapsedShare,
  explainDue,
  isOverdue,
  type Pause,
  type Unit,
} from './clock.ts'
import type { Day } from './day.ts'

// Clocks against walking day by day over 2023–2026. Here a day is its index from 2023-01-01, made with the platform's dates.
const json = JSON.parse(readFileSync(new URL('../../../data/calendar/state-council.json', import.meta.url), 'utf8'))
const cal = parseCalendar(json) as Calendar
const DAYS = Array.from({ length: 1461 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10) as Day)
const off = new Set(Object.values(cal.years).flatMap((year) => year.off))
const work = new Set(Object.values(cal.years).flatMap((year) => year.work))
const WORKS = DAYS.map((day) => work.has(day) || (!off.has(day) && ![0, 6].includes(new Date(day).getUTCDay())))

type Drawn = {
  unit: Unit
  length: number
  sameDay: boolean
  roll: boolean
  start: number
  until: number | undefined
  pauses: { from: number; to: number | undefined }[]
  extensions: ({ add: number; unit: Unit } | { granted: number; to: number })[]
}

function paused(drawn: Drawn, i: number): boolean {
  return drawn.pauses.some((p) => i >= p.from && (p.to === undefined || i < p.to))
}

// Walks from the day after `from` until `n` days counted; undefined at the end of the calendar (only under an open pause).
function walk(drawn: Drawn, unit: Unit, from: number, n: number): number | undefined {
  let i = from
  for (let left = n; left > 0; ) {
    i++
    if (i >= DAYS.length) return undefined
    if (!paused(drawn, i) && (unit === 'natural' || WORKS[i])) left--
  }
  return i
}

function oracle(drawn: Drawn): number | undefined {
  const setDay = (granted: number, to: number) => (to <= granted ? to : walk(drawn, 'natural', granted, to - granted))
  const { until, start, unit } = drawn
  let natural = until === undefined && unit === 'natural'
  let last = until === undefined ? walk(drawn, unit, drawn.sameDay ? start - 1 : start, drawn.length) : setDay(start, until)
  for (const extension of drawn.extensions) {
    if ('to' in extension) last = setDay(extension.granted, extension.to)
    else if (last !== undefined) last = walk(drawn, extension.unit, last, extension.add)
    natural = 'unit' in extension && extension.unit === 'natural'
  }
  if (!drawn.roll || !natural || last === undefined) return last
  while (last < DAYS.length && (!WORKS[last] || paused(drawn, last))) last++
  return last < DAYS.length ? last : undefined
}

const unit = fc.constantFrom<Unit>('natural', 'working')
const drawnClock: fc.Arbitrary<Drawn> = fc
  .record({
    unit,
    length: fc.integer({ min: 1, max: 90 }),
    sameDay: fc.boolean(),
    roll: fc.boolean(),
    start: fc.integer({ min: 1, max: 800 }),
    untilAfter: fc.option(fc.integer({ min: -3, max: 200 }), { nil: undefined, freq: 6 }),
    pauses: fc.array(fc.tuple(fc.integer({ min: -5, max: 150 }), fc.integer({ min: -1, max: 20 })), { maxLength: 3 }),
    open: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined, freq: 8 }),
    extensions: fc.array(
      fc.oneof(
        fc.tuple(fc.integer({ min: 0, max: 40 }), unit),
        fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: -10, max: 120 })),
      ),
      { maxLength: 2 },
    ),
  })
  .map(({ start, untilAfter, pauses, open, extensions, ...rule }) => ({
    ...rule,
    start,
    until: untilAfter === undefined ? undefined : Math.max(0, start + untilAfter),
    pauses: [
      ...pauses.map(([after, days]) => ({
        from: Math.max(0, start + after),
        to: Math.max(0, start + after + days) as number | undefined,
      })),
      ...(open === undefined ? [] : [{ from: start + open, to: undefined }]),
    ],
    extensions: extensions.map(([a, b]) =>
      typeof b === 'string' ? { add: a, unit: b } : { granted: start + a, to: Math.max(0, start + a + b) },
    ),
  }))

function toClock(drawn: Drawn): Clock {
  const { unit, length, roll } = drawn
  const on = (i: number): Day => DAYS[i]!
  const pauses: Pause[] = drawn.pauses.map((p) => ({
    from: on(p.from),
    ...(p.to !== undefined && { to: on(p.to) }),
    by: 'b',
    reason: 'r',
  }))
  const extensions: Extension[] = drawn.extensions.map((e) => {
    const approval = { by: 'b', reason: 'r' }
    if ('to' in e) return { ...approval, granted: on(e.granted), to: on(e.to) }
    return { ...approval, granted: on(drawn.start), add: e.add, unit: e.unit }
  })
  return {
    rule: { id: 'r', version: 'v', unit, length, roll, countFrom: drawn.sameDay ? 'same_day' : 'next_day' },
    started: on(drawn.start),
    ...(drawn.until !== undefined && { until: on(drawn.until) }),
    pauses,
    extensions,
  }
}

test('60,000 clocks with suspensions and extensions end on the day that walking finds', () => {
  fc.assert(
    fc.property(drawnClock, (drawn) => {
      const walked = oracle(drawn)
      return dueOf(toClock(drawn), cal) === (walked === undefined ? undefined : DAYS[walked])
    }),
    { numRuns: 60_000 },
  )
}, 60_000)

test('30,000 bare terms end on the day that walking finds', () => {
  const bare = fc.tuple(unit, fc.integer({ min: 1, max: 250 }), fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 1000 }))
  fc.assert(
    fc.property(bare, ([of, length, sameDay, roll, start]) => {
      const drawn: Drawn = { unit: of, length, sameDay, roll, start, until: undefined, pauses: [], extensions: [] }
      return dueDay(toClock(drawn).rule, DAYS[start]!, cal) === DAYS[oracle(drawn)!]
    }),
    { numRuns: 30_000 },
  )
}, 60_000)

test('10,000 clocks read on any day agree with themselves and with walking', () => {
  fc.assert(
    fc.property(drawnClock, fc.integer({ min: 0, max: 400 }), (drawn, after) => {
      const clock = toClock(drawn)
      const i = drawn.start + after
      const today = DAYS[i]!
      const walked = oracle(drawn)
      const explained = explainDue(clock, cal)
      expect(explained.due).toBe(dueOf(clock, cal))
      expect(explained.steps.some((step) => step.key === (walked === undefined ? 'clock/suspended' : 'clock/due'))).toBe(true)
      expect(isOverdue(clock, today, cal)).toBe(walked !== undefined && i > walked)
      expect(daysLeft(clock, today, cal)).toBe(walked === undefined ? undefined : walked - i)
      // Of a suspended clock the share is asked for where work that goes on tomorrow ends within the calendar.
      if (walked === undefined && oracle(resumed(drawn, i + 1)) === undefined) return
      const share = elapsedShare(clock, today, cal)
      if (walked === undefined || i <= walked) expect(share).toBeLessThanOrEqual(1)
      else expect(share).toBeGreaterThanOrEqual(1)
      if (walked !== undefined) expect(share).toBe(walkedShare(drawn, i, walked))
    }),
    { numRuns: 10_000 },
  )
}, 60_000)

function resumed(drawn: Drawn, to: number): Drawn {
  return { ...drawn, pauses: drawn.pauses.map((p) => (p.to === undefined ? { ...p, to: Math.max(p.from, to) } : p)) }
}

// Counted days up to day `i` over those up to the due day.
function walkedShare(drawn: Drawn, i: number, due: number): number {
  const first = drawn.until === undefined && drawn.sameDay ? drawn.start : drawn.start + 1
  const natural = drawn.until !== undefined || drawn.unit === 'natural'
  const counted = (to: number): number => {
    let n = 0
    for (let d = first; d <= to; d++) if (!paused(drawn, d) && (natural || WORKS[d])) n++
    return n
  }
  return counted(due) > 0 ? counted(i) / counted(due) : i < due ? 0 : 1
}
