import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FourTests, routeTests } from '../../test/route-tests.ts'
import { report } from '../../test/walk.ts'
import { CHEAP, openWorld, type Person, type World } from '../../test/world.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { journalled } from '../contexts.ts'
import { createAccount } from './accounts.ts'

let world: World
let admin: Person
beforeAll(async () => {
  world = await openWorld()
  admin = await world.as('secadmin')
})
afterAll(async () => {
  await world.close()
})

const NOBODY = '00000000-0000-4000-8000-000000000000'
const PASSWORD = 'Correct-Horse-1'
const status = (answer: { statusCode: number }) => answer.statusCode
const told = (answer: { statusCode: number; json(): { code: string } }) => [answer.statusCode, answer.json().code]
const proved = () => proveJournal(world.house, { journalled })

type Account = { id: string; version: number; disabledOn: string | null; leftOn: string | null; mustChange: boolean }

async function accountOf(username: string): Promise<Account> {
  const { items } = (await admin.get('/api/accounts')).json<{ items: (Account & { username: string })[] }>()
  const found = items.find((a) => a.username === username)
  if (!found) throw new Error(`no account ${username}`)
  return found
}

async function newcomer(username: string): Promise<Account> {
  const begun = { username, name: `示例·${username}`, clearance: 1, password: PASSWORD, mustChange: true as const }
  await createAccount(world.system, { ...begun, cost: CHEAP })
  return accountOf(username)
}

async function postOf(title: string, account: string): Promise<{ id: string; version: number }> {
  const org = (await admin.get('/api/organisations')).json().items[0].id
  const { id } = (await admin.post('/api/posts', { org, title, role: 'grid', area: '610702' })).json<{ id: string }>()
  expect(status(await admin.post(`/api/posts/${id}/holders`, { account }))).toBe(200)
  return { id, version: 2 }
}

async function signIn(username: string, password = PASSWORD) {
  const answer = await world.app.inject({ method: 'POST', url: '/api/session', payload: { username, password } })
  const headers = {
    cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0]!,
    'x-csrf-token': answer.statusCode === 201 ? answer.json<{ csrfToken: string }>().csrfToken : '',
  }
  const change = (old: string, wanted: string, more: object = {}) =>
    world.app.inject({
      method: 'POST',
      url: '/api/session/password',
      headers: { ...headers, ...more },
      payload: { old, password: wanted },
    })
  return { answer, headers, change, get: (url: string) => world.app.inject({ url, headers }) }
}

/** The four tests of an act on an account: taken once, only by the security administrator, with a reason and the version. */
function actTests(path: string, o: { body: object; username: string; after?(account: Account): void }): FourTests {
  return {
    allowed: async () => {
      const before = await newcomer(o.username)
      if (path === 'enable') {
        const off = await admin.post(`/api/accounts/${before.id}/disable`, { reason: '休假' }, { version: before.version++ })
        expect(status(off)).toBe(200)
      }
      const body = { ...o.body, reason: '工作调整' }
      const answer = await admin.post(`/api/accounts/${before.id}/${path}`, body, { version: before.version })
      expect(status(answer), answer.body).toBe(200)
      expect(answer.headers.etag).toBe(`"${before.version + 1}"`)
      o.after?.(await accountOf(o.username))
      const stale = await admin.post(`/api/accounts/${before.id}/${path}`, body, { version: before.version })
      expect(status(stale)).toBe(409)
      expect(await proved()).toMatchObject({ ok: true })
    },
    forbidden: async () => {
      const { id, version } = await accountOf('office')
      for (const who of ['office', 'sysadmin', 'auditor', 'leader'])
        expect(status(await (await world.as(who)).post(`/api/accounts/${id}/${path}`, o.body, { version })), who).toBe(403)
      const mine = await accountOf('secadmin')
      const own = await admin.post(`/api/accounts/${mine.id}/${path}`, { ...o.body, reason: 'x' }, { version: mine.version })
      expect(told(own)).toEqual([422, 'people/own-account'])
    },
    malformed: async () => {
      const { id, version } = await accountOf('office')
      expect(status(await admin.post(`/api/accounts/${id}/${path}`, o.body, { version }))).toBe(422)
      expect(status(await admin.post(`/api/accounts/${id}/${path}`, { ...o.body, reason: 'x' }))).toBe(428)
    },
    missing: async () => {
      const answer = await admin.post(`/api/accounts/${NOBODY}/${path}`, { ...o.body, reason: 'x' }, { version: 1 })
      expect(status(answer)).toBe(404)
    },
  }
}

const is = (expected: Partial<Account>) => (account: Account) => expect(account).toMatchObject(expected)
routeTests('POST /api/accounts/{id}/rename', actTests('rename', { body: { name: '示例·改名' }, username: 'acts-1' }))
routeTests('POST /api/accounts/{id}/clearance', actTests('clearance', { body: { clearance: 2 }, username: 'acts-2' }))
routeTests('POST /api/accounts/{id}/validity', actTests('validity', { body: { validTo: '2026-12-31' }, username: 'acts-3' }))
routeTests('POST /api/accounts/{id}/reset', actTests('reset', { body: {}, username: 'acts-4', after: is({ mustChange: true }) }))
const off = { body: {}, username: 'acts-5', after: is({ disabledOn: '2026-03-10' }) }
routeTests('POST /api/accounts/{id}/disable', actTests('disable', off))
const on = { body: {}, username: 'acts-6', after: is({ disabledOn: null }) }
routeTests('POST /api/accounts/{id}/enable', actTests('enable', on))

routeTests('POST /api/session/password', {
  allowed: async () => {
    await newcomer('own-password')
    const [one, other] = [await signIn('own-password'), await signIn('own-password')]
    expect(one.answer.json().mustChange).toBe(true)
    expect(told(await one.get('/api/areas'))).toEqual([403, 'base/password-must-change'])
    const changed = await one.change(PASSWORD, 'Another-Horse-2')
    expect(status(changed), changed.body).toBe(204)
    expect(status(await one.get('/api/areas'))).toBe(200)
    expect(status(await other.get('/api/session'))).toBe(401) // every other session ended
    expect(status((await signIn('own-password')).answer)).toBe(401)
    expect((await signIn('own-password', 'Another-Horse-2')).answer.json().mustChange).toBe(false)
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    await newcomer('guesser')
    const person = await signIn('guesser')
    expect(told(await person.change(PASSWORD, 'Another-Horse-2', { 'x-csrf-token': 'no' }))).toEqual([403, 'base/csrf'])
    expect(status(await world.app.inject({ method: 'POST', url: '/api/session/password', payload: {} }))).toBe(401)
    // A stolen session does not guess the password: five attempts, then it waits.
    const codes: number[] = []
    for (let i = 0; i < 6; i++) codes.push(status(await person.change(`Wrong-Horse-${i}`, 'Another-Horse-2')))
    expect(codes).toEqual([422, 422, 422, 422, 422, 429])
  },
  malformed: async () => {
    await newcomer('weakling')
    const person = await signIn('weakling')
    expect(told(await person.change(PASSWORD, 'short'))).toEqual([422, 'people/weak-password'])
    expect(told(await person.change(PASSWORD, PASSWORD))).toEqual([422, 'people/same-password'])
  },
  missing: { none: 'it is about the one who asks' },
})

describe('an account that was closed', () => {
  it('is out at once, keeps its posts in sight as held by nobody who can act, and comes back', async () => {
    const account = await newcomer('suspended')
    const post = await postOf('停用试岗', account.id)
    const session = await signIn('suspended')
    await session.change(PASSWORD, 'Another-Horse-2')
    await admin.post(`/api/accounts/${account.id}/disable`, { reason: '接受调查' }, { version: 2 })
    expect(status(await session.get('/api/session'))).toBe(401)
    expect(told((await signIn('suspended', 'Another-Horse-2')).answer)).toEqual([401, 'people/wrong-password'])
    const { items } = (await admin.get('/api/posts')).json<{ items: { id: string; holder: object }[] }>()
    expect(items.find((p) => p.id === post.id)!.holder).toMatchObject({ account: account.id, open: false })
    await admin.post(`/api/accounts/${account.id}/enable`, { reason: '调查结束' }, { version: 3 })
    expect((await signIn('suspended', 'Another-Horse-2')).answer.json().holdings).toHaveLength(1)
  })

  it('by its days is out when they are over, and only who knows the password is told why', async () => {
    const account = await newcomer('seasonal')
    const limit = { validFrom: '2026-03-11', validTo: '2026-03-12', reason: '借调' }
    expect(status(await admin.post(`/api/accounts/${account.id}/validity`, limit, { version: 1 }))).toBe(200)
    expect(told((await signIn('seasonal')).answer)).toEqual([403, 'people/outside-window'])
    expect(told((await signIn('seasonal', 'wrong')).answer)).toEqual([401, 'people/wrong-password'])
    const now = world.time.now
    world.time.now = new Date('2026-03-12T15:50:00Z') // ten to midnight of the last day in Shanghai
    const session = await signIn('seasonal')
    expect(status(session.answer)).toBe(201)
    world.time.now = new Date('2026-03-12T16:01:00Z')
    expect(status(await session.get('/api/session'))).toBe(401)
    world.time.now = now
  })
})

describe('a reset', () => {
  it('gives a password once, which opens nothing but its own change; a repeated request tells the same', async () => {
    const account = await newcomer('forgetful')
    const o = { version: account.version, key: 'reset-1' }
    const answer = await admin.post(`/api/accounts/${account.id}/reset`, { reason: '忘记密码' }, o)
    const { password } = answer.json<{ password: string }>()
    expect(password.length).toBeGreaterThan(20)
    const again = await admin.post(`/api/accounts/${account.id}/reset`, { reason: '忘记密码' }, o)
    expect([status(again), again.json().password]).toEqual([200, password])
    expect(status((await signIn('forgetful')).answer)).toBe(401)
    const person = await signIn('forgetful', password)
    for (const url of ['/api/areas', '/api/tokens'])
      expect(told(await person.get(url))).toEqual([403, 'base/password-must-change'])
    expect(status(await person.get('/api/session'))).toBe(200)
    expect(status(await person.change(password, 'Another-Horse-2'))).toBe(204)
    const kept = await world.house.database.pool.query(
      'select (select jsonb_agg(data) from journal.event)::text || (select jsonb_agg(reply) from base.idempotency)::text as text',
    )
    for (const secret of [password, PASSWORD, 'argon2']) expect(kept.rows[0].text).not.toContain(secret)
  })
})

describe('the journal', () => {
  it('finds an account, a clearance and an organisation that were changed behind it', async () => {
    const { pool } = world.house.database
    for (const [there, back] of [
      [
        "update people.account set clearance = 3 where username = 'payout'",
        "update people.account set clearance = 1 where username = 'payout'",
      ],
      [
        "update people.account set read_only = true where username = 'payout'",
        "update people.account set read_only = false where username = 'payout'",
      ],
      [
        "update people.organisation set kind = 'x' where name = '汉台区整改办'",
        "update people.organisation set kind = 'county-office' where name = '汉台区整改办'",
      ],
      [
        "insert into people.account (tenant, id, username, name, clearance) values (610700, gen_random_uuid(), 'ghost', '鬼', 3)",
        "delete from people.account where username = 'ghost'",
      ],
    ] as const) {
      await pool.query(there)
      expect((await proved()).ok, there).toBe(false)
      await pool.query(back)
      expect((await proved()).ok, back).toBe(true)
    }
  })
})

async function newOrganisation(name: string): Promise<string> {
  return (await admin.post('/api/organisations', { name, kind: 'department', area: '610700' })).json<{ id: string }>().id
}

routeTests('POST /api/organisations/{id}/rename', {
  allowed: async () => {
    const id = await newOrganisation('甲局')
    const answer = await admin.post(`/api/organisations/${id}/rename`, { name: '乙局', reason: '机构改革' }, { version: 1 })
    expect([status(answer), answer.json().name, answer.headers.etag]).toEqual([200, '乙局', '"2"'])
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    expect(status(await (await world.as('sysadmin')).post(`/api/organisations/${NOBODY}/rename`, {}, { version: 1 }))).toBe(403)
  },
  malformed: async () => {
    const id = await newOrganisation('丙局')
    expect(status(await admin.post(`/api/organisations/${id}/rename`, { name: '' }, { version: 1 }))).toBe(422)
    const taken = await admin.post(`/api/organisations/${id}/rename`, { name: '汉台区整改办', reason: 'x' }, { version: 1 })
    expect(told(taken)).toEqual([409, 'people/name-taken'])
  },
  missing: async () => {
    const answer = await admin.post(`/api/organisations/${NOBODY}/rename`, { name: 'x', reason: 'x' }, { version: 1 })
    expect(status(answer)).toBe(404)
  },
})

routeTests('POST /api/organisations/{id}/close', {
  allowed: async () => {
    const [from, into] = [await newOrganisation('并入前'), await newOrganisation('并入后')]
    const { id: post } = (await admin.post('/api/posts', { org: from, title: '空岗', role: 'grid', area: '610702' })).json()
    const merge = (version: number) => admin.post(`/api/organisations/${from}/close`, { reason: '合并', into }, { version })
    expect(told(await merge(1))).toEqual([409, 'people/posts-open'])
    expect(status(await admin.post(`/api/posts/${post}/close`, { reason: '撤岗' }, { version: 1 }))).toBe(200)
    expect(status(await merge(1))).toBe(200)
    const { items } = (await admin.get('/api/organisations')).json<{ items: { id: string }[] }>()
    expect(items.some((o) => o.id === from)).toBe(false)
    const all = (await admin.get('/api/organisations?closed=yes')).json<{ items: { id: string; mergedInto: string }[] }>()
    expect(all.items.find((o) => o.id === from)).toMatchObject({ mergedInto: into, closedOn: '2026-03-10', version: 2 })
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).post(`/api/organisations/${NOBODY}/close`, {}, { version: 1 }))).toBe(403)
  },
  malformed: async () => {
    const id = await newOrganisation('丁局')
    const self = await admin.post(`/api/organisations/${id}/close`, { reason: 'x', into: id }, { version: 1 })
    expect(told(self)).toEqual([422, 'people/into-itself'])
  },
  missing: async () => {
    expect(status(await admin.post(`/api/organisations/${NOBODY}/close`, { reason: 'x' }, { version: 1 }))).toBe(404)
  },
})

routeTests('POST /api/posts/{id}/leave', {
  allowed: async () => {
    const { id: from } = await newcomer('leaves-post')
    const post = await postOf('离岗试岗', from)
    const answer = await admin.post(`/api/posts/${post.id}/leave`, { from, reason: '借调' }, { version: post.version })
    expect([status(answer), answer.json().holder]).toEqual([200, null])
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    expect(status(await (await world.as('auditor')).post(`/api/posts/${NOBODY}/leave`, {}, { version: 1 }))).toBe(403)
  },
  malformed: async () => {
    const { id } = await newcomer('holds-nothing')
    const post = await postOf('他人岗', (await newcomer('holds-it')).id)
    const answer = await admin.post(`/api/posts/${post.id}/leave`, { from: id, reason: 'x' }, { version: post.version })
    expect(told(answer)).toEqual([409, 'people/not-held'])
  },
  missing: async () => {
    expect(status(await admin.post(`/api/posts/${NOBODY}/leave`, { from: NOBODY, reason: 'x' }, { version: 1 }))).toBe(404)
  },
})

routeTests('POST /api/posts/{id}/close', {
  allowed: async () => {
    const org = (await admin.get('/api/organisations')).json().items[0].id
    const { id } = (await admin.post('/api/posts', { org, title: '撤销试岗', role: 'grid', area: '610702' })).json()
    expect(status(await admin.post(`/api/posts/${id}/close`, { reason: '撤岗' }, { version: 1 }))).toBe(200)
    expect(status(await admin.post(`/api/posts/${id}/holders`, { account: (await newcomer('too-late')).id }))).toBe(404)
    expect(status(await admin.get(`/api/posts/${id}/holders`))).toBe(200) // its story stays
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    expect(status(await (await world.as('sysadmin')).post(`/api/posts/${NOBODY}/close`, {}, { version: 1 }))).toBe(403)
  },
  malformed: async () => {
    const post = await postOf('在岗', (await newcomer('sits-there')).id)
    const answer = await admin.post(`/api/posts/${post.id}/close`, { reason: 'x' }, { version: post.version })
    expect(told(answer)).toEqual([409, 'people/post-held'])
  },
  missing: async () => {
    expect(status(await admin.post(`/api/posts/${NOBODY}/close`, { reason: 'x' }, { version: 1 }))).toBe(404)
  },
})

routeTests('GET /api/posts/{id}/holders', {
  allowed: async () => {
    const [one, two] = [await newcomer('first-holder'), await newcomer('second-holder')]
    const post = await postOf('历任试岗', one.id)
    const now = world.time.now
    world.time.now = new Date('2026-03-20T02:00:00Z')
    admin = await world.as('secadmin')
    const body = { from: one.id, to: two.id, reason: '轮岗' }
    expect(status(await admin.post(`/api/posts/${post.id}/hand-over`, body, { version: 2 }))).toBe(200)
    const on = async (day: string) =>
      (await admin.get(`/api/posts/${post.id}/holders${day && `?day=${day}`}`)).json<{ items: { account: string }[] }>().items
    expect(await on('')).toMatchObject([
      { account: two.id, from: '2026-03-20', to: null },
      { account: one.id, from: '2026-03-10', to: '2026-03-20', handedTo: '示例·second-holder' },
    ])
    expect((await on('2026-03-19')).map((h) => h.account)).toEqual([one.id])
    expect((await on('2026-03-20')).map((h) => h.account)).toEqual([two.id])
    expect(await on('2026-03-09')).toEqual([])
    world.time.now = now
    admin = await world.as('secadmin')
  },
  forbidden: async () => {
    expect(status(await (await world.as('payout')).get(`/api/posts/${NOBODY}/holders`))).toBe(403)
  },
  malformed: async () => {
    expect(status(await admin.get(`/api/posts/${NOBODY}/holders?day=2026-02-30`))).toBe(400)
  },
  missing: async () => {
    expect(status(await admin.get(`/api/posts/${NOBODY}/holders`))).toBe(404)
  },
})

async function leaver(username: string) {
  const account = await newcomer(username)
  const [kept, left] = [await postOf(`${username}甲岗`, account.id), await postOf(`${username}乙岗`, account.id)]
  await admin.post('/api/duties', { name: `${username}河段`, post: kept.id, area: '610702' })
  return { account, kept, left }
}

routeTests('GET /api/accounts/{id}/leaving', {
  allowed: async () => {
    const { account, kept } = await leaver('looks-back')
    const { posts, tokens } = (await admin.get(`/api/accounts/${account.id}/leaving`)).json()
    expect([posts.length, tokens]).toEqual([2, 0])
    expect(posts.find((p: { id: string }) => p.id === kept.id)).toMatchObject({
      asStandIn: false,
      duties: [{ name: 'looks-back河段' }],
    })
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).get(`/api/accounts/${NOBODY}/leaving`))).toBe(403)
  },
  malformed: async () => {
    expect(status(await admin.get('/api/accounts/x/leaving'))).toBe(400)
  },
  missing: async () => {
    expect(status(await admin.get(`/api/accounts/${NOBODY}/leaving`))).toBe(404)
  },
})

routeTests('POST /api/accounts/{id}/leave', {
  allowed: async () => {
    const { account, kept, left } = await leaver('retires')
    const successor = await newcomer('succeeds')
    const posts = [
      { post: kept.id, version: kept.version, to: successor.id, reason: '接任' },
      { post: left.id, version: left.version, reason: '编制收回' },
    ]
    const session = await signIn('retires')
    const answer = await admin.post(`/api/accounts/${account.id}/leave`, { reason: '退休', posts }, { version: 1 })
    expect([status(answer), answer.json().left]).toEqual([200, '2026-03-10'])
    expect(status(await session.get('/api/session'))).toBe(401)
    expect(status((await signIn('retires')).answer)).toBe(401)
    const { items } = (await admin.get('/api/posts')).json<{ items: { id: string; holder: { account: string } | null }[] }>()
    expect(items.find((p) => p.id === kept.id)!.holder!.account).toBe(successor.id)
    expect(items.find((p) => p.id === left.id)!.holder).toBeNull()
    const trail = (await admin.get(`/api/posts/${left.id}/holders`)).json<{ items: { account: string }[] }>().items
    expect(trail.map((h) => h.account)).toEqual([account.id])
    const again = await admin.post(`/api/accounts/${account.id}/enable`, { reason: '返聘' }, { version: 2 })
    expect(told(again)).toEqual([409, 'people/has-left'])
    expect(await proved()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    const mine = await accountOf('secadmin')
    const own = await admin.post(`/api/accounts/${mine.id}/leave`, { reason: 'x', posts: [] }, { version: mine.version })
    expect(told(own)).toEqual([422, 'people/own-account'])
    expect(status(await (await world.as('sysadmin')).post(`/api/accounts/${mine.id}/leave`, {}, { version: 1 }))).toBe(403)
  },
  malformed: async () => {
    const { account, kept } = await leaver('half-done')
    const posts = [{ post: kept.id, version: kept.version, reason: '只交代一个' }]
    const answer = await admin.post(`/api/accounts/${account.id}/leave`, { reason: '调离', posts }, { version: 1 })
    expect(told(answer)).toEqual([409, 'people/posts-open'])
    const { items } = (await admin.get('/api/posts')).json<{ items: { id: string; holder: { account: string } | null }[] }>()
    expect(items.find((p) => p.id === kept.id)!.holder!.account).toBe(account.id) // nothing was done by half
  },
  missing: async () => {
    expect(status(await admin.post(`/api/accounts/${NOBODY}/leave`, { reason: 'x', posts: [] }, { version: 1 }))).toBe(404)
  },
})

routeTests('GET /api/accounts/{id}/waiting', {
  allowed: async () => {
    const { account } = await world.as('office')
    const waiting = async () => (await admin.get(`/api/accounts/${account}/waiting`)).json()
    expect(await waiting()).toEqual({ items: [] })
    await report(world)
    expect(await waiting()).toEqual({ items: [{ move: 'triage', total: 1 }] }) // a number, and no word of the case
    expect(status(await admin.get('/api/cases'))).toBe(403)
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).get(`/api/accounts/${NOBODY}/waiting`))).toBe(403)
  },
  malformed: async () => {
    expect(status(await admin.get('/api/accounts/x/waiting'))).toBe(400)
  },
  missing: async () => {
    expect(status(await admin.get(`/api/accounts/${NOBODY}/waiting`))).toBe(404)
  },
})
