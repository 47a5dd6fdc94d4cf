import { z } from 'zod'
import { type AnyRoute, type RawReply, routeOf } from '../base/http/route.ts'
import { exportAccess, exportTrail, showProof } from './audit.ts'
import { ACCESS_KINDS } from './rules/access.ts'
import type { Actor } from './rules/actor.ts'
import { listAccess, listTrail } from './store-audit.ts'

const route = routeOf<Actor>()
const AT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z`
const Asked = z.object({
  person: z.string().trim().min(1).max(100).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
const Paged = { limit: z.coerce.number().int().min(1).max(200).default(50) }
const TrailAsked = Asked.extend({
  kind: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
  context: z
    .string()
    .regex(/^[a-z]{1,30}$/)
    .optional(),
})
const AccessAsked = Asked.extend({ kind: z.enum(ACCESS_KINDS).optional() })
const Trail = z.object({
  seq: z.number(),
  at: z.string(),
  context: z.string(),
  kind: z.string(),
  subject: z.string(),
  account: z.string(),
  name: z.string(),
  role: z.string().nullable(),
  title: z.string().nullable(),
})
const Access = z.object({
  id: z.uuid(),
  at: z.string(),
  kind: z.enum(ACCESS_KINDS),
  account: z.string().nullable(),
  username: z.string().nullable(),
  name: z.string().nullable(),
  token: z.string().nullable(),
  source: z.string(),
  what: z.string(),
})

const csv = (name: string, body: string): RawReply => ({
  type: 'text/csv; charset=utf-8',
  body,
  headers: { 'content-disposition': `attachment; filename="${name}.csv"` },
})

/** What an auditor reads: who did what and when, and who came in; never what a case says. */
export const auditRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/audit/events',
    permission: 'journal.read',
    summary: { zh: '审计：谁在何时做了什么', en: 'Audit: who did what and when' },
    query: TrailAsked.extend({
      ...Paged,
      after: z
        .string()
        .regex(new RegExp(`^${AT}\\|\\d{1,15}$`))
        .optional(),
    }),
    reply: z.object({ items: z.array(Trail), next: z.string().nullable() }),
    run: (ctx, { query }) => ctx.tx((db) => listTrail(db, query)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/events/file',
    permission: 'journal.read',
    summary: { zh: '审计：导出事件（csv）', en: 'Audit: the events as csv' },
    query: TrailAsked,
    run: async (ctx, { query }) => csv('audit-events', await exportTrail(ctx, query)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/access',
    permission: 'journal.read',
    summary: { zh: '审计：登录与令牌使用', en: 'Audit: sign-ins and tokens' },
    query: AccessAsked.extend({
      ...Paged,
      after: z
        .string()
        .regex(new RegExp(`^${AT}\\|[0-9a-f-]{36}$`))
        .optional(),
    }),
    reply: z.object({ items: z.array(Access), next: z.string().nullable() }),
    run: (ctx, { query }) => ctx.tx((db) => listAccess(db, query)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/access/file',
    permission: 'journal.read',
    summary: { zh: '审计：导出登录记录（csv）', en: 'Audit: the sign-ins as csv' },
    query: AccessAsked,
    run: async (ctx, { query }) => csv('audit-access', await exportAccess(ctx, query)),
  }),
  route({
    method: 'GET',
    path: '/api/audit/proof',
    permission: 'journal.read',
    summary: { zh: '审计：存证、检查点与最近校验', en: 'Audit: the journal, its checkpoint and its last verification' },
    reply: z.object({
      events: z.number(),
      checkpoint: z.object({ size: z.number(), at: z.string(), root: z.string() }).nullable(),
      verified: z.object({ at: z.string(), ok: z.boolean(), events: z.number() }).nullable(),
    }),
    run: (ctx) => showProof(ctx),
  }),
]
