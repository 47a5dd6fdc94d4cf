import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Crs } from '../../places/rules/crs.ts'
import { type Field, fieldOf, headersOf, isPrivate, LAYOUTS, type Layout, normalHeader } from './columns.ts'
import { type Mapping, NO_MAPPING } from './mapping.ts'
import type { Sheet, SheetRow } from './sheet.ts'
import { isCoarse, POINT_MARKS, translate } from './translate.ts'

/**
 * One data row: `fields` by our name, `others` by the header of a column that is none of ours. Where a mapping changed a cell `said` has
 * what stood there, `misread` what was expected where it could not; `coarse` says that a point was too coarse to be one.
 */
export type Row = {
  line: number
  fields: Partial<Record<Field, string>>
  others: Record<string, string>
  said?: Partial<Record<Field, string>>
  misread?: Partial<Record<Field, string>>
  coarse?: true
}

/** A row below the header that is no problem (a total, a signature, a heading of a section) and why it was passed over. */
export type Skipped = { line: number; why: 'total' | 'heading' | 'header'; text: string }

/**
 * What stands above the rows of a table; `head` are the lines above the header, `leftOut` the headers of columns that are not read, `crs`
 * the system of its points where the mapping says another than WGS 84.
 */
export type TableHead = {
  crs?: Crs
  sheet: string
  layout: Layout
  head: string[]
  headers: Partial<Record<Field, string>>
  leftOut: string[]
}

/** Rows of a table with those between them that are no problems. */
export type TableRows = { rows: Row[]; skipped: Skipped[] }

/** The table of one worksheet. */
export type Table = TableHead & TableRows

/** A table whose rows are still to be read: those of worksheet `at` from the index `from` on. */
export type OpenTable = TableHead & { at: number; from: number; read(rows: readonly SheetRow[]): TableRows }

type Column = { header: string; field: Field | 'ignore' | undefined }
type Header = { columns: Column[]; at: number; height: 1 | 2; score: number }

const SEARCHED = 30

/** How many rows of each worksheet are needed to find a table. */
export const HEAD_ROWS = SEARCHED + 1

/** The table of these worksheets, read to its end; see `openTable`. */
export function findTable(sheets: readonly Sheet[], mapping: Mapping = NO_MAPPING): Table | Refusal {
  const open = openTable(sheets, mapping)
  if (isRefusal(open)) return open
  const { at, from, read, ...head } = open
  return { ...head, ...read(sheets[at]!.rows.slice(from)) }
}

/**
 * The first worksheet with a header row that knows at least two of our columns (one where a mapping names it); the first rows of each
 * will do. Refuses a file without one, and a table that lacks a mandatory column, naming the columns found and expected.
 */
export function openTable(sheets: readonly Sheet[], mapping: Mapping = NO_MAPPING): OpenTable | Refusal {
  for (const [at, sheet] of sheets.entries()) {
    const header = findHeader(sheet, mapping)
    if (!header) continue
    const head = headOf(sheet, header, mapping)
    return isRefusal(head)
      ? head
      : { ...head, at, from: header.at + header.height, read: (rows) => readRows(rows, header, mapping) }
  }
  const found = sheets.flatMap((sheet) => sheet.rows.slice(0, 2).flatMap((row) => row.cells.filter(Boolean)))
  return refuse('invalid', 'cases/import-no-header', {
    found: list(found),
    expected: list(headersOf('closure')),
    sheets: sheets.length,
  })
}

function findHeader(sheet: Sheet, mapping: Mapping): Header | undefined {
  const needed = mapping.columns.size > 0 ? 1 : 2
  const candidates = sheet.rows.slice(0, SEARCHED).flatMap((_, at) => headersAt(sheet.rows, at, mapping))
  const best = candidates.reduce<Header | undefined>((top, next) => (top && top.score >= next.score ? top : next), undefined)
  return best && best.score >= needed ? best : undefined
}

function headersAt(rows: readonly SheetRow[], at: number, mapping: Mapping): Header[] {
  const upper = rows[at]!.cells
  const lower = rows[at + 1]?.cells ?? []
  const one = toHeader(upper, mapping, at, 1)
  const merged = mergeHeaders(upper, lower)
  const two = merged && toHeader(merged, mapping, at, 2)
  const apart = Math.max(one.score, toHeader(lower, mapping, at, 1).score)
  return two && two.score > apart ? [one, two] : [one]
}

function toHeader(cells: readonly string[], mapping: Mapping, at: number, height: 1 | 2): Header {
  const columns = cells.map((header) => ({
    header: header.replace(/\s+/g, ''),
    field: mapping.columns.get(normalHeader(header)) ?? fieldOf(header),
  }))
  return { columns, at, height, score: new Set(columns.flatMap(({ field }) => (field ? [field] : []))).size }
}

// A header of two lines: 责任 above 牵头单位 | 配合单位, or 验收 above 时间. Every word of the lower line must make a column of ours.
function mergeHeaders(upper: readonly string[], lower: readonly string[]): string[] | undefined {
  const merged: string[] = []
  let group = ''
  for (let at = 0; at < Math.max(upper.length, lower.length); at++) {
    const [above, below] = [upper[at] ?? '', lower[at] ?? '']
    group = above || (below ? group : '')
    const name = below === '' ? above : [below, group + below].find((text) => fieldOf(text) !== undefined)
    if (name === undefined) return undefined
    merged.push(name)
  }
  return lower.length > 0 ? merged : undefined
}

function headOf(sheet: Sheet, header: Header, mapping: Mapping): TableHead | Refusal {
  const headers = Object.fromEntries(
    header.columns.flatMap((c) => (isField(c.field) ? [[c.field, c.header]] : [])),
  ) as Table['headers']
  const has = (field: Field) => field in headers || field in mapping.constants
  const layout: Layout =
    PETITION_MARKS.some(has) || normalHeader(headers.problem ?? '').startsWith('交办') ? 'petition' : 'closure'
  const absent = absentHeaders(header, mapping)
  const missing = mapping.columns.size > 0 ? LAYOUTS.closure.needs : LAYOUTS[layout].needs
  const lacks = missing.filter((anyOf) => !anyOf.some(has))
  if (absent.length > 0 || lacks.length > 0) return refuseColumns(header, layout, absent)
  return {
    sheet: sheet.name,
    layout,
    head: sheet.rows.slice(0, header.at).map((row) => row.cells.filter(Boolean).join(' ')),
    headers,
    ...(mapping.crs && { crs: mapping.crs }),
    leftOut: header.columns.filter((c) => c.field === undefined && isPrivate(c.header)).map((c) => c.header),
  }
}

function readRows(body: readonly SheetRow[], header: Header, mapping: Mapping): TableRows {
  const read = body.map((row) => readRow(row, header, mapping))
  return {
    rows: read.flatMap((row) => ('fields' in row ? [row] : [])),
    skipped: read.flatMap((row) => ('why' in row ? [row] : [])),
  }
}

const PETITION_MARKS: readonly Field[] = ['regionUnits', 'investigation', 'finding']

function isField(field: Column['field']): field is Field {
  return field !== undefined && field !== 'ignore'
}

function absentHeaders(header: Header, mapping: Mapping): string[] {
  const present = new Set(header.columns.map((column) => normalHeader(column.header)))
  return [...mapping.columns.keys()].filter((name) => !present.has(name))
}

function refuseColumns(header: Header, layout: Layout, absent: readonly string[]): Refusal {
  const found = list(header.columns.map((column) => column.header).filter(Boolean))
  return refuse('invalid', 'cases/import-missing-column', {
    found,
    expected: list(absent.length > 0 ? absent : headersOf(layout)),
  })
}

function readRow(row: SheetRow, { columns }: Header, mapping: Mapping): Row | Skipped {
  const why = passOver(row, columns)
  if (why) return { line: row.line, why, text: row.cells.filter(Boolean).join(' ').slice(0, 80) }
  const read: Row = { line: row.line, fields: { ...mapping.constants }, others: {} }
  for (const [at, cell] of row.cells.entries()) {
    const { field, header } = columns[at] ?? { field: undefined, header: `#${at + 1}` }
    if (cell === '' || field === 'ignore') continue
    if (field) takeCell(read, mapping, { field, cell })
    else if (!isPrivate(header)) read.others[header || `#${at + 1}`] = cell
  }
  const kept = mapping.crs === undefined ? read : { ...read, said: { ...read.said, ...pointWords(read) } }
  return mapping.pointDecimals === undefined ? kept : withoutCoarsePoint(kept, mapping.pointDecimals)
}

// The cells that say a point, for the words of a row whose point is another than they say.
function pointWords({ fields: { point, lng, lat } }: Row): Row['said'] {
  return Object.fromEntries(Object.entries({ point, lng, lat }).filter(([, cell]) => cell !== undefined))
}

function takeCell(row: Row, mapping: Mapping, { field, cell }: { field: Field; cell: string }): void {
  const { text, expected } = translate(mapping, field, cell)
  const before = row.fields[field]
  row.fields[field] = joined(before === mapping.constants[field] ? undefined : before, text)
  if (text !== cell) row.said = { ...row.said, [field]: joined(row.said?.[field], cell) }
  if (expected !== undefined) row.misread = { ...row.misread, [field]: expected }
}

// Two of their columns may be one of ours (牵头单位 twice): both are kept.
function joined(before: string | undefined, cell: string): string {
  return before === undefined || before === cell ? cell : `${before}\n${cell}`
}

function withoutCoarsePoint(row: Row, decimals: number): Row {
  const { point, lng, lat, ...fields } = row.fields
  const [east = '', north = ''] = point === undefined ? [lng, lat] : point.split(POINT_MARKS)
  if (!isCoarse(east, north, decimals)) return row
  return { ...row, fields, said: { ...row.said, ...pointWords(row) }, coarse: true }
}

const TOTALS =
  /^(合计|总计|小计|共计|填表人|填报人|填报单位|填报时间|制表|审核|审签|单位负责人|负责人|联系人|联系电话|注|备注|说明)\s*[:：]?/

function passOver(row: SheetRow, columns: readonly Column[]): Skipped['why'] | undefined {
  const filled = row.cells.flatMap((cell, at) => (cell === '' ? [] : [{ cell, field: columns[at]?.field }]))
  const problem = filled.find(({ field }) => field === 'problem')?.cell
  const first = filled[0]!.cell
  if (filled.length > 1 && filled.every(({ cell, field }) => field !== undefined && fieldOf(cell) === field)) return 'header'
  if (TOTALS.test(first) && (problem === undefined || problem === first || /^\d*$/.test(problem))) return 'total'
  return filled.length === 1 && problem === undefined ? 'heading' : undefined
}

function list(names: readonly string[]): string {
  return names.slice(0, 40).join('、').slice(0, 400) || '—'
}
