import { randomUUID } from 'node:crypto'
import type { Db } from '../../base/db.ts'
import { baseProblem } from '../../base/problem.ts'
import type { StaffCtx } from '../ctx.ts'
import { problem } from '../problems.ts'
import type { SavedView } from '../rules/list-view.ts'
import { asOwner, countViews, deleteView, dropFirst, insertView, listViews, updateView } from './store-views.ts'

const MOST = 50

/** A view as its author writes it. */
export type ViewWords = Pick<SavedView, 'name' | 'filters' | 'sort' | 'columns' | 'shared' | 'first'>

/** The views of the person who asks, and those that the own organisations share. */
export function findViews(ctx: StaffCtx): Promise<{ items: SavedView[] }> {
  return mine(ctx, async (db) => ({ items: await listViews(db, ctx.actor.account) }))
}

export function addView(ctx: StaffCtx, words: ViewWords): Promise<SavedView> {
  return mine(ctx, async (db) => {
    const { account } = ctx.actor
    if ((await countViews(db, account)) >= MOST) throw problem('views-full', { expected: MOST })
    const id = randomUUID()
    await insertView(db, account, { ...rowOf(ctx, words), id })
    if (words.first) await dropFirst(db, account, id)
    return getView(db, account, id)
  })
}

/** Only its author changes a view; for everybody else it is not there to be changed. */
export function changeView(ctx: StaffCtx, id: string, o: { words: ViewWords; version: number }): Promise<SavedView> {
  return mine(ctx, async (db) => {
    const { account } = ctx.actor
    const before = await getView(db, account, id)
    const changed = await updateView(db, account, { ...rowOf(ctx, o.words), id, version: o.version })
    if (!changed) throw baseProblem('version-changed', { found: o.version, expected: before.version })
    if (o.words.first) await dropFirst(db, account, id)
    return getView(db, account, id)
  })
}

export function dropView(ctx: StaffCtx, id: string, version: number): Promise<SavedView> {
  return mine(ctx, async (db) => {
    const before = await getView(db, ctx.actor.account, id)
    if (!(await deleteView(db, ctx.actor.account, { id, version })))
      throw baseProblem('version-changed', { found: version, expected: before.version })
    return before
  })
}

async function getView(db: Db, account: string, id: string): Promise<SavedView> {
  const found = (await listViews(db, account)).find((view) => view.id === id && view.mine)
  if (!found) throw problem('no-such-view')
  return found
}

// It is shared with the organisation of the first post.
function rowOf({ actor }: StaffCtx, { shared, ...words }: ViewWords) {
  return { ...words, author: actor.name, sharedWith: shared ? (actor.holdings[0]?.org ?? null) : null }
}

function mine<T>(ctx: StaffCtx, work: (db: Db) => Promise<T>): Promise<T> {
  const owner = { account: ctx.actor.account, orgs: ctx.actor.holdings.map(({ org }) => org) }
  return ctx.tx(async (db) => {
    await asOwner(db, owner)
    return work(db)
  })
}
