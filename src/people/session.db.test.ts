import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const passwordOf = (username: string) => world.accounts.find((a) => a.username === username)!.password
const signIn = (username: string, o: { password?: string; from: string; cookie?: string }) =>
  world.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password: o.password ?? passwordOf(username) },
    headers: { 'x-forwarded-for': o.from, ...(o.cookie ? { cookie: o.cookie } : {}) },
  })
const later = (minutes: number) => {
  world.time.now = new Date(world.time.now.getTime() + minutes * 60_000)
}
const count = (codes: number[], code: number) => codes.filter((c) => c === code).length

describe('sign-in', () => {
  it('lets five of twenty wrong passwords at once be tried, from wherever they come', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn('payout', { password: 'x', from: `192.0.${i}.1` })))
    const codes = all.map((a) => a.statusCode)
    expect([count(codes, 401), count(codes, 429)]).toEqual([5, 15])
    const refused = await signIn('payout', { from: '192.0.99.1' })
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'base/too-many'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    later(16)
    expect((await signIn('payout', { from: '192.0.99.1' })).statusCode).toBe(201)
  })

  it('treats an account that does not exist alike', async () => {
    const codes: number[] = []
    for (let i = 0; i < 6; i++) codes.push((await signIn('nobody-here', { password: 'x', from: `198.18.${i}.1` })).statusCode)
    expect(codes).toEqual([401, 401, 401, 401, 401, 429])
  })

  it('allows thirty failures of one source, which its own successes do not forgive', async () => {
    const from = '203.0.113.7'
    const names = world.accounts.map((a) => a.username).filter((name) => name !== 'analyst')
    const codes: number[] = []
    for (let i = 0; i < 30; i++) {
      codes.push((await signIn(names[i % names.length]!, { password: 'x', from })).statusCode)
      if (i % 10 === 9) codes.push((await signIn('analyst', { from: i === 29 ? '203.0.114.7' : from })).statusCode)
    }
    expect([count(codes, 401), count(codes, 201)]).toEqual([30, 3])
    expect((await signIn('analyst', { from: '203.0.113.200' })).statusCode).toBe(429)
    expect((await signIn('analyst', { from: '203.0.114.200' })).statusCode).toBe(201)
    later(16)
    expect((await signIn('analyst', { from })).statusCode).toBe(201)
  })

  it('forgives the account its failures on success', async () => {
    const codes: number[] = []
    for (let i = 0; i < 12; i++)
      codes.push((await signIn('analyst', { from: '198.19.0.1', ...(i % 4 === 3 ? {} : { password: 'x' }) })).statusCode)
    expect([count(codes, 401), count(codes, 201)]).toEqual([9, 3])
  })

  it('ends the session that the browser had before', async () => {
    const first = await signIn('analyst', { from: '198.19.1.1' })
    const cookie = String(first.headers['set-cookie']).split(';')[0]!
    const who = () => world.app.inject({ url: '/api/session', headers: { cookie } })
    expect((await signIn('analyst', { password: 'x', from: '198.19.1.1', cookie })).statusCode).toBe(401)
    expect((await who()).statusCode).toBe(200)
    expect((await signIn('analyst', { from: '198.19.1.1', cookie })).statusCode).toBe(201)
    expect((await who()).statusCode).toBe(401)
  })

  it('refuses a name that no database can hold', async () => {
    for (const username of ['a\0', 'a\ud800']) {
      const answer = await signIn(username, { password: 'x', from: '198.19.2.1' })
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'base/malformed'])
    }
  })
})
