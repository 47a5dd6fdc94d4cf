import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { problem } from '../problems.ts'
import type { Actor } from '../rules/actor.ts'
import { deleteContact, hasNotice, listContacts, listInbox, markRead, saveContact, type Told } from './store.ts'

const route = routeOf<Actor>()
const Notice = z.object({
  id: z.uuid(),
  context: z.string(),
  subject: z.uuid(),
  kind: z.string(),
  words: z.record(z.string(), z.unknown()),
  at: z.string(),
  readAt: z.string().nullable(),
})
const Contacts = z.object({
  items: z.array(z.object({ channel: z.enum(['mail', 'sms']), address: z.string() })),
  offered: z.array(z.enum(['mail', 'sms'])),
})

/** The inbox of whoever is signed in, and where else the person wants to be told. */
export const inboxRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/inbox',
    permission: 'signed-in',
    person: true,
    summary: { zh: '我的消息', en: 'My inbox' },
    query: z.object({
      unread: z.enum(['true', 'false']).default('false'),
      after: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(Notice), next: z.string().nullable(), unread: z.number() }),
    run: (ctx, { query }) =>
      ctx.tx(async (db) => {
        const { account } = ctx.actor
        const found = await listInbox(db, { ...query, account, unread: query.unread === 'true' })
        return { ...found, items: found.items.map(noticeView) }
      }),
  }),
  route({
    method: 'POST',
    path: '/api/inbox/read',
    permission: 'signed-in',
    person: true,
    summary: { zh: '全部标为已读', en: 'Mark everything as read' },
    body: z.object({}),
    reply: z.object({ read: z.number() }),
    run: (ctx) => ctx.tx(async (db) => ({ read: await markRead(db, { account: ctx.actor.account, now: ctx.now }) })),
  }),
  route({
    method: 'POST',
    path: '/api/inbox/{id}/read',
    permission: 'signed-in',
    person: true,
    summary: { zh: '标为已读', en: 'Mark one as read' },
    params: z.object({ id: z.uuid() }),
    body: z.object({}),
    reply: z.object({ read: z.number() }),
    run: (ctx, { params }) =>
      ctx.tx(async (db) => {
        const own = { account: ctx.actor.account, id: params.id }
        if (!(await hasNotice(db, own))) throw problem('no-such', { what: params.id })
        return { read: await markRead(db, { ...own, now: ctx.now }) }
      }),
  }),
  route({
    method: 'GET',
    path: '/api/contacts',
    permission: 'signed-in',
    person: true,
    summary: { zh: '我的通知方式', en: 'Where I want to be told' },
    reply: Contacts,
    run: (ctx) => ctx.tx(async (db) => ({ items: await listContacts(db, ctx.actor.account), offered: offered(ctx.settings) })),
  }),
  route({
    method: 'PUT',
    path: '/api/contacts/{channel}',
    permission: 'signed-in',
    person: true,
    summary: { zh: '设置通知方式', en: 'Set where I want to be told' },
    params: z.object({ channel: z.enum(['mail', 'sms']) }),
    body: z.object({ address: z.string().trim().max(200) }),
    reply: Contacts,
    run: (ctx, { params: { channel }, body: { address } }) =>
      ctx.tx(async (db) => {
        if (!FORMS[channel].test(address)) throw problem('bad-address', { found: address })
        await saveContact(db, { account: ctx.actor.account, channel, address, now: ctx.now })
        return { items: await listContacts(db, ctx.actor.account), offered: offered(ctx.settings) }
      }),
  }),
  route({
    method: 'DELETE',
    path: '/api/contacts/{channel}',
    permission: 'signed-in',
    person: true,
    summary: { zh: '取消通知方式', en: 'Be told there no more' },
    params: z.object({ channel: z.enum(['mail', 'sms']) }),
    reply: Contacts,
    run: (ctx, { params }) =>
      ctx.tx(async (db) => {
        await deleteContact(db, { account: ctx.actor.account, channel: params.channel })
        return { items: await listContacts(db, ctx.actor.account), offered: offered(ctx.settings) }
      }),
  }),
]

const FORMS = { mail: /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/, sms: /^\+?\d{6,15}$/ }

// What the operator has no server for is not offered.
function offered({ outbound }: { outbound: { smtpUrl: string | undefined; smsUrl: string | undefined } }): ('mail' | 'sms')[] {
  return [...(outbound.smtpUrl ? ['mail' as const] : []), ...(outbound.smsUrl ? ['sms' as const] : [])]
}

function noticeView({ seq: _, ...n }: Told) {
  return { ...n, at: n.at.toISOString(), readAt: n.readAt?.toISOString() ?? null }
}
