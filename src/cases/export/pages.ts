import type { StaffCtx } from '../ctx.ts'
import { canSee } from '../rules/access.ts'
import { detail, listItem } from '../rules/wire.ts'
import type { Coloured } from '../store.ts'
import { type Filter, listCases, listRows, type Page } from '../store-list.ts'
import { type KnownSight, seenBy, sightIn } from '../store-sight.ts'
import type { Placed } from './places.ts'
import type { Exported } from './rows.ts'

/** So few that whoever waits for the embedded engine's one connection, or for this process, hardly notices. */
export const PAGE = 50

/** Every case of the filter with what may leave of it, newest report first. Each page is a transaction of its own, so it is as fresh as it can be. */
export function pagesOfCases(ctx: StaffCtx, filter: Filter): AsyncGenerator<Exported[]> {
  return pages(ctx, {
    read: (db, o) => listCases(db, ctx.actor.tenant, { ...o, filter }),
    cut: ({ case: c, colour }) => ({ case: detail(c, ctx.actor), colour }),
  })
}

/** The same with what a row of the list shows. */
export function pagesOfRows(ctx: StaffCtx, filter: Filter): AsyncGenerator<Placed[]> {
  return pages(ctx, {
    read: (db, o) => listRows(db, ctx.actor.tenant, { ...o, filter }),
    cut: ({ case: c, colour }) => ({ case: listItem(c, ctx.actor), colour }),
  })
}

type Db = Parameters<Parameters<StaffCtx['apart']>[0]>[0]
type Seen = Parameters<typeof canSee>[1]
interface Reading<C extends Seen, T> {
  read(db: Db, o: { after: string | undefined; limit: number; seen: ReturnType<typeof seenBy> }): Promise<Page<C>>
  cut(found: Coloured<C>): T
}

async function* pages<C extends Seen, T>(ctx: StaffCtx, { read, cut }: Reading<C, T>): AsyncGenerator<T[]> {
  let sight: KnownSight | undefined
  for (let after: string | undefined; ; ) {
    const page = await ctx.apart(async (db) => {
      sight ??= await sightIn(ctx, db)
      return read(db, { after, limit: PAGE, seen: seenBy(sight) })
    })
    yield page.items.filter((found) => !ctx.policy || canSee(ctx.actor, found.case)).map(cut)
    if (!page.next) return
    after = page.next
    await new Promise((others) => setImmediate(others)) // requests that came meanwhile
  }
}
