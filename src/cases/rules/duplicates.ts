import { addMonths, type Day } from '../../base/rules/day.ts'
import { distanceM } from '../../places/rules/locate.ts'
import type { Case } from './case.ts'
import { isEnded } from './codes.ts'
import type { ReopenRule } from './path-rule.ts'

/** A case that a new report may be the same as: merge into it while it is open, reopen it after its clear-off. */
export type Candidate = {
  id: string
  no: string
  by: ('place' | 'enterprise')[]
  distanceM?: number
  suggests: 'merge' | 'reopen'
}

/** What is compared. */
export type Comparable = Pick<Case, 'id' | 'no' | 'category' | 'place' | 'enterprise' | 'state' | 'closedOn'>

/**
 * Cases of the same category at the same place (50 m) or of the same enterprise that are open, or were cleared off in the last
 * 24 months (both figures are the `reopen` rule). Nearest first; a suggestion only, a person decides.
 */
export function suggestDuplicates(
  c: Comparable,
  others: readonly Comparable[],
  o: { rule: ReopenRule; today: Day },
): Candidate[] {
  const since = addMonths(o.today, -o.rule.months)
  return others
    .filter((other) => other.id !== c.id && isComparable(c, other) && isRecent(other, since))
    .map((other) => candidateOf(c, other, o.rule))
    .filter((candidate) => candidate.by.length > 0)
    .sort((a, b) => (a.distanceM ?? Number.MAX_VALUE) - (b.distanceM ?? Number.MAX_VALUE))
}

// Before triage a report has no category yet: then place and enterprise alone decide.
function isComparable(c: Comparable, other: Comparable): boolean {
  return c.category === undefined || c.category === other.category
}

function isRecent(other: Comparable, since: Day): boolean {
  if (other.state === 'closed') return other.closedOn !== undefined && other.closedOn >= since
  return !isEnded(other.state)
}

function candidateOf(c: Comparable, other: Comparable, rule: ReopenRule): Candidate {
  const metres = c.place.point && other.place.point ? Math.round(distanceM(c.place.point, other.place.point)) : undefined
  const near = metres !== undefined && metres <= rule.radiusM
  const same = c.enterprise !== undefined && c.enterprise.trim() !== '' && c.enterprise.trim() === other.enterprise?.trim()
  const by = [...(near ? (['place'] as const) : []), ...(same ? (['enterprise'] as const) : [])]
  const { id, no, state } = other
  return { id, no, by, ...(metres === undefined ? {} : { distanceM: metres }), suggests: state === 'closed' ? 'reopen' : 'merge' }
}
