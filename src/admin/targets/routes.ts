import { z } from 'zod'
import type { Logged } from '../../base/delivery/store.ts'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { TARGET_KINDS } from './rules/target.ts'
import type { Target as Kept } from './store.ts'
import { allTargets, createTarget, sendAgain, showDeliveries, stopTarget } from './targets.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Moment = z.string()
const Target = z.object({
  id: z.uuid(),
  kind: z.enum(TARGET_KINDS),
  name: z.string(),
  host: z.string(),
  kinds: z.array(z.string()),
  secrecy: z.number(),
  org: z.string().nullable(),
  region: z.string().nullable(),
  version: z.number(),
  madeByName: z.string(),
  madeAt: Moment,
  stoppedAt: Moment.nullable(),
  stoppedWhy: z.string().nullable(),
})
const Delivery = z.object({
  id: z.uuid(),
  channel: z.string(),
  seq: z.number(),
  subject: z.string().nullable(),
  body: z.unknown(),
  madeAt: Moment,
  status: z.enum(['waiting', 'sent', 'given_up']),
  attempts: z.number(),
  nextAt: Moment,
  triedAt: Moment.nullable(),
  code: z.number().nullable(),
  error: z.string().nullable(),
  againOf: z.string().nullable(),
})
const Address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine((url) => URL.canParse(url) && !new URL(url).username, 'expected an address without a user name in it')
const Words = z.string().trim().min(1).max(200)

/** Webhooks and robots: who manages them sees where they go, never their secrets. */
export const targetRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/targets',
    permission: 'target.manage',
    summary: { zh: '推送目标（Webhook、群机器人）', en: 'Targets: webhooks and robots of chat groups' },
    reply: z.object({ items: z.array(Target) }),
    run: async (ctx) => ({ items: (await allTargets(ctx)).map(targetView) }),
  }),
  route({
    method: 'POST',
    path: '/api/targets',
    permission: 'target.manage',
    summary: { zh: '新增推送目标', en: 'Set up a target' },
    body: z
      .object({
        kind: z.enum(TARGET_KINDS),
        name: Words,
        url: Address,
        secret: z.string().trim().min(1).max(200).optional(),
        kinds: z
          .array(z.string().regex(/^[a-z]+\.[a-z_]+$/))
          .max(100)
          .default([]),
        secrecy: z.number().int().min(0).max(1).default(0),
        region: z.string().max(20).optional(),
        org: z.uuid().optional(),
      })
      .refine((o) => o.secret === undefined || o.kind === 'dingtalk', {
        path: ['secret'],
        error: 'expected none: only a robot of DingTalk brings one',
      }),
    reply: z.object({ target: Target, secret: z.string().nullable() }),
    tellsSecret: true,
    status: 201,
    run: async (ctx, { body }) => {
      const { target, secret } = await createTarget(ctx, body)
      return { target: targetView(target), secret }
    },
  }),
  route({
    method: 'POST',
    path: '/api/targets/{id}/stop',
    permission: 'target.manage',
    summary: { zh: '停用推送目标', en: 'Stop a target' },
    params: Id,
    body: z.object({ why: Words }),
    reply: Target,
    ifMatch: true,
    run: async (ctx, { params, body, version }) => targetView(await stopTarget(ctx, { ...params, version, why: body.why })),
  }),
  route({
    method: 'POST',
    path: '/api/targets/{id}/resume',
    permission: 'target.manage',
    summary: { zh: '恢复推送目标', en: 'Let a stopped target go on' },
    params: Id,
    body: z.object({}),
    reply: Target,
    ifMatch: true,
    run: async (ctx, { params, version }) => targetView(await stopTarget(ctx, { ...params, version, why: null })),
  }),
  route({
    method: 'GET',
    path: '/api/targets/{id}/deliveries',
    permission: 'target.manage',
    summary: { zh: '推送记录', en: 'What went to a target' },
    params: Id,
    query: z.object({ after: z.string().max(60).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.object({ items: z.array(Delivery), next: z.string().nullable() }),
    run: async (ctx, { params, query }) => {
      const { items, next } = await showDeliveries(ctx, { ...params, ...query })
      return { items: items.map(deliveryView), next }
    },
  }),
  route({
    method: 'POST',
    path: '/api/targets/{id}/deliveries/{delivery}/again',
    permission: 'target.manage',
    summary: { zh: '重新推送', en: 'Send one of the log once more' },
    params: z.object({ id: z.uuid(), delivery: z.uuid() }),
    body: z.object({}),
    reply: z.object({ id: z.uuid() }),
    status: 201,
    run: (ctx, { params }) => sendAgain(ctx, params),
  }),
]

function targetView(t: Kept) {
  return {
    ...t,
    org: t.org ?? null,
    region: t.region ?? null,
    madeAt: t.madeAt.toISOString(),
    stoppedAt: t.stoppedAt?.toISOString() ?? null,
  }
}

function deliveryView(d: Logged) {
  const { madeAt, nextAt, triedAt } = d
  return { ...d, madeAt: madeAt.toISOString(), nextAt: nextAt.toISOString(), triedAt: triedAt?.toISOString() ?? null }
}
