import type { Detail } from './case-view.ts'
import { initialValues } from './initial-values.ts'
import type { FormMove } from './move-forms.ts'

type Values = Record<string, unknown>

/** What a form was begun on: the version of the case, what it started from, and what the case said then. */
export type Base = { version: number; start: Values; facts: Values }

/** What is kept of a form that was not sent. */
export type KeptForm = { values: Values; base: Base; at: string }

/** The case as a form begins on it. */
export function baseOf(c: Detail, move: FormMove, today: string): Base {
  return { version: c.version, start: initialValues(move, c, today), facts: factsOf(c) }
}

const FACTS = [
  ...(['state', 'due', 'title', 'category', 'severity', 'thing', 'secrecy', 'place', 'enterprise', 'duties', 'leader'] as const),
  ...(['contact', 'term', 'planDocNo', 'plan', 'claims', 'pending', 'suspension', 'extensions'] as const),
]
export type FactName = (typeof FACTS)[number] | 'evidence'

function factsOf(c: Detail): Values {
  return { ...Object.fromEntries(FACTS.map((name) => [name, c[name]])), evidence: c.evidence.length }
}

/** One part that is another than before. */
export type Difference = { name: string; was: unknown; now: unknown }

/** The facts of the case that changed between what a form was begun on and now. */
export function changedFacts(base: Base, now: Base): Difference[] {
  return differences(base.facts, now.facts)
}

/** The fields of the form that would start from something else now. */
export function changedFields(base: Base, now: Base): Difference[] {
  return differences(base.start, now.start)
}

/** Whether two values say the same, as JSON would carry them. */
export function saysSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

/** A draft as it was kept; undefined where it is none, or from another release. */
export function readKept(kept: unknown): KeptForm | undefined {
  const found = kept as Partial<KeptForm> | undefined
  return found?.values && found.base?.start && found.base.facts && found.at ? (found as KeptForm) : undefined
}

function differences(was: Values, now: Values): Difference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])]
  return names.flatMap((name) => (saysSame(was[name], now[name]) ? [] : [{ name, was: was[name], now: now[name] }]))
}
