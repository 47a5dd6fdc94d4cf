import type { Block, Cell, OfficialDocument } from '../../../../base/paper/rules/document.ts'
import { type Day, daysBetween } from '../../../../base/rules/day.ts'
import { percentOf } from '../../rules/minimum.ts'

/** One county in a frozen month: its open cases by colour as they were frozen, those of them overdue, and what was cleared off in it. */
export type CountyLine = { name: string; green: number; yellow: number; red: number; overdue: number; done: number }

/** A case that the bulletin names. */
export type NamedCase = { no: string; title: string; unit: string | null; county: string; due: Day | null; met: Day | null }

/** What a month's bulletin is made of. `inTime` counts the clear-offs that had a last day, and those of them met by it. */
export type BulletinFacts = {
  month: string
  lastDay: Day
  frozenOn: string
  before: { open: number; done: number } | null
  counties: CountyLine[]
  reported: number
  inTime: { n: number; of: number }
  red: NamedCase[]
  redMore: number
  good: NamedCase[]
  minimum: number
}

/** The values of the bulletin's template: sentences made by rule, tables as rows. */
export type BulletinData = {
  month: string
  summary: string
  progressText: string
  problemsText: string
  nextText: string
  counties: { name: string; open: number; done: number; overdue: number; green: number; yellow: number; red: number }[]
  redCases: { no: string; title: string; unit: string; why: string }[]
  goodCases: { no: string; title: string; unit: string; why: string }[]
}

/** 月通报: what the frozen month says, in sentences whose every number is counted; where there are too few cases no share is given. */
export function bulletinData(facts: BulletinFacts): BulletinData {
  const all = sumOf(facts.counties)
  return {
    month: monthWords(facts.month),
    summary: summaryOf(facts, all),
    progressText: progressOf(facts, all),
    problemsText: problemsOf(facts, all),
    nextText: nextOf(facts, all),
    counties: facts.counties.map(({ name, ...n }) => ({ name, open: openOf(n), ...n })),
    redCases: facts.red.map((c) => ({ ...named(c), why: lateBy(c, facts.lastDay) })),
    goodCases: facts.good.map((c) => ({ ...named(c), why: aheadBy(c) })),
  }
}

/** The bulletin as an official document in the product's own wording, for the screen and where a city has no template of its own. */
export function bulletinDocument(data: BulletinData, o: { office: string; today: Day }): OfficialDocument {
  return {
    ...{ format: 'notice', issuer: o.office, title: `关于${data.month}生态环境问题整治工作情况的通报` },
    to: '各县（区）人民政府，市级有关部门',
    body: [
      { kind: 'text', text: data.summary },
      { kind: 'heading', level: 1, text: '一、主要进展' },
      { kind: 'text', text: data.progressText },
      ...(data.goodCases.length > 0 ? [caseTable('提前办结', data.goodCases)] : []),
      { kind: 'heading', level: 1, text: '二、各县（区）情况' },
      countyTable(data),
      { kind: 'heading', level: 1, text: '三、存在问题' },
      { kind: 'text', text: data.problemsText },
      ...(data.redCases.length > 0 ? [caseTable('超期情况', data.redCases)] : []),
      { kind: 'heading', level: 1, text: '四、下一步要求' },
      { kind: 'text', text: data.nextText },
    ],
    ...{ signedBy: o.office, signedOn: o.today, record: { printedBy: o.office, printedOn: o.today }, specimen: true },
  }
}

type Sum = Omit<CountyLine, 'name'>

function summaryOf({ month, lastDay, before, frozenOn }: BulletinFacts, all: Sum): string {
  const open = openOf(all)
  const change = before ? `，比上月末${compared(open, before.open)}` : ''
  const colours = `其中绿色 ${all.green} 件、黄色 ${all.yellow} 件、红色 ${all.red} 件`
  return `截至 ${dayWords(lastDay)}，全市在办生态环境问题 ${open} 件${change}，${colours}。${monthWords(month)}销号 ${all.done} 件${
    before ? `，${compared(all.done, before.done, '比上月')}` : ''
  }。三色以 ${dayWords(frozenOn as Day)}冻结的月度快照为准。`
}

function progressOf({ month, reported, inTime, minimum, counties, good }: BulletinFacts, all: Sum): string {
  const first = `${monthWords(month)}新登记问题 ${reported} 件，销号 ${all.done} 件。`
  const most = Math.max(0, ...counties.map((line) => line.done))
  const leading = counties.filter((line) => line.done === most).map((line) => line.name)
  const lead =
    most > 0 ? `销号较多的是${leading.join('、')}（${leading.length > 1 ? '各 ' : ''}${most} 件）。` : '本月没有问题销号。'
  const told = good.length > 0 ? `提前办结的有 ${good.map((c) => `${c.county}“${c.title}”`).join('、')}。` : ''
  return first + lead + shareOf(inTime, minimum) + told
}

function shareOf({ n, of }: BulletinFacts['inTime'], minimum: number): string {
  if (of === 0) return ''
  const percent = percentOf(n, of, minimum)
  const share = percent === null ? `样本不足 ${minimum}，不计百分比` : `占 ${percent}%`
  return `销号问题中有时限的 ${of} 件，按期完成整改 ${n} 件（${share}）。`
}

function problemsOf({ counties, red, redMore }: BulletinFacts, all: Sum): string {
  if (all.overdue === 0) return `月末没有超期问题。红色 ${all.red} 件、黄色 ${all.yellow} 件，须逐件跟踪。`
  const late = counties.filter((line) => line.overdue > 0).sort((a, b) => b.overdue - a.overdue)
  const where = late.map((line) => `${line.name} ${line.overdue} 件`).join('、')
  const list = red.length > 0 ? `超期的红色问题列于下表${redMore > 0 ? `（另有 ${redMore} 件未列）` : ''}。` : ''
  return `月末超期 ${all.overdue} 件：${where}。${list}`
}

function nextOf({ red, counties }: BulletinFacts, all: Sum): string {
  const units = [...new Set(red.flatMap((c) => (c.unit ? [c.unit] : [])))]
  const yellow = counties.filter((line) => line.yellow > 0).map((line) => line.name)
  const parts = [
    all.overdue > 0 && `${units.length > 0 ? units.join('、') : '有超期问题的责任单位'}要对超期问题逐件说明原因、提出完成日期。`,
    yellow.length > 0 && `${yellow.join('、')}要盯紧黄色问题，补齐进度。`,
    '各县（区）、各部门要按期报送进展，严格验收，防止反弹。',
  ]
  return parts.filter(Boolean).join('')
}

function countyTable({ counties }: BulletinData): Block {
  const head = ['县（区）', '在办', '本月销号', '超期', '绿', '黄', '红'].map(
    (text): Cell => ({ text, bold: true, align: 'center' }),
  )
  const rows = counties.map(({ name, open, done, overdue, green, yellow, red }) => [
    { text: name },
    ...[open, done, overdue, green, yellow, red].map((n): Cell => ({ text: String(n), align: 'center' })),
  ])
  const all = (['open', 'done', 'overdue', 'green', 'yellow', 'red'] as const).map((key) =>
    counties.reduce((n, row) => n + row[key], 0),
  )
  const total = [
    { text: '合计', bold: true as const },
    ...all.map((n): Cell => ({ text: String(n), align: 'center', bold: true })),
  ]
  return { kind: 'table', widths: [4, 2, 2, 2, 2, 2, 2], head: 1, rows: [head, ...rows, total] }
}

function caseTable(why: string, cases: BulletinData['redCases']): Block {
  const head = ['编号', '问题', '责任单位', why].map((text): Cell => ({ text, bold: true, align: 'center' }))
  const rows = cases.map((c) => [c.no, c.title, c.unit, c.why].map((text): Cell => ({ text })))
  return { kind: 'table', widths: [3, 5, 4, 4], head: 1, rows: [head, ...rows] }
}

function sumOf(counties: readonly CountyLine[]): Sum {
  const sum = (key: keyof Sum) => counties.reduce((n, line) => n + line[key], 0)
  return { green: sum('green'), yellow: sum('yellow'), red: sum('red'), overdue: sum('overdue'), done: sum('done') }
}

const openOf = ({ green, yellow, red }: Omit<Sum, 'overdue' | 'done'>) => green + yellow + red

function compared(now: number, then: number, than = ''): string {
  if (now === then) return `${than || ''}${than ? '持平' : '持平'}`
  return `${than}${now > then ? '增加' : '减少'} ${Math.abs(now - then)} 件`
}

const named = ({ no, title, unit, county }: NamedCase) => ({ no, title: `${county}：${title}`, unit: unit ?? '未定' })

function lateBy({ due }: NamedCase, lastDay: Day): string {
  return due ? `应于 ${dayWords(due)}前完成，月末超期 ${Math.max(0, daysBetween(due, lastDay))} 天` : '超期'
}

function aheadBy({ due, met }: NamedCase): string {
  return due && met ? `${dayWords(met)}完成，提前 ${daysBetween(met, due)} 天` : ''
}

function monthWords(month: string): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`
}

const dayWords = (day: Day) => `${monthWords(day.slice(0, 7))}${Number(day.slice(8))}日`
