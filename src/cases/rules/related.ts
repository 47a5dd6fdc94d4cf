import { distanceM } from '../../places/rules/locate.ts'
import type { Case } from './case.ts'
import type { RelatedRule } from './path-rule.ts'

/** What of a case is compared. */
export type Kin = Pick<Case, 'id' | 'place' | 'batch' | 'duties' | 'links' | 'enterprise'>

/** Why another case belongs beside one; `name` is the enterprise, the organisation or the batch, `distanceM` whole metres. */
export type RelatedWhy =
  | { why: 'merged_into' | 'merged_from' | 'rebound_of' | 'rebounded_as' | 'inferred_from' | 'inferred_to' }
  | { why: 'place'; distanceM: number }
  | { why: 'enterprise' | 'organisation' | 'batch'; name: string }

/** The order in which they are told: what a person tied together first. */
export const RELATED_KINDS = [
  'merged_into',
  'merged_from',
  'rebound_of',
  'rebounded_as',
  'inferred_from',
  'inferred_to',
  'place',
  'enterprise',
  'organisation',
  'batch',
] as const satisfies readonly RelatedWhy['why'][]

/**
 * Why `other` belongs beside `c`, in the order of RELATED_KINDS; empty where it does not. The responsible organisation ties two cases
 * only where no enterprise is named, as it ties hundreds.
 */
export function whyRelated(c: Kin, other: Kin, rule: RelatedRule): RelatedWhy[] {
  if (other.id === c.id) return []
  const metres = c.place.point && other.place.point ? Math.round(distanceM(c.place.point, other.place.point)) : undefined
  const enterprise = nameOf(c.enterprise)
  const unit = responsible(c)
  return [
    ...linked(c, other),
    ...(metres !== undefined && metres <= rule.radiusM ? [{ why: 'place' as const, distanceM: metres }] : []),
    ...(enterprise && enterprise === nameOf(other.enterprise) ? [{ why: 'enterprise' as const, name: enterprise }] : []),
    ...(!enterprise && unit && unit.org === responsible(other)?.org
      ? [{ why: 'organisation' as const, name: unit.orgName }]
      : []),
    ...(c.batch && c.batch === other.batch ? [{ why: 'batch' as const, name: c.batch }] : []),
  ]
}

/** The related cases, at most `rule.most` of each kind: by kind, near before far, and which kinds have more. */
export function relatedTo<K extends Kin>(
  c: Kin,
  others: readonly K[],
  rule: RelatedRule,
): { items: { case: K; why: RelatedWhy[] }[]; more: RelatedWhy['why'][] } {
  const all = others.map((other) => ({ case: other, why: whyRelated(c, other, rule) })).filter(({ why }) => why.length > 0)
  const ranked = all.sort((a, b) => rank(a.why[0]!) - rank(b.why[0]!))
  const more = new Set<RelatedWhy['why']>()
  const left = new Map<RelatedWhy['why'], number>()
  const kept = ranked.map(({ case: other, why }) => ({
    case: other,
    why: why.filter(({ why: kind }) => {
      const taken = left.get(kind) ?? 0
      left.set(kind, taken + 1)
      if (taken >= rule.most) more.add(kind)
      return taken < rule.most
    }),
  }))
  return { items: kept.filter(({ why }) => why.length > 0), more: RELATED_KINDS.filter((kind) => more.has(kind)) }
}

function linked(c: Kin, other: Kin): RelatedWhy[] {
  const ties: [boolean, (typeof RELATED_KINDS)[number] & `${'merged' | 'rebound' | 'rebounded' | 'inferred'}_${string}`][] = [
    [c.links.mergedInto === other.id, 'merged_into'],
    [other.links.mergedInto === c.id, 'merged_from'],
    [c.links.reboundOf === other.id, 'rebound_of'],
    [other.links.reboundOf === c.id, 'rebounded_as'],
    [c.links.inferredFrom === other.id, 'inferred_from'],
    [other.links.inferredFrom === c.id, 'inferred_to'],
  ]
  return ties.flatMap(([holds, why]) => (holds ? [{ why }] : []))
}

// The order of the kinds; among the same place, metres decide (a rule's radius is far below the step between two kinds).
function rank(first: RelatedWhy): number {
  return RELATED_KINDS.indexOf(first.why) * 1_000_000 + ('distanceM' in first ? first.distanceM : 0)
}

function nameOf(text: string | undefined): string | undefined {
  return text?.trim() || undefined
}

function responsible(c: Kin): Case['duties'][number] | undefined {
  return c.duties.find((duty) => duty.as === 'responsible')
}
