import type { Db } from '../../base/db.ts'
import { eventsBefore } from '../../base/journal/store.ts'
import { addDays, type Day, type Instant } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { problem } from '../problems.ts'
import { canSee } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import { colourOf } from '../rules/colours.ts'
import { clockBriefs } from '../rules/deadlines.ts'
import { fold } from '../rules/evolve.ts'
import { listItem } from '../rules/wire.ts'
import { type Coloured, eventOf, findSnapshots } from '../store.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { type Begun, countBegun, findFirstDay, monthsFrozenBefore, pageOfBegun } from './store-history.ts'

/** A day and, where it is asked for, a county. */
export type AsOf = { day: Day; region?: string | undefined }

/**
 * The list as it stood at the end of a day (Asia/Shanghai): state, colour by the rules and the frozen months of that day, last day, who
 * was responsible. What a reader may see is what the reader may see today.
 */
export async function listAsOf(ctx: StaffCtx, o: AsOf & { after?: string | undefined; limit: number }) {
  return ctx.tx(async (db) => {
    const page = await pageAsOf(ctx, db, o)
    const total = o.after ? null : await countAsOf(ctx, db, o)
    const items = page.items.map(({ case: c, colour, colourWhy }) => ({
      ...listItem(c, ctx.actor),
      ...{ colour, why: colourWhy, clocks: clockBriefs(c, o.day, ctx.law) },
    }))
    return { day: o.day, items, next: page.next, total }
  })
}

/** How many cases are on it. */
export async function countAsOf(ctx: StaffCtx, db: Db, o: AsOf): Promise<number> {
  return countBegun(db, ctx.actor.tenant, { ...o, seen: seenBy(await sightIn(ctx, db)) })
}

/** One page of it, with the whole cases; refuses a day to come and a day before anything was recorded. */
export async function pageAsOf(
  ctx: StaffCtx,
  db: Db,
  o: AsOf & { after?: string | undefined; limit: number },
): Promise<{ items: Coloured[]; next: string | null }> {
  const { today } = envOf(ctx)
  if (o.day > today) throw problem('as-of-future', { found: o.day, expected: today })
  const { tenant } = ctx.actor
  const end = endOf(o.day)
  const { rows, next } = await pageOfBegun(db, tenant, { ...o, end, seen: seenBy(await sightIn(ctx, db)) })
  if (rows.length === 0 && !o.after) await refuseBeforeFirst(db, tenant, o.day)
  const seen = rows.filter(({ case: c }) => !ctx.policy || canSee(ctx.actor, c))
  return { items: await standAsOf(db, { tenant, law: ctx.law }, { rows: seen, day: o.day }), next }
}

/** These cases as they stood, and the colour they had, at the end of a day. */
export async function standAsOf(db: Db, o: Judge, { rows, day }: { rows: Begun[]; day: Day }): Promise<Coloured[]> {
  return colouredAsOf(db, o, { cases: await casesAsOf(db, o.tenant, { rows, end: endOf(day) }), day })
}

/** `months` are the frozen months that count; without it those that had been frozen by that evening, as somebody saw them then. */
type Judge = { tenant: number; law: Law; months?: ReadonlySet<string> }

/** The moment at which a Shanghai day is over. */
export const endOf = (day: Day): Instant => `${addDays(day, 1)}T00:00:00.000+08:00` as Instant

async function refuseBeforeFirst(db: Db, tenant: number, day: Day): Promise<void> {
  const first = await findFirstDay(db, tenant)
  if (first && day < first) throw problem('as-of-before', { found: day, expected: first })
}

const FOLDED_AT_ONCE = 50

// Untouched since: the case stands as it stood. The others are folded anew from what had happened by then.
async function casesAsOf(db: Db, tenant: number, { rows, end }: { rows: Begun[]; end: Instant }): Promise<Case[]> {
  const touched = rows.filter((row) => row.touched).map((row) => row.case.id)
  const before = new Map<string, Case>()
  for (let at = 0; at < touched.length; at += FOLDED_AT_ONCE) {
    const ids = touched.slice(at, at + FOLDED_AT_ONCE)
    for (const c of folded(await eventsBefore(db, tenant, { context: 'cases', ids, before: end }))) before.set(c.id, c)
  }
  return rows.flatMap((row) => (row.touched ? (before.get(row.case.id) ?? []) : row.case))
}

function folded(events: Awaited<ReturnType<typeof eventsBefore>>): Case[] {
  const bySubject = Map.groupBy(events, (e) => e.subject)
  return [...bySubject.values()].flatMap((own) => fold(own.map(eventOf)) ?? [])
}

// A month that was frozen only after that day was not known on it.
async function colouredAsOf(
  db: Db,
  { tenant, law, months }: Judge,
  { cases, day }: { cases: Case[]; day: Day },
): Promise<Coloured[]> {
  if (cases.length === 0) return []
  const known = months ?? (await monthsFrozenBefore(db, tenant, endOf(day)))
  const past = await findSnapshots(
    db,
    cases.map((c) => c.id),
  )
  return cases.map((c) => {
    const snapshots = (past.get(c.id) ?? []).filter(({ month }) => known.has(month))
    const { colour, why } = colourOf(c, { today: day, law }, snapshots)
    return { case: c, colour, colourWhy: why }
  })
}
