import canonicalize from 'canonicalize'
import type { HashName } from '../crypto/algorithms.ts'
import { leafHash } from './merkle.ts'

const MAX_DEPTH = 100
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** One event of the journal, as it is hashed. */
export type Entry = {
  /** The city's code, such as 610700. */
  tenant: number
  /** 1-based and without gaps within the tenant. */
  seq: number
  context: string
  /** UUID in lower case of the thing the event happened to. */
  subject: string
  /** The version the subject reached by this event within the context: 1, 2, 3 … */
  subjectSeq: number
  kind: string
  /** RFC 3339 in UTC with exactly three decimals: `2026-08-15T02:03:04.005Z`. */
  at: string
  /** Who did it, as JSON. */
  by: unknown
  /** What happened, as JSON. */
  data: unknown
}

/** Leaf hash of the entry's RFC 8785 canonical JSON, 32 bytes; TypeError naming the field that cannot be journalled. */
export function leafOf(hash: HashName, entry: Entry): Buffer {
  const fault = entryFault(entry)
  if (fault) throw new TypeError(`journal entry: ${fault}`)
  const { tenant, seq, context, subject, subjectSeq, kind, at, by, data } = entry
  return leafHash(hash, Buffer.from(canonicalize({ tenant, seq, context, subject, subjectSeq, kind, at, by, data })!))
}

/** Why the entry cannot be journalled (field, what was found, what was expected), or undefined when it can. */
export function entryFault(entry: Entry): string | undefined {
  const wrong = FIELDS.find(([name, , isRight]) => !isRight(entry[name]))
  if (wrong) return `${wrong[0]} must be ${wrong[1]}, found ${show(entry[wrong[0]])}`
  return jsonFault(entry.by, 'by') ?? jsonFault(entry.data, 'data')
}

/** Whether the text is an instant of the calendar in the one form the journal takes (see `Entry.at`). */
export function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false
  const ms = Date.parse(value)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value
}

/**
 * Why the value would not come back the same from a jsonb column, or undefined when it would: only null, booleans, finite
 * numbers, well-formed strings without U+0000 (jsonb refuses it), dense arrays and plain objects, 100 levels deep at most.
 */
export function jsonFault(value: unknown, path: string): string | undefined {
  return faultOf(value, path, 0)
}

function faultOf(value: unknown, path: string, depth: number): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') return stringFault(value, path)
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : refused(path, String(value))
  if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) return refused(path, nameOf(value))
  if (depth >= MAX_DEPTH) return `${path} is nested deeper than ${MAX_DEPTH} levels, or in a circle`
  return Array.isArray(value) ? arrayFault(value, path, depth) : objectFault(value, path, depth)
}

function stringFault(text: string, path: string): string | undefined {
  if (!text.isWellFormed()) return refused(path, 'text with half a surrogate pair')
  return text.includes('\0') ? refused(path, 'text with U+0000') : undefined
}

function arrayFault(list: readonly unknown[], path: string, depth: number): string | undefined {
  for (let i = 0; i < list.length; i++) {
    const fault = faultOf(list[i], `${path}[${i}]`, depth + 1)
    if (fault) return fault
  }
  return undefined
}

function objectFault(record: object, path: string, depth: number): string | undefined {
  if (Object.getOwnPropertySymbols(record).length > 0) return refused(path, 'a symbol as a key')
  for (const [key, value] of Object.entries(record)) {
    const fault = stringFault(key, `a key of ${path}`) ?? faultOf(value, `${path}.${key}`, depth + 1)
    if (fault) return fault
  }
  return undefined
}

function refused(path: string, what: string): string {
  return `${path} is ${what}; expected what JSON can carry`
}

function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  return proto === null || Object.getPrototypeOf(proto) === null
}

function nameOf(value: unknown): string {
  if (typeof value === 'object') return `a ${value?.constructor?.name || 'object with a prototype'}`
  return value === undefined ? 'undefined' : `a ${typeof value}`
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : typeof value === 'number' ? String(value) : nameOf(value)
  return value === null ? 'null' : text.slice(0, 80)
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1
const isName = (value: unknown): boolean => typeof value === 'string' && value !== '' && !stringFault(value, '')
const COUNT = 'a whole number from 1'
const NAME = 'a text that is not empty'

const FIELDS: readonly (readonly [keyof Entry, string, (value: unknown) => boolean])[] = [
  ['tenant', COUNT, isCount],
  ['seq', COUNT, isCount],
  ['context', NAME, isName],
  ['subject', 'a UUID in lower case', (value) => typeof value === 'string' && UUID.test(value)],
  ['subjectSeq', COUNT, isCount],
  ['kind', NAME, isName],
  ['at', 'RFC 3339 in UTC with milliseconds (2026-08-15T02:03:04.005Z)', isInstant],
]
