import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { report } from '../../test/walk.ts'
import { openWorld, type Person, type World } from '../../test/world.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { journalled } from '../contexts.ts'

let world: World
let office: Person
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
})
afterAll(() => world.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const status = (answer: { statusCode: number }) => answer.statusCode
const told = (answer: { statusCode: number; json(): { code: string } }) => [answer.statusCode, answer.json().code]

interface Made {
  id: string
  token: string
}

async function make(o: { who?: Person; scopes?: string[]; readOnly?: boolean; expires?: string } = {}): Promise<Made> {
  const { who = office, scopes = ['case.read'], ...rest } = o
  const answer = await who.post('/api/tokens', { name: '大屏', scopes, ...rest })
  expect(status(answer), answer.body).toBe(201)
  return answer.json<Made>()
}

/** A machine with a token, from an address of its own. */
function machine(token: string, from = '198.51.100.7') {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': from }
  return {
    get: (url: string, more: object = {}) => world.app.inject({ url, headers: { ...headers, ...more } }),
    post: (url: string, payload: object, more: object = {}) =>
      world.app.inject({
        ...{ method: 'POST', url, payload },
        headers: { ...headers, 'idempotency-key': crypto.randomUUID(), ...more },
      }),
  }
}

routeTests('GET /api/tokens', {
  allowed: async () => {
    const { id, token } = await make()
    await machine(token).get('/api/cases')
    const answer = await office.get('/api/tokens')
    const mine = answer.json<{ items: { id: string; seenAt: string }[] }>().items.find((t) => t.id === id)
    expect(mine!.seenAt).toBe('2026-03-10T02:00:00Z')
    expect(answer.body).not.toContain(token) // shown once
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/tokens' }))).toBe(401)
    const { token } = await make()
    expect(told(await machine(token).get('/api/tokens'))).toEqual([403, 'base/token-never'])
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/tokens', {
  allowed: async () => {
    const body = { name: '一体机', scopes: ['case.read'], expires: '2026-04-01' }
    const answer = await office.post('/api/tokens', body, { key: 'token-1' })
    expect(answer.json()).toMatchObject({ name: '一体机', readOnly: true, expiresOn: '2026-04-01' })
    expect(answer.json().token).toMatch(/^qg_[\w-]{43}$/)
    const again = await office.post('/api/tokens', body, { key: 'token-1' })
    expect([status(again), again.json().token, again.json().id]).toEqual([201, answer.json().token, answer.json().id])
    const kept = await world.house.database.pool.query(
      'select (select jsonb_agg(data) from journal.event)::text || (select jsonb_agg(reply) from base.idempotency)::text as text',
    )
    expect(kept.rows[0].text).not.toContain(answer.json().token)
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    const beyond = await (await world.as('leader')).post('/api/tokens', { name: 'x', scopes: ['case.import'] })
    expect(told(beyond)).toEqual([422, 'people/scope-beyond'])
    const { token } = await make({ readOnly: false })
    expect(told(await machine(token).post('/api/tokens', { name: 'x', scopes: ['case.read'] }))).toEqual([
      403,
      'base/token-never',
    ])
  },
  malformed: async () => {
    for (const scopes of [[], ['people.manage'], ['journal.read'], ['king']])
      expect(status(await office.post('/api/tokens', { name: 'x', scopes })), String(scopes)).toBe(422)
    const past = await office.post('/api/tokens', { name: 'x', scopes: ['case.read'], expires: '2026-03-09' })
    expect(told(past)).toEqual([422, 'people/expiry'])
  },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/tokens/{id}/revoke', {
  allowed: async () => {
    const { id, token } = await make()
    expect(status(await office.post(`/api/tokens/${id}/revoke`, { reason: '设备报废' }))).toBe(200)
    expect(status(await machine(token).get('/api/cases'))).toBe(401)
    expect(told(await office.post(`/api/tokens/${id}/revoke`, { reason: '再一次' }))).toEqual([409, 'people/token-ended'])
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    const { id } = await make()
    expect(status(await (await world.as('leader')).post(`/api/tokens/${id}/revoke`, { reason: 'x' }))).toBe(404)
    expect(status(await world.app.inject({ method: 'POST', url: `/api/tokens/${id}/revoke`, payload: {} }))).toBe(401)
  },
  malformed: async () => {
    expect(status(await office.post('/api/tokens/x/revoke', { reason: 'x' }))).toBe(400)
  },
  missing: async () => {
    expect(status(await office.post(`/api/tokens/${NOBODY}/revoke`, { reason: 'x' }))).toBe(404)
  },
})

describe('a machine', () => {
  it('reads what its person reads, within its scopes', async () => {
    const { token } = await make()
    const it = machine(token)
    expect(status(await it.get('/api/cases'))).toBe(200)
    expect(told(await it.get('/api/organisations'))).toEqual([403, 'base/role-never'])
    expect(status(await it.get('/api/areas'))).toBe(200) // divisions are everybody's
    const county = await make({ who: await world.as('county-office-chenggu') })
    const c = await report(world) // in another county
    expect(status(await it.get(`/api/cases/${c.id}`))).toBe(200)
    expect(status(await machine(county.token).get(`/api/cases/${c.id}`))).toBe(404)
  })

  it('writes with a token that writes, without the token of a form, and with a key', async () => {
    const { token } = await make({ scopes: ['case.read', 'case.report'], readOnly: false })
    const it = machine(token)
    const taken = await it.post('/api/cases', {})
    expect(status(taken)).toBe(422) // the gate let it in: the content is looked at
    const { token: reader } = await make({ scopes: ['case.read', 'case.report'] })
    expect(told(await machine(reader).post('/api/cases', {}))).toEqual([403, 'base/token-reads-only'])
    expect(told(await it.post('/api/cases', {}, { 'idempotency-key': '' }))).toEqual([400, 'base/key-missing'])
  })

  it('never gets at the session, at accounts, at the audit, nor at what is a person’s own', async () => {
    const { token } = await make({ who: await world.as('secadmin'), scopes: ['directory.read'], readOnly: false })
    const it = machine(token)
    expect(told(await it.get('/api/session'))).toEqual([403, 'base/token-never'])
    expect(told(await it.post('/api/session/password', { old: 'x', password: 'y' }))).toEqual([403, 'base/token-never'])
    const out = await world.app.inject({ method: 'DELETE', url: '/api/session', headers: { authorization: `Bearer ${token}` } })
    expect(told(out)).toEqual([403, 'base/token-never'])
    expect(told(await it.get('/api/accounts'))).toEqual([403, 'base/role-never'])
    expect(told(await it.post('/api/accounts', {}))).toEqual([403, 'base/role-never'])
    const auditor = await make({ who: await world.as('auditor'), scopes: ['rule.read'] })
    expect(told(await machine(auditor.token).get('/api/audit/events'))).toEqual([403, 'base/role-never'])
  })

  it('is nobody with a wrong, a cut, an expired or a revoked token, even beside a good cookie', async () => {
    const { token } = await make({ expires: '2026-03-10' })
    const now = world.time.now
    for (const wrong of ['qg_wrong', token.slice(0, -1), `${token}A`, token.toUpperCase(), ''])
      expect(status(await machine(wrong, '198.51.101.1').get('/api/cases')), wrong).toBe(401)
    expect(status(await office.get('/api/cases', { headers: { authorization: 'Bearer qg_wrong' } }))).toBe(401)
    expect(status(await office.get('/api/cases', { headers: { authorization: 'Basic b2ZmaWNlOng=' } }))).toBe(401)
    world.time.now = new Date('2026-03-10T15:59:00Z')
    expect(status(await machine(token).get('/api/cases'))).toBe(200)
    world.time.now = new Date('2026-03-10T16:01:00Z') // the day is over in Shanghai
    expect(status(await machine(token).get('/api/cases'))).toBe(401)
    world.time.now = now
  })

  it('loses what its person loses: the post, the account', async () => {
    const chief = await world.as('chief-hantai')
    const { token } = await make({ who: chief })
    expect(status(await machine(token).get('/api/cases'))).toBe(200)
    const admin = await world.as('secadmin')
    const posts = (await admin.get('/api/posts?role=chief')).json<{
      items: { id: string; version: number; holder: { account: string } }[]
    }>()
    const post = posts.items.find((p) => p.holder?.account === chief.account)!
    const left = await admin.post(
      `/api/posts/${post.id}/leave`,
      { from: chief.account, reason: '调离' },
      { version: post.version },
    )
    expect(status(left)).toBe(200)
    expect(told(await machine(token).get('/api/cases'))).toEqual([403, 'base/role-never'])
    const { token: other } = await make({ who: await world.as('inspector') })
    const { account } = await world.as('inspector')
    expect(status(await admin.post(`/api/accounts/${account}/disable`, { reason: '接受调查' }, { version: 1 }))).toBe(200)
    expect(status(await machine(other).get('/api/cases'))).toBe(401)
    expect(status(await admin.post(`/api/accounts/${account}/enable`, { reason: '查清' }, { version: 2 }))).toBe(200)
    expect(status(await machine(other).get('/api/cases'))).toBe(401) // it was revoked, not only waiting
  })

  it('of another city opens nothing here', async () => {
    const { token } = await make()
    const { pool } = world.house.database
    // The same secret in another city's rows, and gone from ours.
    await pool.query("insert into places.area (tenant, code, name, level) values (610800, '610800', '榆林市', 'city')")
    await pool.query("insert into people.account (tenant, id, username, name) values (610800, gen_random_uuid(), 'far', '远')")
    await pool.query(`insert into people.credential (tenant, account, hash, changed_at)
      select tenant, id, 'x', now() from people.account where tenant = 610800`)
    await pool.query(`insert into people.token (tenant, id, account, name, token_hash, scopes, read_only, created_at)
      select 610800, gen_random_uuid(), a.id, 'x', sha256('qg_far'), '{case.read}', false, now() from people.account a where tenant = 610800`)
    expect(status(await machine('qg_far', '198.51.102.1').get('/api/cases'))).toBe(401)
    expect(status(await machine(token).get('/api/cases'))).toBe(200)
  })

  it('is held to so many requests a minute, and guessing to so many a quarter of an hour', async () => {
    const { token } = await make()
    const { rules, calendar } = world.house.law()
    const few = rules.map((r) => (r.kind === 'token' ? { ...r, value: { longestDays: 366, perMinute: 3, mostEach: 20 } } : r))
    const law = world.house.law
    world.house.law = () => ({ rules: few, calendar })
    const ask = async () => status(await machine(token).get('/api/areas?level=city'))
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 429])
    world.time.now = new Date(world.time.now.getTime() + 60_000)
    expect(await ask()).toBe(200)
    const codes: number[] = []
    for (let i = 0; i < 31; i++) codes.push(status(await machine(`qg_guess${i}`, '203.0.113.9').get('/api/areas')))
    expect(codes.filter((c) => c === 401)).toHaveLength(30)
    expect(codes[30]).toBe(429)
    expect(await ask()).toBe(200) // from elsewhere it goes on
    world.house.law = law
  })
})
