import { describe, expect, test } from 'vitest'
import { type Day, toDay } from './day.ts'
import { checkRows, findVersion, isUnverified, NoSingleRule, type RuleRow, ruleAt, rulesAt, versionOf } from './law.ts'

const row = (key: string, from: string, to: string | undefined, value: unknown): RuleRow => ({
  kind: 'fine',
  key,
  validFrom: toDay(from),
  ...(to !== undefined && { validTo: toDay(to) }),
  value,
  source: key === 'unapproved' ? '生态环境法典 1095' : '环评法 31',
  confidence: 'V',
})

// The Code replaces the EIA act on 2026-08-15: the last day of the old row is the day before.
const rows: readonly RuleRow[] = [
  row('unapproved', '2019-01-01', '2026-08-14', 'share of investment'),
  row('unapproved', '2026-08-15', undefined, '20–100'),
  row('unfiled', '2026-08-15', undefined, '≤ 5'),
]
const at = (key: string, day: string): unknown => ruleAt(rows, 'fine', key, toDay(day)).value

describe('the rule of a day', () => {
  test.each([
    ['2019-01-01', 'share of investment'],
    ['2026-08-14', 'share of investment'],
    ['2026-08-15', '20–100'],
    ['2031-01-01', '20–100'],
  ])('on %s is %s', (day, value) => {
    expect(at('unapproved', day)).toBe(value)
  })

  test('is missing with its name, its day and the ranges there are', () => {
    expect(() => at('unapproved', '2018-12-31')).toThrow(NoSingleRule)
    expect(() => at('unapproved', '2018-12-31')).toThrow(
      'no rule fine/unapproved on 2018-12-31; rows: 2019-01-01–2026-08-14, 2026-08-15–',
    )
    expect(() => at('unknown', '2026-09-01')).toThrow('no rule fine/unknown on 2026-09-01; no row of this rule exists')
  })

  test('is refused when two rows hold', () => {
    const doubled = [...rows, row('unfiled', '2026-01-01', '2026-12-31', '≤ 3')]
    expect(() => ruleAt(doubled, 'fine', 'unfiled', '2026-09-01' as Day)).toThrow('2 rules fine/unfiled on 2026-09-01')
    expect(ruleAt(doubled, 'fine', 'unfiled', '2027-01-01' as Day).value).toBe('≤ 5')
  })

  test('comes with its neighbours of one kind', () => {
    expect(rulesAt(rows, 'fine', '2026-08-14' as Day)).toEqual([rows[0]])
    expect(rulesAt(rows, 'fine', '2026-08-15' as Day)).toEqual([rows[1], rows[2]])
    expect(rulesAt(rows, 'clock', '2026-08-15' as Day)).toEqual([])
  })
})

test('a frozen version is found again', () => {
  expect(versionOf(rows[1]!)).toBe('fine/unapproved@2026-08-15')
  expect(findVersion(rows, 'fine/unapproved@2026-08-15')).toBe(rows[1])
  expect(findVersion(rows, 'fine/unapproved@2026-08-16')).toBeUndefined()
})

test('a row that nobody read in the instrument is unverified until confirmed', () => {
  expect(isUnverified(rows[0]!)).toBe(false)
  expect(isUnverified({ ...rows[0]!, confidence: 'O' })).toBe(true)
  expect(isUnverified({ ...rows[0]!, confidence: 'O', confirmedBy: '王某' })).toBe(false)
})

describe('a table', () => {
  test('is sound when its ranges follow one another', () => {
    expect(checkRows(rows)).toEqual([])
  })

  test('shows inverted ranges and overlaps', () => {
    const bad = [
      row('a', '2026-08-15', '2026-08-14', 1),
      row('b', '2026-01-01', '2026-08-15', 1),
      row('b', '2026-08-15', undefined, 2),
      row('c', '2026-01-01', undefined, 1),
      row('c', '2026-01-01', undefined, 2),
      row('d', '2026-02-01', '2026-03-01', 1),
      row('d', '2026-01-01', undefined, 2),
    ]
    expect(checkRows(bad)).toEqual([
      { problem: 'inverted', kind: 'fine', key: 'a', ranges: ['2026-08-15–2026-08-14'] },
      { problem: 'overlap', kind: 'fine', key: 'b', ranges: ['2026-01-01–2026-08-15', '2026-08-15–'] },
      { problem: 'overlap', kind: 'fine', key: 'c', ranges: ['2026-01-01–', '2026-01-01–'] },
      { problem: 'overlap', kind: 'fine', key: 'd', ranges: ['2026-02-01–2026-03-01', '2026-01-01–'] },
    ])
  })
})
