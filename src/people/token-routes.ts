import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import type { Day } from '../base/rules/day.ts'
import type { Actor } from './rules/actor.ts'
import { SCOPES } from './rules/tokens.ts'
import { listTokens } from './store-tokens.ts'
import { makeToken, revokeToken } from './tokens.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Text = z.string().trim().min(1).max(200)
const Token = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  readOnly: z.boolean(),
  expiresOn: z.string().nullable(),
  createdAt: z.string(),
  seenAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})

/** Tokens of one's own for machine clients. A token makes, lists and ends none. */
export const tokenRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/tokens',
    permission: 'signed-in',
    person: true,
    summary: { zh: '我的访问令牌', en: 'My tokens' },
    reply: z.object({ items: z.array(Token) }),
    run: (ctx) => ctx.tx(async (db) => ({ items: await listTokens(db, ctx.actor.account) })),
  }),
  route({
    method: 'POST',
    path: '/api/tokens',
    permission: 'signed-in',
    person: true,
    summary: { zh: '新建访问令牌（只显示一次）', en: 'Make a token, shown once' },
    body: z.object({
      name: Text,
      scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
      readOnly: z.boolean().default(true),
      expires: z.iso
        .date()
        .transform((day) => day as Day)
        .optional(),
    }),
    reply: Token.extend({ token: z.string().nullable() }),
    status: 201,
    tellsSecret: true,
    run: async (ctx, { body }) => {
      const { token, row } = await makeToken(ctx, body)
      return { ...row, token }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tokens/{id}/revoke',
    permission: 'signed-in',
    person: true,
    summary: { zh: '吊销我的访问令牌', en: 'Revoke a token of mine' },
    params: Id,
    body: z.object({ reason: Text }),
    reply: z.object({ id: z.uuid() }),
    run: (ctx, { params, body }) => revokeToken(ctx, { id: params.id, reason: body.reason }),
  }),
]
