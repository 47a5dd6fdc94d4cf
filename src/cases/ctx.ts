import type { Ctx } from '../base/ctx.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import type { Actor } from '../people/index.ts'
import type { Env } from './rules/env.ts'

/** The context of a use case of this context: the actor is a person with posts. */
export type StaffCtx = Ctx<Actor>

/** The moment of a decision: RFC 3339 in UTC with milliseconds, and its Shanghai day. */
export function envOf(ctx: StaffCtx): Env {
  const at = ctx.now.toISOString() as Instant
  return { by: ctx.actor, at, today: dayOf(at), law: ctx.law }
}
