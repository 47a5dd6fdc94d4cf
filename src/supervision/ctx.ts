import type { Ctx } from '../base/ctx.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import type { Actor } from '../people/index.ts'
import type { Env } from './rules/ladder.ts'

/** The context of a use case of supervision: the actor is a person with posts. */
export type StaffCtx = Ctx<Actor>

/** The moment of a decision with its Shanghai day. */
export function envOf(ctx: StaffCtx): Env & { by: Actor } {
  const at = ctx.now.toISOString() as Instant
  return { by: ctx.actor, at, today: dayOf(at), law: ctx.law, tenant: ctx.actor.tenant, cityName: ctx.settings.cityName }
}
