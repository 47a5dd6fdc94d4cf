import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { FIELDS, type Field, normalHeader } from './columns.ts'

/** How somebody else's columns become ours; `ignore` leaves a column out. Keys of `columns` are normalised headers. */
export type Mapping = {
  columns: ReadonlyMap<string, Field | 'ignore'>
  constants: Readonly<Partial<Record<Field, string>>>
  values: Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>>
}

/** A mapping that maps nothing: the official columns. */
export const NO_MAPPING: Mapping = { columns: new Map(), constants: {}, values: {} }

/** Reads MAP.json; refuses the first thing that does not hold, naming every field that is not ours. */
export function parseMapping(json: string): Mapping | Refusal {
  const raw = parseJson(json)
  if (!isRecord(raw)) return refuseMapping('mapping', typeof raw, '{"columns": {…}, "constants": {…}, "values": {…}}')
  const { columns = {}, constants = {}, values = {}, ...others } = raw
  if (Object.keys(others).length > 0)
    return refuseMapping('mapping', Object.keys(others).join(', '), 'columns, constants, values')
  if (!isTexts(columns)) return refuseMapping('columns', JSON.stringify(columns), '{"header": "field"}')
  if (!isTexts(constants)) return refuseMapping('constants', JSON.stringify(constants), '{"field": "value"}')
  if (!isRecord(values) || !Object.values(values).every(isTexts))
    return refuseMapping('values', JSON.stringify(values), '{"field": {"their value": "our value"}}')
  const unknown = unknownFields([...Object.values(columns), ...Object.keys(constants), ...Object.keys(values)])
  if (unknown.length > 0) return refuseMapping('field', unknown.join(', '), [...FIELDS, 'ignore'].join(', '))
  const byHeader = Object.entries(columns).map(([header, field]): [string, Field | 'ignore'] => [
    normalHeader(header),
    field as Field,
  ])
  return { columns: new Map(byHeader), constants, values: values as Mapping['values'] }
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
