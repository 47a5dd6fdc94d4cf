import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { type Crs, fromWgs84 } from '../../places/rules/crs.ts'
import { importTable } from './import-table.ts'
import { type Mapping, parseMapping } from './mapping.ts'
import { findTable, type Table } from './table.ts'
import { memorySink, sheetOf } from './test-kit.ts'
import { isCoarse, translate } from './translate.ts'

const map = (json: object) => parseMapping(JSON.stringify(json))

function mappingOf(json: object): Mapping {
  const mapping = map(json)
  if (isRefusal(mapping)) throw new Error(JSON.stringify(mapping.params))
  return mapping
}

function tableOf(json: object, ...rows: string[][]): Table {
  const table = findTable([sheetOf(...rows)], mappingOf(json))
  if (isRefusal(table)) throw new Error(JSON.stringify(table.params))
  return table
}

describe('what a mapping may say beside columns, constants and values', () => {
  it.each([
    [{ dates: 'us' }, 'dates'],
    [{ dates: 1 }, 'dates'],
    [{ pointDecimals: 0 }, 'pointDecimals'],
    [{ pointDecimals: 7 }, 'pointDecimals'],
    [{ pointDecimals: '3' }, 'pointDecimals'],
    [{ packed: 'zip' }, 'packed'],
    [{ crs: 'gcj-02' }, 'crs'],
    [{ crs: 4326 }, 'crs'],
    [{ date: 'mdy' }, 'mapping'],
  ])('%j is refused at %s', (json, where) => {
    expect(map(json)).toMatchObject({ code: 'cases/import-mapping', params: { where } })
  })

  it('is refused with what was found and what may stand there', () => {
    expect(map({ crs: 'baidu' })).toMatchObject({
      params: { found: '"baidu"', expected: '"wgs84", "cgcs2000", "gcj02", "bd09"' },
    })
  })

  it('is ours where nothing is said', () => {
    expect(mappingOf({})).toEqual({ columns: new Map(), constants: {}, values: {}, dates: 'ymd' })
  })
})

describe('days in another order', () => {
  it.each([
    ['mdy', '04/12/2018 11:11:26 AM', '2018-04-12'],
    ['mdy', '4/5/2018', '2018-04-05'],
    ['mdy', '07-20-2020 23:01', '2020-07-20'],
    ['mdy', '2020-07-20T10:00:00', '2020-07-20T10:00:00'],
    ['mdy', 'pending', 'pending'],
    ['dmy', '31.12.2018', '2018-12-31'],
    ['dmy', '4/5/2018 9:05', '2018-05-04'],
    ['ymd', '04/12/2018', '04/12/2018'],
  ])('%s: %s is %s', (dates, cell, text) => {
    expect(translate(mappingOf({ dates }), 'reportedOn', cell)).toEqual({ text })
  })

  it.each(['04/05/06', '12/2018', '20180412', 'on 4/12/2018'])('%s is not guessed', (cell) => {
    expect(translate(mappingOf({ dates: 'mdy' }), 'closedOn', cell)).toEqual({ text: cell, expected: 'MM/DD/YYYY' })
  })

  it('are read in columns of days only', () => {
    expect(translate(mappingOf({ dates: 'mdy' }), 'problem', '04/12/2018')).toEqual({ text: '04/12/2018' })
  })

  const dated = (...days: string[]) =>
    tableOf(
      { dates: 'mdy', columns: { Type: 'problem', Opened: 'reportedOn', Closed: 'closedOn' }, constants: { region: '汉台区' } },
      ['Type', 'Opened', 'Closed'],
      ...days.map((day, at) => [`Pothole ${at}`, day, '04/13/2018 12:45:47 PM']),
    )

  it('make a case of that day, and what stood there is kept', async () => {
    const sink = memorySink()
    await importTable(sink, dated('04/12/2018 11:11:26 AM'), { file: 'a.csv', source: 'hotline_12345' })
    expect(sink.cases[0]).toMatchObject({
      reportedOn: '2018-04-12',
      closedOn: '2018-04-13',
      state: 'closed',
      imported: { words: { Opened: '04/12/2018 11:11:26 AM', Closed: '04/13/2018 12:45:47 PM' } },
    })
  })

  it('refuse the row where the order does not fit, or the day cannot be', async () => {
    const report = await importTable(memorySink(), dated('13/04/2018', '04/05/06', '02/30/2018', '04/14/2018'), {
      ...{ file: 'a.csv', source: 'hotline_12345' as const },
    })
    expect(report).toMatchObject({ added: 0, refusedRows: 4, refusedBy: { 'cases/import-bad-day': 3, 'cases/day-past': 1 } })
    expect(report.refused.map(({ line, column, found }) => [line, column, found]).slice(0, 3)).toEqual([
      [2, 'Opened', '2018-13-04'],
      [3, 'Opened', '04/05/06'],
      [4, 'Opened', '2018-02-30'],
    ])
  })
})

describe('their words for ours', () => {
  const status = (cell: string) =>
    translate(
      mappingOf({ values: { status: { 'Closed (Transferred)': '已移送', 'Closed*': '已办结', 'N?w': '未办结', '*!*': '是' } } }),
      'status',
      cell,
    ).text
  it.each([
    ['Closed (Transferred)', '已移送'],
    ['Closed (Duplicate)', '已办结'],
    ['Closed', '已办结'],
    ['New', '未办结'],
    ['Neow', 'Neow'],
    ['not Closed', 'not Closed'],
    ['a!b', '是'],
    ['x'.repeat(300), 'x'.repeat(300)],
  ])('%s', (cell, text) => expect(status(cell)).toBe(text))

  it('take every sign of a pattern but * and ? as itself', () => {
    const mapping = mappingOf({ values: { region: { '(a|b).*': 'x' } } })
    expect(['(a|b).c', 'a.c'].map((cell) => translate(mapping, 'region', cell).text)).toEqual(['x', 'a.c'])
  })
})

describe('a coarse point', () => {
  it.each([
    ['-77', '39', true],
    ['-77.000', '39.0', true],
    ['-76.6', '39.35', true],
    ['-76.669237', '39', false],
    ['107.031', '33', false],
    ['', '', false],
    ['107°01′', '33°', false],
  ])('%s, %s with fewer than three decimals: %s', (lng, lat, coarse) => expect(isCoarse(lng, lat, 3)).toBe(coarse))

  it.each([
    [
      ['Lng', 'Lat'],
      ['107', '33'],
    ],
    [['Point'], ['107.0，33']],
  ])('under %j is left out, counted and kept in words', async (headers, cells) => {
    const columns = { Type: 'problem', ...Object.fromEntries(headers.map((h) => [h, h === 'Point' ? 'point' : h.toLowerCase()])) }
    const json = { columns, constants: { region: '汉台区' } }
    const rows = [
      ['Type', ...headers],
      ['Pothole', ...cells],
    ]
    const sink = memorySink()
    const options = { file: 'a.csv', source: 'hotline_12345' as const }
    const report = await importTable(sink, tableOf({ ...json, pointDecimals: 3 }, ...rows), options)
    expect(report).toMatchObject({ added: 1, coarsePoints: 1 })
    expect(sink.cases[0]!.place.point).toBeUndefined()
    expect(sink.cases[0]!.imported!.words).toMatchObject(Object.fromEntries(headers.map((h, at) => [h, cells[at]])))
    const asItIs = memorySink()
    expect(await importTable(asItIs, tableOf(json, ...rows), options)).toMatchObject({ added: 1, coarsePoints: 0 })
    expect(asItIs.cases[0]!.place.point).toEqual({ lng: 107, lat: 33 })
  })
})

describe('points of another system', () => {
  const HERE = { lng: 107.0312, lat: 33.0678 }
  const imported = async (crs: Crs | undefined, cells: [string, string]) => {
    const json = { ...(crs && { crs }), constants: { region: '汉台区' } }
    const sink = memorySink()
    const rows = [
      ['反馈问题', '经度', '纬度'],
      ['路灯', ...cells],
    ]
    const report = await importTable(sink, tableOf(json, ...rows), { file: 'a.csv', source: 'hotline_12345' })
    return { report, place: sink.cases[0]?.place, words: sink.cases[0]?.imported?.words }
  }

  it.each(['gcj02', 'bd09', 'cgcs2000', 'wgs84'] as const)('%s become WGS 84, as in a report', async (crs) => {
    const there = fromWgs84(HERE, crs)
    const { place } = await imported(crs, [String(there.lng), String(there.lat)])
    expect(place?.point?.lng).toBeCloseTo(HERE.lng, 9)
    expect(place?.point?.lat).toBeCloseTo(HERE.lat, 9)
  })

  it('are kept as they stood', async () => {
    expect((await imported('gcj02', ['107.0351', '33.0664'])).words).toMatchObject({ 经度: '107.0351', 纬度: '33.0664' })
    expect((await imported(undefined, ['107.0351', '33.0664'])).words).not.toHaveProperty('经度')
  })

  it('are WGS 84 where nothing is said', async () => {
    expect((await imported(undefined, ['107.0351', '33.0664'])).place?.point).toEqual({ lng: 107.0351, lat: 33.0664 })
  })

  it('outside are refused as they stand in the sheet', async () => {
    const { report } = await imported('gcj02', ['116.404', '39.915'])
    expect(report.refused).toMatchObject([{ code: 'cases/import-point-outside', found: '116.404, 39.915' }])
  })
})
