import type { Db } from '../base/db.ts'
import { say } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import type { Refusal } from '../base/rules/refusal.ts'
import { boardDays } from './counts/rules/numbers.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { countedTotal, isCounted } from './map/store.ts'
import { getCase, type Moved } from './move.ts'
import { canSee } from './rules/access.ts'
import { clockBriefs, clockView } from './rules/deadlines.ts'
import { whatNow } from './rules/lifecycle.ts'
import type { Sort } from './rules/list-view.ts'
import { movesBefore } from './rules/next.ts'
import { refusalText } from './rules/refusal-text.ts'
import { detail, eventItem, type Listed, listItem } from './rules/wire.ts'
import { MOST_NAMED, withMatches } from './search/store-search.ts'
import { type Coloured, findEvents } from './store.ts'
import { countCases, type Filter, listRows } from './store-list.ts'
import { type KnownSight, seenBy, sightIn } from './store-sight.ts'
import { undoOf } from './undo.ts'

/** A word that more cases have than are named is counted no further. */
const MOST_WITH_WORDS = MOST_NAMED

/** A page of the list as it leaves: only what the actor may see, only the fields of the wire. */
export async function findCases(ctx: StaffCtx, o: { filter: Filter; sort?: Sort; after?: string | undefined; limit: number }) {
  return ctx.tx(async (db) => {
    const sight = await sightIn(ctx, db)
    const filter = { ...(await matched(db, o.filter, sight)), days: boardDays(envOf(ctx).today, ctx.law) }
    const page = await listRows(db, ctx.actor.tenant, { ...o, filter, seen: seenBy(sight) })
    const total = o.after ? null : await totalOf(db, ctx.actor.tenant, { filter, sight })
    return { items: page.items.filter((c) => mayList(ctx, c)).map((c) => itemOf(ctx, c)), next: page.next, total }
  })
}

// Whoever sees a few cases by their ids has them looked at one by one.
async function matched(db: Db, filter: Filter, sight: KnownSight): Promise<Filter> {
  return filter.q !== undefined && sight.cases ? { ...filter, matches: 'many' } : withMatches(db, filter)
}

// From the counts where they can tell; else the cases are counted, and those that a search by words finds only up to a limit.
async function totalOf(db: Db, tenant: number, { filter, sight }: { filter: Filter; sight: KnownSight }): Promise<number> {
  if (isCounted(filter, sight)) return countedTotal(db, { sight, filter })
  const most = filter.q ? MOST_WITH_WORDS : Number.MAX_SAFE_INTEGER
  if (filter.matches === 'many' && !sight.cases) {
    // As a rule the index alone gives enough of them; only where a filter leaves few of these are all looked at.
    const some = { ...filter, matches: { first: 2 * MOST_WITH_WORDS } }
    if ((await countCases(db, tenant, { filter: some, most, seen: seenBy(sight) })) === most) return most
  }
  return countCases(db, tenant, { filter, most, seen: seenBy(sight) })
}

/** One case with its clocks, its colour and why, and what this actor may do now or why not. */
export async function showCase(ctx: StaffCtx, id: string, language: 'zh' | 'en') {
  return ctx.tx(async (db) => describeCase(ctx, await getCase(ctx, db, id), language))
}

/** A case as it leaves after a read or an act. */
export function describeCase(ctx: StaffCtx, found: Moved, language: 'zh' | 'en') {
  const env = envOf(ctx)
  const words = (why: Refusal) => say(refusalText(why), why.params, language)
  const moves = whatNow(found.case, ctx.actor, env).map(({ move, allowed, why, needs, lacks }) => ({
    ...{ move, allowed, needs, lacks: lacks.map((open) => ({ gate: open.gate, text: words(open.why) })) },
    ...(why ? { why: { code: why.code, text: words(why), params: why.params } } : {}),
    ...(why?.code === 'cases/not-in-this-state' ? { after: movesBefore(found.case, move, env) } : {}),
  }))
  return {
    ...detail(found.case, ctx.actor),
    moves,
    clocks: clockView(found.case, env.today, ctx.law),
    colour: { colour: found.colour, why: found.colourWhy },
    ...(found.undoUntil && { undoUntil: found.undoUntil }),
  }
}

/** The story of a case: its events with their authors, oldest first. */
export async function showEvents(ctx: StaffCtx, id: string) {
  return ctx.tx(async (db) => {
    const found = await getCase(ctx, db, id)
    const events = await findEvents(db, ctx.actor.tenant, id)
    const undo = await undoOf(ctx, db, { case: found.case, events })
    return { events: events.map((e) => eventItem(e, ctx.actor)), ...(undo && { undo }) }
  })
}

const mayList = (ctx: StaffCtx, found: Coloured<Listed>) => !ctx.policy || canSee(ctx.actor, found.case)

function itemOf(ctx: StaffCtx, found: Coloured<Listed>) {
  const today = dayOf(ctx.now.toISOString() as Instant)
  return {
    ...listItem(found.case, ctx.actor),
    colour: found.colour,
    why: found.colourWhy,
    clocks: clockBriefs(found.case, today, ctx.law),
  }
}
