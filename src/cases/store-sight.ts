import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { StaffCtx } from './ctx.ts'
import { FULL_SIGHT, type Sight, sightOf } from './rules/access.ts'
import { SECRECY } from './rules/codes.ts'

/** What an actor sees, and the cases that bind the actor's organisations, where they are few: then every part of it has an index. */
export interface KnownSight extends Sight {
  cases?: string[]
}

const FEW = 2000

/** The policy wall of this actor as conditions, or everything where the wall is switched off. */
export const sightFor = (ctx: StaffCtx): Sight => (ctx.policy ? sightOf(ctx.actor) : FULL_SIGHT)

/** The same for reading lists: who sees no county would else look through the whole list for the few cases that bind the organisation. */
export async function sightIn(ctx: StaffCtx, db: Db): Promise<KnownSight> {
  const sight = sightFor(ctx)
  if (sight.bound.orgs.length === 0 || sight.areas.some(({ regions }) => regions.length > 0)) return sight
  const { rows } = await sql<{ id: string }>`select id from cases.bound_to_me(${sight.bound.orgs}::uuid[], ${FEW + 1})`.execute(
    db,
  )
  return rows.length > FEW ? sight : { ...sight, cases: rows.map((row) => row.id) }
}

/**
 * The condition on a case `p` by which the policy wall sees it, so that what is counted and paged stands even without row-level security;
 * undefined for who sees everything.
 */
export function seenBy(sight: KnownSight): RawBuilder<unknown> | undefined {
  return sight.areas.some(({ regions, most }) => regions === '*' && most >= SECRECY.sealed) ? undefined : seen(sight)
}

/** The sight as one condition on `cases.problem p`. */
export function seen(sight: KnownSight): RawBuilder<unknown> {
  return sql`(${inAreas(sight)} or ${isBound(sight)})`
}

/** Its part by division, on whatever has region, town, village and secrecy. */
export function inAreas(sight: Sight): RawBuilder<unknown> {
  const parts = sight.areas.map(({ regions, locals, most }) => {
    const places = [
      ...(regions === '*' ? [sql`true`] : regions.length > 0 ? [sql`p.region = any (${regions}::text[])`] : []),
      ...(locals.length > 0 ? [sql`p.town = any (${locals}::text[])`, sql`p.village = any (${locals}::text[])`] : []),
    ]
    return sql`(p.secrecy <= ${most} and (${places.length > 0 ? sql.join(places, sql` or `) : sql`false`}))`
  })
  return parts.length > 0 ? sql`(${sql.join(parts, sql` or `)})` : sql`false`
}

/** What stands after `from` to read the cases `p` that are seen only by being bound to them, or undefined where there can be none. */
export function besideAreas(sight: Sight): RawBuilder<unknown> | undefined {
  const { areas, bound } = sight
  // Whoever sees the whole city up to the same level sees nothing more by being bound.
  if (bound.orgs.length === 0 || areas.some((a) => a.regions === '*' && a.most >= bound.most)) return undefined
  return sql`cases.bound_to_me(${bound.orgs}::uuid[], null) p where p.secrecy <= ${bound.most} and not ${inAreas(sight)}`
}

function isBound({ bound, cases }: KnownSight): RawBuilder<unknown> {
  if (bound.orgs.length === 0) return sql`false`
  const known = cases ? sql`p.id = any (${cases}::uuid[]) and` : sql``
  return sql`(${known} p.secrecy <= ${bound.most} and p.bound_orgs && ${bound.orgs}::uuid[])`
}
