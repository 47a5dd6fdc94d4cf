import type { Confidence } from '../../../src/base/rules/source.ts'

/** A rule as the server gives it. */
export type RuleRow = {
  kind: string
  key: string
  validFrom: string
  validTo: string | null
  value: unknown
  source: string
  confidence: Confidence
  confirmedBy: string | null
  unverified: boolean
}

type Person = { account: string; name: string }

/** A change of a rule and where it stands. */
export type ChangeRow = {
  id: string
  version: number
  state: 'proposed' | 'approved' | 'refused' | 'withdrawn'
  proposal: { op: 'replace' | 'confirm'; kind: string; key: string; reason: string } & Partial<
    Pick<RuleRow, 'validFrom' | 'value' | 'source' | 'confidence'>
  >
  was: Pick<RuleRow, 'validFrom' | 'value' | 'source' | 'confidence'>
  proposedBy: Person
  proposedOn: string
  decidedBy?: Person
  decidedOn?: string
  words?: string
}

/** One leaf of a value with the way to it. */
export type Leaf = { path: string[]; value: string | number | boolean | null | string[] }

/** The leaves of a rule's value in order; a list of texts is one leaf. */
export function leavesOf(value: unknown, path: string[] = []): Leaf[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return [{ path, value }]
  if (typeof value !== 'object' || value === null) return [{ path, value: value as Leaf['value'] }]
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...path, name]))
}

/** The value with one leaf replaced. */
export function withLeaf(value: unknown, [name, ...rest]: string[], leaf: Leaf['value']): unknown {
  if (name === undefined) return leaf
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === name ? withLeaf(one, rest, leaf) : one))
  const fields = value as Record<string, unknown>
  return { ...fields, [name]: withLeaf(fields[name], rest, leaf) }
}

/** Leaves that differ between two values: the way, before, after. */
export function differences(
  before: unknown,
  after: unknown,
): { path: string[]; before?: Leaf['value']; after?: Leaf['value'] }[] {
  const [was, is] = [mapOf(before), mapOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [b, a] = [was.get(key), is.get(key)]
    if (JSON.stringify(b?.value) === JSON.stringify(a?.value)) return []
    return [{ path: (a ?? b)!.path, ...(b && { before: b.value }), ...(a && { after: a.value }) }]
  })
}

const mapOf = (value: unknown) => new Map(leavesOf(value).map((leaf) => [leaf.path.join('\u0000'), leaf]))
