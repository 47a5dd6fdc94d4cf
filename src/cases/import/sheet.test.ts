import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import { LIMITS, openSheets, readSheets, type Sheet } from './sheet.ts'
import { csvOf, fileOf, gbk, type Part, sheetXml, workbookParts, xlsxOf, zipOf } from './test-files.ts'
import { refusedFile } from './texts.ts'

const ROWS = [
  ['序号', '反馈问题', '整改时限'],
  ['1', '镇巴县某矿山未修复，“边开采、边修复”不到位', '2025年12月底前'],
  ['2', '两行\n文字', '立行立改'],
]

async function sheetsOf(name: string, content: Buffer | string): Promise<Sheet[]> {
  const sheets = await readSheets(fileOf(name, content))
  if (isRefusal(sheets)) throw new Error(`${sheets.code} ${JSON.stringify(sheets.params)}`)
  return sheets
}

const cellsOf = (sheets: Sheet[]) => sheets[0]!.rows.map(({ cells }) => cells)

describe('a table in any of its usual files', () => {
  const files: [string, Buffer | string][] = [
    ['utf-8.csv', csvOf(ROWS)],
    ['utf-8-bom.csv', `\ufeff${csvOf(ROWS)}`],
    ['gbk.csv', gbk(csvOf(ROWS))],
    ['semicolon.csv', csvOf(ROWS, ';')],
    ['tab.txt', csvOf(ROWS, '\t')],
    ['utf-16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csvOf(ROWS, '\t'), 'utf16le')])],
  ]
  it.each(files)('%s', async (name, content) => {
    expect(cellsOf(await sheetsOf(name, content))).toEqual(ROWS)
  })

  it('xlsx, whatever its name, with row numbers as a spreadsheet shows them, dates and numbers as text', async () => {
    const day = new Date(Date.UTC(2025, 11, 31))
    const content = await xlsxOf(
      { sheet: '说明', rows: [['填表须知']] },
      { sheet: '清单', rows: [['标题'], [null], ['序号', '反馈问题'], [null], [1, '问题', day, 0.1, 123456789012345]] },
    )
    const sheets = await sheetsOf('renamed.csv', content)
    expect(sheets.map(({ name }) => name)).toEqual(['说明', '清单'])
    expect(sheets[1]!.rows).toEqual([
      { line: 1, cells: ['标题'] },
      { line: 3, cells: ['序号', '反馈问题'] },
      { line: 5, cells: ['1', '问题', '2025-12-31', '0.1', '123456789012345'] },
    ])
  })

  it('takes an own mark of guarded cells away, and control and direction characters', async () => {
    expect(cellsOf(await sheetsOf('guard.csv', "a,'=1+1,'x\nb\u202e,c,d"))).toEqual([
      ['a', '=1+1', "'x"],
      ['b', 'c', 'd'],
    ])
  })
})

describe('a file packed by gzip', () => {
  const read = async (content: Buffer | string) => readSheets(fileOf('list.csv.gz', content), { packed: 'gzip' })

  it('is read where that was said', async () => {
    expect(cellsOf((await read(gzipSync(csvOf(ROWS)))) as Sheet[])).toEqual(ROWS)
    expect(cellsOf((await read(gzipSync(gbk(csvOf(ROWS))))) as Sheet[])).toEqual(ROWS)
  })

  it.each([
    ['is cut short', gzipSync(csvOf(ROWS)).subarray(0, 40), 'cases/import-broken-gzip'],
    ['is none', csvOf(ROWS), 'cases/import-wrong-file'],
    ['unpacks to more than may be read', gzipSync(Buffer.alloc(LIMITS.bytes + 1, ' ')), 'cases/import-zip-bytes'],
    ['holds another packed one', gzipSync(gzipSync(csvOf(ROWS))), 'cases/import-wrong-file'],
    ['holds a page', gzipSync('<html></html>'), 'cases/import-wrong-file'],
  ])('and %s is refused in one line', async (_, content, code) => {
    const answer = (await read(content)) as Refusal
    expect(answer).toMatchObject({ code })
    expect(refusedFile(answer).text.en).not.toContain('\n')
  })
})

describe('a file read page by page', () => {
  it('gives its head, the number of its rows, and any page of them', async () => {
    const open = await openSheets(fileOf('pages.csv', csvOf(ROWS)), { head: 1 })
    if (isRefusal(open)) throw new Error(open.code)
    expect(open.sheets).toEqual([{ name: 'csv', rows: [{ line: 1, cells: ROWS[0] }], total: 3 }])
    expect(await open.page(0, 1, 1)).toEqual([{ line: 2, cells: ROWS[1] }])
    expect(await open.page(0, 2, 9)).toEqual([{ line: 3, cells: ROWS[2] }])
    expect(await open.page(7, 0, 9)).toEqual([])
    open.close()
    expect(await open.page(0, 0, 1)).toMatchObject({ code: 'cases/import-heavy-memory' })
  })
})

const blank = sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>')
const bombXml = Buffer.concat([Buffer.from('<worksheet>'), Buffer.alloc(30_000_000, ' '), Buffer.from('</worksheet>')])
const nested = (): Buffer =>
  Array.from({ length: 3 }).reduce<Buffer>(
    (inner) => zipOf(Array.from({ length: 16 }, (_, at) => ({ name: `${at}.zip`, data: inner }))),
    Buffer.alloc(1_000_000),
  )
const NOTHING = Buffer.alloc(0)
const many = (count: number): Part[] => Array.from({ length: count }, (_, at) => ({ name: `xl/media/${at}.xml`, data: NOTHING }))

describe('a hostile or wrong file gives one clear line and harms nobody', () => {
  const files: [string, () => Buffer | string | Promise<Buffer>, string][] = [
    ['empty.xlsx', () => '', 'cases/import-empty-file'],
    ['page.xlsx', () => '<!DOCTYPE html><html><table><tr><td>序号</td></tr></table></html>', 'cases/import-wrong-file'],
    ['spreadsheetml.xls', () => '<?xml version="1.0"?><Workbook/>', 'cases/import-wrong-file'],
    ['old.xls', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]), 'cases/import-old-xls'],
    [
      'image.csv',
      () => Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      'cases/import-wrong-file',
    ],
    ['paper.xlsx', () => '%PDF-1.7\n%\u0000\n', 'cases/import-wrong-file'],
    ['packed.csv', () => gzipSync(csvOf(ROWS)), 'cases/import-wrong-file'],
    [
      'letter.xlsx',
      () =>
        zipOf([
          { name: '[Content_Types].xml', data: Buffer.from('x') },
          { name: 'word/document.xml', data: Buffer.from('x') },
        ]),
      'cases/import-wrong-file',
    ],
    ['forty-two.xlsx', nested, 'cases/import-wrong-file'],
    ['ratio.xlsx', () => zipOf(workbookParts(bombXml)), 'cases/import-zip-ratio'],
    [
      'lying.xlsx',
      () => zipOf(workbookParts(bombXml).map((part) => ({ ...part, says: Math.min(part.data.length, 900_000) }))),
      'cases/import-broken-xlsx',
    ],
    [
      'hidden.xlsx',
      () => zipOf([...workbookParts(blank), { name: 'a.png', localName: 'xl/worksheets/sheet1.xml', data: bombXml, says: 900 }]),
      '',
    ],
    ['entries.xlsx', () => zipOf([...workbookParts(blank), ...many(2000)]), 'cases/import-zip-entries'],
    ['70k.xlsx', () => zipOf([...workbookParts(blank), ...many(70_000)]), 'cases/import-zip-entries'],
    [
      'slip.xlsx',
      () => zipOf([...workbookParts(blank), { name: '../../etc/passwd', data: Buffer.from('x') }]),
      'cases/import-broken-xlsx',
    ],
    ['entity.xlsx', () => zipOf(workbookParts(`<!DOCTYPE x [<!ENTITY a "aaa">]>${blank}`)), 'cases/import-unreadable'],
    ['cut.xlsx', async () => (await xlsxOf({ sheet: 'S', rows: ROWS })).subarray(0, 900), 'cases/import-broken-xlsx'],
    [
      'tail.xlsx',
      async () => Buffer.concat([await xlsxOf({ sheet: 'S', rows: ROWS }), Buffer.from('<script>')]),
      'cases/import-broken-xlsx',
    ],
    [
      'far.xlsx',
      () => zipOf(workbookParts(sheetXml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))),
      'cases/import-heavy-memory',
    ],
    ['quote.csv', () => `序号,反馈问题\n1,"没有结尾\n${'x\n'.repeat(10)}`, 'cases/import-csv'],
    ['long.csv', () => `序号,反馈问题\n${'1,x\n'.repeat(160_000)}`, 'cases/import-too-many-rows'],
    ['mixed.csv', () => Buffer.concat([gbk('序号'), Buffer.from([0xff, 0xff, 0x41])]), 'cases/import-wrong-file'],
  ]
  it.each(files)('%s', { timeout: 30_000 }, async (name, make, code) => {
    const answer = await readSheets(fileOf(name, await make()))
    if (code === '') return expect(cellsOf(answer as Sheet[])).toEqual([['x']])
    expect((answer as Refusal).code ?? answer).toBe(code)
    const { text, code: said } = refusedFile(answer as Refusal)
    expect([said, text.zh, text.en].join()).not.toContain('\n')
  })

  it('a file that is not there, a folder, a reader that takes too long', async () => {
    expect(await readSheets('/nowhere/x.xlsx')).toMatchObject({ code: 'cases/import-no-file', params: { found: 'ENOENT' } })
    expect(await readSheets('/tmp')).toMatchObject({ code: 'cases/import-no-file' })
    expect(await readSheets(fileOf('slow.csv', csvOf(ROWS)), { seconds: 0.001 })).toMatchObject({
      code: 'cases/import-heavy-seconds',
    })
  })
})
