import { z } from 'zod'
import { widen } from '../base/db.ts'
import { routeOf } from '../base/http/route.ts'
import { baseProblem } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { type Actor, findHolder, scopeOf } from '../people/index.ts'
import type { StaffCtx } from './ctx.ts'
import { findWork } from './work/find.ts'
import { DUTIES, type DutyMove } from './work/rules/turns.ts'

/**
 * How many cases wait for somebody, by move: what a hand-over is about. Counted with their eyes and told as numbers only, as who
 * administers accounts sees no case.
 */
export async function countWaiting(ctx: StaffCtx, account: string): Promise<{ items: { move: DutyMove; total: number }[] }> {
  return ctx.tx(async (db) => {
    const found = await findHolder(db, { account, day: dayOf(ctx.now.toISOString() as Instant) })
    if (!found) throw baseProblem('not-found', { what: account })
    const scope = scopeOf(found.actor, found.areas)
    await widen(db, scope)
    const { groups } = await findWork({ ...ctx, actor: found.actor, scope }, { limit: 1 })
    await widen(db, ctx.scope)
    return { items: groups.flatMap(({ group, total }) => (isDuty(group) ? [{ move: group, total }] : [])) }
  })
}

const isDuty = (group: string): group is DutyMove => (DUTIES as readonly string[]).includes(group)

/** The count over HTTP. */
export const waitingRoute = routeOf<Actor>()({
  method: 'GET',
  path: '/api/accounts/{id}/waiting',
  permission: 'people.manage',
  summary: { zh: '离任前：等其办理的事项数', en: 'How many cases wait for a person, by move' },
  params: z.object({ id: z.uuid() }),
  reply: z.object({ items: z.array(z.object({ move: z.enum(DUTIES), total: z.number() })) }),
  run: (ctx, { params }) => countWaiting(ctx, params.id),
})
