import type { Db } from '../base/db.ts'
import { say } from '../base/problem.ts'
import { type Day, dayOf, type Instant } from '../base/rules/day.ts'
import type { Refusal } from '../base/rules/refusal.ts'
import type { Actor } from '../people/index.ts'
import { boardDays } from './counts/rules/numbers.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { countedTotal, isCounted } from './map/store.ts'
import { getCase, type Moved } from './move.ts'
import { canSee } from './rules/access.ts'
import type { Case } from './rules/case.ts'
import { MOVES, type Move } from './rules/codes.ts'
import { clockBriefs, clockView } from './rules/deadlines.ts'
import type { Env } from './rules/env.ts'
import { whatNow } from './rules/lifecycle.ts'
import type { Sort } from './rules/list-view.ts'
import { movesBefore } from './rules/next.ts'
import { PROCEDURE } from './rules/procedure.ts'
import { isRecheckDue } from './rules/recheck.ts'
import { refusalText } from './rules/refusal-text.ts'
import { detail, eventItem, type Listed, listItem } from './rules/wire.ts'
import { type Coloured, findEvents } from './store.ts'
import { countCases, type Filter, listCases, listRows } from './store-list.ts'
import { type KnownSight, seenBy, sightIn } from './store-sight.ts'
import { undoOf } from './undo.ts'

const MOST_WITH_WORDS = 10_000

/** A page of the list as it leaves: only what the actor may see, only the fields of the wire. */
export async function findCases(ctx: StaffCtx, o: { filter: Filter; sort?: Sort; after?: string | undefined; limit: number }) {
  return ctx.tx(async (db) => {
    const filter = { ...o.filter, days: boardDays(envOf(ctx).today, ctx.law) }
    const sight = await sightIn(ctx, db)
    const page = await listRows(db, ctx.actor.tenant, { ...o, filter, seen: seenBy(sight) })
    const total = o.after ? null : await totalOf(db, ctx.actor.tenant, { filter, sight })
    return { items: page.items.filter((c) => mayList(ctx, c)).map((c) => itemOf(ctx, c)), next: page.next, total }
  })
}

// From the counts where they can tell; else the cases are counted, and those that a search by words finds only up to a limit.
async function totalOf(db: Db, tenant: number, { filter, sight }: { filter: Filter; sight: KnownSight }): Promise<number> {
  if (isCounted(filter, sight)) return countedTotal(db, { sight, filter })
  const most = filter.q ? MOST_WITH_WORDS : Number.MAX_SAFE_INTEGER
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

/** Moves that wait for somebody: the ones a day at the desk consists of. */
const DUTIES_OF_THE_DAY: readonly Move[] = [
  'triage',
  'assign',
  'arbitrate',
  'sign',
  'plan',
  'approve_plan',
  'decide_extension',
  'self_check',
  'county_accept',
  'city_accept',
  'publicise',
  'resolve_objection',
  'file',
  'close',
  'mark_unfounded',
  'override_colour',
  'recheck',
]

/** What of a day's duties waits for somebody on a case now. */
export function waitingFor(c: Case, actor: Actor, env: Omit<Env, 'by'>): Move[] {
  return whatNow(c, actor, env).flatMap(({ move, allowed }) =>
    allowed && DUTIES_OF_THE_DAY.includes(move) && isDue(move, { case: c } as Coloured, env.today) ? [move] : [],
  )
}

const MOST_PAGES = 10

/** 我的工作: by move, the cases where it is this actor's turn now. Reads only cases in states that such a move starts from, 2,000 at most. */
export async function findWork(ctx: StaffCtx) {
  const env = envOf(ctx)
  const mine = DUTIES_OF_THE_DAY.filter((move) => ctx.actor.holdings.some((h) => isFor(move, h.role)))
  // Of all that was cleared off only what is to be looked back at.
  const state = [...new Set(mine.flatMap((move) => PROCEDURE[move].from))].filter((from) => from !== 'closed')
  const filters: Filter[] = [
    ...(mine.includes('recheck') ? [{ recheckBy: env.today }] : []),
    ...(state.length > 0 ? [{ state }] : []),
  ]
  return ctx.tx(async (db) => {
    const groups = new Map<Move, Coloured[]>()
    for (const filter of filters)
      for await (const found of casesOf(ctx, db, filter))
        for (const now of whatNow(found.case, ctx.actor, env))
          if (now.allowed && mine.includes(now.move) && isDue(now.move, found, env.today))
            groups.set(now.move, [...(groups.get(now.move) ?? []), found])
    return {
      groups: MOVES.filter((m) => groups.has(m)).map((move) => ({
        move,
        total: groups.get(move)!.length,
        items: byUrgency(groups.get(move)!)
          .slice(0, 50)
          .map((c) => itemOf(ctx, c)),
      })),
    }
  })
}

async function* casesOf(ctx: StaffCtx, db: Db, filter: Filter): AsyncGenerator<Coloured> {
  const seen = seenBy(await sightIn(ctx, db))
  for (let after: string | undefined, pages = 0; pages < MOST_PAGES; pages++) {
    const page = await listCases(db, ctx.actor.tenant, { filter, after, limit: 200, seen })
    yield* page.items.filter((c) => mayList(ctx, c))
    if (!page.next) return
    after = page.next
  }
}

// Red first, then the earliest day: what is cut off at the end is what can wait.
function byUrgency(cases: Coloured[]): Coloured[] {
  const rank = { red: 0, yellow: 1, green: 2 }
  const keyOf = (c: Coloured) => `${rank[c.colour]} ${c.case.due ?? '9999'}`
  return [...cases].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

// A second word is work only while a first one waits; a look-back only where the case was drawn for one and its day has come.
function isDue(move: Move, { case: c }: Coloured, today: Day): boolean {
  if (move === 'mark_unfounded') return c.pending?.kind === 'unfounded'
  if (move === 'override_colour') return c.pending?.kind === 'colour'
  if (move === 'recheck') return isRecheckDue(c, today)
  return true
}

const isFor = (move: Move, role: keyof (typeof PROCEDURE)['sign']['by']) =>
  role in PROCEDURE[move].by || (PROCEDURE[move].confirmedBy ?? []).includes(role)

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
