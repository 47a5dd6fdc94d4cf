import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { importTable } from './import-table.ts'
import { parseMapping } from './mapping.ts'
import { readSheets } from './sheet.ts'
import { findTable, type Table } from './table.ts'
import { csvOf, fileOf, gbk, xlsxOf } from './test-files.ts'
import { memorySink, tableOf } from './test-kit.ts'
import { sayDiffering, sayFault } from './texts.ts'

const CLOSURE = [
  ['第三轮省生态环境保护督察报告整改销号公示(2025-12-12 至 2025-12-25)'],
  ['序号', '反馈问题', '整改目标', '整改措施', '整改时限', '整改落实情况', '验收时间'],
  [
    '1',
    '住建、城管部门在工地扬尘监管方面职能交叉',
    '明晰职责职能',
    '1.调研评估；2.厘清职能',
    '2025年12月底前',
    '已印发文件',
    '2025-11-28',
  ],
  ['2', '勉县某砂场扬尘防治不到位', '规范作业', '建设围挡', '立行立改', '围挡已建成', '2025年11月'],
]

async function tableFrom(name: string, content: Buffer | string): Promise<Table> {
  const sheets = await readSheets(fileOf(name, content))
  const table = isRefusal(sheets) ? sheets : findTable(sheets)
  if (isRefusal(table)) throw new Error(`${table.code} ${JSON.stringify(table.params)}`)
  return table
}

describe('the official sheet from each kind of file', () => {
  const files: [string, () => Buffer | string | Promise<Buffer>][] = [
    ['closure.xlsx', () => xlsxOf({ sheet: '公示', rows: CLOSURE })],
    ['closure-utf8.csv', () => csvOf(CLOSURE)],
    ['closure-gbk.csv', () => gbk(csvOf(CLOSURE))],
  ]
  it.each(files)('%s', async (name, make) => {
    const sink = memorySink()
    const report = await importTable(sink, await tableFrom(name, await make()), { file: name })
    expect(report).toMatchObject({ read: 2, added: 2, same: 0, refusedRows: 0, states: { publicising: 2 }, incomplete: 2 })
    expect(sink.cases[0]).toMatchObject({
      source: 'provincial_inspection',
      path: 'inspection',
      place: { region: '610700' },
      term: { words: '2025年12月底前', day: '2025-12-31' },
      checks: { city: { on: '2025-11-28' } },
      notice: { from: '2025-12-12', lastDay: '2025-12-25' },
      plan: {
        goal: '明晰职责职能',
        measures: [
          { id: 'm1', text: '调研评估' },
          { id: 'm2', text: '厘清职能' },
        ],
      },
    })
    expect(sink.cases[1]?.place.region).toBe('610725')
  })
})

describe('doing it again', () => {
  const table = () => tableOf(...CLOSURE)

  it('writes nothing new', async () => {
    const sink = memorySink()
    await importTable(sink, table(), { file: 'a.csv' })
    const again = await importTable(sink, table(), { file: 'a.csv' })
    expect([again.added, again.same, sink.cases.length]).toEqual([0, 2, 2])
  })

  it('leaves a case alone that has moved on since', async () => {
    const sink = memorySink()
    await importTable(sink, table(), { file: 'a.csv' })
    sink.cases[0] = { ...sink.cases[0]!, state: 'closed', version: 9 }
    await importTable(sink, table(), { file: 'a.csv' })
    expect([sink.cases.length, sink.cases[0]?.version]).toEqual([2, 9])
  })

  it('says where the sheet has another text now, shows both from where they differ, and overwrites nothing', async () => {
    const header = ['序号', '反馈问题', '问题编号', '所属县区', '系统编号']
    const long = `某砂场${'扬尘'.repeat(60)}，已停产`
    const sink = memorySink()
    const options = { file: 'a.csv', source: 'city_inspection' as const }
    const first = [
      ['1', '某砂场扬尘', 'A-1', '汉台区', ''],
      ['2', long, 'A-2', '汉台区', ''],
      ['3', '某渠 黑臭，长200米', 'A-3', '汉台区', ''],
      ['4', '无编号的问题', '', '汉台区', ''],
    ]
    expect(await importTable(sink, tableOf(header, ...first), options)).toMatchObject({
      added: 4,
      differingRows: 0,
      differing: [],
    })
    const texts = sink.cases.map(({ originalText }) => originalText)
    const second = [
      ['1', '某砂场扬尘、噪声', 'A-1', '汉台区', ''],
      ['2', long.replace('停产', '复产'), 'A-2', '汉台区', ''],
      ['3', '某渠黑臭,长２００米', 'A-3', '汉台区', ''], // only blanks and widths: the same
      ['4', '没有编号的问题', '', '汉台区', sink.cases[3]!.no],
    ]
    const report = await importTable(sink, tableOf(header, ...second), options)
    expect(report).toMatchObject({ read: 4, added: 0, same: 4, refusedRows: 0, differingRows: 3 })
    expect(report.differing).toEqual([
      { line: 2, column: '反馈问题', no: sink.cases[0]!.no, stored: '某砂场扬尘', found: '某砂场扬尘、噪声' },
      {
        ...{ line: 3, column: '反馈问题', no: sink.cases[1]!.no },
        stored: `…${'扬尘'.repeat(8)}扬尘，已停产`,
        found: `…${'扬尘'.repeat(8)}扬尘，已复产`,
      },
      { line: 5, column: '反馈问题', no: sink.cases[3]!.no, stored: '无编号的问题', found: '没有编号的问题' },
    ])
    expect(sink.cases.map(({ originalText }) => originalText)).toEqual(texts)
    expect(sayDiffering(report.differing[0]!, 'zh')).toContain('“某砂场扬尘、噪声”')
    expect(sayDiffering(report.differing[0]!, 'en')).not.toMatch(/\{\w+\}/)
  })

  it('finishes an import that was cut short between two batches', async () => {
    const rows = Array.from({ length: 450 }, (_, at) => [String(at + 1), `洋县问题${at + 1}`])
    const long = () => tableOf(['序号', '反馈问题'], ...rows)
    const sink = memorySink({ failAt: 2 })
    await expect(importTable(sink, long(), { file: 'a.csv', source: 'own_check' })).rejects.toThrow('the power went')
    expect(sink.cases.length).toBe(200)
    const report = await importTable(sink, long(), { file: 'a.csv', source: 'own_check' })
    expect([report.read, report.added, report.same, sink.cases.length]).toEqual([450, 250, 200, 450])
  })

  it('is stopped behind a batch, says where, and goes on there', async () => {
    const rows = Array.from({ length: 450 }, (_, at) => [String(at + 1), `洋县问题${at + 1}`])
    const long = () => tableOf(['序号', '反馈问题'], ...rows)
    const sink = memorySink()
    const stop = new AbortController()
    const options = { file: 'a.csv', source: 'own_check' as const }
    const cut = await importTable(sink, long(), { ...options, stop: stop.signal }, () => stop.abort())
    expect([cut.read, cut.added, cut.stoppedAfter, sink.cases.length]).toEqual([200, 200, 201, 200])
    const rest = await importTable(sink, long(), options)
    expect([rest.added, rest.same, rest.stoppedAfter, sink.cases.length]).toEqual([250, 200, undefined, 450])
  })

  it('asks for fewer rows where a transaction takes long, and for more where it does not', async () => {
    const rows = Array.from({ length: 2000 }, (_, at) => [String(at + 1), `洋县问题${at + 1}`])
    const sizes = async (msPerRow: number) => {
      const sink = memorySink()
      const found: number[] = []
      const slow = {
        ...sink,
        write: async (batch: Parameters<typeof sink.write>[0]) => {
          const { cases } = await sink.write(batch)
          found.push(cases.length)
          return { cases, ms: cases.length * msPerRow }
        },
      }
      await importTable(slow, tableOf(['序号', '反馈问题'], ...rows), { file: 'a.csv', source: 'own_check' })
      return found
    }
    expect(await sizes(0.1)).toEqual([200, 400, 500, 500, 400])
    expect((await sizes(4)).slice(0, 4)).toEqual([200, 100, 50, 25])
  })

  it('writes nothing in a dry run and says what it would do', async () => {
    const sink = memorySink()
    const report = await importTable(sink, table(), { file: 'a.csv', dryRun: true })
    expect([report.added, sink.cases.length]).toEqual([2, 0])
  })
})

describe('rows that do not hold', () => {
  it('are refused line by line while the others go in', async () => {
    const header = ['序号', '反馈问题', '问题编号', '所属县区', '验收时间', '经纬度']
    const sink = memorySink()
    const report = await importTable(
      sink,
      tableOf(
        header,
        ['1', '甲', 'A-1', '汉台区', '', ''],
        ['2', '乙', 'A-2', '西安市', '昨天', ''],
        ['3', '丙', 'A-1', '汉台区', '', ''],
        ['4', '甲', 'A-1', '汉台区', '', ''],
        ['5', '丁', 'A-5', '汉台区', '', '116.4,39.9'],
        ['6', '', 'A-6', '汉台区', '', ''],
      ),
      { file: 'a.csv', source: 'city_inspection' },
    )
    expect([report.read, report.added, report.same, report.refusedRows]).toEqual([6, 1, 1, 4])
    expect(report.refused.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, '所属县区', 'places/unknown-area-name'],
      [3, '验收时间', 'cases/import-bad-day'],
      [4, '问题编号', 'cases/import-twice'],
      [6, '经纬度', 'cases/import-point-outside'],
      [7, '反馈问题', 'cases/import-no-problem'],
    ])
    for (const fault of report.refused) {
      expect(sayFault(fault, 'zh')).toMatch(/^第 \d+ 行 .+：.+/)
      expect(sayFault(fault, 'en')).not.toMatch(/\{\w+\}/)
    }
  })

  it('are counted by their reason, and listed as far as a list should go', async () => {
    const rows = Array.from({ length: 10_050 }, (_, at) => [String(at + 1), '某问题', at < 50 ? '西安市' : '汉台区', '昨天'])
    const table = tableOf(['序号', '反馈问题', '所属县区', '验收时间'], ...rows)
    const report = await importTable(memorySink(), table, { file: 'a.csv', source: 'city_inspection' })
    expect(report.refusedBy).toEqual({ 'places/unknown-area-name': 50, 'cases/import-bad-day': 10_000 })
    expect([report.refusedRows, report.refused.length]).toEqual([10_050, 10_000])
  })

  it('keep their points as given in a city without boundaries', async () => {
    const rows = [
      ['1', '甲', '汉台区', '116.4,39.9'],
      ['2', '乙', '汉台区', '0,0'],
    ]
    const table = () => tableOf(['序号', '反馈问题', '所属县区', '经纬度'], ...rows)
    const options = { file: 'a.csv', source: 'city_inspection' as const }
    const sink = memorySink({ bounded: false })
    expect((await importTable(sink, table(), options)).refusedBy).toEqual({ 'places/point-zero': 1 })
    expect(sink.cases.map(({ place }) => place.point)).toEqual([{ lng: 116.4, lat: 39.9 }])
    expect((await importTable(memorySink(), table(), options)).refusedBy).toMatchObject({ 'cases/import-point-outside': 1 })
  })

  it('names the organisations it had to create, each once', async () => {
    const header = ['序号', '反馈问题', '责任单位', '验收单位']
    const sink = memorySink()
    const rows = [
      ['1', '洋县甲', '洋县水利局、市水利局', '市生态环境局'],
      ['2', '洋县乙', '汉中市水利局', '市住房城乡建设局'],
    ]
    const report = await importTable(sink, tableOf(header, ...rows), { file: 'a.csv', source: 'city_inspection' })
    expect(report.createdOrganisations.toSorted()).toEqual(['洋县水利局', '汉中市水利局'].toSorted())
    expect(sink.cases[1]?.duties.map(({ org, as }) => [org, as])).toEqual([
      ['id of 汉中市水利局', 'responsible'],
      ['housing', 'acceptance'],
    ])
  })
})

const PETITIONS = join(process.env['QINBA_TEST_DATA'] ?? '../shared/data', 'complaints/zh_petition_with_replies.csv.gz')

describe('2,816 real letters through a mapping', () => {
  it.skipIf(!existsSync(PETITIONS))('every one is read or refused with a reason, none is lost', { timeout: 60_000 }, async () => {
    const mapping = parseMapping(
      JSON.stringify({
        columns: {
          msg_id: 'originalNo',
          subject: 'title',
          detail: 'problem',
          reply: 'progress',
          time: 'reportedOn',
          user: 'ignore',
          reply_time: 'closedOn',
        },
        constants: { region: '汉台区' },
      }),
    )
    const sheets = await readSheets(fileOf('letters.csv', gunzipSync(readFileSync(PETITIONS))))
    if (isRefusal(mapping) || isRefusal(sheets)) throw new Error('refused')
    const table = findTable(sheets, mapping)
    if (isRefusal(table)) throw new Error(table.code)
    const sink = memorySink()
    const report = await importTable(sink, table, { file: 'letters.csv', source: 'petition_letter' })
    expect(report.read).toBe(2816)
    expect(report.added + report.same + report.refusedRows).toBe(2816)
    expect(report.refused.every(({ code, column }) => code !== '' && column !== '')).toBe(true)
    expect(report.added).toBeGreaterThan(2700)
    expect(JSON.stringify(sink.cases)).not.toContain('A00045581')
    expect((await importTable(sink, table, { file: 'letters.csv', source: 'petition_letter' })).added).toBe(0)
  })
})
