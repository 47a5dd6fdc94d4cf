import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { importTable } from '../import/import-table.ts'
import { readSheets } from '../import/sheet.ts'
import { findTable, type Table } from '../import/table.ts'
import { fileOf } from '../import/test-files.ts'
import { AREAS, memorySink, tableOf } from '../import/test-kit.ts'
import { exportRows } from './rows.ts'
import { EXPORT_LAYOUTS } from './rules/kinds.ts'
import { toCsv, toXlsx } from './sheet.ts'

const HEADER = [
  '序号',
  '反馈问题',
  '问题编号',
  '所属县区',
  '整改目标',
  '整改措施',
  '整改时限',
  '整改落实情况',
  '责任单位',
  '责任领导',
  '公示起止',
  '验收时间',
  '示例',
]
const TABLE = () =>
  tableOf(
    HEADER,
    [
      '1',
      '=1+1 洋县某砂场扬尘',
      'B-7',
      '洋县',
      '规范',
      '1.围挡；2.喷淋',
      '2025年12月底前',
      '已建围挡',
      '洋县水利局',
      '张三（副县长）',
      '2026-11-20至2026-12-03',
      '2026-11-10',
      '',
    ],
    ['2', '勉县，含“引号"的问题\n第二行', '', '勉县', '', '', '立行立改，长期坚持', '', '', '', '', '', '是'],
    ['3', '职能交叉', '', '市级', '', '', '', '', '市水利局、市林业局', '', '', '', ''],
  )

async function filled() {
  const sink = memorySink()
  await importTable(sink, TABLE(), { file: 'a.csv', source: 'provincial_inspection', batch: '第三轮' })
  return sink
}

async function read(name: string, content: Buffer | string): Promise<Table> {
  const sheets = await readSheets(fileOf(name, content))
  const table = isRefusal(sheets) ? sheets : findTable(sheets)
  if (isRefusal(table)) throw new Error(table.code)
  return table
}

describe('an export that comes back', () => {
  it.each(EXPORT_LAYOUTS)('%s is the same list, in csv and in xlsx', async (layout) => {
    const sink = await filled()
    const sheet = exportRows(
      sink.cases.map((c) => ({ case: c })),
      layout,
      AREAS,
    )
    for (const [name, content] of [
      ['out.csv', toCsv(sheet)],
      ['out.xlsx', await toXlsx(sheet)],
    ] as const) {
      const report = await importTable(sink, await read(`${layout}-${name}`, content), { file: name })
      expect([report.read, report.added, report.same, report.refused]).toEqual([3, 0, 3, []])
    }
  })

  it('closure carries every proven field into an empty list', async () => {
    const before = (await filled()).cases
    const again = memorySink()
    const sheet = exportRows(
      before.map((c) => ({ case: c })),
      'closure',
      AREAS,
    )
    await importTable(again, await read('move.xlsx', await toXlsx(sheet)), { file: 'move.xlsx' })
    const facts = (cases: typeof before) =>
      cases.map(
        ({
          state,
          source,
          batch,
          originalNo,
          originalText,
          place,
          term,
          due,
          leader,
          notice,
          imported,
          sample,
          duties,
          plan,
        }) => ({
          ...{ state, source, batch, originalNo, originalText, place, term, due, leader, sample },
          ...{ notice: notice?.lastDay, key: imported?.key, duties: duties.map(({ orgName, as }) => `${as} ${orgName}`).sort() },
          measures: plan?.measures.map(({ text }) => text),
        }),
      )
    expect(facts(again.cases)).toEqual(facts(before))
  })
})

describe('what a spreadsheet may not do with it', () => {
  it('csv cells that begin like a formula are guarded, numbers are not', () => {
    const cells = ['=1', '+1', '-1', '@a', '＝1', '＋1', '－1', '＠a', '\tx', -5, 'a=1']
    const csv = toCsv({ name: 'x', head: [], header: [], rows: [cells] })
    expect(csv.trim().split('\r\n').at(-1)).toBe(`'=1,'+1,'-1,'@a,'＝1,'＋1,'－1,'＠a,"'\tx",-5,a=1`)
    expect(csv.startsWith('\ufeff')).toBe(true)
  })

  it('xlsx cells are text', async () => {
    const content = await toXlsx({ name: 'x', head: [], header: ['序号', '反馈问题'], rows: [[1, '=HYPERLINK("http://x","y")']] })
    const table = await read('formula.xlsx', content)
    expect(table.rows[0]?.fields).toEqual({ no: '1', problem: '=HYPERLINK("http://x","y")' })
  })
})

describe('示例', () => {
  it('stands on every row of a sample and in the head', async () => {
    const { cases } = await filled()
    for (const layout of EXPORT_LAYOUTS) {
      const sheet = exportRows(
        cases.map((c) => ({ case: c })),
        layout,
        AREAS,
      )
      expect(sheet.head[0]).toContain('含示例数据 1 行')
      const at = sheet.header.indexOf('示例')
      expect(sheet.rows.map((row) => row[at])).toEqual(['', '示例', ''])
    }
    const real = exportRows(
      cases.filter((c) => !c.sample).map((c) => ({ case: c })),
      'list',
      AREAS,
    )
    expect(real.head.join()).not.toContain('示例')
  })
})
