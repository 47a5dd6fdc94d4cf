import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { createAccount, createOrganisation } from './accounts.ts'
import { giveDuty, liftDuty } from './duties.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { createPost, givePost, handOver } from './posts.ts'
import { problem } from './problems.ts'
import { type Actor, ROLES } from './rules/actor.ts'
import { listAccounts, listDuties, listOrganisations, listPosts } from './store-directory.ts'

const route = routeOf<Actor>()
const Uuid = z.uuid()
const Text = z.string().trim().min(1).max(200)
const Holder = z.object({ account: Uuid, name: z.string() }).nullable()
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
const Organisation = z.object({ id: Uuid, name: z.string(), kind: z.string(), area: z.string() })
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
const Account = z.object({
  id: Uuid,
  username: z.string(),
  name: z.string(),
  clearance: z.number(),
  disabledOn: z.string().nullable(),
})

/** Organisations, posts and who holds them. Signing in stands in main's session routes, as it needs no actor. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/organisations',
    permission: 'directory.read',
    summary: { zh: '单位名录', en: 'Organisations' },
    reply: z.object({ items: z.array(Organisation) }),
    run: (ctx) => ctx.tx(async (db) => ({ items: await listOrganisations(db) })),
  }),
  route({
    method: 'POST',
    path: '/api/organisations',
    permission: 'people.manage',
    summary: { zh: '新增单位', en: 'Create an organisation' },
    body: z.object({ name: Text, kind: Text, area: z.string().max(20) }),
    reply: z.object({ id: Uuid }),
    status: 201,
    run: async (ctx, { body }) => ({ id: await createOrganisation(ctx, body) }),
  }),
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
  route({
    method: 'GET',
    path: '/api/accounts',
    permission: 'people.manage',
    summary: { zh: '账号', en: 'Accounts' },
    reply: z.object({ items: z.array(Account) }),
    run: (ctx) => ctx.tx(async (db) => ({ items: await listAccounts(db) })),
  }),
  route({
    method: 'POST',
    path: '/api/accounts',
    permission: 'people.manage',
    summary: { zh: '新增账号', en: 'Create an account' },
    body: z.object({
      username: z.string().regex(/^[\w.-]{3,40}$/),
      name: Text,
      clearance: z.number().int().min(0).max(3),
      password: z.string().max(200),
    }),
    reply: z.object({ id: Uuid }),
    status: 201,
    run: async (ctx, { body }) => {
      if (body.password === body.username) throw problem('weak-password')
      return { id: await createAccount(ctx, body) }
    },
  }),
  ...inboxRoutes,
]
