import { randomUUID } from 'node:crypto'
import type { Ctx, Principal } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { appendEvents } from '../base/journal/store.ts'
import { baseProblem } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { isRefusal, type Refusal } from '../base/rules/refusal.ts'
import { problem } from './problems.ts'
import type { Actor, Role } from './rules/actor.ts'
import { decideGive, decideHandOver, type PostEvent, type PostState, refuseTwoPowers } from './rules/posts.ts'
import { bumpPost, deleteSessionsOf, insertPost, replaceHolder } from './store.ts'
import { findAccount, listPosts, type PostRow } from './store-directory.ts'

/** Creates a post nobody holds yet. */
export async function createPost(ctx: Ctx, o: { org: string; title: string; role: Role; area: string }): Promise<string> {
  const id = randomUUID()
  await ctx.tx(async (db) => {
    await insertPost(db, { id, ...o })
    await journal(ctx, db, { id, version: 1, event: { type: 'post_created', ...o } })
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
    return settle(ctx, db, { post, event, from: undefined, to: o.account, standIn: o.standIn })
  })
}

/** 移交: another person takes over; the giver's sessions end, the trail of who held the post stays. */
export async function handOver(
  ctx: Ctx<Actor>,
  o: { post: string; from: string; to: string; reason: string; version: number },
): Promise<PostRow> {
  return ctx.tx(async (db) => {
    if (ctx.actor.account === o.to) throw problem('own-post')
    const post = await getPost(db, o.post)
    if (post.version !== o.version) throw baseProblem('version-changed', { found: o.version, expected: post.version })
    const giver = await getAccount(db, o.from)
    await refusePowers(db, post, o.to)
    const event = orThrow(decideHandOver(stateOf(post), { ...o, name: giver.name }))
    const standIn = event.type === 'handed_over' && event.standIn
    await deleteSessionsOf(db, o.from) // before the journal's head is locked: the giver may be writing this moment
    return settle(ctx, db, { post, event, from: o.from, to: o.to, standIn })
  })
}

async function getPost(db: Db, id: string): Promise<PostRow> {
  const post = (await listPosts(db, { id }))[0]
  if (!post) throw problem('no-such', { what: id })
  return post
}

async function getAccount(db: Db, id: string) {
  const account = await findAccount(db, id)
  if (!account || account.disabledOn) throw problem('no-such', { what: id })
  return account
}

async function refusePowers(db: Db, post: PostRow, account: string): Promise<void> {
  const held = (await getAccount(db, account)).posts.map((p) => p.role)
  const refusal = refuseTwoPowers(post.role, held)
  if (refusal) orThrow(refusal)
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

function orThrow(answer: PostEvent | Refusal): PostEvent {
  if (isRefusal(answer)) throw problem(answer.code.replace('people/', '') as Parameters<typeof problem>[0], answer.params)
  return answer
}

async function settle(
  ctx: Ctx,
  db: Db,
  o: { post: PostRow; event: PostEvent; from: string | undefined; to: string; standIn: boolean },
): Promise<PostRow> {
  const version = o.post.version + 1
  if (!(await bumpPost(db, o.post.id, version)))
    throw baseProblem('version-changed', { found: o.post.version, expected: version })
  const day = dayOf(ctx.now.toISOString() as Instant)
  await replaceHolder(db, {
    id: randomUUID(),
    post: o.post.id,
    ...(o.from ? { from: o.from } : {}),
    to: o.to,
    standIn: o.standIn,
    day,
  })
  await journal(ctx, db, { id: o.post.id, version, event: o.event })
  return getPost(db, o.post.id)
}

async function journal(ctx: Ctx<Principal>, db: Db, o: { id: string; version: number; event: PostEvent }): Promise<void> {
  const { type, ...data } = o.event
  const by = { account: ctx.actor.account, name: ctx.actor.name }
  await appendEvents(db, ctx.actor.tenant, [
    {
      tenant: ctx.actor.tenant,
      context: 'people',
      subject: o.id,
      subjectSeq: o.version,
      kind: type,
      at: ctx.now.toISOString(),
      by,
      data,
    },
  ])
}
