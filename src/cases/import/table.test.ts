import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { COLUMNS, FIELDS, fieldOf } from './columns.ts'
import { importTable } from './import-table.ts'
import { parseMapping } from './mapping.ts'
import { findTable } from './table.ts'
import { memorySink, sheetOf, tableOf } from './test-kit.ts'

const HEADER = ['序号', '反馈问题', '整改目标', '整改措施', '整改时限', '整改落实情况', '验收时间']

describe('finding the table', () => {
  it('reads past titles, blank lines, repeated headers, headings and footers, and names what it passed over', () => {
    const table = tableOf(
      ['某市整改销号表'],
      [],
      HEADER,
      ['一、中央督察反馈问题'],
      ['1', '问题一'],
      HEADER,
      ['2', '问题二'],
      ['合计', '2'],
      ['填表人：张三', '', '审核人：李四'],
    )
    expect(table.rows.map(({ line, fields }) => [line, fields.problem])).toEqual([
      [5, '问题一'],
      [7, '问题二'],
    ])
    expect(table.skipped.map(({ line, why }) => [line, why])).toEqual([
      [4, 'heading'],
      [6, 'header'],
      [8, 'total'],
      [9, 'total'],
    ])
    expect(table.head).toEqual(['某市整改销号表', ''])
  })

  it('takes the first worksheet that has a header', () => {
    const sheets = [
      { ...sheetOf(['填表须知'], ['一', '二']), name: '须知' },
      { ...sheetOf(HEADER, ['1', '问题']), name: '清单' },
    ]
    const table = findTable(sheets)
    expect(isRefusal(table) ? table.code : table.sheet).toBe('清单')
  })

  it.each([
    ['line breaks and blanks', ['序 号', '反 馈\n问 题', '整改\n时限']],
    ['brackets', ['序号', '反馈问题（原文）', '整改时限(年月日)']],
    ['full width and marks', ['序号：', '反馈问题＊', '整改时限']],
  ])('knows headers with %s', (_, header) => {
    expect(tableOf(header, ['1', 'a', 'b']).rows[0]?.fields).toEqual({ no: '1', problem: 'a', term: 'b' })
  })

  it('reads a header of two lines', () => {
    const table = tableOf(
      ['序号', '反馈问题', '责任分工', '', '验收'],
      ['', '', '牵头单位', '配合单位', '时间'],
      ['1', 'a', 'b', 'c', 'd'],
    )
    expect(table.rows).toEqual([
      { line: 3, fields: { no: '1', problem: 'a', lead: 'b', supporting: 'c', cityAccepted: 'd' }, others: {} },
    ])
  })

  it('keeps columns that are not ours by their names, and leaves out who reported', () => {
    const table = tableOf(
      [...HEADER.slice(0, 2), '经办科室', '举报人', '联系电话'],
      ['1', '问题', '土壤科', '王五', '13900000000'],
    )
    expect(table.rows[0]?.others).toEqual({ 经办科室: '土壤科' })
    expect(table.leftOut).toEqual(['举报人', '联系电话'])
    expect(JSON.stringify(table)).not.toContain('王五')
  })

  it('refuses a sheet without a header, and a table without its mandatory columns, naming found and expected', () => {
    const without = findTable([sheetOf(['a', 'b'], ['1', '2'])])
    expect(without).toMatchObject({ code: 'cases/import-no-header', params: { found: 'a、b、1、2' } })
    const lacking = findTable([sheetOf(['序号', '整改目标', '整改时限'], ['1', '2', '3'])])
    expect(lacking).toMatchObject({
      code: 'cases/import-missing-column',
      params: { found: '序号、整改目标、整改时限', expected: HEADER.join('、') },
    })
    const petition = findTable([sheetOf(['序号', '交办问题基本情况', '是否属实'], ['1', '2', '3'])])
    expect(petition).toMatchObject({ code: 'cases/import-missing-column' })
  })
})

describe('the columns', () => {
  it('give every header to one field only', () => {
    const headers = FIELDS.flatMap((field) => [...COLUMNS[field]])
    expect(headers.filter((header, at) => headers.indexOf(header) !== at)).toEqual([])
    for (const field of FIELDS) expect(fieldOf(COLUMNS[field][0])).toBe(field)
  })
})

describe('a mapping', () => {
  const map = (json: object | string) => parseMapping(typeof json === 'string' ? json : JSON.stringify(json))

  it('gives their columns, constants and values our names', () => {
    const mapping = map({
      columns: { 内容: 'problem', 编码: 'ignore' },
      constants: { region: '汉台区' },
      values: { status: { 完结: '已办结' } },
    })
    if (isRefusal(mapping)) throw new Error(mapping.code)
    const table = findTable([sheetOf(['内容', '编码', '状态'], ['路灯', '7', '完结'])], mapping)
    expect(isRefusal(table) ? table : table.rows[0]?.fields).toEqual({ region: '汉台区', problem: '路灯', status: '已办结' })
  })

  it.each([
    ['[]', 'mapping'],
    ['{', 'mapping'],
    ['{"colums": {}}', 'mapping'],
    ['{"columns": {"a": 1}}', 'columns'],
    ['{"constants": []}', 'constants'],
    ['{"values": {"status": []}}', 'values'],
    ['{"columns": {"a": "probelm", "b": "ignore"}}', 'field'],
  ])('%s is refused at %s', (json, where) => {
    expect(map(json)).toMatchObject({ code: 'cases/import-mapping', params: { where } })
  })

  it('names the column that the file does not have', () => {
    const mapping = map({ columns: { 内容: 'problem', 没有的列: 'title' } })
    if (isRefusal(mapping)) throw new Error(mapping.code)
    expect(findTable([sheetOf(['内容'], ['x'])], mapping)).toMatchObject({
      code: 'cases/import-missing-column',
      params: { expected: '没有的列' },
    })
  })
})

describe('any table of any cells', () => {
  const words = fc.constantFrom(
    '汉台区',
    '西安市',
    '已办结',
    '不属实',
    '2025年12月底前',
    '2025-02-30',
    '1.甲；2.乙',
    '水、噪声',
    '长期坚持',
    '107.0,33.0',
    '—',
    '80%',
  )
  const cell = fc.oneof({ weight: 2, arbitrary: words }, fc.string({ unit: 'binary', maxLength: 30 }), fc.constant(''))
  const header = fc.shuffledSubarray(
    FIELDS.map((field) => COLUMNS[field][0] as string),
    { minLength: 1 },
  )
  const rows = fc.array(fc.array(cell, { maxLength: 30 }), { maxLength: 6 })

  it('is read row by row or refused; nothing throws and no row is lost', async () => {
    await fc.assert(
      fc.asyncProperty(header, rows, fc.boolean(), async (names, cells, titled) => {
        const table = findTable([sheetOf(...(titled ? [['标题']] : []), names, ...cells.filter((row) => row.some(Boolean)))])
        if (isRefusal(table)) return
        const report = await importTable(memorySink(), table, { file: 'x.csv', source: 'hotline_12345' })
        expect(report.added + report.same + report.refusedRows).toBe(report.read)
        expect(report.read).toBe(table.rows.length)
      }),
      { numRuns: 200 },
    )
  })
})
