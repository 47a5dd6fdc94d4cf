import type { Instant } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Undo } from './act.ts'
import type { Case } from './case.ts'
import type { Env, Last, Subject } from './env.ts'
import { type CaseEvent, EVENT_OF_RECORD } from './event.ts'
import type { UndoRule } from './path-rule.ts'
import { rowFor } from './paths.ts'
import { isPublic } from './wire.ts'

/**
 * Why the last event cannot be taken back by this actor now, or nothing. What the public has seen, what went out, and what had a lot drawn
 * (the clear-off) stays; so does what somebody else did, and what is older than the rule allows.
 */
export function refuseUndo({ c, env }: Pick<Subject, 'c' | 'env'>): Refusal | undefined {
  const { last } = env
  if (!last?.before || last.event.version !== c.version) return refuse('not-now', 'cases/undo-nothing')
  const { minutes, kinds } = ruleOfUndo(c, env)
  const { event, before, left } = last
  if (event.by.account !== env.by.account) return refuse('never', 'cases/undo-not-yours', { name: event.by.name })
  if (!kinds.includes(event.type)) return refuse('not-now', 'cases/undo-kind', { move: actOf(event) })
  if (Date.parse(env.at) >= endOf(event.at, minutes)) return refuse('not-now', 'cases/undo-late', { minutes })
  if (isPublic(before) || isPublic(c)) return refuse('not-now', 'cases/undo-public')
  return left ? refuse('not-now', 'cases/undo-left') : undefined
}

/** Until when the last event may be taken back by this actor; undefined where it may not. */
export function undoUntil(c: Case, last: Last, env: Env): Instant | undefined {
  const refusal = refuseUndo({ c, env: { ...env, last } })
  if (refusal) return undefined
  return new Date(endOf(last.event.at, ruleOfUndo(c, env).minutes)).toISOString() as Instant
}

/** The compensating event: it names what it takes back and carries the whole state before, so that the fold stays a fold. */
export function undoing(act: Undo, { c, env, by }: Subject): CaseEvent {
  const { event, before } = env.last!
  const { type, version } = event
  const effect = { clocks: before!.clocks, undone: { type, version }, before: before! }
  const data = { from: c.state, to: before!.state, on: env.today, act, effect }
  return { type: 'undone', tenant: c.tenant, case: c.id, version: c.version + 1, at: env.at, by, data }
}

const endOf = (at: Instant, minutes: number) => Date.parse(at) + minutes * 60_000

// The rule of today, never a frozen one: it is no threshold that a case is judged by.
function ruleOfUndo({ path }: Case, env: Env): UndoRule {
  return rowFor({ path, rules: [] }, 'undo', env).value
}

// The name of the act behind an event, for its label.
function actOf({ type }: CaseEvent): string {
  return Object.entries(EVENT_OF_RECORD).find(([, event]) => event === type)?.[0] ?? type
}
