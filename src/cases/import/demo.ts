import { addDays, type Day } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import { findByName } from '../../places/rules/find-by-name.ts'
import { COLUMNS, type Field, headerOf } from './columns.ts'
import { STORIES, type Story } from './demo-stories.ts'
import { findTable, type Row, type Table } from './table.ts'

/** What `data/demo/<city>.json` holds: one published form, published counts, and words for problems that nobody reported. */
export type DemoData = {
  real: { source: string; head: string[]; columns: string[]; rows: string[][]; constants: Partial<Record<Field, string>> }
  published: { asOf: string; total: number; closed: number; byUnit: Record<string, number>; byType: Record<string, number> }
  centres: Record<string, [lng: number, lat: number]>
  types: Record<string, DemoType>
}
type DemoType = {
  category: string
  dept: string
  unit?: string
  sites: string[]
  faults: string[]
  goal: string
  measures: string[]
}

type Cells = Partial<Record<Field, string>>
export type DemoOptions = { data: DemoData; today: Day; seed: number; areas: readonly Area[] }

/** The published form as it was published, with the address where it stands; nothing of it is a sample. */
export function realTable({ data: { real } }: Pick<DemoOptions, 'data'>): Table {
  const cells = [...real.head.map((line) => [line]), real.columns, ...real.rows]
  const table = findTable([{ name: '公示', rows: cells.map((row, at) => ({ line: at + 1, cells: row })) }])
  if (isRefusal(table)) throw new Error(`data/demo: ${table.code}`)
  const rows = table.rows.map((row) => ({
    ...row,
    fields: { ...row.fields, ...real.constants },
    others: { 来源链接: real.source },
  }))
  return { ...table, rows }
}

/** Problems made up after the published counts by county and by type, every one marked 示例; the same seed and day give the same rows. */
export function sampleTable(o: DemoOptions): Table {
  const headers = Object.fromEntries(Object.keys(COLUMNS).map((field) => [field, headerOf(field as Field)]))
  return { sheet: '示例', layout: 'closure', head: [], headers, rows: demoRows(o), skipped: [], leftOut: [] }
}

/** The rows of the sample table. */
export function demoRows({ data, today, seed, areas }: DemoOptions): Row[] {
  const random = randomOf(seed)
  const units = repeated(data.published.byUnit)
  const types = shuffled(repeated(data.published.byType), random)
  const stories = shuffled(storiesFor(data.published), random)
  return units.map((unit, at) => {
    const type = types[at]!
    const scene: Scene = { ...{ unit, type, today, random, at }, words: data.types[type]!, centre: data.centres[unit]!, areas }
    return { line: at + 2, fields: { ...sceneOf(scene), ...cellsOf(scene, stories[at]!) }, others: {} }
  })
}

type Scene = {
  unit: string
  type: string
  words: DemoType
  centre: [number, number]
  areas: readonly Area[]
  today: Day
  random: () => number
  at: number
}

// Every story once for each time it is told, the rest closed: as many open and closed as were published.
function storiesFor({ total, closed }: DemoData['published']): Story[] {
  const open = STORIES.filter(({ open }) => open).flatMap((story) => Array.from({ length: story.times }, () => story))
  const ended = STORIES.filter(({ open }) => !open).flatMap((story) => Array.from({ length: story.times }, () => story))
  if (open.length !== total - closed || ended.length !== closed)
    throw new Error(`the stories tell ${open.length} open, ${ended.length} closed`)
  return [...open, ...ended]
}

function sceneOf(scene: Scene): Cells {
  const { unit, type, words, random, at } = scene
  const town = pick(townsOf(scene), random)
  const told = `${unit}${town}${pick(words.sites, random)}${pick(words.faults, random)}`
  return {
    ...{ originalNo: `示例-${String(at + 1).padStart(4, '0')}`, batch: '示例批次', sample: '是', region: unit, pollution: type },
    problem: random() < 0.15 ? `1.${told}；2.${pick(words.faults, random)}` : `${told}。`,
    ...(town && { address: `${unit}${town}` }),
    ...(random() < 0.85 && { point: pointNear(scene.centre, random) }),
  }
}

// Which columns are filled is the story's; days are counted from today backwards, so that a demo is never out of date.
function cellsOf(scene: Scene, story: Story): Cells {
  const { words, unit, today, random } = scene
  const county = officialUnit(scene)
  const lead = `汉中市${words.dept}`
  const ago = (days: number) => addDays(today, -days)
  const all: Cells = {
    category: words.category,
    responsible: words.unit && TWO_COUNTIES.includes(unit) ? `${unit}${words.unit}` : county,
    lead,
    supporting: lead === '汉中市生态环境局' ? '汉中市公安局' : '汉中市自然资源局',
    acceptance: lead === '汉中市生态环境局' ? '汉中市住房和城乡建设局' : '汉中市生态环境局',
    supervising: '汉中市生态环境保护委员会办公室',
    leader: `示例·包抓领导（${/区$/.test(unit) ? '副区长' : '副县长'}）`,
    goal: words.goal,
    measures: words.measures.map((text, at) => `${at + 1}.${text}`).join('；'),
    planDocNo: `示例方案〔${today.slice(0, 4)}〕${scene.at + 1}号`,
    investigation: `经现场核查，反映的${scene.type}问题${story.finding === '不属实' ? '未发现' : '存在'}。`,
    progress: `${words.measures[0]}已完成，其余措施正在推进。`,
    filingNo: `示例备〔${today.slice(0, 4)}〕${scene.at + 1}号`,
  }
  const days = story.days(ago, Math.floor(random() * 20))
  const shown = Object.fromEntries(story.shows.map((field) => [field, all[field] ?? '']))
  return {
    source: story.source,
    ...shown,
    ...days,
    ...(story.finding && { finding: story.finding }),
    ...(story.status && { status: story.status }),
  }
}

// The counties whose housing bureau has an account in the demo.
const TWO_COUNTIES = ['汉台区', '城固县']

function officialUnit({ unit, areas }: Scene): string {
  const found = findByName(areas, unit)
  const area = isRefusal(found) ? undefined : found[0]
  return area?.level === 'zone' ? `${area.name}管委会` : `${unit}人民政府`
}

function townsOf({ unit, areas }: Scene): string[] {
  const county = areas.find((area) => area.name === unit)
  const towns = areas.filter((area) => area.level === 'township' && area.parent === county?.code).map((area) => area.name)
  return towns.length > 0 ? towns : ['']
}

function pointNear([lng, lat]: [number, number], random: () => number): string {
  const near = (degrees: number) => (degrees + (random() - 0.5) * 0.02).toFixed(5)
  return `${near(lng)}, ${near(lat)}`
}

function repeated(counts: Record<string, number>): string[] {
  return Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => name))
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[copy[at], copy[other]] = [copy[other]!, copy[at]!]
  }
  return copy
}

// mulberry32: small, and the same on every machine.
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
