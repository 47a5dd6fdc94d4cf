import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCalendar } from '../../../tools/make-calendar.ts'
import {
  addWorkingDays,
  type Calendar,
  indexCalendar,
  isWorkingDay,
  nextWorkingDay,
  parseCalendar,
  UnknownYear,
  workingDaysBetween,
  yearsOf,
} from './calendar.ts'
import { addDays, type Day, dayFromNumber, daysBetween, toDay, weekday } from './day.ts'
import { isRefusal } from './refusal.ts'

const file: unknown = JSON.parse(readFileSync(new URL('../../../data/calendar/state-council.json', import.meta.url), 'utf8'))
const cal = parseCalendar(file) as Calendar
const day = (text: string): Day => toDay(text)

// The notices, written out by hand: spans off (first–last) and make-up working days.
const NOTICES: Record<number, { notice: string; off: string; work: string }> = {
  2023: {
    notice: '国办发明电〔2022〕16号',
    off: '01-01–01-02 01-21–01-27 04-05–04-05 04-29–05-03 06-22–06-24 09-29–10-06',
    work: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  },
  2024: {
    notice: '国办发明电〔2023〕7号',
    off: '01-01–01-01 02-10–02-17 04-04–04-06 05-01–05-05 06-10–06-10 09-15–09-17 10-01–10-07',
    work: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    notice: '国办发明电〔2024〕12号',
    off: '01-01–01-01 01-28–02-04 04-04–04-06 05-01–05-05 05-31–06-02 10-01–10-08',
    work: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    notice: '国办发明电〔2025〕7号',
    off: '01-01–01-03 02-15–02-23 04-04–04-06 05-01–05-05 06-19–06-21 09-25–09-27 10-01–10-07',
    work: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
}

const daysOf = (year: number, spans: string): Day[] =>
  spans.split(' ').flatMap((span) => {
    const [first, last] = span.split('–')
    const from = day(`${year}-${first}`)
    return Array.from({ length: daysBetween(from, day(`${year}-${last ?? first}`)) + 1 }, (_, i) => addDays(from, i))
  })

describe('the State Council calendar that ships', () => {
  test('is what the kept library gives today', () => {
    expect(file).toEqual(makeCalendar())
  })

  test.each(Object.keys(NOTICES).map(Number))('%i holds the days of its notice and nothing else', (year) => {
    const { notice, off, work } = NOTICES[year]!
    const row = cal.years[year]!
    expect(row.off).toEqual(daysOf(year, off))
    expect(row.work).toEqual(daysOf(year, work))
    expect(row.source).toContain(`国务院办公厅关于${year}年部分节假日安排的通知（${notice}）`)
    expect([row.confidence, row.via]).toEqual(['M', 'chinese-days 1.5.7'])
  })

  test('has a make-up day only on a weekend', () => {
    for (const year of yearsOf(cal)) expect(cal.years[year]!.work.filter((d) => weekday(d) <= 5)).toEqual([])
  })

  test.each([
    ['2024-02-04', true],
    ['2024-02-09', true],
    ['2024-02-10', false],
    ['2024-02-18', true],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2025-10-12', false],
    ['2026-10-08', true],
    ['2026-10-31', false],
  ])('%s working: %s', (text, working) => {
    expect(isWorkingDay(cal, day(text))).toBe(working)
  })
})

describe('counting', () => {
  test.each([
    ['2025-12-11', 10, '2025-12-25'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-08', 2, '2026-10-10'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-04', 0, '2026-10-04'],
    ['2025-12-31', 1, '2026-01-04'],
  ])('%s and %i working days is %s', (from, count, to) => {
    expect(addWorkingDays(cal, day(from), count)).toBe(to)
  })

  test('moves a day off to the next working day', () => {
    expect(nextWorkingDay(cal, day('2026-10-31'))).toBe('2026-11-02')
    expect(nextWorkingDay(cal, day('2026-10-10'))).toBe('2026-10-10')
  })

  test('agrees with counting one by one', () => {
    const from2023 = fc.integer({ min: 19_358, max: 20_817 }).map(dayFromNumber)
    fc.assert(
      fc.property(from2023, from2023, (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a]
        let working = 0
        for (let d = first; d < last; ) {
          d = addDays(d, 1)
          if (isWorkingDay(cal, d)) working++
        }
        expect(workingDaysBetween(cal, first, last)).toBe(working)
        expect(workingDaysBetween(cal, last, first)).toBe(working === 0 ? 0 : -working)
        if (isWorkingDay(cal, last) && working > 0) expect(addWorkingDays(cal, first, working)).toBe(last)
        if (isWorkingDay(cal, first) && working > 0) expect(addWorkingDays(cal, addDays(last, 1), -working - 1)).toBe(first)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a year without a notice', () => {
  test.each([
    ['isWorkingDay', () => isWorkingDay(cal, day('2027-01-04')), 2027],
    ['addWorkingDays', () => addWorkingDays(cal, day('2026-12-20'), 30), 2027],
    ['addWorkingDays backwards', () => addWorkingDays(cal, day('2023-01-10'), -30), 2022],
    ['nextWorkingDay', () => nextWorkingDay(cal, day('2022-12-31')), 2022],
    ['workingDaysBetween', () => workingDaysBetween(cal, day('2026-12-20'), day('2028-01-04')), 2027],
    ['workingDaysBetween backwards', () => workingDaysBetween(cal, day('2023-01-10'), day('2022-12-30')), 2022],
  ])('is refused by %s', (_, count, year) => {
    expect(count).toThrow(UnknownYear)
    expect(count).toThrow(`the working-day calendar has no ${year}; known: 2023, 2024, 2025, 2026`)
  })

  test('is found in the middle of a calendar too', () => {
    const { 2024: _, ...years } = cal.years
    const gap: Calendar = { ...cal, years }
    indexCalendar(gap)
    expect(isWorkingDay(gap, day('2025-10-11'))).toBe(true)
    expect(() => isWorkingDay(gap, day('2024-03-01'))).toThrow('no 2024')
    expect(() => addWorkingDays(gap, day('2023-12-20'), 30)).toThrow('no 2024')
    expect(() => workingDaysBetween(gap, day('2023-12-20'), day('2025-01-02'))).toThrow('no 2024')
  })
})

describe('reading a file', () => {
  const year = { off: ['2027-01-01'], work: [], source: 's', confidence: 'V' }
  const of = (row: unknown, key = '2027'): unknown => ({ name: 'n', source: 's', years: { [key]: row } })

  test('accepts a sound one and keeps who confirmed it', () => {
    expect(parseCalendar(of({ ...year, confirmedBy: '王某' }))).toMatchObject({
      years: { 2027: { confirmedBy: '王某', off: ['2027-01-01'] } },
    })
  })

  test.each([
    [null, 'calendar/shape'],
    [{ name: 'n', source: 's' }, 'calendar/shape'],
    [of(null), 'calendar/year-shape'],
    [of({ ...year, confidence: 'X' }), 'calendar/year-shape'],
    [of(year, 'next'), 'calendar/year-shape'],
    [of({ ...year, off: ['2027-02-30'] }), 'calendar/day'],
    [of({ ...year, work: ['2026-12-26'] }), 'calendar/day'],
    [of({ ...year, work: ['2027-01-01'] }), 'calendar/off-and-working'],
  ])('refuses %j', (json, code) => {
    const answer = parseCalendar(json)
    expect(isRefusal(answer) && answer.code).toBe(code)
  })
})
