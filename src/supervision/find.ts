import type { Db } from '../base/db.ts'
import { say } from '../base/problem.ts'
import { daysLeft, explainDue } from '../base/rules/clock.ts'
import { isUnverified } from '../base/rules/law.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { getItem } from './move.ts'
import { itemSightOf } from './rules/access.ts'
import type { ItemMove } from './rules/codes.ts'
import type { Item } from './rules/item.ts'
import { whatNow } from './rules/ladder.ts'
import { refusalText } from './rules/refusal-text.ts'
import { stepRow } from './rules/rows.ts'
import { detail, events, listItem } from './rules/wire.ts'
import { type Filter, findEvents, listItems } from './store.ts'

type Language = 'zh' | 'en'

/** A page of items as it leaves. */
export async function findItems(ctx: StaffCtx, o: { filter: Filter; after?: string | undefined; limit: number }) {
  return ctx.tx(async (db) => {
    const page = await listItems(db, { ...o, seen: sightFor(ctx) })
    return { items: page.items.map((item) => brief(ctx, item)), next: page.next }
  })
}

export const sightFor = (ctx: StaffCtx) => (ctx.policy ? itemSightOf(ctx.actor) : undefined)

/** The moves that are somebody's work of the day, in the order of the desk. */
const DUTIES: readonly ItemMove[] = ['answer', 'accept', 'send', 'sign', 'review', 'lift']
const MOST = 1000
const PAGE = 200

/** What waits for this actor, by move: to review, to sign, to send, to answer, to decide on an answer, to lift what was accepted. */
export async function findItemWork(ctx: StaffCtx) {
  const env = envOf(ctx)
  return ctx.tx(async (db) => {
    const items = await openItems(ctx, db)
    const mine = items.map((item) => ({ item, moves: whatNow(item, env).flatMap((o) => (o.allowed ? [o.move] : [])) }))
    const groups = DUTIES.map((move) => {
      const of = mine.filter(({ item, moves }) => moves.includes(move) && isDue(move, item)).map(({ item }) => item)
      return {
        move,
        total: of.length,
        items: of
          .sort(byDue)
          .slice(0, 50)
          .map((item) => brief(ctx, item)),
      }
    })
    return { groups: groups.filter((g) => g.total > 0) }
  })
}

async function openItems(ctx: StaffCtx, db: Db): Promise<Item[]> {
  const items: Item[] = []
  for (let after: string | undefined; items.length < MOST; ) {
    const page = await listItems(db, { filter: { open: true }, seen: sightFor(ctx), after, limit: PAGE })
    items.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  return items
}

// A letter may be lifted at any time; it is work of the day only once its answer was accepted, or where none is asked for.
const isDue = (move: ItemMove, item: Item) => move !== 'lift' || item.state === 'accepted'
const byDue = (a: Item, b: Item) => ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : 1)

function brief(ctx: StaffCtx, item: Item) {
  const { today, law } = envOf(ctx)
  const left = item.clock && !item.clock.stopped ? daysLeft(item.clock, today, law.calendar) : undefined
  return { ...listItem(item), daysLeft: left ?? null }
}

/** One item with its clock explained, what this actor may do now, and why not the rest. */
export function showItem(ctx: StaffCtx, id: string, language: Language) {
  return ctx.tx(async (db) => describeItem(ctx, await getItem(ctx, db, id), language))
}

/** An item as it leaves after a read or an act. */
export function describeItem(ctx: StaffCtx, item: Item, language: Language) {
  const env = envOf(ctx)
  const moves = whatNow(item, env).map(({ move, allowed, why }) => ({
    ...{ move, allowed },
    ...(why ? { why: { code: why.code, text: say(refusalText(why), why.params, language), params: why.params } } : {}),
  }))
  const row = stepRow(ctx.law, item.kind, item.drafted.on)
  const rule = { version: `supervision-step/${item.kind}@${row.validFrom}`, source: row.source, unverified: isUnverified(row) }
  const clock = item.clock ? { started: item.clock.started, stopped: item.clock.stopped ?? null, ...explained(ctx, item) } : null
  return { ...brief(ctx, item), ...detail(item, ctx.actor), moves, clock, step: { ...rule, value: row.value } }
}

function explained(ctx: StaffCtx, item: Item) {
  const { due, steps } = explainDue(item.clock!, ctx.law.calendar)
  return { due: due ?? null, steps }
}

/** The story of an item, oldest first. */
export function showItemEvents(ctx: StaffCtx, id: string) {
  return ctx.tx(async (db) => {
    const item = await getItem(ctx, db, id)
    return { events: events(await findEvents(db, ctx.actor.tenant, id), item, ctx.actor) }
  })
}
