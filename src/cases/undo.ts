import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { hasLeft } from './left.ts'
import { getCase, type Moved, save } from './move.ts'
import type { Case } from './rules/case.ts'
import type { Last } from './rules/env.ts'
import type { CaseEvent } from './rules/event.ts'
import { fold } from './rules/lifecycle.ts'
import { undoUntil } from './rules/undo.ts'
import { findEvents } from './store.ts'

/** 撤销: the last event is taken back by its author; the post it was done in is the post that takes it back. */
export async function undoLast(ctx: StaffCtx, id: string, o: { reason?: string | undefined; version: number }): Promise<Moved> {
  return ctx.tx(async (db) => {
    const before = (await getCase(ctx, db, id, { lock: true })).case
    if (o.version !== before.version) throw baseProblem('version-changed', { found: o.version, expected: before.version })
    const last = await lastOf(db, before)
    const act = { move: 'undo' as const, ...(o.reason && { reason: o.reason }) }
    return save(ctx, db, before, { act, env: { ...envOf(ctx), ...(last && { last }) } })
  })
}

/** Until when this actor may take back the last of these events, for the story of a case. */
export async function undoOf(ctx: StaffCtx, db: Db, o: { case: Case; events: CaseEvent[] }) {
  const event = o.events.at(-1)
  if (event?.by.account !== ctx.actor.account || event.version !== o.case.version) return undefined
  const until = undoUntil(o.case, await withBefore(db, o.events), envOf(ctx))
  return until && { version: event.version, until }
}

async function lastOf(db: Db, c: Case): Promise<Last | undefined> {
  const events = await findEvents(db, c.tenant, c.id)
  return events.length > 0 ? withBefore(db, events) : undefined
}

async function withBefore(db: Db, events: CaseEvent[]): Promise<Last> {
  const event = events.at(-1)!
  return { event, before: fold(events.slice(0, -1)), left: await hasLeft(db, event) }
}
