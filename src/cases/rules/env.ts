import type { Day, Instant } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import type { Actor, By } from '../../people/rules/actor.ts'
import type { Case } from './case.ts'
import type { CaseEvent } from './event.ts'
import type { Way } from './paths.ts'

/**
 * All that a decision takes from outside: the actor, the moment (RFC 3339 in UTC with milliseconds, as the journal keeps it), its
 * Shanghai day, the law. `post` names the one post to act in; `id` and `no` belong to a new case; `approver` is the person behind
 * `approvedBy`, `other` the case to merge into, `draw` a lot in [0, 1) for the look-back sample, `last` the event to be taken back: each
 * looked up by the use case.
 */
export type Env = {
  by: Actor
  at: Instant
  today: Day
  law: Law
  post?: string
  id?: string
  no?: string
  approver?: Actor
  other?: Pick<Case, 'tenant' | 'id' | 'state'>
  draw?: number
  last?: Last
}

/** The last event of a case, the state before it, and whether anything left the house because of it (a letter, a message). */
export type Last = { event: CaseEvent; before: Case | undefined; left: boolean }

/** A case under the eyes of somebody who wants to move it; `filling` where missing fields of an imported row are added. */
export type Subject = { c: Case; env: Env; by: By; way: Way; filling: boolean }
