import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { jobsOf } from '../../contexts.ts'

const mails: string[] = []
const post = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, done) {
    let text = ''
    stream.on('data', (part: Buffer) => {
      text += part
    })
    stream.on('end', () => {
      mails.push(text)
      done()
    })
  },
})

let world: World
beforeAll(async () => {
  await new Promise<void>((ready) => post.listen(0, '127.0.0.1', ready))
  const { port } = post.server.address() as AddressInfo
  world = await openWorld({
    config: {
      outbound: {
        allow: [],
        smtpUrl: `smtp://127.0.0.1:${port}`,
        mailFrom: 'duban@hanzhong.example',
        smsUrl: undefined,
        smsToken: undefined,
      },
    },
  })
  await run('cases-notices')
})
afterAll(async () => {
  await world.close()
  await new Promise<void>((done) => post.close(() => done()))
})

const run = (name: string) =>
  jobsOf(world.house)
    .find((job) => job.name === name)!
    .run({})
const NOBODY = '00000000-0000-4000-8000-000000000000'

interface Inbox {
  items: { id: string; subject: string; kind: string; words: { no: string; moves?: string[] }; readAt: string | null }[]
  next: string | null
  unread: number
}

async function inbox(username: string, query = ''): Promise<Inbox> {
  return (await (await world.as(username)).get(`/api/inbox${query}`)).json<Inbox>()
}

describe('what people are told', () => {
  it('whose turn it is hears of it once, and by mail if that was asked for', async () => {
    const unit = await world.as('unit-hantai')
    expect(
      (await unit.send({ method: 'PUT', url: '/api/contacts/mail', payload: { address: 'a@b.example' }, headers: key() }))
        .statusCode,
    ).toBe(200)
    const c = await walk.walkTo(world, 'assigned')
    await run('cases-notices')
    await run('cases-notices')
    const { items } = await inbox('unit-hantai')
    expect(items.filter((n) => n.subject === c.id)).toMatchObject([
      { kind: 'turn', words: { no: c.no, moves: expect.arrayContaining(['sign']) } },
    ])
    expect((await inbox('unit-chenggu')).items.filter((n) => n.subject === c.id)).toEqual([])
    await run('admin-deliver')
    const mine = mails.filter((m) => m.includes('a@b.example'))
    expect(mine).toHaveLength(1)
    expect(mine[0]).not.toContain(Buffer.from(walk.REPORT.title).toString('base64'))
    expect(mine[0]).toMatch(/Auto-Submitted: auto-generated/i)
  })

  it('who acts is not told of the own act', async () => {
    const c = await walk.walkTo(world, 'assigned')
    await run('cases-notices')
    expect((await inbox('office')).items.filter((n) => n.subject === c.id)).toEqual([])
  })

  it('what is restricted stays in the inbox, and of two that fall due on one day both are told by mail', async () => {
    await put('office-2', 'mail', 'o2@b.example')
    const secret = await walk.report(world, { secrecy: 2 })
    await run('cases-notices')
    const told = (await inbox('office-2')).items.filter((n) => n.subject === secret.id)
    expect(told).toHaveLength(1)
    await run('admin-deliver')
    const sent = () => mails.filter((m) => m.includes('o2@b.example')).length
    expect(sent()).toBe(0)
    const open = await walk.report(world)
    await run('cases-notices')
    await run('admin-deliver')
    expect([open.state, sent()]).toEqual(['reported', 1])

    const unit = () => mails.filter((m) => m.includes('a@b.example')).length
    const two = [await walk.walkTo(world, 'assigned'), await walk.walkTo(world, 'assigned')]
    await run('cases-notices')
    await run('admin-deliver')
    const before = unit()
    const { due } = (await (await world.as('office')).get(`/api/cases/${two[0]!.id}`)).json<{ due: string }>()
    const now = world.time.now
    world.time.now = new Date(Date.parse(`${due}T02:00:00Z`) - 86_400_000 * 3)
    await run('cases-due-notices')
    await run('admin-deliver')
    world.time.now = now
    const mine = (await inbox('unit-hantai', '?limit=200')).items.filter((n) => n.kind === 'due_soon')
    expect(mine.length).toBeGreaterThanOrEqual(2)
    expect(unit() - before).toBe(mine.length)
  })

  it('the day is told once, however often the job runs', async () => {
    const c = await walk.walkTo(world, 'assigned')
    const due = (await (await world.as('office')).get(`/api/cases/${c.id}`)).json<{ due: string }>().due
    const before = world.time.now
    world.time.now = new Date(Date.parse(`${due}T02:00:00Z`) - 3 * 86_400_000)
    await run('cases-due-notices')
    await run('cases-due-notices')
    const told = (await inbox('unit-hantai')).items.filter((n) => n.subject === c.id && n.kind === 'due_soon')
    world.time.now = before
    expect(told).toHaveLength(1)
  })
})

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const put = async (username: string, channel: string, address: unknown) =>
  (await world.as(username)).send({ method: 'PUT', url: `/api/contacts/${channel}`, payload: { address }, headers: key() })

routeTests('GET /api/inbox', {
  allowed: async () => {
    await walk.walkTo(world, 'assigned')
    await walk.walkTo(world, 'assigned')
    await run('cases-notices')
    const first = await inbox('unit-hantai', '?limit=1')
    const second = await inbox('unit-hantai', `?limit=1&after=${first.next}`)
    expect(first.items[0]!.id).not.toBe(second.items[0]!.id)
    expect(first.unread).toBeGreaterThan(1)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/inbox' })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get('/api/inbox?limit=0')).statusCode).toBe(400)
  },
  missing: { none: 'everybody has one' },
})

routeTests('POST /api/inbox/read', {
  allowed: async () => {
    await walk.walkTo(world, 'assigned')
    await run('cases-notices')
    expect((await (await world.as('unit-hantai')).post('/api/inbox/read', {})).json().read).toBeGreaterThan(0)
    expect(await inbox('unit-hantai', '?unread=true')).toMatchObject({ items: [], unread: 0 })
  },
  forbidden: async () => {
    expect((await world.app.inject({ method: 'POST', url: '/api/inbox/read', payload: {}, headers: key() })).statusCode).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/inbox/{id}/read', {
  allowed: async () => {
    await walk.walkTo(world, 'assigned')
    await run('cases-notices')
    const [one] = (await inbox('unit-hantai', '?unread=true')).items
    expect((await (await world.as('unit-hantai')).post(`/api/inbox/${one!.id}/read`, {})).json()).toEqual({ read: 1 })
    expect((await (await world.as('unit-hantai')).post(`/api/inbox/${one!.id}/read`, {})).json()).toEqual({ read: 0 })
  },
  forbidden: async () => {
    const [one] = (await inbox('unit-hantai')).items
    expect((await (await world.as('unit-chenggu')).post(`/api/inbox/${one!.id}/read`, {})).statusCode).toBe(404) // somebody else's
  },
  malformed: async () => {
    expect((await (await world.as('office')).post('/api/inbox/x/read', {})).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await (await world.as('office')).post(`/api/inbox/${NOBODY}/read`, {})).statusCode).toBe(404)
  },
})

routeTests('GET /api/contacts', {
  allowed: async () => {
    await put('leader', 'mail', 'l@b.example')
    expect((await (await world.as('leader')).get('/api/contacts')).json()).toEqual({
      items: [{ channel: 'mail', address: 'l@b.example' }],
      offered: ['mail'], // the world has a mail server and no gateway
    })
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/contacts' })).statusCode).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('PUT /api/contacts/{channel}', {
  allowed: async () => {
    await put('analyst', 'sms', '13900000000')
    expect((await put('analyst', 'sms', '+8613900000001')).json().items).toEqual([{ channel: 'sms', address: '+8613900000001' }])
  },
  forbidden: async () => {
    const asked = await world.app.inject({
      method: 'PUT',
      url: '/api/contacts/mail',
      payload: { address: 'a@b.cn' },
      headers: key(),
    })
    expect(asked.statusCode).toBe(401)
  },
  malformed: async () => {
    const wrong = ['', 'a', 'a@b', 'a@b.cn\r\nBcc: c@d.cn', '<a@b.cn>', 'a@b.cn,c@d.cn', 7]
    for (const address of wrong) expect((await put('analyst', 'mail', address)).statusCode, String(address)).toBe(422)
    expect((await put('analyst', 'sms', 'a@b.cn')).statusCode).toBe(422)
    expect((await put('analyst', 'fax', '1')).statusCode).toBe(400)
  },
  missing: { none: 'it is made where there is none' },
})

routeTests('DELETE /api/contacts/{channel}', {
  allowed: async () => {
    await put('publisher', 'mail', 'p@b.example')
    const gone = await (await world.as('publisher')).send({ method: 'DELETE', url: '/api/contacts/mail', headers: key() })
    expect(gone.json().items).toEqual([])
  },
  forbidden: async () => {
    expect((await world.app.inject({ method: 'DELETE', url: '/api/contacts/mail', headers: key() })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect(
      (await (await world.as('office')).send({ method: 'DELETE', url: '/api/contacts/fax', headers: key() })).statusCode,
    ).toBe(400)
  },
  missing: { none: 'removing what is not there is done' },
})
