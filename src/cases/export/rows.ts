import type { Cell } from '../../base/formats/table.ts'
import type { Area } from '../../places/rules/area.ts'
import { type Field, headerOf } from '../import/columns.ts'
import type { Colour, DutyKind } from '../rules/codes.ts'
import { CATEGORY_LABELS, COLOUR_LABELS, FINDING_LABELS, POLLUTION_LABELS, SOURCE_LABELS, STATE_LABELS } from '../rules/labels.ts'
import type { CaseDetail } from '../rules/wire.ts'
import type { ExportLayout } from './rules/kinds.ts'
import type { ExportSheet } from './sheet.ts'

/** A case as far as it may leave, with the colour of its last recomputation, as the list has it. */
export type Exported = { case: CaseDetail; colour?: Colour }

/** What stands in a column of one case; `at` is its place in the list, from 1. */
type Value = (e: Exported, o: { at: number; names: ReadonlyMap<string, string> }) => Cell
type Column = { header: string; value: Value }

/** The rows of an export: the official columns first, then what the office needs, and 示例 on every row that is one. */
export function exportRows(cases: readonly Exported[], layout: ExportLayout, areas: readonly Area[]): ExportSheet {
  const samples = cases.filter((e) => e.case.sample).length
  const { rowsOf, ...sheet } = sheetOf(layout, { areas, samples })
  return { ...sheet, rows: rowsOf(cases, 1) }
}

/** The same for rows that come a part at a time: what stands above them, and the cells of cases of which the first stands at `first`. */
export function sheetOf(layout: ExportLayout, { areas, samples }: { areas: readonly Area[]; samples: number }) {
  const columns = COLUMNS[layout]
  const names = new Map(areas.map(({ code, name }) => [code, name]))
  return {
    name: NAMES[layout],
    head: samples > 0 ? [`${NAMES[layout]}：含示例数据 ${samples} 行，标“示例”的不是真实记录`] : [NAMES[layout]],
    header: columns.map(({ header }) => header),
    rowsOf: (cases: readonly Exported[], first: number): Cell[][] =>
      cases.map((e, index) => columns.map(({ value }) => value(e, { at: first + index, names }))),
  }
}

/** What an export is called. */
export const NAMES: Readonly<Record<ExportLayout, string>> = { list: '问题清单', closure: '整改销号表', petition: '办理情况表' }

const column = (field: Field, value: Value, layout?: 'petition'): Column => ({ header: headerOf(field, layout), value })
const plain = (header: string, value: Value): Column => ({ header, value })

const no: Value = (_, { at }) => at
const problem: Value = ({ case: c }) => c.originalText
const region: Value = ({ case: c }, { names }) => names.get(c.place.region) ?? c.place.region
const term: Value = ({ case: c }) => c.term?.words ?? c.due ?? ''
const pollution: Value = ({ case: c }) => c.pollution.map((type) => POLLUTION_LABELS[type].zh).join('、')
const progress: Value = ({ case: c }) => c.progress.map(({ text }) => text).join('\n')
const units =
  (...kinds: DutyKind[]): Value =>
  ({ case: c }) =>
    [...new Set(c.duties.filter(({ as }) => kinds.includes(as)).map(({ orgName }) => orgName))].join('、')

/** What identifies a row when it comes back, and whether it is real. */
const IDENTITY: readonly Column[] = [
  column('originalNo', ({ case: c }) => c.originalNo ?? ''),
  column('source', ({ case: c }) => SOURCE_LABELS[c.source].zh),
  column('batch', ({ case: c }) => c.batch ?? ''),
  column('systemNo', ({ case: c }) => c.no),
  column('sample', ({ case: c }) => (c.sample ? '示例' : '')),
]

const COLUMNS: Readonly<Record<ExportLayout, readonly Column[]>> = {
  closure: [
    column('no', no),
    column('problem', problem),
    column('goal', ({ case: c }) => c.plan?.goal ?? ''),
    column('measures', ({ case: c }) => numbered((c.plan?.measures ?? []).map(({ text }) => text))),
    column('term', term),
    column('progress', progress),
    column('cityAccepted', ({ case: c }) => (c.checks.city ?? c.checks.county)?.on ?? ''),
    column('implementer', ({ case: c }) => c.plan?.implementerName ?? ''),
    column('responsible', units('responsible')),
    column('lead', units('lead')),
    column('supporting', units('supporting')),
    column('leader', ({ case: c }) => (c.leader ? `${c.leader.name}${c.leader.title && `(${c.leader.title})`}` : '')),
    column('supervising', units('supervising')),
    column('acceptance', units('acceptance')),
    column('region', region),
    column('address', ({ case: c }) => c.place.address ?? ''),
    column('notice', ({ case: c }) => (c.notice?.kind === 'notice' ? `${c.notice.from}至${c.notice.lastDay}` : '')),
    column('filingNo', ({ case: c }) => c.filing?.docNo ?? ''),
    column('closedOn', ({ case: c }) => c.closedOn ?? ''),
    ...IDENTITY,
  ],
  petition: [
    column('no', no),
    column('problem', problem, 'petition'),
    column('regionUnits', (e, o) => [region(e, o), units('responsible', 'lead', 'supporting')(e, o)].filter(Boolean).join('、')),
    column('investigation', ({ case: c }) => findingTexts(c)),
    column('finding', ({ case: c }) => findingWords(c)),
    column('penalty', ({ case: c }) => c.imported?.words?.[headerOf('penalty')] ?? ''),
    column('note', ({ case: c }) => c.imported?.words?.[headerOf('note')] ?? ''),
    column('pollution', pollution),
    column('progress', progress),
    column('status', ({ case: c }) => (c.outcome ? '已办结' : '未办结')),
    column('closedOn', ({ case: c }) => c.closedOn ?? c.ended?.on ?? ''),
    ...IDENTITY,
  ],
  list: [
    column('no', no),
    column('title', ({ case: c }) => c.title),
    column('problem', problem),
    column('region', region),
    column('category', ({ case: c }) => (c.category ? CATEGORY_LABELS[c.category].zh : '')),
    column('pollution', pollution),
    plain('所处环节', ({ case: c }) => STATE_LABELS[c.state].zh),
    plain('颜色', ({ colour }) => (colour ? COLOUR_LABELS[colour].zh : '')),
    column('term', term),
    plain('截止日期', ({ case: c }) => c.due ?? ''),
    column('responsible', units('responsible')),
    column('lead', units('lead')),
    column('acceptance', units('acceptance')),
    column('leader', ({ case: c }) => c.leader?.name ?? ''),
    column('reportedOn', ({ case: c }) => c.reportedOn),
    column('closedOn', ({ case: c }) => c.closedOn ?? ''),
    plain('待补要素', ({ case: c }) => c.incomplete.length),
    ...IDENTITY,
  ],
}

function findingWords(c: CaseDetail): string {
  const found = c.claims.flatMap(({ finding }) => (finding ? [FINDING_LABELS[finding].zh] : []))
  return new Set(found).size === 1 ? found[0]! : found.join('；')
}

function findingTexts(c: CaseDetail): string {
  return numbered([...new Set(c.claims.flatMap(({ findingText }) => (findingText ? [findingText] : [])))])
}

function numbered(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0]! : texts.map((text, at) => `${at + 1}.${text}`).join('\n')
}
