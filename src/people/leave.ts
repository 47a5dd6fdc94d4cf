import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { around, getAccountState, saveAccount } from './accounts.ts'
import { orThrow, refuseStale } from './journal.ts'
import { handOver, leavePost } from './posts.ts'
import { problem } from './problems.ts'
import { type AccountState, decideLeave, evolveAccount } from './rules/accounts.ts'
import { deleteSessionsOf } from './store.ts'
import { findAccount, listDuties, listPosts, type PostRow } from './store-directory.ts'
import { listTokens } from './store-tokens.ts'
import { revokeTokensOf } from './tokens.ts'

/** What becomes of one post: a successor takes it over, or it stays vacant; both say why. */
export interface Handing {
  post: string
  version: number
  to?: string | undefined
  reason: string
}

/** A post that somebody holds, with the duties that hang on it. */
export type HeldPost = PostRow & { asStandIn: boolean; duties: { id: string; name: string; area: string }[] }

/** What a person who leaves holds: posts with their duties, and live tokens. What waits for them in the list, cases/ counts. */
export async function showLeaving(ctx: Ctx, id: string) {
  return ctx.tx(async (db) => {
    const account = await findAccount(db, id)
    if (!account) throw problem('no-such', { what: id })
    const tokens = (await listTokens(db, id)).filter((t) => !t.revokedAt).length
    return { account, posts: await postsOf(db, id), tokens }
  })
}

async function postsOf(db: Db, account: string): Promise<HeldPost[]> {
  const [posts, duties] = [await listPosts(db, {}), await listDuties(db, {})]
  const mine = posts.filter((p) => p.holder?.account === account || p.standIn?.account === account)
  return mine.map((post) => ({
    ...post,
    asStandIn: post.standIn?.account === account,
    duties: duties
      .filter((d) => !d.to && (d.post === post.id || d.standInPost === post.id))
      .map(({ id, name, area }) => ({ id, name, area })),
  }))
}

/**
 * 离任: every post goes to a successor or stays vacant with a reason, the account opens nothing any more, its tokens end. All or nothing;
 * a post that is not spoken of refuses it. Who held what on which day stays on record (终身问责).
 */
export async function leave(
  ctx: Ctx,
  o: { id: string; version: number; reason: string; posts: readonly Handing[] },
): Promise<AccountState & { id: string }> {
  return ctx.tx(async (db) => {
    const before = await getAccountState(db, o.id)
    refuseStale(o.version, before.version)
    const held = await postsOf(db, o.id)
    const open = held.filter((p) => !o.posts.some((given) => given.post === p.id))
    const event = orThrow(decideLeave(before, { reason: o.reason, posts: open.length }, await around(ctx, db, o.id)))
    await deleteSessionsOf(db, o.id) // before the journal's head is locked: they may be writing this moment
    for (const { to, ...given } of o.posts)
      await (to ? handOver(ctx, { ...given, from: o.id, to }) : leavePost(ctx, { ...given, from: o.id }))
    await revokeTokensOf(ctx, db, { account: o.id, reason: o.reason })
    const state = evolveAccount(before, event)
    await saveAccount(ctx, db, { id: o.id, state, event })
    return { id: o.id, ...state }
  })
}
