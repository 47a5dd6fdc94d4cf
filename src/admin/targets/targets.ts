import { randomBytes, randomUUID } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import { dropWaiting, listDeliveries, queueAgain } from '../../base/delivery/store.ts'
import type { Actor } from '../../people/index.ts'
import { problem } from '../problems.ts'
import type { Narrowing, TargetKind } from './rules/target.ts'
import { findTarget, insertTarget, listTargets, setStopped, type Target } from './store.ts'

export const DELIVER = 'admin-deliver'

/** What is sealed of a target. */
export interface Sealed {
  url: string
  secret?: string | undefined
}

export type TargetOf = Narrowing & { kind: TargetKind; name: string; url: string; secret?: string | undefined }

/**
 * Sets up a target. A webhook gets a secret made for it, told in this answer alone; a robot of DingTalk brings the one of its group, if it
 * has any. The form refuses one for any other kind.
 */
export async function createTarget(ctx: Ctx<Actor>, o: TargetOf): Promise<{ target: Target; secret: string | null }> {
  const { url, secret: given, ...rest } = o
  const secret = o.kind === 'webhook' ? `whsec_${randomBytes(24).toString('base64')}` : given
  const id = randomUUID()
  return ctx.tx(async (db) => {
    await insertTarget(db, {
      ...rest,
      id,
      host: new URL(url).host,
      box: ctx.seal({ url, secret } satisfies Sealed),
      madeBy: ctx.actor.account,
      madeByName: ctx.actor.name,
      now: ctx.now,
    })
    return { target: (await findTarget(db, id))!, secret: o.kind === 'webhook' ? (secret ?? null) : null }
  })
}

/** Every target; what lies sealed stays so. */
export const allTargets = (ctx: Ctx<Actor>) => ctx.tx(listTargets)

/** Stops a target with a reason, or lets a stopped one go on with what happens from now. */
export async function stopTarget(ctx: Ctx<Actor>, o: { id: string; version: number; why: string | null }): Promise<Target> {
  return ctx.tx(async (db) => {
    await getTarget(ctx, o.id)
    const changed = await setStopped(db, { id: o.id, version: o.version, at: o.why === null ? null : ctx.now, why: o.why })
    if (!changed) throw problem('target-changed')
    if (o.why !== null) await dropWaiting(db, { target: o.id, why: 'stopped', now: ctx.now })
    return getTarget(ctx, o.id)
  })
}

/** What went to a target, newest first, with every outcome. */
export async function showDeliveries(ctx: Ctx<Actor>, o: { id: string; after?: string | undefined; limit: number }) {
  return ctx.tx(async (db) => {
    await getTarget(ctx, o.id)
    return listDeliveries(db, { target: o.id, after: o.after, limit: o.limit })
  })
}

/** Sends one of the log once more. */
export async function sendAgain(ctx: Ctx<Actor>, o: { id: string; delivery: string }): Promise<{ id: string }> {
  const as = randomUUID()
  return ctx.tx(async (db) => {
    await getTarget(ctx, o.id)
    if (!(await queueAgain(db, { id: o.delivery, target: o.id, as, now: ctx.now })))
      throw problem('no-such', { what: o.delivery })
    await ctx.jobs.send(db, DELIVER, {})
    return { id: as }
  })
}

async function getTarget(ctx: Ctx<Actor>, id: string): Promise<Target> {
  const found = await ctx.tx((db) => findTarget(db, id))
  if (!found) throw problem('no-such', { what: id })
  return found
}
