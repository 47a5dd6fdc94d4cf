import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import type { Day } from '../base/rules/day.ts'
import { changeAccount, createAccount } from './accounts.ts'
import { leave, showLeaving } from './leave.ts'
import { type Actor, ROLES } from './rules/actor.ts'
import { listAccounts } from './store-directory.ts'
import { makeTeam } from './team.ts'

const route = routeOf<Actor>()
const Uuid = z.uuid()
const Id = z.object({ id: Uuid })
const Text = z.string().trim().min(1).max(200)
const DayText = z.iso.date().transform((day) => day as Day)
const Username = z.string().regex(/^[\w.-]{3,40}$/)
const Clearance = z.number().int().min(0).max(3)
const Account = z.object({
  id: Uuid,
  username: z.string(),
  name: z.string(),
  clearance: z.number(),
  version: z.number(),
  readOnly: z.boolean(),
  mustChange: z.boolean(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  disabledOn: z.string().nullable(),
  leftOn: z.string().nullable(),
  posts: z.array(z.object({ title: z.string(), role: z.enum(ROLES) })),
})
const Changed = z.object({ id: Uuid, version: z.number(), password: z.string().nullable() })
const HeldPost = z.object({
  id: Uuid,
  title: z.string(),
  role: z.enum(ROLES),
  orgName: z.string(),
  area: z.string(),
  version: z.number(),
  asStandIn: z.boolean(),
  duties: z.array(z.object({ id: Uuid, name: z.string(), area: z.string() })),
})

/** One act on an account as a route: what it takes beside the reason differs, the rest does not. */
function act<S extends z.ZodRawShape>(name: 'rename' | 'clear' | 'limit' | 'reset' | 'disable' | 'enable', o: Act<S>): AnyRoute {
  return route({
    method: 'POST',
    path: `/api/accounts/{id}/${o.path}`,
    permission: 'people.manage',
    summary: o.summary,
    params: Id,
    body: z.object({ ...o.body, reason: Text }),
    reply: Changed,
    ifMatch: true,
    tellsSecret: true,
    run: async (ctx, { params, body, version }) => {
      const asked = { ...body, act: name } as unknown as Parameters<typeof changeAccount>[1]['act']
      const { state, password } = await changeAccount(ctx, { id: params.id, version, act: asked })
      return { id: params.id, version: state.version, password }
    },
  })
}

interface Act<S> {
  path: string
  summary: { zh: string; en: string }
  body: S
}

/** Accounts and what becomes of them; passwords given here are told in the answer that gives them, and to the same request again. */
export const accountRoutes: AnyRoute[] = [
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
    summary: { zh: '新增账号（首次登录须改密）', en: 'Create an account; its password is changed at the first sign-in' },
    body: z.object({ username: Username, name: Text, clearance: Clearance, password: z.string().max(200) }),
    reply: z.object({ id: Uuid }),
    status: 201,
    run: async (ctx, { body }) => ({ id: await createAccount(ctx, { ...body, mustChange: true }) }),
  }),
  act('rename', { path: 'rename', summary: { zh: '账号改名', en: 'Rename the person of an account' }, body: { name: Text } }),
  act('clear', { path: 'clearance', summary: { zh: '调整密级', en: 'Change the clearance' }, body: { clearance: Clearance } }),
  act('limit', {
    path: 'validity',
    summary: { zh: '设定有效期', en: 'Set the days of an account' },
    body: { validFrom: DayText.optional(), validTo: DayText.optional() },
  }),
  act('reset', { path: 'reset', summary: { zh: '重置为一次性密码', en: 'Reset to a one-time password' }, body: {} }),
  act('disable', { path: 'disable', summary: { zh: '停用账号', en: 'Disable an account' }, body: {} }),
  act('enable', { path: 'enable', summary: { zh: '启用账号', en: 'Enable an account' }, body: {} }),
  route({
    method: 'GET',
    path: '/api/accounts/{id}/leaving',
    permission: 'people.manage',
    summary: { zh: '离任前：所任岗位、职责和令牌', en: 'What a person who leaves holds' },
    params: Id,
    reply: z.object({ account: Account, posts: z.array(HeldPost), tokens: z.number() }),
    run: (ctx, { params }) => showLeaving(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/accounts/{id}/leave',
    permission: 'people.manage',
    summary: { zh: '离任：逐岗移交或空缺', en: 'A person leaves: each post is handed over or left vacant' },
    params: Id,
    body: z.object({
      reason: Text,
      posts: z.array(z.object({ post: Uuid, version: z.int().min(1), to: Uuid.optional(), reason: Text })).max(50),
    }),
    reply: z.object({ id: Uuid, version: z.number(), left: z.string() }),
    ifMatch: true,
    run: async (ctx, { params, body, version }) => {
      const left = await leave(ctx, { id: params.id, version, ...body })
      return { id: left.id, version: left.version, left: left.left! }
    },
  }),
  route({
    method: 'POST',
    path: '/api/inspection-teams',
    permission: 'people.manage',
    summary: { zh: '为检查组开立限期只读账号', en: 'Accounts of an inspection team: for some days, reading only' },
    body: z.object({
      team: Text,
      prefix: z.string().regex(/^[\w.-]{3,30}$/),
      members: z.array(Text).min(1).max(100),
      role: z.enum(['leader', 'inspector', 'county_office', 'publisher', 'auditor']),
      area: z.string().max(20),
      clearance: Clearance,
      validFrom: DayText,
      validTo: DayText,
    }),
    reply: z.object({
      org: Uuid,
      items: z.array(z.object({ id: Uuid, username: z.string(), name: z.string(), password: z.string().nullable() })),
    }),
    tellsSecret: true,
    status: 201,
    run: (ctx, { body }) => makeTeam(ctx, body),
  }),
]
