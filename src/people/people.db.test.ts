import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { openWorld, type World } from '../../test/world.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { journalled } from '../contexts.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const status = (answer: { statusCode: number }) => answer.statusCode
const NOBODY = '00000000-0000-4000-8000-000000000000'

async function somePost(title: string) {
  const answer = await (await world.as('secadmin')).get('/api/posts')
  const post = answer
    .json<{ items: { id: string; title: string; version: number; holder: { account: string } | null }[] }>()
    .items.find((p) => p.title === title)
  if (!post) throw new Error(`no post ${title}`)
  return post
}

async function newAccount(username: string): Promise<string> {
  const body = { username, name: '示例·新人', clearance: 1, password: 'Correct-Horse-1' }
  const answer = await (await world.as('secadmin')).post('/api/accounts', body)
  expect(status(answer), answer.body).toBe(201)
  return answer.json<{ id: string }>().id
}

routeTests('POST /api/session', {
  allowed: async () => {
    const { account } = await world.as('office')
    expect(account).toMatch(/^[0-9a-f-]{36}$/)
  },
  forbidden: async () => {
    const [wrong, unknown] = await Promise.all(
      ['office', 'nobody-here'].map((username) =>
        world.app.inject({ method: 'POST', url: '/api/session', payload: { username, password: 'wrong' } }),
      ),
    )
    expect([status(wrong!), status(unknown!)]).toEqual([401, 401])
    expect(wrong!.json().detail).toBe(unknown!.json().detail)
    const foreign = await world.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'office', password: 'x' },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(status(foreign)).toBe(403)
  },
  malformed: async () => {
    expect(status(await world.app.inject({ method: 'POST', url: '/api/session', payload: { username: 7 } }))).toBe(422)
    const broken = await world.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect(status(broken)).toBe(400)
  },
  missing: { none: 'an unknown account is answered like a wrong password' },
})

routeTests('GET /api/session', {
  allowed: async () => {
    const me = (await (await world.as('office')).get('/api/session')).json()
    expect(me).toMatchObject({ tenant: 610700, demo: true, cityName: '汉中市' })
    expect(me.permissions).toContain('case.import')
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ method: 'GET', url: '/api/session' }))).toBe(401)
    expect(
      status(await world.app.inject({ method: 'GET', url: '/api/session', headers: { cookie: 'qinba_session=made-up' } })),
    ).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('DELETE /api/session', {
  allowed: async () => {
    const account = world.accounts.find((a) => a.username === 'publisher')!
    const signIn = await world.app.inject({ method: 'POST', url: '/api/session', payload: account })
    const headers = { cookie: String(signIn.headers['set-cookie']).split(';')[0]!, 'x-csrf-token': signIn.json().csrfToken }
    expect(status(await world.app.inject({ method: 'DELETE', url: '/api/session', headers }))).toBe(204)
    expect(status(await world.app.inject({ method: 'GET', url: '/api/session', headers }))).toBe(401)
  },
  forbidden: async () => {
    expect(
      status(await (await world.as('office')).send({ method: 'DELETE', url: '/api/session', headers: { 'x-csrf-token': 'no' } })),
    ).toBe(403)
    expect(status(await world.app.inject({ method: 'DELETE', url: '/api/session' }))).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('GET /api/organisations', {
  allowed: async () => {
    const { items } = (await (await world.as('unit-hantai')).get('/api/organisations')).json()
    expect(items.length).toBeGreaterThan(10)
  },
  forbidden: async () => {
    expect(status(await (await world.as('auditor')).get('/api/organisations'))).toBe(403)
    expect(status(await world.app.inject({ url: '/api/organisations' }))).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/organisations', {
  allowed: async () => {
    const answer = await (await world.as('secadmin')).post('/api/organisations', {
      name: '汉台区水利局',
      kind: 'county-department',
      area: '610702',
    })
    expect(status(answer)).toBe(201)
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).post('/api/organisations', { name: 'x', kind: 'y', area: '610702' }))).toBe(
      403,
    )
  },
  malformed: async () => {
    expect(status(await (await world.as('secadmin')).post('/api/organisations', { name: '' }))).toBe(422)
  },
  missing: async () => {
    expect(
      status(await (await world.as('secadmin')).post('/api/organisations', { name: '外市单位', kind: 'x', area: '610100' })),
    ).toBe(422)
  },
})

routeTests('GET /api/posts', {
  allowed: async () => {
    const { items } = (await (await world.as('office')).get('/api/posts?role=leader')).json()
    expect(items).toHaveLength(1)
    expect(items[0].holder.name).toBe('示例·分管领导')
  },
  forbidden: async () => {
    expect(status(await (await world.as('payout')).get('/api/posts'))).toBe(403)
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get('/api/posts?role=king'))).toBe(400)
  },
  missing: { none: 'a role nobody holds is an empty list' },
})

routeTests('POST /api/posts', {
  allowed: async () => {
    const admin = await world.as('secadmin')
    const org = (await admin.get('/api/organisations')).json().items[0].id
    expect(status(await admin.post('/api/posts', { org, title: '试岗', role: 'grid', area: '610702' }))).toBe(201)
  },
  forbidden: async () => {
    expect(status(await (await world.as('sysadmin')).post('/api/posts', {}))).toBe(403)
  },
  malformed: async () => {
    expect(status(await (await world.as('secadmin')).post('/api/posts', { role: 'king' }))).toBe(422)
  },
  missing: async () => {
    const answer = await (await world.as('secadmin')).post('/api/posts', {
      org: NOBODY,
      title: 'x',
      role: 'grid',
      area: '610702',
    })
    expect(status(answer), answer.body).toBe(422)
  },
})

routeTests('POST /api/posts/{id}/holders', {
  allowed: async () => {
    const post = await somePost('遥感与核算员')
    const answer = await (await world.as('secadmin')).post(`/api/posts/${post.id}/holders`, {
      account: await newAccount('stand-in-1'),
      standIn: true,
    })
    expect(status(answer), answer.body).toBe(200)
    expect(answer.json().standIn.name).toBe('示例·新人')
  },
  forbidden: async () => {
    const post = await somePost('安全审计员')
    const { account } = await world.as('secadmin')
    const own = await (await world.as('secadmin')).post(`/api/posts/${post.id}/holders`, { account })
    expect([status(own), own.json().code]).toEqual([422, 'people/own-post'])
    const two = await (await world.as('secadmin')).post(`/api/posts/${post.id}/holders`, {
      account: (await world.as('sysadmin')).account,
      standIn: true,
    })
    expect([status(two), two.json().code]).toEqual([422, 'people/three-powers'])
    expect(status(await (await world.as('office')).post(`/api/posts/${post.id}/holders`, { account }))).toBe(403)
  },
  malformed: async () => {
    expect(status(await (await world.as('secadmin')).post('/api/posts/x/holders', { account: NOBODY }))).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('secadmin')).post(`/api/posts/${NOBODY}/holders`, { account: NOBODY }))).toBe(404)
  },
})

routeTests('POST /api/posts/{id}/hand-over', {
  allowed: async () => {
    const post = await somePost('城固县河长、林长')
    const old = await world.as('chief-chenggu')
    const to = await newAccount('chief-new')
    const body = { from: post.holder!.account, to, reason: '工作调动' }
    const answer = await (await world.as('secadmin')).post(`/api/posts/${post.id}/hand-over`, body, { version: post.version })
    expect(status(answer), answer.body).toBe(200)
    expect(answer.json().holder.account).toBe(to)
    expect(status(await old.get('/api/session'))).toBe(401) // whoever handed over is signed out at once
    const again = await world.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: world.accounts.find((a) => a.username === 'chief-chenggu')!,
    })
    expect(again.json().holdings).toEqual([]) // and comes back without the post, the same day
  },
  forbidden: async () => {
    const post = await somePost('汉台区河长、林长')
    expect(
      status(await (await world.as('county-office-hantai')).post(`/api/posts/${post.id}/hand-over`, {}, { version: 1 })),
    ).toBe(403)
  },
  malformed: async () => {
    const post = await somePost('汉台区河长、林长')
    const body = { from: post.holder!.account, to: NOBODY, reason: 'x' }
    const admin = await world.as('secadmin')
    expect(status(await admin.post(`/api/posts/${post.id}/hand-over`, body))).toBe(428)
    expect(status(await admin.post(`/api/posts/${post.id}/hand-over`, body, { version: 99 }))).toBe(409)
  },
  missing: async () => {
    const body = { from: NOBODY, to: NOBODY, reason: 'x' }
    expect(status(await (await world.as('secadmin')).post(`/api/posts/${NOBODY}/hand-over`, body, { version: 1 }))).toBe(404)
  },
})

async function newDuty() {
  const [post, standIn] = [await somePost('汉台区河长、林长'), await somePost('网格员')]
  const body = { name: '褒河汉台段', post: post.id, standInPost: standIn.id, area: '610702' }
  return (await world.as('secadmin')).post('/api/duties', body)
}

routeTests('GET /api/duties', {
  allowed: async () => {
    await newDuty()
    const { items } = (await (await world.as('chief-hantai')).get('/api/duties?area=610702')).json()
    expect(items[0]).toMatchObject({ name: '褒河汉台段', postTitle: '汉台区河长、林长', standInTitle: '网格员', to: null })
  },
  forbidden: async () => {
    expect(status(await (await world.as('payout')).get('/api/duties'))).toBe(403)
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get(`/api/duties?area=${'x'.repeat(30)}`))).toBe(400)
  },
  missing: { none: 'a division without duties is an empty list' },
})

routeTests('POST /api/duties', {
  allowed: async () => {
    expect(status(await newDuty())).toBe(201)
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).post('/api/duties', {}))).toBe(403)
  },
  malformed: async () => {
    const { id } = await somePost('网格员')
    const same = await (await world.as('secadmin')).post('/api/duties', { name: 'x', post: id, standInPost: id, area: '610702' })
    expect([status(same), same.json().code]).toEqual([422, 'people/same-person'])
  },
  missing: async () => {
    expect(status(await (await world.as('secadmin')).post('/api/duties', { name: 'x', post: NOBODY, area: '610702' }))).toBe(404)
  },
})

routeTests('POST /api/duties/{id}/lift', {
  allowed: async () => {
    const { id } = (await newDuty()).json()
    const admin = await world.as('secadmin')
    expect((await admin.post(`/api/duties/${id}/lift`, { reason: '河段调整' })).json().to).toBe('2026-03-10')
    expect(status(await admin.post(`/api/duties/${id}/lift`, { reason: '再一次' }))).toBe(409)
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).post(`/api/duties/${NOBODY}/lift`, { reason: 'x' }))).toBe(403)
  },
  malformed: async () => {
    expect(status(await (await world.as('secadmin')).post(`/api/duties/${NOBODY}/lift`, {}))).toBe(422)
  },
  missing: async () => {
    expect(status(await (await world.as('secadmin')).post(`/api/duties/${NOBODY}/lift`, { reason: 'x' }))).toBe(404)
  },
})

routeTests('GET /api/accounts', {
  allowed: async () => {
    const { items } = (await (await world.as('secadmin')).get('/api/accounts')).json()
    expect(items.some((a: { username: string }) => a.username === 'office')).toBe(true)
    expect(JSON.stringify(items)).not.toContain('argon2')
  },
  forbidden: async () => {
    expect(status(await (await world.as('sysadmin')).get('/api/accounts'))).toBe(403)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

routeTests('POST /api/accounts', {
  allowed: async () => {
    await newAccount('fresh-one')
  },
  forbidden: async () => {
    expect(status(await (await world.as('office')).post('/api/accounts', {}))).toBe(403)
  },
  malformed: async () => {
    const answer = await (await world.as('secadmin')).post('/api/accounts', {
      username: 'weak',
      name: 'x',
      clearance: 1,
      password: 'short',
    })
    expect([status(answer), answer.json().code]).toEqual([422, 'people/weak-password'])
  },
  missing: async () => {
    const twice = await (await world.as('secadmin')).post('/api/accounts', {
      username: 'office',
      name: 'x',
      clearance: 1,
      password: 'Correct-Horse-1',
    })
    expect(status(twice)).toBe(409)
  },
})

describe('signing in', () => {
  it('waits after five failures, per account, and lets in again when the window is over', async () => {
    const attempt = (password: string) =>
      world.app.inject({ method: 'POST', url: '/api/session', payload: { username: 'grid-hantai', password } })
    for (let i = 0; i < 5; i++) await attempt('wrong')
    const right = world.accounts.find((a) => a.username === 'grid-hantai')!.password
    const throttled = await attempt(right)
    expect([status(throttled), Number(throttled.headers['retry-after']) > 0]).toEqual([429, true])
    world.time.now = new Date(world.time.now.getTime() + 16 * 60_000)
    expect(status(await attempt(right))).toBe(201)
  })

  it('gives the posts of the Shanghai day, also between midnight and eight', async () => {
    world.time.now = new Date('2026-03-10T16:30:00Z') // 00:30 on the 11th
    const id = await newAccount('night-shift')
    const admin = await world.as('secadmin')
    const org = (await admin.get('/api/organisations')).json().items[0].id
    const post = (await admin.post('/api/posts', { org, title: '夜班', role: 'grid', area: '610702' })).json().id
    expect(status(await admin.post(`/api/posts/${post}/holders`, { account: id }))).toBe(200)
    const signIn = await world.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'night-shift', password: 'Correct-Horse-1' },
    })
    expect(signIn.json().holdings).toHaveLength(1)
  })

  it('ends after 30 idle minutes', async () => {
    const person = await world.as('inspector-2')
    world.time.now = new Date(world.time.now.getTime() + 31 * 60_000)
    expect(status(await person.get('/api/session'))).toBe(401)
  })
})
