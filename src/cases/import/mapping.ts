import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { CRS, type Crs } from '../../places/rules/crs.ts'
import { FIELDS, type Field, normalHeader } from './columns.ts'

/** The order in which somebody else's dates say year, month and day; ours is `ymd`. */
export const DATE_ORDERS = ['ymd', 'mdy', 'dmy'] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** Their words for a field and ours: by the whole cell, else by the first pattern that fits it. */
export type ValueTable = { exact: ReadonlyMap<string, string>; patterns: readonly { fits: RegExp; value: string }[] }

/** How somebody else's columns become ours; `ignore` leaves a column out. Keys of `columns` are normalised headers. */
export type Mapping = {
  columns: ReadonlyMap<string, Field | 'ignore'>
  constants: Readonly<Partial<Record<Field, string>>>
  values: Readonly<Partial<Record<Field, ValueTable>>>
  dates: DateOrder
  /** The coordinate system of their points; undefined is WGS 84. */
  crs?: Crs
  /** A point whose two numbers both have fewer decimals is too coarse to be a place; undefined takes every point. */
  pointDecimals?: number
  /** The table is packed by gzip; without this a packed file is refused. */
  packed?: 'gzip'
}

/** A mapping that maps nothing: the official columns. */
export const NO_MAPPING: Mapping = { columns: new Map(), constants: {}, values: {}, dates: 'ymd' }

const PARTS = 'columns, constants, values, dates, crs, pointDecimals, packed'

/** Reads MAP.json; refuses the first thing that does not hold, naming every field that is not ours. */
export function parseMapping(json: string): Mapping | Refusal {
  const raw = parseJson(json)
  if (!isRecord(raw)) return refuseMapping('mapping', typeof raw, '{"columns": {…}, "constants": {…}, "values": {…}}')
  const { columns = {}, constants = {}, values = {}, dates = 'ymd', crs, pointDecimals, packed, ...others } = raw
  if (Object.keys(others).length > 0) return refuseMapping('mapping', Object.keys(others).join(', '), PARTS)
  if (!isTexts(columns)) return refuseMapping('columns', JSON.stringify(columns), '{"header": "field"}')
  if (!isTexts(constants)) return refuseMapping('constants', JSON.stringify(constants), '{"field": "value"}')
  if (!isRecord(values) || !Object.values(values).every(isTexts))
    return refuseMapping('values', JSON.stringify(values), '{"field": {"their value": "our value"}}')
  const unknown = unknownFields([...Object.values(columns), ...Object.keys(constants), ...Object.keys(values)])
  if (unknown.length > 0) return refuseMapping('field', unknown.join(', '), [...FIELDS, 'ignore'].join(', '))
  const wrong = refuseOptions({ dates, crs, pointDecimals, packed })
  if (wrong) return wrong
  return {
    columns: new Map(Object.entries(columns).map(([header, field]) => [normalHeader(header), field as Field | 'ignore'])),
    constants,
    values: Object.fromEntries(Object.entries(values).map(([field, table]) => [field, tableOf(table as Record<string, string>)])),
    dates: dates as DateOrder,
    ...(crs !== undefined && { crs: crs as Crs }),
    ...(pointDecimals !== undefined && { pointDecimals: pointDecimals as number }),
    ...(packed !== undefined && { packed: 'gzip' as const }),
  }
}

function refuseOptions(o: { dates: unknown; crs: unknown; pointDecimals: unknown; packed: unknown }): Refusal | undefined {
  if (!(DATE_ORDERS as readonly unknown[]).includes(o.dates))
    return refuseMapping('dates', JSON.stringify(o.dates), quoted(DATE_ORDERS))
  if (o.crs !== undefined && !(CRS as readonly unknown[]).includes(o.crs))
    return refuseMapping('crs', JSON.stringify(o.crs), quoted(CRS))
  const decimals = o.pointDecimals
  if (decimals !== undefined && !(Number.isInteger(decimals) && Number(decimals) >= 1 && Number(decimals) <= 6))
    return refuseMapping('pointDecimals', JSON.stringify(decimals), '1, 2, 3, 4, 5, 6')
  return o.packed === undefined || o.packed === 'gzip' ? undefined : refuseMapping('packed', JSON.stringify(o.packed), '"gzip"')
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ')
}

// `*` stands for any characters, `?` for one; what is not matched as a whole cell is tried against these, in the file's order.
function tableOf(words: Readonly<Record<string, string>>): ValueTable {
  const patterns = Object.entries(words).filter(([key]) => /[*?]/.test(key))
  return {
    exact: new Map(Object.entries(words)),
    patterns: patterns.map(([key, value]) => ({ fits: patternOf(key), value })),
  }
}

function patternOf(key: string): RegExp {
  const escaped = key.replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 's')
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function unknownFields(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => name !== 'ignore' && !(FIELDS as readonly string[]).includes(name)))]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}

function refuseMapping(where: string, found: string, expected: string): Refusal {
  return refuse('invalid', 'cases/import-mapping', { where, found: found.slice(0, 300), expected })
}
