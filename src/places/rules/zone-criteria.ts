import type { Day } from '../../base/rules/day.ts'
import { type Confidence, isUnverified, type RuleRow, rulesAt, versionOf } from '../../base/rules/law.ts'
import { isLayerKind, type LayerKind } from './layer-kinds.ts'

/** The three zones of the Qinling regulation, strictest first. */
export const ZONES = ['core', 'key', 'general'] as const
export type Zone = (typeof ZONES)[number]

/** What makes a place core or key: a height, a distance to a ridge, lying in an area, or lying in several at once. */
export type ZoneTest =
  | { readonly test: 'elevation'; readonly from: number; readonly kinds: readonly LayerKind[] }
  | { readonly test: 'distance'; readonly within: number; readonly kinds: readonly LayerKind[] }
  | { readonly test: 'inside'; readonly kinds: readonly LayerKind[] }
  | { readonly test: 'inside-all'; readonly kinds: readonly LayerKind[] }

/** One dated, cited row of the regulation, ready to be asked. */
export type Criterion = ZoneTest & {
  readonly key: string
  readonly zone: 'core' | 'key'
  readonly clause: string
  readonly text: { readonly zh: string; readonly en: string }
  readonly rule: RuleCited
}

/** Where the regulation holds at all: inside these kinds, except in those. */
export type ZoneScope = { readonly inside: readonly LayerKind[]; readonly except: readonly LayerKind[]; readonly rule: RuleCited }

/** Which row of the law was used, where it comes from and how far it may be trusted. */
export type RuleCited = {
  readonly version: string
  readonly source: string
  readonly confidence: Confidence
  readonly unverified: boolean
}

export type ZoneLaw = { readonly criteria: readonly Criterion[]; readonly scope: ZoneScope }

const KIND = 'qinling-zone'

/** The rows of the Qinling regulation that hold on a day; undefined where none does. Throws for a row that does not parse. */
export function zoneLawAt(rows: readonly RuleRow[], day: Day): ZoneLaw | undefined {
  const held = rulesAt<Record<string, unknown>>(rows, KIND, day)
  const scope = held.find((row) => row.key === 'scope')
  if (!scope) return undefined
  return {
    scope: { inside: kindsOf(scope, 'inside'), except: kindsOf(scope, 'except'), rule: cited(scope) },
    criteria: held
      .filter((row) => row !== scope)
      .map(criterionOf)
      .sort(inOrder),
  }
}

// As the regulation has them: the core zone first, each by its clause.
function inOrder(a: Criterion, b: Criterion): number {
  const rank = (c: Criterion) => `${c.zone} ${c.clause} ${c.key}`
  return rank(a) < rank(b) ? -1 : 1
}

function criterionOf(row: RuleRow<Record<string, unknown>>): Criterion {
  const { zone, clause, zh, en } = row.value
  if (zone !== 'core' && zone !== 'key') throw wrong(row, 'zone')
  if (typeof clause !== 'string' || typeof zh !== 'string' || typeof en !== 'string') throw wrong(row, 'clause, zh, en')
  return { ...testOf(row), key: row.key, zone, clause, text: { zh, en }, rule: cited(row) }
}

function testOf(row: RuleRow<Record<string, unknown>>): ZoneTest {
  const { test } = row.value
  const kinds = kindsOf(row, 'kinds')
  if (test === 'elevation') return { test, from: metresOf(row, 'from'), kinds }
  if (test === 'distance') return { test, within: metresOf(row, 'within'), kinds }
  if (test === 'inside' || test === 'inside-all') return { test, kinds }
  throw wrong(row, 'test')
}

function metresOf(row: RuleRow<Record<string, unknown>>, field: string): number {
  const metres = row.value[field]
  if (typeof metres !== 'number' || !(metres >= 0)) throw wrong(row, field)
  return metres
}

function kindsOf(row: RuleRow<Record<string, unknown>>, field: string): LayerKind[] {
  const kinds = row.value[field]
  if (!Array.isArray(kinds) || kinds.length === 0) throw wrong(row, field)
  return kinds.map((kind) => {
    if (typeof kind !== 'string' || !isLayerKind(kind)) throw wrong(row, `${field} ${String(kind)}`)
    return kind
  })
}

function cited(row: RuleRow): RuleCited {
  return { version: versionOf(row), source: row.source, confidence: row.confidence, unverified: isUnverified(row) }
}

function wrong(row: RuleRow, what: string): Error {
  return new Error(`rule ${versionOf(row)} does not parse: ${what}`)
}
