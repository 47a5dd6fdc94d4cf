import type { GeoFeed, GeoField, GeoRow, GeoValue } from '../../base/formats/table.ts'
import type { Area } from '../../places/rules/area.ts'
import type { Colour, DutyKind } from '../rules/codes.ts'
import { CATEGORY_LABELS, COLOUR_LABELS, SOURCE_LABELS, STATE_LABELS } from '../rules/labels.ts'
import type { CaseListItem } from '../rules/wire.ts'

/** A row of the list as it may leave, with its colour. */
export type Placed = { case: CaseListItem; colour: Colour }

type Column = GeoField & { value(e: Placed, names: ReadonlyMap<string, string>): GeoValue }

/** The list as a layer of points: what a row of the list shows, codes beside their words. */
export function placesOf(o: { areas: readonly Area[]; now: Date; title: string; pages: AsyncIterable<Placed[]> }): GeoFeed {
  const names = new Map(o.areas.map(({ code, name }) => [code, name]))
  return {
    ...{ name: 'cases', title: o.title, now: o.now, styles: STYLES },
    fields: COLUMNS.map(({ value: _, ...field }) => field),
    rows: rowsOf(o.pages, names),
  }
}

async function* rowsOf(pages: AsyncIterable<Placed[]>, names: ReadonlyMap<string, string>): AsyncGenerator<GeoRow[]> {
  for await (const page of pages)
    yield page.map((e) => ({
      ...{ id: e.case.id, name: `${e.case.no} ${e.case.title}`, point: e.case.place.point, style: e.colour },
      values: COLUMNS.map(({ value }) => value(e, names)),
    }))
}

// As the map draws them.
const STYLES = { red: 'd3322a', yellow: 'f0b400', green: '2d9a62' } as const satisfies Record<Colour, string>

const text = (name: string, short: string, o: { title: string; width: number; value: Column['value'] }): Column => ({
  ...{ name, short, kind: 'text' as const },
  ...o,
})
const of = (name: string, short: string, o: Pick<Column, 'title' | 'kind' | 'value'>): Column => ({ name, short, ...o })
const units =
  (kind: DutyKind): Column['value'] =>
  ({ case: c }) =>
    [...new Set(c.duties.filter(({ as }) => as === kind).map(({ orgName }) => orgName))].join('、') || null

const COLUMNS: readonly Column[] = [
  text('no', 'NO', { title: '系统编号', width: 24, value: ({ case: c }) => c.no }),
  text('title', 'TITLE', { title: '问题名称', width: 254, value: ({ case: c }) => c.title }),
  text('state', 'STATE', { title: '所处环节（代码）', width: 16, value: ({ case: c }) => c.state }),
  text('state_zh', 'STATE_ZH', { title: '所处环节', width: 40, value: ({ case: c }) => STATE_LABELS[c.state].zh }),
  text('colour', 'COLOUR', { title: '颜色（代码）', width: 8, value: ({ colour }) => colour }),
  text('colour_zh', 'COLOUR_ZH', { title: '颜色', width: 12, value: ({ colour }) => COLOUR_LABELS[colour].zh }),
  text('region', 'REGION', { title: '所属县区（代码）', width: 12, value: ({ case: c }) => c.place.region }),
  text('region_zh', 'REGION_ZH', {
    ...{ title: '所属县区', width: 60 },
    value: ({ case: c }, names) => names.get(c.place.region) ?? null,
  }),
  text('address', 'ADDRESS', { title: '地址', width: 254, value: ({ case: c }) => c.place.address ?? null }),
  text('source', 'SOURCE', { title: '来源（代码）', width: 40, value: ({ case: c }) => c.source }),
  text('source_zh', 'SOURCE_ZH', { title: '来源', width: 90, value: ({ case: c }) => SOURCE_LABELS[c.source].zh }),
  text('batch', 'BATCH', { title: '批次', width: 160, value: ({ case: c }) => c.batch ?? null }),
  text('category', 'CATEGORY', { title: '类别（代码）', width: 8, value: ({ case: c }) => c.category ?? null }),
  text('category_zh', 'CATEG_ZH', {
    ...{ title: '类别', width: 90 },
    value: ({ case: c }) => (c.category ? CATEGORY_LABELS[c.category].zh : null),
  }),
  text('responsible', 'RESPONSIB', { title: '责任单位', width: 254, value: units('responsible') }),
  text('lead', 'LEAD', { title: '牵头单位', width: 254, value: units('lead') }),
  of('reported_on', 'REPORTED', { title: '登记日期', kind: 'day', value: ({ case: c }) => c.reportedOn }),
  of('due', 'DUE', { title: '截止日期', kind: 'day', value: ({ case: c }) => c.due ?? null }),
  of('closed_on', 'CLOSED', { title: '销号日期', kind: 'day', value: ({ case: c }) => c.closedOn ?? null }),
  of('incomplete', 'INCOMPLETE', { title: '待补要素', kind: 'integer', value: ({ case: c }) => c.incomplete.length }),
  of('sample', 'SAMPLE', { title: '示例', kind: 'yes-no', value: ({ case: c }) => c.sample }),
]
