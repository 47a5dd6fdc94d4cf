import type { StaffCtx } from '../ctx.ts'
import { seen } from '../map/store.ts'
import { sightOf } from '../rules/access.ts'
import { SECRECY } from '../rules/codes.ts'

/**
 * The condition on a case `p` by which the policy wall sees it, so that what is counted and paged stands even without row-level security;
 * undefined for who sees everything.
 */
export function seenBeyondRows(ctx: StaffCtx): ReturnType<typeof seen> | undefined {
  if (!ctx.policy) return undefined
  const sight = sightOf(ctx.actor)
  return sight.areas.some(({ regions, most }) => regions === '*' && most >= SECRECY.sealed) ? undefined : seen(sight)
}
