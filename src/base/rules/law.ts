import type { Calendar } from './calendar.ts'
import type { Day } from './day.ts'
import type { Cited } from './source.ts'

export { type Cited, type Confidence, isUnverified } from './source.ts'

/** One dated, cited rule: `value` holds from `validFrom` to `validTo`, both days included; no `validTo` means until changed. */
export type RuleRow<T = unknown> = Cited & {
  readonly kind: string
  readonly key: string
  readonly validFrom: Day
  readonly validTo?: Day
  readonly value: T
}

/** All that is legal and dated: the rules and the working-day calendar. */
export type Law = { readonly rules: readonly RuleRow[]; readonly calendar: Calendar }

/** What is wrong with a table of rules: an inverted range, or two rows of one rule that hold on the same day. */
export type RowProblem = {
  readonly problem: 'inverted' | 'overlap'
  readonly kind: string
  readonly key: string
  readonly ranges: readonly string[]
}

/** Thrown where not exactly one row holds on a day: names the rule, the day and the ranges that exist. */
export class NoSingleRule extends Error {
  readonly kind: string
  readonly key: string
  readonly day: Day
  readonly ranges: readonly string[]

  constructor(asked: { kind: string; key: string; day: Day }, held: number, ranges: readonly string[]) {
    const known = ranges.length === 0 ? 'no row of this rule exists' : `rows: ${ranges.join(', ')}`
    super(`${held === 0 ? 'no rule' : `${held} rules`} ${asked.kind}/${asked.key} on ${asked.day}; ${known}`)
    this.name = 'NoSingleRule'
    this.kind = asked.kind
    this.key = asked.key
    this.day = asked.day
    this.ranges = ranges
  }
}

/**
 * The one row of a rule that holds on `day`; throws `NoSingleRule` where none or several do.
 * `T` is what the row's value was parsed to when the table was loaded.
 */
export function ruleAt<T = unknown>(rows: readonly RuleRow[], kind: string, key: string, day: Day): RuleRow<T> {
  const rule = indexOf(rows).byRule.get(ruleId(kind, key)) ?? []
  const held = rule.filter((row) => holdsOn(row, day))
  if (held.length !== 1) throw new NoSingleRule({ kind, key, day }, held.length, rule.map(rangeOf))
  return held[0] as RuleRow<T>
}

/** Every row of a kind that holds on `day`, in the order of the table. */
export function rulesAt<T = unknown>(rows: readonly RuleRow[], kind: string, day: Day): RuleRow<T>[] {
  const ofKind = indexOf(rows).byKind.get(kind) ?? []
  return ofKind.filter((row) => holdsOn(row, day)) as RuleRow<T>[]
}

/** The name of a row that a case freezes: `kind/key@validFrom`. */
export function versionOf(row: RuleRow): string {
  return `${ruleId(row.kind, row.key)}@${row.validFrom}`
}

/** The row a frozen version names, or undefined. */
export function findVersion<T = unknown>(rows: readonly RuleRow[], version: string): RuleRow<T> | undefined {
  return indexOf(rows).byVersion.get(version) as RuleRow<T> | undefined
}

/** Inverted ranges and overlaps in a table of rules; empty when it is sound. */
export function checkRows(rows: readonly RuleRow[]): RowProblem[] {
  const inverted = rows.filter((row) => row.validTo !== undefined && row.validTo < row.validFrom)
  const overlaps = [...indexOf(rows).byRule.values()].flatMap(overlapsIn)
  return [...inverted.map((row) => problemOf('inverted', [row])), ...overlaps.map((pair) => problemOf('overlap', pair))]
}

type Index = {
  byRule: Map<string, RuleRow[]>
  byKind: Map<string, RuleRow[]>
  byVersion: Map<string, RuleRow>
}

const indexes = new WeakMap<readonly RuleRow[], Index>()

function indexOf(rows: readonly RuleRow[]): Index {
  const known = indexes.get(rows)
  if (known) return known
  const index: Index = {
    byRule: group(rows, (row) => ruleId(row.kind, row.key)),
    byKind: group(rows, (row) => row.kind),
    byVersion: new Map(rows.map((row) => [versionOf(row), row])),
  }
  indexes.set(rows, index)
  return index
}

// Map.groupBy is missing on phones of 2022 that the field app must run on.
function group(rows: readonly RuleRow[], keyOf: (row: RuleRow) => string): Map<string, RuleRow[]> {
  const groups = new Map<string, RuleRow[]>()
  for (const row of rows) {
    const members = groups.get(keyOf(row))
    if (members) members.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

function overlapsIn(rule: readonly RuleRow[]): [RuleRow, RuleRow][] {
  const sound = rule.filter((row) => row.validTo === undefined || row.validTo >= row.validFrom)
  return sound.flatMap((a, i) => sound.slice(i + 1).flatMap((b): [RuleRow, RuleRow][] => (overlap(a, b) ? [[a, b]] : [])))
}

function overlap(a: RuleRow, b: RuleRow): boolean {
  return holdsOn(a, b.validFrom) || holdsOn(b, a.validFrom)
}

function holdsOn(row: RuleRow, day: Day): boolean {
  return row.validFrom <= day && (row.validTo === undefined || day <= row.validTo)
}

function problemOf(problem: RowProblem['problem'], rows: readonly [RuleRow, ...RuleRow[]]): RowProblem {
  return { problem, kind: rows[0].kind, key: rows[0].key, ranges: rows.map(rangeOf) }
}

function rangeOf(row: RuleRow): string {
  return `${row.validFrom}–${row.validTo ?? ''}`
}

function ruleId(kind: string, key: string): string {
  return `${kind}/${key}`
}
