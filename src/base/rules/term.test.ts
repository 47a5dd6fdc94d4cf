import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDay } from './day.ts'
import { parseTerm } from './term.ts'

const noted = (words: string | number, year?: number): readonly string[] =>
  parseTerm(words, year === undefined ? {} : { year }).notes ?? []

describe('words that name a day', () => {
  test.each([
    ['2025年12月底前', '2025-12-31'],
    ['2025年12月31日前', '2025-12-31'],
    ['2025年12月31前', '2025-12-31'],
    ['2025年12月31日24时前', '2025-12-31'],
    ['2025年6月上旬前', '2025-06-10'],
    ['2025年6月中旬前', '2025-06-20'],
    ['2025年6月下旬前', '2025-06-30'],
    ['2025年6月底', '2025-06-30'],
    ['2025年6月', '2025-06-30'],
    ['2024年2月底前', '2024-02-29'],
    ['2025年2月份', '2025-02-28'],
    ['2025年底前', '2025-12-31'],
    ['2025年年底前', '2025-12-31'],
    ['2025年内', '2025-12-31'],
    ['2025年', '2025-12-31'],
    ['2025年上半年', '2025-06-30'],
    ['2025年下半年', '2025-12-31'],
    ['2025年第一季度', '2025-03-31'],
    ['2025年第三季度', '2025-09-30'],
    ['2025年三季度末', '2025-09-30'],
    ['2025年前三季度', '2025-09-30'],
    ['2025年Q4', '2025-12-31'],
    ['２０２５年１２月底前', '2025-12-31'],
    ['二〇二五年十二月', '2025-12-31'],
    ['二〇二五年十二月三十一日前', '2025-12-31'],
    ['二○二五年十月廿五日', '2025-10-25'],
    ['二零二五年元月底', '2025-01-31'],
    ['2O25年12月', '2025-12-31'],
    [' 2025 年 12 月\n底 前 ', '2025-12-31'],
    ['2025.12.31', '2025-12-31'],
    ['2025-12-31', '2025-12-31'],
    ['2025/12/31 0:00:00', '2025-12-31'],
    ['2025-12-31T00:00:00+08:00', '2025-12-31'],
    ['2025/12', '2025-12-31'],
    ['2025.12月底', '2025-12-31'],
    ['202506', '2025-06-30'],
    ['20250615', '2025-06-15'],
    [20250615, '2025-06-15'],
    [2025, '2025-12-31'],
    ['“十四五”末', '2025-12-31'],
    ['十五五期间', '2030-12-31'],
  ])('%j is due on %s', (words, day) => {
    expect(parseTerm(words)).toEqual({ words: String(words), kind: 'by_day', day })
  })

  test.each([
    ['2025年6月底前完成A，2025年12月底前完成B', '2025-12-31'],
    ['2025年12月底前完成B，6月底前完成A', '2025-12-31'],
    ['2025年10月1日至12月31日', '2025-12-31'],
    ['2025年12月10日至20日', '2025-12-20'],
    ['2025年10月至次年3月', '2026-03-31'],
    ['2025年1-6月', '2025-06-30'],
    ['2025.10.1-12.31', '2025-12-31'],
    ['2025.01-2025.09', '2025-09-30'],
    ['2025年至2027年', '2027-12-31'],
    ['2025年6月至2027年', '2027-12-31'],
  ])('%s is due on the last of its days, %s, and says so', (words, day) => {
    expect(parseTerm(words)).toEqual({ words, kind: 'by_day', day, notes: ['term/last-of-several'] })
  })

  test('an Excel serial number is a day', () => {
    expect(parseTerm(46_022)).toEqual({ words: '46022', kind: 'by_day', day: '2025-12-31', notes: ['term/excel-serial'] })
    expect(parseTerm('46022.75').day).toBe('2025-12-31')
    expect(parseTerm(36_526).day).toBe('2000-01-01')
    expect(parseTerm(12_345).kind).toBe('unknown')
  })

  test.each([
    ['12月底前', '2025-12-31'],
    ['三季度末', '2025-09-30'],
    ['年底前', '2025-12-31'],
    ['今年年底前', '2025-12-31'],
    ['明年6月底前', '2026-06-30'],
  ])('%s takes its year from the document', (words, day) => {
    expect(parseTerm(words, { year: 2025 })).toMatchObject({ kind: 'by_day', day, notes: ['term/year-from-context'] })
    expect(parseTerm(words)).toMatchObject({ kind: 'unknown', problem: { code: 'term/no-year' } })
  })

  test('what could be read otherwise is noted', () => {
    expect(noted('25年12月底')).toEqual(['term/two-digit-year'])
    expect(noted('2025年12月前')).toEqual(['term/ambiguous-before'])
    expect(noted('2025年前')).toEqual(['term/ambiguous-before'])
    expect(noted('2025年12月底前')).toEqual([])
  })
})

describe('words without a day', () => {
  test.each(['立行立改', '立即整改', '立知立改', '即知即改', '立查立改', '边督边改'])('%s is at once', (words) => {
    expect(parseTerm(words)).toEqual({ words, kind: 'at_once' })
  })

  test.each(['长期坚持', '持续推进', '持续整改', '常态化推进', '每年12月底前'])('%s is long-term', (words) => {
    expect(parseTerm(words)).toEqual({ words, kind: 'long_term' })
  })

  test.each(['收到通知后30日内', '三个月内', '3个月', '30个工作日内', '半年内'])(
    '%s runs from an event that is not in the words',
    (words) => {
      expect(parseTerm(words)).toEqual({ words, kind: 'unknown', notes: ['term/relative'] })
    },
  )

  test('mixtures keep all they say; a day wins, then at once', () => {
    expect(parseTerm('立行立改，长期坚持')).toMatchObject({ kind: 'at_once', also: ['long_term'] })
    expect(parseTerm('2025年12月底前，并长期坚持')).toMatchObject({ kind: 'by_day', day: '2025-12-31', also: ['long_term'] })
    expect(parseTerm('立行立改，2025年底前完成，每年排查')).toMatchObject({ day: '2025-12-31', also: ['at_once', 'long_term'] })
    expect(parseTerm('已于2025年6月完成整改')).toMatchObject({ day: '2025-06-30', also: ['done'] })
    expect(parseTerm('已完成')).toEqual({ words: '已完成', kind: 'unknown', also: ['done'] })
  })
})

describe('words that cannot be understood say why', () => {
  test.each([
    ['2025年2月30日', 'term/impossible-day', 'day 01–28'],
    ['2025年13月', 'term/impossible-day', 'month 01–12'],
    ['2025年5季度', 'term/impossible-day', '1–4'],
    ['2205年12月', 'term/impossible-day', '1949–2099'],
    ['2025-02-30', 'term/impossible-day', 'day 01–28'],
    ['20250230', 'term/impossible-day', 'day 01–28'],
    ['2025年2月30日前，2025年底前', 'term/impossible-day', 'day 01–28'],
    ['2025年6月初', 'term/vague', undefined],
    ['2025年中', 'term/vague', undefined],
    ['', 'term/not-understood', undefined],
    ['待定', 'term/not-understood', undefined],
    ['整改率达到98.5%', 'term/not-understood', undefined],
    ['汉字〔2024〕88号', 'term/not-understood', undefined],
    ['12/31/2025', 'term/not-understood', undefined],
    [Number.NaN, 'term/not-understood', undefined],
  ])('%j: %s', (words, code, expected) => {
    const term = parseTerm(words)
    expect(term).toMatchObject({ words: String(words), kind: 'unknown', problem: { refused: true, code } })
    expect(term.problem?.params['expected']).toBe(expected)
    expect(term.day).toBeUndefined()
  })

  test('中央 and 初步 are not the middle and the start of a year', () => {
    expect(parseTerm('2025年中央督察反馈问题6月底前').day).toBe('2025-06-30')
    expect(parseTerm('2025年初步方案，2025年9月底前完成').day).toBe('2025-09-30')
  })
})

describe('any words at all', () => {
  const pieces = fc.constantFrom(
    ...[
      '2025',
      '25',
      '年',
      '月',
      '日',
      '底',
      '前',
      '上旬',
      '第',
      '三',
      '十',
      '廿',
      '〇',
      '季度',
      '半年',
      '上',
      '-',
      '.',
      '/',
      '至',
      '12',
      '31',
      '0',
    ],
    ...[
      '99999',
      '今年',
      '明年',
      '每年',
      '内',
      '以内',
      '个',
      '工作日',
      '立行立改',
      '长期',
      '已',
      '完成',
      '，',
      '。',
      '十四五',
      '末',
      ' ',
      'Q',
      'O',
      '中',
      '初',
    ],
  )
  const wordSalad = fc.array(pieces, { maxLength: 14 }).map((words) => words.join(''))
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    wordSalad,
    wordSalad,
  )

  test('are kept verbatim, give a term, and a day only when by_day', () => {
    fc.assert(
      fc.property(anything, fc.option(fc.integer({ min: 2000, max: 2099 }), { nil: undefined }), (words, year) => {
        const term = parseTerm(words, year === undefined ? {} : { year })
        expect(term.words).toBe(words)
        expect(term.kind === 'by_day').toBe(term.day !== undefined)
        if (term.day !== undefined) expect(isDay(term.day)).toBe(true)
        if (term.problem) expect(term.kind).toBe('unknown')
      }),
      { numRuns: 20_000 },
    )
  })

  test('numbers too, and odd contexts', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (words, year) => {
        expect(parseTerm(words, { year }).words).toBe(String(words))
      }),
      { numRuns: 2000 },
    )
    for (const year of [Number.NaN, -1, 1e9, 2025.5]) expect(parseTerm('年底前', { year })).toMatchObject({ kind: 'unknown' })
  })

  test('however long, take no time to speak of', () => {
    const started = performance.now()
    for (const piece of ['2', '2025年', '一', '十', '12月', '-', '每年', '已', '个']) parseTerm(piece.repeat(20_000))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
