import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { REPORT, report } from '../../test/walk.ts'
import { openWorld, type Person, type World } from '../../test/world.ts'
import { type Db, widen } from '../base/db.ts'
import { keepCheckpoints } from '../base/journal/keeper.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { journalled } from '../contexts.ts'
import { forgetOldAccess } from './access.ts'
import { note } from './store-access.ts'

let world: World
let auditor: Person
beforeAll(async () => {
  world = await openWorld()
  auditor = await world.as('auditor')
})
afterAll(() => world.close())

const status = (answer: { statusCode: number }) => answer.statusCode
const told = (answer: { statusCode: number; json(): { code: string } }) => [answer.statusCode, answer.json().code]
const items = <T>(answer: { json(): unknown }) => (answer.json() as { items: T[] }).items
type Line = {
  at: string
  kind: string
  username: string | null
  name: string | null
  source: string
  what: string
  token: string | null
}

const access = async (query: string) => items<Line>(await auditor.get(`/api/audit/access?limit=200&${query}`))

function signIn(username: string, password: string, from = '192.0.2.77') {
  return world.app.inject({
    ...{ method: 'POST', url: '/api/session', payload: { username, password } },
    headers: { 'x-forwarded-for': from },
  })
}
const passwordOf = (username: string) => world.accounts.find((a) => a.username === username)!.password

const forbidden = (url: string) => async () => {
  for (const who of ['office', 'leader', 'sysadmin', 'secadmin'])
    expect(status(await (await world.as(who)).get(url)), who).toBe(403)
  expect(status(await world.app.inject({ url }))).toBe(401)
}

routeTests('GET /api/audit/events', {
  allowed: async () => {
    const c = await report(world)
    const answer = await auditor.get('/api/audit/events?context=cases')
    const [event] = items<{ subject: string; name: string; kind: string; seq: number }>(answer)
    expect(event).toMatchObject({ subject: c.id, kind: 'report', name: '示例·督办' })
    expect(answer.body).not.toContain(REPORT.title) // who and when, never what it says
    expect(Object.keys(event!).sort()).toEqual(['account', 'at', 'context', 'kind', 'name', 'role', 'seq', 'subject', 'title'])
    // Page by page it is everything once, newest first.
    const seen: number[] = []
    for (let after = ''; ; ) {
      const page = (await auditor.get(`/api/audit/events?limit=40${after}`)).json<{
        items: { seq: number }[]
        next: string | null
      }>()
      seen.push(...page.items.map((e) => e.seq))
      if (!page.next) break
      after = `&after=${encodeURIComponent(page.next)}`
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.at(-1)).toBe(1)
    const office = items<{ name: string }>(await auditor.get('/api/audit/events?person=office&limit=200'))
    expect(new Set(office.map((e) => e.name))).toEqual(new Set(['示例·督办']))
    const day = async (from: string, to: string) =>
      items(await auditor.get(`/api/audit/events?context=cases&from=${from}&to=${to}`)).length
    expect([await day('2026-03-10', '2026-03-10'), await day('2026-03-11', '2026-03-12')]).toEqual([1, 0])
  },
  forbidden: forbidden('/api/audit/events'),
  malformed: async () => {
    for (const wrong of ['from=2026-02-30', 'kind=DROP%20TABLE', 'after=x', 'limit=0', 'person=%00'])
      expect(status(await auditor.get(`/api/audit/events?${wrong}`)), wrong).toBe(400)
  },
  missing: async () => {
    expect(items(await auditor.get('/api/audit/events?person=nobody-at-all'))).toEqual([])
  },
})

routeTests('GET /api/audit/access', {
  allowed: async () => {
    expect(status(await signIn('publisher', 'wrong'))).toBe(401)
    expect(status(await signIn('my-password-in-the-wrong-field', 'x'))).toBe(401)
    const entered = await signIn('publisher', passwordOf('publisher'))
    const headers = { cookie: String(entered.headers['set-cookie']).split(';')[0]!, 'x-csrf-token': entered.json().csrfToken }
    await world.app.inject({ method: 'DELETE', url: '/api/session', headers: { ...headers, 'x-forwarded-for': '192.0.2.77' } })
    const lines = await access('person=publisher')
    expect(lines.map((l) => l.kind).sort()).toEqual(['sign_in_refused', 'signed_in', 'signed_out'])
    expect(lines.every((l) => l.source === '192.0.2' && l.at.startsWith('2026-03-10T02:00'))).toBe(true)
    expect(lines.find((l) => l.kind === 'sign_in_refused')!.what).toBe('password')
    const unknown = (await access('kind=sign_in_refused')).filter((l) => l.what === 'unknown')
    expect(unknown).toMatchObject([{ username: null, name: null }])
    expect(JSON.stringify(unknown)).not.toContain('wrong-field')
  },
  forbidden: forbidden('/api/audit/access'),
  malformed: async () => {
    for (const wrong of ['kind=king', 'to=yesterday', 'after=1'])
      expect(status(await auditor.get(`/api/audit/access?${wrong}`)), wrong).toBe(400)
  },
  missing: async () => {
    expect(await access('person=nobody-at-all')).toEqual([])
  },
})

const csvTests = (url: string, head: string) => ({
  allowed: async () => {
    const answer = await auditor.get(url)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.body.startsWith(`\ufeff${head}`)).toBe(true)
    expect(answer.body.split('\r\n').length).toBeGreaterThan(3)
  },
  forbidden: forbidden(url),
  malformed: async () => {
    expect(status(await auditor.get(`${url}?from=x`))).toBe(400)
  },
  missing: { none: 'nothing found is a file with its header' },
})
routeTests('GET /api/audit/events/file', csvTests('/api/audit/events/file', '序号 no.,'))
routeTests('GET /api/audit/access/file', csvTests('/api/audit/access/file', '时间 at,'))

routeTests('GET /api/audit/proof', {
  allowed: async () => {
    expect((await auditor.get('/api/audit/proof')).json()).toMatchObject({ checkpoint: null, verified: null })
    const { config, tenant, database } = world.house
    const dirs = { keyDir: `${config.dataDir}/keys`, checkpointDir: config.checkpointDir, origin: `qinba/${tenant}` }
    const keeper = await keepCheckpoints(world.house, dirs)
    await keeper.checkpoint()
    await keeper.stop()
    await database.begin(tenant, (db) => note(db, world.house, { kind: 'journal_verified', address: '命令行', what: 'ok 42' }))
    const proof = (await auditor.get('/api/audit/proof')).json()
    expect(proof.checkpoint.size).toBe(proof.events)
    expect(proof.verified).toEqual({ at: '2026-03-10T02:00:00.000Z', ok: true, events: 42 })
  },
  forbidden: forbidden('/api/audit/proof'),
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

const TEAM = {
  ...{ team: '省督察组', prefix: 'ducha', members: ['=cmd|张', '李'], role: 'inspector', area: '610700', clearance: 2 },
  ...{ validFrom: '2026-03-11', validTo: '2026-03-20' },
}
type Member = { id: string; username: string; password: string | null }

routeTests('POST /api/inspection-teams', {
  allowed: async () => {
    const admin = await world.as('secadmin')
    const c = await report(world)
    const answer = await admin.post('/api/inspection-teams', TEAM, { key: 'team-1' })
    expect(status(answer), answer.body).toBe(201)
    const members = items<Member>(answer)
    expect(members.map((m) => m.username)).toEqual(['ducha-01', 'ducha-02'])
    const again = items<Member>(await admin.post('/api/inspection-teams', TEAM, { key: 'team-1' }))
    expect(again.map((m) => [m.id, m.password])).toEqual(members.map((m) => [m.id, m.password])) // the same request, the same slips
    expect(told(await signIn('ducha-01', members[0]!.password!))).toEqual([403, 'people/outside-window'])

    const now = world.time.now
    world.time.now = new Date('2026-03-11T02:00:00Z')
    auditor = await world.as('auditor')
    const reader = await inspector('ducha-01', members[0]!.password!)
    expect((await reader.get('/api/session')).json().permissions).toEqual([
      'case.read',
      'supervision.read',
      'meeting.read',
      'directory.read',
      'rule.read',
    ])
    expect(status(await reader.get(`/api/cases/${c.id}`))).toBe(200)
    expect(status(await reader.get(`/api/cases?q=${encodeURIComponent('河')}`))).toBe(200)
    // Whatever it writes is refused by the gate, before anything is looked at.
    for (const url of [
      `/api/cases/${c.id}/moves`,
      '/api/cases',
      '/api/tokens',
      '/api/places/lookup',
      `/api/cases/${c.id}/evidence`,
    ])
      expect(told(await reader.post(url, {})), url).toEqual([403, 'base/account-reads-only'])
    const reads = await access('kind=read&person=ducha-01')
    expect(reads.map((l) => l.what).sort()).toEqual([`/api/cases/${c.id}`, '/api/cases?q=河'])
    // What is opened in a table later cannot become a formula.
    const file = await auditor.get('/api/audit/access/file?kind=read')
    expect(file.body).toContain("'=cmd|张")

    world.time.now = new Date('2026-03-20T16:01:00Z')
    expect(status(await reader.get(`/api/cases/${c.id}`))).toBe(401)
    expect(told(await signIn('ducha-02', members[1]!.password!))).toEqual([403, 'people/outside-window'])
    world.time.now = now
    auditor = await world.as('auditor')
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    for (const who of ['sysadmin', 'auditor', 'office'])
      expect(status(await (await world.as(who)).post('/api/inspection-teams', TEAM)), who).toBe(403)
  },
  malformed: async () => {
    const admin = await world.as('secadmin')
    const wrong = [
      [{ validTo: '2026-03-01' }, 'people/window-inverted'],
      [{ validTo: '2027-03-01' }, 'people/team-too-long'],
      [{ members: Array.from({ length: 31 }, (_, i) => `第${i}人`) }, 'people/team-too-large'],
    ] as const
    for (const [more, code] of wrong)
      expect(told(await admin.post('/api/inspection-teams', { ...TEAM, ...more }))).toEqual([422, code])
    for (const role of ['secadmin', 'sysadmin', 'office'])
      expect(status(await admin.post('/api/inspection-teams', { ...TEAM, role })), role).toBe(422)
  },
  missing: async () => {
    const admin = await world.as('secadmin')
    const nowhere = await admin.post('/api/inspection-teams', { ...TEAM, team: '他组', prefix: 'tazu', area: '999999' })
    expect(told(nowhere)).toEqual([422, 'people/no-such-reference'])
    const accounts = items<{ username: string }>(await admin.get('/api/accounts'))
    expect(accounts.some((a) => a.username.startsWith('tazu'))).toBe(false) // all or nothing
  },
})

async function inspector(username: string, oneTime: string) {
  const first = await signIn(username, oneTime)
  const headers = { cookie: String(first.headers['set-cookie']).split(';')[0]!, 'x-csrf-token': first.json().csrfToken }
  const change = { method: 'POST' as const, url: '/api/session/password', headers }
  const payload = { old: oneTime, password: 'Inspector-Horse-1' }
  expect(status(await world.app.inject({ ...change, payload }))).toBe(204)
  const keyed = () => ({ ...headers, 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' })
  return {
    get: (url: string) => world.app.inject({ url, headers }),
    post: (url: string, body: object) => world.app.inject({ method: 'POST', url, payload: body, headers: keyed() }),
  }
}

describe('the record of who came in', () => {
  it('has tokens too: used once in a while, refused each time', async () => {
    const office = await world.as('office')
    const made = await office.post('/api/tokens', { name: '大屏', scopes: ['case.read'] })
    const ask = (token: string) =>
      world.app.inject({ url: '/api/cases', headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.9' } })
    for (let i = 0; i < 3; i++) expect(status(await ask(made.json().token))).toBe(200)
    expect(status(await ask('qg_wrong'))).toBe(401)
    expect(await access('kind=token_used')).toMatchObject([{ username: 'office', token: '大屏', source: '192.0.2' }])
    expect(await access('kind=token_refused')).toMatchObject([{ username: null, source: '192.0.2' }])
    const body = await auditor.get('/api/audit/access?limit=200')
    expect(body.body).not.toContain('qg_')
  })

  it('is shown by the second wall to an auditor’s request only, and kept as long as the rule says', async () => {
    const { database, tenant } = world.house
    const count = (scope: { audits?: boolean }, table: string) =>
      database.begin(tenant, async (db: Db) => {
        await widen(db, { tenant, areas: '*', orgs: [], clearance: 3, ...scope })
        return (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)}`.execute(db)).rows[0]!.n
      })
    for (const table of ['people.access', 'journal.trail']) {
      expect(await count({}, table), table).toBe(0)
      expect(await count({ audits: true }, table), table).toBeGreaterThan(3)
    }
    const before = await count({ audits: true }, 'people.access')
    await forgetOldAccess(world.house)
    expect(await count({ audits: true }, 'people.access')).toBe(before)
    await database.pool.query("update people.access set at = '2025-03-01T00:00:00Z' where kind = 'token_refused'")
    await forgetOldAccess(world.house)
    expect(await count({ audits: true }, 'people.access')).toBe(before - 1)
  })
})
