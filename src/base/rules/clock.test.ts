import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Calendar, parseCalendar, UnknownYear } from './calendar.ts'
import {
  type Clock,
  type ClockRule,
  daysLeft,
  dueDay,
  dueOf,
  type Extension,
  elapsedShare,
  explainDue,
  isOverdue,
  type Pause,
  parseClockRule,
} from './clock.ts'
import { type Day, toDay } from './day.ts'
import { isRefusal } from './refusal.ts'

const cal = parseCalendar(
  JSON.parse(readFileSync(new URL('../../../data/calendar/state-council.json', import.meta.url), 'utf8')),
) as Calendar

const rule = (unit: ClockRule['unit'], length: number, more: Partial<ClockRule> = {}): ClockRule => ({
  id: 'clock',
  unit,
  length,
  countFrom: 'next_day',
  roll: false,
  ...more,
})
const clock = (of: ClockRule, started: string, more: Partial<Clock> = {}): Clock => ({
  rule: { ...of, version: 'clock/clock@2022-05-01' },
  started: toDay(started),
  pauses: [],
  extensions: [],
  ...more,
})
const pause = (from: string, to?: string): Pause => ({
  from: toDay(from),
  ...(to && { to: toDay(to) }),
  by: 'leader',
  reason: 'flood',
})
const extend = (add: number, unit: ClockRule['unit'] = 'natural'): Extension => ({
  granted: toDay('2026-10-20'),
  by: 'leader',
  reason: 'rain',
  add,
  unit,
})
const extendTo = (granted: string, to: string): Extension => ({
  granted: toDay(granted),
  by: 'leader',
  reason: 'rain',
  to: toDay(to),
})
const due = (of: Clock): string | undefined => dueOf(of, cal)

describe('worked dates', () => {
  test('信访工作条例, accepted 2026-09-01', () => {
    const accepted = toDay('2026-09-01')
    expect(dueDay(rule('natural', 15), accepted, cal)).toBe('2026-09-16')
    expect(dueDay(rule('natural', 60), accepted, cal)).toBe('2026-10-31')
    expect(dueDay(rule('natural', 60, { roll: true }), accepted, cal)).toBe('2026-11-02')
    expect(due(clock(rule('natural', 60), '2026-09-01', { extensions: [extend(30)] }))).toBe('2026-11-30')
    expect(due(clock(rule('natural', 60, { roll: true }), '2026-09-01', { extensions: [extend(30)] }))).toBe('2026-11-30')
  })

  test('the 销号 notice of 2025-12-12 stood 10 working days inclusive, to 2025-12-25', () => {
    const notice = rule('working', 10, { countFrom: 'same_day' })
    expect(dueDay(notice, toDay('2025-12-12'), cal)).toBe('2025-12-25')
    expect(dueDay(notice, toDay('2025-12-13'), cal)).toBe('2025-12-26')
  })

  test('以内 includes the number: one day is today or tomorrow', () => {
    expect(dueDay(rule('natural', 1), toDay('2026-09-01'), cal)).toBe('2026-09-02')
    expect(dueDay(rule('natural', 1, { countFrom: 'same_day' }), toDay('2026-09-01'), cal)).toBe('2026-09-01')
    expect(dueDay(rule('working', 1), toDay('2026-09-30'), cal)).toBe('2026-10-08')
  })

  test('working days skip National Day and count its make-up days', () => {
    expect(dueDay(rule('working', 5), toDay('2026-09-28'), cal)).toBe('2026-10-10')
  })

  test('natural days without a roll need no calendar; others refuse a year it lacks', () => {
    expect(dueDay(rule('natural', 60), toDay('2026-11-23'), cal)).toBe('2027-01-22')
    expect(() => dueDay(rule('natural', 60, { roll: true }), toDay('2026-11-23'), cal)).toThrow(UnknownYear)
    expect(() => dueDay(rule('working', 60), toDay('2026-11-23'), cal)).toThrow('no 2027')
  })
})

describe('suspension', () => {
  const base = rule('natural', 10)

  test('leaves out the day it begins and counts the day of resumption', () => {
    expect(due(clock(base, '2026-03-01'))).toBe('2026-03-11')
    expect(due(clock(base, '2026-03-01', { pauses: [pause('2026-03-05', '2026-03-08')] }))).toBe('2026-03-14')
    expect(due(clock(base, '2026-03-01', { pauses: [pause('2026-03-11', '2026-03-12')] }))).toBe('2026-03-12')
    expect(due(clock(base, '2026-03-01', { pauses: [pause('2026-03-12', '2026-03-20')] }))).toBe('2026-03-11')
    expect(due(clock(base, '2026-03-01', { pauses: [pause('2026-03-05', '2026-03-05')] }))).toBe('2026-03-11')
  })

  test('that overlaps another is not counted twice', () => {
    const pauses = [pause('2026-03-06', '2026-03-10'), pause('2026-03-05', '2026-03-08'), pause('2026-03-10', '2026-03-11')]
    expect(due(clock(base, '2026-03-01', { pauses }))).toBe('2026-03-17')
  })

  test('that is open leaves no due day, unless the term had ended before', () => {
    const open = clock(base, '2026-03-01', { pauses: [pause('2026-03-05')] })
    expect(due(open)).toBeUndefined()
    expect(isOverdue(open, toDay('2026-12-31'), cal)).toBe(false)
    expect(daysLeft(open, toDay('2026-03-20'), cal)).toBeUndefined()
    expect(elapsedShare(open, toDay('2026-03-04'), cal)).toBe(0.3)
    expect(elapsedShare(open, toDay('2026-03-20'), cal)).toBe(0.3)
    expect(due(clock(base, '2026-03-01', { pauses: [pause('2026-03-12')] }))).toBe('2026-03-11')
  })

  test('of a working clock counts only the working days it took away', () => {
    const working = rule('working', 5)
    expect(due(clock(working, '2026-03-02'))).toBe('2026-03-09')
    expect(due(clock(working, '2026-03-02', { pauses: [pause('2026-03-05', '2026-03-09')] }))).toBe('2026-03-11')
  })

  test('holds a rolled day back until it ends', () => {
    const rolling = rule('natural', 60, { roll: true })
    expect(due(clock(rolling, '2026-09-01', { pauses: [pause('2026-11-01', '2026-11-07')] }))).toBe('2026-11-09')
    expect(due(clock(rolling, '2026-09-01', { pauses: [pause('2026-11-01')] }))).toBeUndefined()
  })
})

describe('extension', () => {
  test('in another unit goes on from the last day of the term before any roll', () => {
    expect(due(clock(rule('natural', 60, { roll: true }), '2026-09-01', { extensions: [extend(5, 'working')] }))).toBe(
      '2026-11-06',
    )
    expect(due(clock(rule('working', 5, { roll: true }), '2026-10-19', { extensions: [extend(5)] }))).toBe('2026-11-02')
  })

  test('to a day sets it anew, without a roll; later days are added to it', () => {
    const rolling = rule('natural', 60, { roll: true })
    const set = extendTo('2026-10-20', '2026-12-19')
    expect(due(clock(rolling, '2026-09-01', { extensions: [set] }))).toBe('2026-12-19')
    expect(due(clock(rolling, '2026-09-01', { extensions: [extend(30), set, extend(7)] }))).toBe('2026-12-28')
    expect(due(clock(rolling, '2026-09-01', { extensions: [extendTo('2026-10-20', '2026-10-10')] }))).toBe('2026-10-10')
  })

  test('to a day is moved only by suspensions after it was granted', () => {
    const set = extendTo('2026-10-20', '2026-12-19')
    const of = (...pauses: Pause[]): string | undefined =>
      due(clock(rule('working', 60), '2026-09-01', { extensions: [set], pauses }))
    expect(of(pause('2026-10-01', '2026-10-11'))).toBe('2026-12-19')
    expect(of(pause('2026-11-01', '2026-11-11'))).toBe('2026-12-29')
    expect(of(pause('2026-11-01'))).toBeUndefined()
  })
})

describe('a day set by the plan', () => {
  const set = clock(rule('natural', 1, { roll: true }), '2025-01-01', { until: toDay('2025-12-27') })

  test('is the due day, weekend or not, moved by suspensions', () => {
    expect(due(set)).toBe('2025-12-27')
    expect(due({ ...set, pauses: [pause('2025-06-01', '2025-06-02')] })).toBe('2025-12-28')
    expect(due({ ...set, extensions: [extendTo('2025-12-01', '2026-06-30')] })).toBe('2026-06-30')
    expect(due({ ...set, extensions: [extend(7)] })).toBe('2026-01-04')
  })

  test('may be the day the clock starts, or earlier', () => {
    const now = { ...set, until: set.started }
    expect([due(now), elapsedShare(now, toDay('2024-12-31'), cal), elapsedShare(now, set.started, cal)]).toEqual([
      '2025-01-01',
      0,
      1,
    ])
    expect(isOverdue({ ...set, until: toDay('2024-12-31') }, set.started, cal)).toBe(true)
  })

  test('shares its term in natural days and needs no calendar for it', () => {
    const far = clock(rule('working', 1), '2026-01-01', { until: toDay('2028-01-01') })
    expect(elapsedShare(far, toDay('2027-01-01'), cal)).toBe(0.5)
  })
})

describe('reading a clock', () => {
  const term = clock(rule('natural', 10), '2026-03-01')

  test.each([
    ['2026-02-20', 0, 19, false],
    ['2026-03-01', 0, 10, false],
    ['2026-03-02', 0.1, 9, false],
    ['2026-03-11', 1, 0, false],
    ['2026-03-12', 1.1, -1, true],
    ['2026-03-31', 3, -20, true],
  ])('on %s: share %d, left %i, overdue %s', (today, share, left, overdue) => {
    expect(elapsedShare(term, today as Day, cal)).toBe(share)
    expect(daysLeft(term, today as Day, cal)).toBe(left)
    expect(isOverdue(term, today as Day, cal)).toBe(overdue)
  })

  test('counts shares in the unit of the rule', () => {
    const working = clock(rule('working', 10, { countFrom: 'same_day' }), '2025-12-12')
    expect(elapsedShare(working, toDay('2025-12-12'), cal)).toBe(0.1)
    expect(elapsedShare(working, toDay('2025-12-14'), cal)).toBe(0.1)
    expect(elapsedShare(working, toDay('2025-12-25'), cal)).toBe(1)
  })

  test('stands still once stopped: in time stays in time, late stays late', () => {
    const stoppedInTime = { ...term, stopped: toDay('2026-03-06') }
    expect([daysLeft(stoppedInTime, toDay('2026-12-01'), cal), elapsedShare(stoppedInTime, toDay('2026-12-01'), cal)]).toEqual([
      5, 0.5,
    ])
    expect(isOverdue(stoppedInTime, toDay('2026-12-01'), cal)).toBe(false)
    expect(isOverdue({ ...term, stopped: toDay('2026-03-12') }, toDay('2026-12-01'), cal)).toBe(true)
  })
})

describe('explaining', () => {
  test('names the rule, the start, each event, the roll and the day', () => {
    const of = clock(rule('natural', 60, { roll: true }), '2026-09-01', {
      pauses: [pause('2026-09-10', '2026-09-20')],
      extensions: [extend(18)],
      stopped: toDay('2026-11-20'),
    })
    expect(explainDue(of, cal)).toEqual({
      due: '2026-11-30',
      steps: [
        {
          key: 'clock/rule',
          params: { rule: 'clock', version: 'clock/clock@2022-05-01', unit: 'natural', length: 60, countFrom: 'next_day' },
        },
        { key: 'clock/start', params: { day: '2026-09-01', last: '2026-11-10' } },
        { key: 'clock/pause', params: { from: '2026-09-10', to: '2026-09-20', days: 10, by: 'leader', reason: 'flood' } },
        {
          key: 'clock/extension',
          params: { granted: '2026-10-20', by: 'leader', reason: 'rain', add: 18, unit: 'natural', last: '2026-11-28' },
        },
        { key: 'clock/roll', params: { from: '2026-11-28', to: '2026-11-30' } },
        { key: 'clock/due', params: { day: '2026-11-30' } },
        { key: 'clock/stopped', params: { day: '2026-11-20' } },
      ],
    })
  })

  test('says suspended while a suspension is open', () => {
    const of = clock(rule('natural', 60), '2026-09-01', { pauses: [pause('2026-09-10')] })
    const { due, steps } = explainDue(of, cal)
    expect([due, ...steps.map((step) => step.key)]).toEqual([
      undefined,
      'clock/rule',
      'clock/start',
      'clock/pause-open',
      'clock/suspended',
    ])
  })

  test('says that a plan set the day', () => {
    const of = clock(rule('natural', 1), '2025-01-01', {
      until: toDay('2025-12-31'),
      extensions: [extendTo('2025-12-01', '2026-06-30')],
    })
    expect(explainDue(of, cal).steps.map((step) => [step.key, step.params['last']])).toEqual([
      ['clock/rule', undefined],
      ['clock/start-until', '2025-12-31'],
      ['clock/extension-to', '2026-06-30'],
      ['clock/due', undefined],
    ])
  })
})

describe('reading a rule row', () => {
  test('accepts a sound rule', () => {
    expect(parseClockRule(rule('working', 5))).toEqual(rule('working', 5))
  })

  test.each([
    ['id', ''],
    ['unit', 'month'],
    ['length', 0],
    ['length', 1.5],
    ['countFrom', 'today'],
    ['roll', 'yes'],
  ])('refuses %s %j', (field, found) => {
    const answer = parseClockRule({ ...rule('working', 5), [field]: found })
    expect(isRefusal(answer) && answer.params).toMatchObject({ field, found: String(found) })
  })

  test('refuses what is no rule', () => {
    expect(isRefusal(parseClockRule(null))).toBe(true)
  })
})
