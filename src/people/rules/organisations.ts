import type { Day } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'

/** An organisation is the fold of its events. Closed, it stays for what it once answered for. */
export type OrganisationState = {
  version: number
  name: string
  kind: string
  area: string
  parent?: string
  closed?: Day
  mergedInto?: string
}

export type OrganisationEvent =
  | { type: 'organisation_created'; name: string; kind: string; area: string }
  | { type: 'organisation_taken_over'; name: string; kind: string; area: string; parent?: string; closed?: Day }
  | { type: 'organisation_renamed'; name: string; reason: string }
  | { type: 'organisation_closed'; day: Day; reason: string; into?: string }

/** The next state of an organisation; total, needs no law. */
export function evolveOrganisation(before: OrganisationState | undefined, event: OrganisationEvent): OrganisationState {
  if (event.type === 'organisation_created' || event.type === 'organisation_taken_over') {
    const { type: _, ...begun } = event
    return { version: 1, ...begun }
  }
  if (!before) throw new Error(`${event.type} before organisation_created`)
  const next = { ...before, version: before.version + 1 }
  if (event.type === 'organisation_renamed') return { ...next, name: event.name }
  return { ...next, closed: event.day, ...(event.into ? { mergedInto: event.into } : {}) }
}

/** 更名. */
export function decideRename(organisation: OrganisationState, o: { name: string; reason: string }): OrganisationEvent | Refusal {
  if (organisation.closed) return refuse('not-now', 'people/organisation-closed', { day: organisation.closed })
  return { type: 'organisation_renamed', name: o.name, reason: o.reason }
}

/** 撤销、并入: with no post open any more, and into another one that stands. */
export function decideClose(
  organisation: OrganisationState,
  o: { day: Day; reason: string; openPosts: number; own: boolean; into?: { id: string; closed?: Day | undefined } | undefined },
): OrganisationEvent | Refusal {
  if (organisation.closed) return refuse('not-now', 'people/organisation-closed', { day: organisation.closed })
  if (o.openPosts > 0) return refuse('not-now', 'people/posts-open', { n: o.openPosts })
  if (o.own) return refuse('invalid', 'people/into-itself')
  if (o.into?.closed) return refuse('not-now', 'people/organisation-closed', { day: o.into.closed })
  return { type: 'organisation_closed', day: o.day, reason: o.reason, ...(o.into ? { into: o.into.id } : {}) }
}
