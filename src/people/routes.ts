import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { accountRoutes } from './account-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { giveDuty, liftDuty } from './duties.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { organisationRoutes } from './organisation-routes.ts'
import { closePost, createPost, givePost, handOver, leavePost } from './posts.ts'
import { problem } from './problems.ts'
import { type Actor, ROLES } from './rules/actor.ts'
import { hasPost, listDuties, listHolders, listPosts } from './store-directory.ts'
import { tokenRoutes } from './token-routes.ts'

const route = routeOf<Actor>()
const Uuid = z.uuid()
const Text = z.string().trim().min(1).max(200)
const Holder = z.object({ account: Uuid, name: z.string(), open: z.boolean() }).nullable()
const Post = z.object({
  id: Uuid,
  title: z.string(),
  role: z.enum(ROLES),
  org: Uuid,
  orgName: z.string(),
  area: z.string(),
  version: z.number(),
  holder: Holder,
  standIn: Holder,
})
const Duty = z.object({
  id: Uuid,
  name: z.string(),
  area: z.string(),
  post: Uuid,
  postTitle: z.string(),
  standInPost: Uuid.nullable(),
  standInTitle: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable(),
})
const PastHolder = z.object({
  account: Uuid,
  name: z.string(),
  standIn: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
  handedTo: z.string().nullable(),
})

/** Organisations, posts and who holds them. Signing in stands in main's session routes, as it needs no actor. */
export const routes: AnyRoute[] = [
  ...organisationRoutes,
  route({
    method: 'GET',
    path: '/api/posts',
    permission: 'directory.read',
    summary: { zh: '岗位及在岗人员（A、B 角）', en: 'Posts and who holds them' },
    query: z.object({ role: z.enum(ROLES).optional() }),
    reply: z.object({ items: z.array(Post) }),
    run: (ctx, { query }) => ctx.tx(async (db) => ({ items: await listPosts(db, query) })),
  }),
  route({
    method: 'POST',
    path: '/api/posts',
    permission: 'people.manage',
    summary: { zh: '新增岗位', en: 'Create a post' },
    body: z.object({ org: Uuid, title: Text, role: z.enum(ROLES), area: z.string().max(20) }),
    reply: z.object({ id: Uuid }),
    status: 201,
    run: async (ctx, { body }) => ({ id: await createPost(ctx, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/posts/{id}/holders',
    permission: 'people.manage',
    summary: { zh: '授岗（A 角或 B 角）', en: 'Give a post' },
    params: z.object({ id: Uuid }),
    body: z.object({ account: Uuid, standIn: z.boolean().default(false) }),
    reply: Post,
    run: (ctx, { params, body }) => givePost(ctx, { post: params.id, ...body }),
  }),
  route({
    method: 'POST',
    path: '/api/posts/{id}/hand-over',
    permission: 'people.manage',
    summary: { zh: '岗位移交', en: 'Hand a post over' },
    params: z.object({ id: Uuid }),
    body: z.object({ from: Uuid, to: Uuid, reason: Text }),
    reply: Post,
    ifMatch: true,
    run: (ctx, { params, body, version }) => handOver(ctx, { post: params.id, ...body, version }),
  }),
  route({
    method: 'GET',
    path: '/api/posts/{id}/holders',
    permission: 'directory.read',
    summary: { zh: '岗位历任（可问某一天由谁担任）', en: 'Who held a post, also on a day' },
    params: z.object({ id: Uuid }),
    query: z.object({ day: z.iso.date().optional() }),
    reply: z.object({ items: z.array(PastHolder) }),
    run: (ctx, { params, query }) =>
      ctx.tx(async (db) => {
        if (!(await hasPost(db, params.id))) throw problem('no-such', { what: params.id })
        return { items: await listHolders(db, { post: params.id, day: query.day }) }
      }),
  }),
  route({
    method: 'POST',
    path: '/api/posts/{id}/leave',
    permission: 'people.manage',
    summary: { zh: '离岗（岗位空缺）', en: 'Leave a post vacant' },
    params: z.object({ id: Uuid }),
    body: z.object({ from: Uuid, reason: Text }),
    reply: Post,
    ifMatch: true,
    run: (ctx, { params, body, version }) => leavePost(ctx, { post: params.id, ...body, version }),
  }),
  route({
    method: 'POST',
    path: '/api/posts/{id}/close',
    permission: 'people.manage',
    summary: { zh: '撤销岗位', en: 'Close a post' },
    params: z.object({ id: Uuid }),
    body: z.object({ reason: Text }),
    reply: z.object({ id: Uuid }),
    ifMatch: true,
    run: (ctx, { params, body, version }) => closePost(ctx, { post: params.id, reason: body.reason, version }),
  }),
  route({
    method: 'GET',
    path: '/api/duties',
    permission: 'directory.read',
    summary: { zh: '职责（岗位与替补岗位）', en: 'Standing duties with their posts and stand-in posts' },
    query: z.object({ area: z.string().max(20).optional() }),
    reply: z.object({ items: z.array(Duty) }),
    run: (ctx, { query }) => ctx.tx(async (db) => ({ items: await listDuties(db, query) })),
  }),
  route({
    method: 'POST',
    path: '/api/duties',
    permission: 'people.manage',
    summary: { zh: '赋予职责', en: 'Give a standing duty to a post' },
    body: z.object({ name: Text, post: Uuid, standInPost: Uuid.optional(), area: z.string().max(20) }),
    reply: Duty,
    status: 201,
    run: (ctx, { body }) => giveDuty(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/duties/{id}/lift',
    permission: 'people.manage',
    summary: { zh: '解除职责', en: 'End a duty' },
    params: z.object({ id: Uuid }),
    body: z.object({ reason: Text }),
    reply: Duty,
    run: (ctx, { params, body }) => liftDuty(ctx, { id: params.id, reason: body.reason }),
  }),
  ...accountRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...inboxRoutes,
]
