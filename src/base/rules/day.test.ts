import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  compareDays,
  type Day,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  type Instant,
  isDay,
  monthLength,
  monthOf,
  parseDay,
  parseInstant,
  toDay,
  weekday,
  yearOf,
} from './day.ts'

const anyDay = fc.integer({ min: -719_162, max: 2_932_896 }).map(dayFromNumber)
const recentDay = fc.integer({ min: 0, max: 40_000 }).map(dayFromNumber)
const RUNS = { numRuns: 2000 }

describe('reading', () => {
  test.each([
    ['2026-02-30', 'day 01–28'],
    ['2024-02-30', 'day 01–29'],
    ['1900-02-29', 'day 01–28'],
    ['2026-04-31', 'day 01–30'],
    ['2026-13-01', 'month 01–12'],
    ['2026-00-01', 'month 01–12'],
    ['0000-01-01', 'year 0001–9999'],
    ['2026-2-3', 'YYYY-MM-DD'],
    ['2026-02-03 ', 'YYYY-MM-DD'],
    ['２０２６-02-03', 'YYYY-MM-DD'],
    ['', 'YYYY-MM-DD'],
  ])('refuses %j, expecting %s', (found, expected) => {
    expect(parseDay(found)).toEqual({ refused: true, kind: 'invalid', code: 'day/invalid', params: { found, expected } })
    expect(isDay(found)).toBe(false)
    expect(() => toDay(found)).toThrow(`not a day: found ${found}, expected ${expected}`)
  })

  test.each([undefined, null, 20260203, {}, new Date(0)])('refuses %s, which is no text', (value) => {
    expect(parseDay(value)).toMatchObject({ refused: true, params: { expected: 'YYYY-MM-DD' } })
  })

  test('reads every day that exists', () => {
    fc.assert(
      fc.property(anyDay, (day) => parseDay(day) === day),
      RUNS,
    )
  })
})

describe('arithmetic', () => {
  test('knows the anchors', () => {
    expect([dayNumber(toDay('1970-01-01')), dayNumber(toDay('2000-03-01'))]).toEqual([0, 11_017])
    expect(weekday(toDay('2026-11-02'))).toBe(1)
    expect(weekday(toDay('2026-11-01'))).toBe(7)
    expect(addDays(toDay('2024-02-28'), 1)).toBe('2024-02-29')
    expect(addDays(toDay('2026-01-01'), -1)).toBe('2025-12-31')
    expect(daysBetween(toDay('2026-09-01'), toDay('2026-10-31'))).toBe(60)
    expect([monthOf(toDay('2026-09-01')), yearOf(toDay('2026-09-01'))]).toEqual(['2026-09', 2026])
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-05-31', -3, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-15', 0, '2026-01-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(toDay(from), months)).toBe(to)
  })

  test('agrees with the platform’s own dates', () => {
    fc.assert(
      fc.property(recentDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        const there = new Date(Date.parse(day) + days * 86_400_000)
        expect(addDays(day, days)).toBe(there.toISOString().slice(0, 10))
        expect(weekday(addDays(day, days)) % 7).toBe(there.getUTCDay())
      }),
      RUNS,
    )
  })

  test('comes back: numbers, additions, differences, order', () => {
    fc.assert(
      fc.property(anyDay, recentDay, (a, b) => {
        expect(dayFromNumber(dayNumber(a))).toBe(a)
        expect(addDays(b, daysBetween(b, a))).toBe(a)
        expect(Math.sign(daysBetween(a, b))).toBe(compareDays(b, a))
      }),
      RUNS,
    )
  })

  test('stays in the month when months are added', () => {
    fc.assert(
      fc.property(recentDay, fc.integer({ min: -500, max: 500 }), (day, months) => {
        const there = addMonths(day, months)
        const date = Number(day.slice(8))
        expect(Number(there.slice(8))).toBe(Math.min(date, monthLength(yearOf(there), Number(there.slice(5, 7)))))
        expect((yearOf(there) - yearOf(day)) * 12 + Number(there.slice(5, 7)) - Number(day.slice(5, 7))).toBe(months)
      }),
      RUNS,
    )
  })

  test('refuses to leave the years 0001 to 9999, or to count in parts of days', () => {
    expect(() => addDays('9999-12-31' as Day, 1)).toThrow(RangeError)
    expect(() => addDays('0001-01-01' as Day, -1)).toThrow(RangeError)
    expect(() => addMonths('9999-12-31' as Day, 1)).toThrow(RangeError)
    expect(() => addDays('2026-01-01' as Day, 0.5)).toThrow(RangeError)
    expect(() => addMonths('2026-01-01' as Day, Number.NaN)).toThrow(RangeError)
  })
})

describe('moments', () => {
  test.each([
    ['2026-08-14T15:59:59Z', '2026-08-14'],
    ['2026-08-14T16:00:00Z', '2026-08-15'],
    ['2026-08-15T00:00:00+08:00', '2026-08-15'],
    ['2026-08-14T23:59:59.999+08:00', '2026-08-14'],
    ['2026-08-14T12:00:00-05:00', '2026-08-15'],
    ['2026-12-31T16:00:60z', '2027-01-01'],
  ])('%s falls on %s in Shanghai', (instant, day) => {
    expect(parseInstant(instant)).toBe(instant)
    expect(dayOf(instant as Instant)).toBe(day)
  })

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-08-15T24:00:00Z',
    '2026-08-15T00:00:00',
    '2026-08-15',
    '2026-08-15T00:60:00Z',
    'now',
    7,
  ])('refuses %s', (value) => {
    expect(parseInstant(value)).toMatchObject({ refused: true, code: 'instant/invalid', params: { found: String(value) } })
    expect(() => dayOf(String(value) as Instant)).toThrow(RangeError)
  })

  test('agrees with the time-zone data since 1992', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    fc.assert(
      fc.property(fc.date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        expect(dayOf(date.toISOString() as Instant)).toBe(shanghai.format(date))
      }),
      RUNS,
    )
  })
})
