/**
 * How far a legal fact may be trusted: V read in the instrument, M on a secondary page, S another place's rule,
 * O from own knowledge, D our own design.
 */
export type Confidence = 'V' | 'M' | 'S' | 'O' | 'D'

/** A fact with where it comes from; `confirmedBy` names the person who checked it for this city. */
export type Cited = { readonly source: string; readonly confidence: Confidence; readonly confirmedBy?: string }

/** Whether the screen must mark the fact as unverified: not read in the instrument and confirmed by nobody. */
export function isUnverified(fact: Cited): boolean {
  return fact.confidence !== 'V' && !fact.confirmedBy
}
