import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { keepLetter } from './letter.ts'
import { problem, refused } from './problems.ts'
import { canSeeItem } from './rules/access.ts'
import type { Act, Item, ItemEvent } from './rules/item.ts'
import { decide, evolve } from './rules/ladder.ts'
import { findItem, nextNumber, updateItem } from './store.ts'

/** One act on one item: load, decide, save. Sending takes the next 文号 of its kind and year in the same transaction. */
export function moveItem(ctx: StaffCtx, id: string, o: { act: Exclude<Act, { move: 'draft' }>; version: number }): Promise<Item> {
  return ctx.tx((db) => moveIn(ctx, db, { ...o, id }))
}

/** The same inside a transaction that is already open. */
export async function moveIn(
  ctx: StaffCtx,
  db: Db,
  o: { id: string; act: Exclude<Act, { move: 'draft' }>; version: number },
): Promise<Item> {
  const before = await getItem(ctx, db, o.id)
  if (o.version !== before.version) throw baseProblem('version-changed', { found: o.version, expected: before.version })
  const env = envOf(ctx)
  // Judged first without a number: one that is taken and refused would still be given back, but a colleague would wait for it.
  const first = decide(before, o.act, env)
  if (isRefusal(first)) throw refused(first)
  const seq = o.act.move === 'send' ? await nextNumber(db, before.kind, Number(env.today.slice(0, 4))) : undefined
  const event = seq === undefined ? first : decide(before, o.act, { ...env, seq })
  if (isRefusal(event)) throw refused(event)
  return save(db, { before, event: seq === undefined ? event : await withLetter(ctx, db, { before, event }) })
}

// What leaves is kept as it leaves: its hash stands in the event.
async function withLetter(ctx: StaffCtx, db: Db, { before, event }: Step): Promise<ItemEvent> {
  const file = await keepLetter(ctx, db, evolve(before, event))
  return { ...event, data: { ...event.data, effect: { ...event.data.effect, file } } }
}

type Step = { before: Item; event: ItemEvent }

async function save(db: Db, { before, event }: Step): Promise<Item> {
  const item = evolve(before, event)
  if (!(await updateItem(db, { item, event })))
    throw baseProblem('version-changed', { found: before.version, expected: before.version + 1 })
  return item
}

/** An item that the actor may see; the same 404 for what is not there and for what is outside the scope. */
export async function getItem(ctx: StaffCtx, db: Db, id: string): Promise<Item> {
  const found = await findItem(db, ctx.actor.tenant, id)
  if (!found || (ctx.policy && !canSeeItem(ctx.actor, found))) throw problem('no-such-item')
  return found
}
