import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, systemCtx, type World } from '../../../test/world.ts'
import type { Io } from '../../base/command.ts'
import { proveJournal } from '../../base/journal/prove.ts'
import { journalled } from '../../contexts.ts'
import { runExport } from '../export/command.ts'
import { commandCtx, runImport } from './command.ts'
import { importDemo } from './load-demo.ts'
import type { ImportReport } from './report.ts'
import { importCases } from './run.ts'
import { csvOf, fileOf } from './test-files.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const HEADER = [
  '序号',
  '反馈问题',
  '问题编号',
  '所属县区',
  '责任单位',
  '责任领导',
  '整改时限',
  '整改目标',
  '整改措施',
  '整改落实情况',
  '验收单位',
  '验收时间',
]
const ROWS = [
  HEADER,
  [
    '1',
    '汉台区某渠雨污混流',
    'Y-1',
    '汉台区',
    '汉台区住房和城乡建设局',
    '副区长张三',
    '2026年6月底前',
    '消除直排',
    '1.封堵；2.改造',
    '已封堵',
    '市生态环境局',
    '',
  ],
  ['2', '城固县某砂场扬尘', 'Y-2', '城固县', '城固县水利局', '副县长李四', '立行立改', '', '', '', '', ''],
  ['3', '某问题', 'Y-3', '西安市', '', '', '', '', '', '', '', ''],
  ['4', '宁强县某矿点', 'Y-4', '宁强县', '', '', '', '', '', '', '', '2026-02-30'],
]

async function command(files: string[], values: Record<string, string | boolean> = {}) {
  const said: string[] = []
  const io: Io = { out: (line) => void said.push(line), err: (line) => void said.push(line), progress: () => undefined }
  const code = await runImport(world.house, { values: { json: true, ...values }, files, path: (path) => path }, io)
  return { code, said, report: code === 2 || !said[0]?.startsWith('{') ? undefined : (JSON.parse(said[0]) as ImportReport) }
}

describe('cases import', () => {
  it('takes what holds, says line by line what it refused, and creates the organisations it names', async () => {
    const { code, report } = await command([fileOf('list.csv', csvOf(ROWS))], {
      source: 'provincial_inspection',
      batch: '第三轮',
    })
    expect(code).toBe(0)
    expect(report).toMatchObject({ read: 4, added: 2, same: 0, refusedRows: 2, states: { rectifying: 1, assigned: 1 } })
    expect(report?.refused.map(({ line, column }) => [line, column])).toEqual([
      [4, '所属县区'],
      [5, '验收时间'],
    ])
    expect(report?.createdOrganisations).toEqual(['城固县水利局'])
  })

  it('shows the cases to those they belong to, with their colour, and to nobody else', async () => {
    const found = async (who: string) =>
      (await (await world.as(who)).get('/api/cases?q=Y-')).json().items.map((c: { title: string }) => c.title)
    expect(await found('county-office-hantai')).toEqual(['汉台区某渠雨污混流'])
    expect(await found('county-office-chenggu')).toEqual(['城固县某砂场扬尘'])
    expect(await found('unit-hantai')).toEqual(['汉台区某渠雨污混流'])
  })

  it('writes nothing new the second time, says whose text is another now, and writes nothing at all in a dry run', async () => {
    const file = fileOf('list.csv', csvOf(ROWS))
    const again = await command([file], { source: 'provincial_inspection', batch: '第三轮' })
    expect(again.report).toMatchObject({ added: 0, same: 2, createdOrganisations: [] })
    const corrected = ROWS.map((row) => row.map((cell) => (cell === '汉台区某渠雨污混流' ? '汉台区某渠雨污混流、黑臭' : cell)))
    const other = await command([fileOf('list.csv', csvOf(corrected))], { source: 'provincial_inspection', batch: '第三轮' })
    expect(other.report).toMatchObject({ added: 0, same: 2, differingRows: 1 })
    expect(other.report?.differing).toMatchObject([{ line: 2, stored: '汉台区某渠雨污混流', found: '汉台区某渠雨污混流、黑臭' }])
    const dry = await command([file], { source: 'city_inspection', 'dry-run': true })
    expect(dry.report).toMatchObject({ added: 2, dryRun: true })
    expect((await command([file], { source: 'city_inspection' })).report).toMatchObject({ added: 2 })
  })

  it('refuses a file, a mapping, a source, a city or a word of the command in one line each', async () => {
    const file = fileOf('list.csv', csvOf(ROWS))
    const wrong = [
      await command([fileOf('page.xlsx', '<html></html>')]),
      await command([file], { source: 'rumour' }),
      await command([file]),
      await command([file], { source: 'hotline_12345', tenant: '610100' }),
      await command([file], { source: 'hotline_12345', mapping: fileOf('map.json', '{"columns": {"a": "b"}}') }),
    ]
    expect(wrong.map(({ code, said }) => [code, said.length])).toEqual([1, 1, 1, 1, 1].map((code) => [code, 1]))
    expect((await command([])).code).toBe(2)
  })
})

describe('the demo list', () => {
  it('comes once, however often it is loaded', async () => {
    const first = await importDemo(systemCtx(world.house) as ReturnType<typeof commandCtx>)
    expect(first.map(({ read, added, refused }) => [read, added, refused])).toEqual([
      [1, 1, []],
      [238, 238, []],
    ])
    const again = await importDemo(systemCtx(world.house) as ReturnType<typeof commandCtx>)
    expect(again.map(({ added, same }) => [added, same])).toEqual([
      [0, 1],
      [0, 238],
    ])
  })

  it('leaves a journal whose fold is the list', async () => {
    const proof = await proveJournal(world.house, { journalled })
    expect(proof.message.en).toBeDefined()
    expect(proof.ok).toBe(true)
  })
})

describe('cases export', () => {
  it.each([
    ['closure', 'xlsx'],
    ['petition', 'csv'],
    ['list', 'xlsx'],
  ])('%s as %s comes back as the same', { timeout: 60_000 }, async (layout, format) => {
    const out = join(world.house.config.dataDir, `out.${format}`)
    const io: Io = { out: () => undefined, err: () => undefined, progress: () => undefined }
    const code = await runExport(world.house, { values: { layout, format }, files: [out], path: (path) => path }, io)
    const report = await importCases(commandCtx(world.house), { file: out })
    expect([code, report.read, report.added, report.refused]).toEqual([0, 243, 0, []])
    expect([report.same, report.differing]).toEqual([243, []])
  })
})
