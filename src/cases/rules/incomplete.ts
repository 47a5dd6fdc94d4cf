import type { Case } from './case.ts'
import { isEnded, type State } from './codes.ts'
import { hasReached, type Way } from './paths.ts'

/** The fields that a path needs from a state on, in the order they are filled; a code here is what `incomplete` lists. */
const NEEDED: readonly { field: string; from: State; when?: (c: Case, way: Way) => boolean; has: (c: Case) => boolean }[] = [
  { field: 'category', from: 'triaged', has: (c) => c.category !== undefined },
  { field: 'pollution', from: 'triaged', when: (_, way) => way.rule.claims, has: (c) => c.pollution.length > 0 },
  { field: 'point', from: 'triaged', when: (c) => c.thing === 'place', has: (c) => c.place.point !== undefined },
  { field: 'responsible', from: 'assigned', has: (c) => c.duties.some((duty) => duty.as === 'responsible') },
  { field: 'leader', from: 'assigned', has: (c) => c.leader !== undefined },
  { field: 'term', from: 'assigned', has: (c) => c.term !== undefined && c.term.kind !== 'unknown' },
  { field: 'implementer', from: 'rectifying', when: planned, has: (c) => Boolean(c.plan?.implementer) },
  { field: 'goal', from: 'rectifying', when: planned, has: (c) => Boolean(c.plan?.goal) },
  { field: 'measures', from: 'rectifying', when: planned, has: (c) => (c.plan?.measures.length ?? 0) > 0 },
  { field: 'plan_term', from: 'rectifying', when: planned, has: (c) => c.plan !== undefined && c.plan.term.kind !== 'unknown' },
  { field: 'acceptance_unit', from: 'rectifying', when: planned, has: (c) => Boolean(c.plan?.acceptanceUnit) },
]

/** Every code that `missingFields` may give. */
export const FIELD_CODES: readonly string[] = NEEDED.map(({ field }) => field)

/** The fields that an imported row's path needs in its state and that it still lacks; a case that came by the procedure lacks none. */
export function missingFields(c: Case, way: Way): string[] {
  if (!c.imported || isEnded(c.state)) return []
  const needed = NEEDED.filter(({ from, when }) => hasReached(c.state, from) && (when?.(c, way) ?? true))
  return needed.filter(({ has }) => !has(c)).map(({ field }) => field)
}

function planned(_: Case, way: Way): boolean {
  return way.rule.states.includes('signed')
}
