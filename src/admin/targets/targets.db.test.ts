import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { REPORT } from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { signedHeaders } from '../../base/delivery/signature.ts'
import { jobsOf } from '../../contexts.ts'
import { DELIVER } from './targets.ts'

/** The other side: it keeps what came and answers as it is told. */
const heard: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
let answer: { status: number; text: string } = { status: 204, text: '' }
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    heard.push({ path: request.url ?? '', headers: request.headers, body })
    response.writeHead(answer.status).end(answer.text)
  })
})

let world: World
let at = ''
beforeAll(async () => {
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  at = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const outbound = { allow: ['127.0.0.1'], smtpUrl: undefined, mailFrom: undefined, smsUrl: undefined, smsToken: undefined }
  world = await openWorld({ config: { outbound } })
  await world.house.jobs.declare([DELIVER])
  await deliver() // a reader that is new begins with what happens next
})
afterAll(async () => {
  await world.close()
  receiver.close()
})
beforeEach(() => {
  heard.length = 0
  answer = { status: 204, text: '' }
})

const deliver = () =>
  jobsOf(world.house)
    .find((job) => job.name === DELIVER)!
    .run({})
const NOBODY = '00000000-0000-4000-8000-000000000000'
const body = (o: object = {}) => ({ kind: 'webhook', name: `hook ${crypto.randomUUID()}`, url: `${at}/hook`, ...o })

async function make(o: object = {}) {
  const made = await (await world.as('office')).post('/api/targets', body(o))
  expect(made.statusCode, made.body).toBe(201)
  return made.json<{ target: { id: string; version: number }; secret: string }>()
}

async function report(o: object = {}): Promise<string> {
  const made = await (await world.as('office')).post('/api/cases', { ...REPORT, ...o })
  expect(made.statusCode, made.body).toBe(201)
  return made.json<{ id: string }>().id
}

async function stop(id: string) {
  const office = await world.as('office')
  const found = (await office.get('/api/targets')).json<{ items: { id: string; version: number }[] }>().items
  return office.post(`/api/targets/${id}/stop`, { why: '测试完毕' }, { version: found.find((t) => t.id === id)!.version })
}

const log = async (id: string) =>
  (await (await world.as('office')).get(`/api/targets/${id}/deliveries`)).json<{
    items: { id: string; status: string; attempts: number; code: number | null; error: string | null; againOf: string | null }[]
  }>().items

describe('what leaves for targets', () => {
  it('is signed, carries ids and nothing of what stands in the case, and goes once', async () => {
    const { target, secret } = await make()
    const id = await report()
    await deliver()
    await deliver()
    const [only, ...more] = heard
    expect(more).toEqual([])
    const event = JSON.parse(only!.body)
    expect(event).toMatchObject({ specversion: '1.0', type: 'qinba.cases.report', subject: id })
    expect(Object.keys(event).sort()).toEqual(['id', 'source', 'specversion', 'subject', 'time', 'type'])
    const now = new Date(Number(only!.headers['webhook-timestamp']) * 1000)
    expect(only!.headers).toMatchObject(signedHeaders(secret, { id: event.id, body: only!.body, now }))
    expect(await log(target.id)).toMatchObject([{ status: 'sent', attempts: 1, code: 204 }])
    await stop(target.id)
  })

  it('is tried again after a failure, later each time, and once more by hand', async () => {
    const { target } = await make({ name: 'fails at first' })
    await report()
    answer = { status: 500, text: 'no' }
    await deliver()
    await deliver()
    expect(heard).toHaveLength(1)
    expect(await log(target.id)).toMatchObject([{ status: 'waiting', attempts: 1, code: 500 }])
    answer = { status: 200, text: '' }
    world.time.now = new Date(world.time.now.getTime() + 60_000)
    await deliver()
    const [sent] = await log(target.id)
    expect(sent).toMatchObject({ status: 'sent', attempts: 2, code: 200 })
    const again = await (await world.as('office')).post(`/api/targets/${target.id}/deliveries/${sent!.id}/again`, {})
    expect(again.statusCode).toBe(201)
    await deliver()
    expect(heard.map((h) => h.body)).toEqual([heard[0]!.body, heard[0]!.body, heard[0]!.body])
    expect(await log(target.id)).toContainEqual(expect.objectContaining({ status: 'sent', againOf: sent!.id }))
    await stop(target.id)
  })

  it('ends at once where the other side is gone, and nothing is sent to a stopped target', async () => {
    const { target } = await make({ name: 'gone' })
    answer = { status: 410, text: '' }
    await report()
    await deliver()
    expect(await log(target.id)).toMatchObject([{ status: 'given_up', code: 410 }])
    await stop(target.id)
    await report()
    await deliver()
    expect(heard).toHaveLength(1)
  })

  it('speaks of nothing more secret than it was set up for, and of sealed cases never', async () => {
    const { target } = await make({ name: 'public only' })
    const inner = await make({ name: 'internal too', secrecy: 1 })
    for (const secrecy of [0, 1, 2, 3]) await report({ secrecy })
    await deliver()
    expect(await log(target.id)).toHaveLength(1)
    expect(await log(inner.target.id)).toHaveLength(2)
    await stop(target.id)
    await stop(inner.target.id)
  })

  it('goes to a chat group as a line with number, act and day, and a robot that refuses is tried again', async () => {
    const { target } = await make({ kind: 'wecom', name: 'group', url: `${at}/robot?key=k`, kinds: ['cases.report'] })
    answer = { status: 200, text: '{"errcode":45009,"errmsg":"api freq out of limit"}' }
    await report()
    await deliver()
    expect(await log(target.id)).toMatchObject([{ status: 'waiting', error: 'errcode 45009 api freq out of limit' }])
    answer = { status: 200, text: '{"errcode":0}' }
    world.time.now = new Date(world.time.now.getTime() + 60_000)
    await deliver()
    const { markdown } = JSON.parse(heard.at(-1)!.body)
    expect(markdown.content).toMatch(/^\*\*汉中市\*\*\nHZ-2026-\d{6} /)
    expect(await log(target.id)).toMatchObject([{ status: 'sent' }])
    await stop(target.id)
  })

  it('reaches no address of this machine that nobody allowed', async () => {
    const { target } = await make({ name: 'own network', url: 'http://[::1]:9/x' })
    await report()
    await deliver()
    expect((await log(target.id))[0]!.error).toMatch(/own network/)
    await stop(target.id)
  })
})

routeTests('GET /api/targets', {
  allowed: async () => {
    const { target, secret } = await make({ name: 'listed' })
    const answer = await (await world.as('sysadmin')).get('/api/targets')
    expect(answer.json<{ items: { id: string }[] }>().items.map((t) => t.id)).toContain(target.id)
    expect(answer.body).not.toContain(secret)
    expect(answer.body).not.toContain('/hook')
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/targets' })).statusCode).toBe(401)
    expect((await (await world.as('unit-hantai')).get('/api/targets')).statusCode).toBe(403)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/targets', {
  allowed: async () => {
    const { secret } = await make()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    const sent = body()
    const [first, again] = [
      await (await office()).post('/api/targets', sent, { key: 'k' }),
      await (await office()).post('/api/targets', sent, { key: 'k' }),
    ]
    expect(again.json().secret).toBe(first.json().secret)
    const kept = await sql<{ reply: string }>`select reply::text from base.idempotency where key = 'k'`.execute(
      world.house.database.owner,
    )
    expect(kept.rows[0]!.reply).not.toContain('whsec_')
    const robot = await make({ kind: 'dingtalk', secret: 'SECx' })
    expect(robot.secret).toBeNull()
  },
  forbidden: async () => {
    expect((await (await world.as('county-office-hantai')).post('/api/targets', body())).statusCode).toBe(403)
  },
  malformed: async () => {
    const office = await world.as('office')
    const wrong = [
      { url: 'ftp://x' },
      { url: 'https://a:b@x' },
      { secrecy: 2 },
      { kind: 'fax' },
      { kinds: ['x'] },
      { secret: 'mine' },
      { org: NOBODY },
    ]
    for (const o of wrong) expect((await office.post('/api/targets', body(o))).statusCode, JSON.stringify(o)).toBe(422)
    const { target } = await make({ name: 'taken' })
    expect((await office.post('/api/targets', body({ name: 'taken' }))).statusCode, target.id).toBe(409)
  },
  missing: { none: 'it makes something new' },
})

const office = () => world.as('office')

routeTests('POST /api/targets/{id}/stop', {
  allowed: async () => {
    const { target } = await make()
    const stopped = await stop(target.id)
    expect(stopped.json()).toMatchObject({ stoppedWhy: '测试完毕', version: target.version + 1 })
  },
  forbidden: async () => {
    const { target } = await make()
    const asked = await (await world.as('leader')).post(`/api/targets/${target.id}/stop`, { why: 'x' }, { version: 1 })
    expect(asked.statusCode).toBe(403)
  },
  malformed: async () => {
    const { target } = await make()
    expect((await (await office()).post(`/api/targets/${target.id}/stop`, {}, { version: 1 })).statusCode).toBe(422)
    expect((await (await office()).post(`/api/targets/${target.id}/stop`, { why: 'x' }, { version: 9 })).statusCode).toBe(409)
  },
  missing: async () => {
    expect((await (await office()).post(`/api/targets/${NOBODY}/stop`, { why: 'x' }, { version: 1 })).statusCode).toBe(404)
  },
})

routeTests('POST /api/targets/{id}/resume', {
  allowed: async () => {
    const { target } = await make()
    await stop(target.id)
    await report() // while it is stopped: it never hears of this one
    await deliver()
    const resumed = await (await office()).post(`/api/targets/${target.id}/resume`, {}, { version: 2 })
    expect(resumed.json()).toMatchObject({ stoppedAt: null, version: 3 })
    heard.length = 0
    const id = await report()
    await deliver()
    const subjects = (await log(target.id)).length
    expect(subjects).toBe(1)
    expect(heard.some((h) => h.body.includes(id))).toBe(true)
  },
  forbidden: async () => {
    expect((await (await world.as('unit-hantai')).post(`/api/targets/${NOBODY}/resume`, {}, { version: 1 })).statusCode).toBe(403)
  },
  malformed: async () => {
    const { target } = await make()
    expect((await (await office()).post(`/api/targets/${target.id}/resume`, {}, { version: 9 })).statusCode).toBe(409)
  },
  missing: async () => {
    expect((await (await office()).post(`/api/targets/${NOBODY}/resume`, {}, { version: 1 })).statusCode).toBe(404)
  },
})

routeTests('GET /api/targets/{id}/deliveries', {
  allowed: async () => {
    const { target } = await make()
    for (let n = 0; n < 3; n++) await report()
    await deliver()
    const first = (await (await office()).get(`/api/targets/${target.id}/deliveries?limit=2`)).json()
    const rest = (await (await office()).get(`/api/targets/${target.id}/deliveries?limit=2&after=${first.next}`)).json()
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null])
    expect(new Set([...first.items, ...rest.items].map((d: { id: string }) => d.id)).size).toBe(3)
  },
  forbidden: async () => {
    expect((await (await world.as('auditor')).get(`/api/targets/${NOBODY}/deliveries`)).statusCode).toBe(403)
  },
  malformed: async () => {
    expect((await (await office()).get(`/api/targets/${NOBODY}/deliveries?limit=0`)).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await (await office()).get(`/api/targets/${NOBODY}/deliveries`)).statusCode).toBe(404)
  },
})

routeTests('POST /api/targets/{id}/deliveries/{delivery}/again', {
  allowed: async () => {
    const { target } = await make()
    await report()
    await deliver()
    const [one] = await log(target.id)
    expect((await (await office()).post(`/api/targets/${target.id}/deliveries/${one!.id}/again`, {})).statusCode).toBe(201)
  },
  forbidden: async () => {
    const asked = await (await world.as('unit-hantai')).post(`/api/targets/${NOBODY}/deliveries/${NOBODY}/again`, {})
    expect(asked.statusCode).toBe(403)
  },
  malformed: async () => {
    expect((await (await office()).post(`/api/targets/${NOBODY}/deliveries/x/again`, {})).statusCode).toBe(400)
  },
  missing: async () => {
    const { target } = await make()
    expect((await (await office()).post(`/api/targets/${target.id}/deliveries/${NOBODY}/again`, {})).statusCode).toBe(404)
  },
})
