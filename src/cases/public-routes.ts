import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import type { Actor } from '../people/index.ts'
import { ObjectionBody } from './act-schema.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { objectToNotice } from './object.ts'
import { problem } from './problems.ts'
import { noticePage, noticesPage } from './public-page.ts'
import { publicNotice } from './rules/wire.ts'
import { listNotices } from './store-list.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const today = (ctx: StaffCtx) => envOf(ctx).today
const HTML = 'text/html; charset=utf-8'
const Notice = z.looseObject({ id: z.uuid() })

/** What anyone may see without an account: the problems on public notice, as plain pages and as JSON, and a way to object. */
export const publicRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/public/notices',
    permission: 'public',
    summary: { zh: '整改销号公示（网页）', en: 'Public notices (page)' },
    run: (ctx) =>
      ctx.tx(async (db) => ({
        type: HTML,
        body: noticesPage(
          (await listNotices(db, ctx.actor.tenant, { today: today(ctx), limit: 200 })).map(publicNotice),
          ctx.settings,
        ),
      })),
  }),
  route({
    method: 'GET',
    path: '/public/notices/{id}',
    permission: 'public',
    summary: { zh: '单个问题公示（网页）', en: 'One public notice (page)' },
    params: Id,
    run: (ctx, { params }) =>
      ctx.tx(async (db) => {
        const found = (await listNotices(db, ctx.actor.tenant, { today: today(ctx), id: params.id, limit: 1 }))[0]
        if (!found) throw problem('no-such-case')
        return { type: HTML, body: noticePage(publicNotice(found), ctx.settings) }
      }),
  }),
  route({
    method: 'GET',
    path: '/api/public/notices',
    permission: 'public',
    summary: { zh: '整改销号公示（数据）', en: 'Public notices (data)' },
    reply: z.object({ items: z.array(Notice) }),
    run: (ctx) =>
      ctx.tx(async (db) => ({
        items: (await listNotices(db, ctx.actor.tenant, { today: today(ctx), limit: 200 })).map(publicNotice),
      })),
  }),
  route({
    method: 'POST',
    path: '/api/public/notices/{id}/objections',
    permission: 'public',
    summary: { zh: '对公示提出异议（须署名）', en: 'Object to a notice, by name' },
    params: Id,
    body: ObjectionBody,
    reply: z.object({ receipt: z.uuid() }),
    status: 201,
    run: (ctx, { params, body }) => objectToNotice(ctx, params.id, body),
  }),
]
