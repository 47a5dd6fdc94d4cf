import { randomUUID } from 'node:crypto'
import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { appendEvents } from '../base/journal/store.ts'
import { type Day, dayOf, type Instant } from '../base/rules/day.ts'
import { problem } from './problems.ts'
import { endDuty, insertDuty } from './store.ts'
import { type DutyRow, listDuties, listPosts } from './store-directory.ts'

/** What somebody answers for all the time (a grid, a stretch of river): a post and its stand-in post, so that people may come and go. */
export async function giveDuty(
  ctx: Ctx,
  o: { name: string; post: string; standInPost?: string | undefined; area: string },
): Promise<DutyRow> {
  if (o.post === o.standInPost) throw problem('same-person')
  const id = randomUUID()
  return ctx.tx(async (db) => {
    for (const post of [o.post, o.standInPost])
      if (post && (await listPosts(db, { id: post })).length === 0) throw problem('no-such', { what: post })
    const from = today(ctx)
    const { standInPost, ...rest } = o
    await insertDuty(db, { id, ...rest, standInPost: standInPost ?? null, from })
    const data = { name: o.name, post: o.post, area: o.area, from, ...(standInPost ? { standInPost } : {}) }
    await journal(ctx, db, { id, version: 1, kind: 'duty_given', data })
    return getDuty(db, id)
  })
}

/** Ends a duty; the row and its events stay. */
export async function liftDuty(ctx: Ctx, o: { id: string; reason: string }): Promise<DutyRow> {
  return ctx.tx(async (db) => {
    const duty = await getDuty(db, o.id)
    if (duty.to) throw problem('duty-ended', { day: duty.to })
    const to = today(ctx)
    await endDuty(db, { id: o.id, to })
    await journal(ctx, db, { id: o.id, version: 2, kind: 'duty_lifted', data: { to, reason: o.reason } })
    return getDuty(db, o.id)
  })
}

const today = (ctx: Ctx): Day => dayOf(ctx.now.toISOString() as Instant)

async function getDuty(db: Db, id: string): Promise<DutyRow> {
  const duty = (await listDuties(db, { id }))[0]
  if (!duty) throw problem('no-such', { what: id })
  return duty
}

async function journal(ctx: Ctx, db: Db, e: { id: string; version: number; kind: string; data: object }): Promise<void> {
  const by = { account: ctx.actor.account, name: ctx.actor.name }
  const { id: subject, version: subjectSeq, kind, data } = e
  const { tenant } = ctx.actor
  await appendEvents(db, tenant, [{ tenant, context: 'duties', subject, subjectSeq, kind, at: ctx.now.toISOString(), by, data }])
}
