import { randomUUID } from 'node:crypto'
import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { orThrow, refuseStale, tell } from './journal.ts'
import { problem } from './problems.ts'
import type { Role } from './rules/actor.ts'
import {
  decideClosePost,
  decideGive,
  decideHandOver,
  decideLeavePost,
  type PostEvent,
  type PostState,
  refuseTwoPowers,
} from './rules/posts.ts'
import { bumpPost, closePostRow, deleteSessionsOf, insertPost, replaceHolder } from './store.ts'
import { findAccount, listDuties, listPosts, type PostRow } from './store-directory.ts'

/** Creates a post nobody holds yet. */
export async function createPost(ctx: Ctx, o: { org: string; title: string; role: Role; area: string }): Promise<string> {
  const id = randomUUID()
  await ctx.tx(async (db) => {
    await insertPost(db, { id, ...o })
    await tell(ctx, db, { context: 'people', told: [{ id, version: 1, event: { type: 'post_created', ...o } }] })
  })
  return id
}

/** 授岗: gives a free post; nobody gives one to themselves, and the three administrators' powers stay apart. */
export async function givePost(ctx: Ctx, o: { post: string; account: string; standIn: boolean }): Promise<PostRow> {
  return ctx.tx(async (db) => {
    if (ctx.actor.account === o.account) throw problem('own-post')
    const post = await getPost(db, o.post)
    await refusePowers(db, post, o.account)
    const event = orThrow(decideGive(stateOf(post), o))
    return settle(ctx, db, { post, event, to: o.account, standIn: o.standIn })
  })
}

interface HandOver {
  post: string
  from: string
  to: string
  reason: string
  version: number
}

/** 移交: another person takes over; the giver's sessions end, the trail of who held the post stays. */
export async function handOver(ctx: Ctx, o: HandOver): Promise<PostRow> {
  return ctx.tx(async (db) => {
    if (ctx.actor.account === o.to) throw problem('own-post')
    const post = await getPost(db, o.post)
    refuseStale(o.version, post.version)
    const giver = await getAccount(db, o.from, { closed: true })
    await refusePowers(db, post, o.to)
    const event = orThrow(decideHandOver(stateOf(post), { ...o, name: giver.name }))
    const standIn = event.type === 'handed_over' && event.standIn
    await deleteSessionsOf(db, o.from) // before the journal's head is locked: the giver may be writing this moment
    return settle(ctx, db, { post, event, from: o.from, to: o.to, standIn })
  })
}

/** 离岗: the post stays vacant, with the reason in its story. */
export async function leavePost(ctx: Ctx, o: Omit<HandOver, 'to'>): Promise<PostRow> {
  return ctx.tx(async (db) => {
    const post = await getPost(db, o.post)
    refuseStale(o.version, post.version)
    const { name } = await getAccount(db, o.from, { closed: true })
    const event = orThrow(decideLeavePost(stateOf(post), { account: o.from, reason: o.reason, name }))
    await deleteSessionsOf(db, o.from)
    return settle(ctx, db, { post, event, from: o.from, standIn: post.standIn?.account === o.from })
  })
}

/** 撤销岗位: nobody is given it any more; who held it stays on record. */
export async function closePost(ctx: Ctx, o: { post: string; reason: string; version: number }): Promise<{ id: string }> {
  return ctx.tx(async (db) => {
    const post = await getPost(db, o.post)
    refuseStale(o.version, post.version)
    const duties = (await listDuties(db, {})).filter((d) => !d.to && (d.post === o.post || d.standInPost === o.post))
    const event = orThrow(decideClosePost(stateOf(post), { reason: o.reason, duties: duties.length }))
    await bump(db, post)
    await closePostRow(db, { id: o.post, day: dayOf(ctx.now.toISOString() as Instant) })
    await tell(ctx, db, { context: 'people', told: [{ id: o.post, version: post.version + 1, event }] })
    return { id: o.post }
  })
}

async function getPost(db: Db, id: string): Promise<PostRow> {
  const post = (await listPosts(db, { id }))[0]
  if (!post) throw problem('no-such', { what: id })
  return post
}

async function getAccount(db: Db, id: string, o: { closed?: true } = {}) {
  const account = await findAccount(db, id)
  if (!account || (account.disabledOn && !o.closed)) throw problem('no-such', { what: id })
  return account
}

async function refusePowers(db: Db, post: PostRow, account: string): Promise<void> {
  const held = (await getAccount(db, account)).posts.map((p) => p.role)
  const refusal = refuseTwoPowers(post.role, held)
  if (refusal) orThrow<never>(refusal)
}

function stateOf({ version, held, org, title, role, area, holder, standIn }: PostRow): PostState {
  return {
    version,
    held,
    org,
    title,
    role,
    area,
    ...(holder ? { main: holder.account } : {}),
    ...(standIn ? { standIn: standIn.account } : {}),
  }
}

async function settle(
  ctx: Ctx,
  db: Db,
  o: { post: PostRow; event: PostEvent; from?: string | undefined; to?: string; standIn: boolean },
): Promise<PostRow> {
  await bump(db, o.post)
  const day = dayOf(ctx.now.toISOString() as Instant)
  const holder = { ...(o.from ? { from: o.from } : {}), ...(o.to ? { to: o.to } : {}) }
  await replaceHolder(db, { id: randomUUID(), post: o.post.id, ...holder, standIn: o.standIn, day })
  await tell(ctx, db, { context: 'people', told: [{ id: o.post.id, version: o.post.version + 1, event: o.event }] })
  return getPost(db, o.post.id)
}

async function bump(db: Db, { id, version }: PostRow): Promise<void> {
  if (!(await bumpPost(db, id, version + 1))) throw baseProblem('version-changed', { found: version, expected: version + 1 })
}
