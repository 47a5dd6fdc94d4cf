import { baseProblem } from '../problem.ts'
import { type Day, isDay } from '../rules/day.ts'
import { isRefusal } from '../rules/refusal.ts'
import type { Asked, Collection, Queryable } from './collection.ts'
import { type Expr, type Operand, parseCql2 } from './rules/cql2.ts'
import { type Box, boxesOf, findCrs, SYSTEMS } from './rules/crs.ts'

export const MOST = 1000
export const USUAL = 100

/** The parameters of a page of features beside the attributes of its collection. */
export const ITEM_PARAMETERS = [
  'f',
  'limit',
  'after',
  'bbox',
  'bbox-crs',
  'crs',
  'datetime',
  'filter',
  'filter-lang',
  'filter-crs',
] as const

type Given = Readonly<Record<string, string>>

/** Reads the query of a page of features; 400 for a parameter that nobody knows and for a value that does not parse, with what was found. */
export function readAsked(collection: Collection, given: Given): Asked & { crs: (typeof SYSTEMS)[number] } {
  const own = collection.queryables.filter(({ kind, name }) => kind !== 'geometry' && !isKnown(name))
  refuseUnknown(given, [...ITEM_PARAMETERS, ...own.map((q) => q.name)])
  const equals = Object.fromEntries(own.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])))
  const parts = [
    ...own.filter(({ name }) => name in equals).map((q): Expr => equalTo(q, equals[q.name]!)),
    ...periodOf(collection, given['datetime']),
    ...filterOf(given),
  ]
  const boxes = boxesAsked(given)
  const isPlain = boxes === undefined && given['datetime'] === undefined && given['filter'] === undefined
  return {
    limit: limitOf(given['limit']),
    after: given['after'],
    boxes,
    filter: parts.length > 1 ? { op: 'and', args: parts } : parts[0],
    equals: isPlain ? equals : undefined,
    crs: crsOf(given['crs'], 'crs'),
  }
}

/** 400 where a parameter is not among the known ones. */
export function refuseUnknown(given: Given, known: readonly string[]): void {
  const strange = Object.keys(given).find((name) => !known.includes(name))
  if (strange !== undefined) throw malformed(strange.slice(0, 60), `${known.join(', ')}`)
}

/** The system that a parameter names, CRS84 where it names none. */
export function crsOf(uri: string | undefined, name: string) {
  const found = uri === undefined ? SYSTEMS[0]! : findCrs(uri)
  if (!found) throw malformed(name, `${uri?.slice(0, 100)}; ${SYSTEMS.map((crs) => crs.uri).join(' ')}`)
  return found
}

const malformed = (name: string, found: string) => baseProblem('malformed', { where: `query.${name}`, found })
const isKnown = (name: string) => (ITEM_PARAMETERS as readonly string[]).includes(name)

function limitOf(text: string | undefined): number {
  if (text === undefined) return USUAL
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw malformed('limit', `${text.slice(0, 20)}; 1 … ${MOST}`)
  return Math.min(Number(text), MOST)
}

function boxesAsked(given: Given): Box[] | undefined {
  const text = given['bbox']
  if (text === undefined) {
    if (given['bbox-crs'] !== undefined) crsOf(given['bbox-crs'], 'bbox-crs')
    return undefined
  }
  const corners = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if ((corners.length !== 4 && corners.length !== 6) || !corners.every(Number.isFinite))
    throw malformed('bbox', `${text.slice(0, 100)}; west,south,east,north`)
  const boxes = boxesOf(corners, crsOf(given['bbox-crs'], 'bbox-crs'))
  if (boxes.some(([, south, , north]) => south > north)) throw malformed('bbox', `${text.slice(0, 100)}; south ≤ north`)
  return boxes
}

function equalTo({ name, kind }: Queryable, text: string): Expr {
  const value: Operand =
    kind === 'number'
      ? { kind: 'number', value: Number(text) }
      : kind === 'yes-no'
        ? { kind: 'yes-no', value: text === 'true' }
        : { kind: 'text', value: text }
  const fits =
    (kind !== 'number' || (text.trim() !== '' && Number.isFinite(Number(text)))) &&
    (kind !== 'yes-no' || /^(true|false)$/.test(text)) &&
    (kind !== 'day' || isDay(text))
  if (!fits) throw malformed(name, `${text.slice(0, 60)}; ${kind}`)
  return { op: '=', left: { kind: 'property', name }, right: value }
}

function filterOf(given: Given): Expr[] {
  const { filter } = given
  const language = given['filter-lang']
  if (language !== undefined && !LANGUAGES.includes(language))
    throw malformed('filter-lang', `${language.slice(0, 40)}; cql2-text`)
  const crs = crsOf(given['filter-crs'], 'filter-crs')
  if (filter === undefined) return []
  if (filter.length > LONGEST) throw malformed('filter', `> ${LONGEST}`)
  const expr = parseCql2(filter)
  if (isRefusal(expr)) throw baseProblem('ogc-filter-text', { ...expr.params })
  return [inDegrees(expr, crs)]
}

const LONGEST = 8000
// The second is what drafts called it, which older clients still send.
const LANGUAGES = ['cql2-text', 'cql-text']

function inDegrees(expr: Expr, crs: (typeof SYSTEMS)[number]): Expr {
  if (expr.op === 'and' || expr.op === 'or') return { ...expr, args: expr.args.map((arg) => inDegrees(arg, crs)) }
  if (expr.op === 'not') return { ...expr, arg: inDegrees(expr.arg, crs) }
  if (expr.op !== 'intersects') return expr
  const { shape } = expr
  return {
    ...expr,
    shape:
      shape.kind === 'point'
        ? { kind: 'point', at: crs.from(shape.at) }
        : { kind: 'area', rings: shape.rings.map((ring) => ring.map((at) => crs.from(at))) },
  }
}

// An instant or a period; `..` or nothing is an open end. Days are those of Shanghai.
function periodOf({ day, id }: Collection, text: string | undefined): Expr[] {
  if (text === undefined) return []
  if (day === undefined) throw malformed('datetime', `${id}: 没有日期 no date`)
  const ends = text.split('/')
  if (ends.length > 2) throw malformed('datetime', text.slice(0, 60))
  const [from, to = from] = ends.map((end) => dayAsked(end, ends.length === 2))
  const property: Operand = { kind: 'property', name: day }
  return [
    ...(from ? [{ op: '>=' as const, left: property, right: { kind: 'date' as const, value: from } }] : []),
    ...(to ? [{ op: '<=' as const, left: property, right: { kind: 'date' as const, value: to } }] : []),
  ]
}

function dayAsked(text: string, isPeriod: boolean): Day | undefined {
  if (isPeriod && (text === '..' || text === '')) return undefined
  if (isDay(text)) return text
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw malformed('datetime', `${text.slice(0, 60)}; YYYY-MM-DD`)
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10) as Day
}
