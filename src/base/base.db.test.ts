import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWorld, type World } from '../../test/world.ts'
import type { Principal } from './ctx.ts'
import { buildApp } from './http/app.ts'
import { routeOf } from './http/route.ts'
import { type Gate, mount } from './http/router.ts'

type Query = (text: unknown, ...rest: unknown[]) => Promise<unknown>

let world: World
let app: Awaited<ReturnType<typeof buildApp>>

beforeAll(async () => {
  world = await openWorld({ people: false })
  app = await buildApp({ log: world.house.log, translate: (e) => e })
  mount(app, world.house, stranger(world.house.tenant), ROUTES)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const begin: World['house']['database']['begin'] = (...args) => world.house.database.begin(...args)
const rowsNamed = async (name: string) =>
  (await world.house.database.pool.query('select 1 from base.number where name = $1', [name])).rowCount

/** Once only: the first message to the database that the pattern matches is answered by `instead`. */
function meet(pattern: RegExp, instead: (send: Query, text: string) => Promise<unknown>): void {
  const { pool } = world.house.database
  const watch = (client: pg.PoolClient) => {
    const send = client.query.bind(client) as unknown as Query
    const met: Query = (text, ...rest) => {
      if (typeof text !== 'string' || !pattern.test(text)) return send(text, ...rest)
      pool.off('acquire', watch)
      client.query = send as never
      return instead(send, text)
    }
    client.query = met as never
  }
  pool.on('acquire', watch)
}

describe('a transaction', () => {
  it('that cannot open leaves a clean connection behind', async () => {
    meet(/^begin/, (send, text) => send(text.replace("'qinba_app'", "'no_such_role'")))
    await expect(begin(610700, async () => 1)).rejects.toThrow(/no_such_role/)
    expect((await world.house.database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    expect(await begin(610700, async () => 2)).toBe(2)
  })

  it('whose rollback fails gives its connection up, and the pool opens another', async () => {
    const { pool } = world.house.database
    const removed: unknown[] = []
    const count = (client: unknown) => void removed.push(client)
    pool.on('remove', count)
    meet(/^rollback/, () => Promise.reject(new Error('no answer')))
    const failing = begin(610700, async (db) => {
      await sql`insert into base.number (tenant, year, name, last) values (610700, 1999, 'given-up', 1)`.execute(db)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await begin(610700, async () => 3)).toBe(3)
    expect(await rowsNamed('given-up')).toBe(0)
    await expect.poll(() => removed.length).toBe(1)
    pool.off('remove', count)
  })

  it('that swallowed an error is not acknowledged', async () => {
    const swallowing = begin(610700, async (db) => {
      await sql`insert into base.number (tenant, year, name, last) values (610700, 1999, 'swallowed', 1)`.execute(db)
      await sql`select 1/0`.execute(db).catch(() => {})
      return 'acknowledged'
    })
    await expect(swallowing).rejects.toThrow(/rolled back/)
    expect(await rowsNamed('swallowed')).toBe(0)
  })

  it('whose connection dies between two queries is an error, not the end of the process', async () => {
    if (world.house.database.kind !== 'postgres') return
    const dying = begin(610700, async (db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      await world.house.database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      await new Promise((later) => setTimeout(later, 200))
      return sql`select 1`.execute(db)
    })
    await expect(dying).rejects.toThrow()
    expect(await begin(610700, async () => 4)).toBe(4)
  })

  it('waits for a connection for a while only', () => {
    expect(world.house.database.pool.options.connectionTimeoutMillis).toBeGreaterThan(0)
  })
})

describe('a job', () => {
  it('for a queue that nobody declared is refused at once', async () => {
    const { jobs } = world.house
    await expect(begin(610700, (db) => jobs.send(db, 'never-declared', {}))).rejects.toThrow(/never-declared/)
    expect(await begin(610700, async () => 5)).toBe(5)
  })

  it('is sent by a process that only declares its queues', async () => {
    const { jobs } = world.house
    await jobs.declare(['only-declared'])
    await begin(610700, (db) => jobs.send(db, 'only-declared', { a: 1 }))
    const { rowCount } = await world.house.database.pool.query(`select 1 from pgboss.job where name = 'only-declared'`)
    expect(rowCount).toBe(1)
  })

  it('is never set up from inside a transaction, which holds the only connection', async () => {
    const { jobs } = world.house
    await expect(begin(610700, () => jobs.declare(['too-late']))).rejects.toThrow(/inside a transaction/)
    expect(await begin(610700, async () => 6)).toBe(6)
  })
})

describe('a statement of the queue that fails', () => {
  it('leaves neither an open transaction nor a pool without connection', async () => {
    meet(/pgboss/, (send) => send('begin; select 1/0; commit'))
    await expect(world.house.jobs.declare(['unlucky'])).rejects.toThrow(/division by zero/)
    expect(await begin(610700, async () => 7)).toBe(7)
    await world.house.jobs.declare(['unlucky'])
  })
})

const route = routeOf<Principal>()
const ROUTES = [
  route({
    method: 'POST',
    path: '/test/{id}',
    permission: 'public',
    summary: { zh: '写', en: 'write' },
    params: z.object({ id: z.string() }),
    body: z.object({ text: z.unknown() }),
    reply: z.object({ ok: z.boolean() }),
    run: async () => ({ ok: true }),
  }),
  route({
    method: 'GET',
    path: '/test/{id}',
    permission: 'public',
    summary: { zh: '读', en: 'read' },
    params: z.object({ id: z.string() }),
    query: z.object({ q: z.string().optional() }),
    reply: z.object({ ok: z.boolean() }),
    run: async () => ({ ok: true }),
  }),
  route({
    method: 'POST',
    path: '/test/{id}/files',
    permission: 'public',
    summary: { zh: '传', en: 'upload' },
    body: z.record(z.string(), z.string()),
    multipart: { bytes: 1000, files: 2 },
    reply: z.object({ names: z.array(z.string()) }),
    run: async (_ctx, input) => ({ names: input.files.map((f) => f.name) }),
  }),
]

function stranger(tenant: number): Gate<Principal> {
  return {
    recognise: async () => undefined,
    stranger: {
      actor: { tenant, account: 'public', name: '公众' },
      scope: { tenant, areas: ['public'], orgs: [], clearance: -1 },
    },
    can: () => false,
  }
}

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const json = (payload: string, url = '/test/1') =>
  app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...key() }, payload })
const form = (payload: string, type = 'multipart/form-data; boundary=b') =>
  app.inject({ method: 'POST', url: '/test/1/files', headers: { 'content-type': type, ...key() }, payload })
const field = (name: string, value: string) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string) => `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\nabc\r\n`

describe('what cannot be kept is refused at the door', () => {
  it.each([
    ['NUL in a body', () => json('{"text":"a\\u0000b"}')],
    ['half a surrogate pair in a body', () => json('{"text":"a\\ud800b"}')],
    ['NUL in a key', () => json('{"text":{"\\u0000":1}}')],
    ['a list 400,000 deep', () => json('['.repeat(400_000) + ']'.repeat(400_000))],
    ['an object 150,000 deep', () => json(`${'{"text":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
    ['a number that is none', () => json('{"text":1e400}')],
    ['NUL in a path', () => json('{"text":1}', '/test/%00')],
    ['NUL in a path that is read', () => app.inject({ url: '/test/%00' })],
    ['NUL in a query', () => app.inject({ url: '/test/1?q=%00' })],
    ['a path that does not decode', () => app.inject({ url: '/test/%E0%A4%A' })],
    ['NUL in a field', () => form(`${field('kind', 'a\0b')}--b--\r\n`)],
    ['NUL in the name of a field', () => form(`${field('ki\0nd', 'a')}--b--\r\n`)],
    ['no boundary', () => form('x', 'multipart/form-data')],
    ['a file cut short', () => form(file('a.txt').slice(0, -2))],
    ['a field cut short', () => form(field('kind', 'a').slice(0, -2))],
    ['the name of an object’s own', () => form(`${field('__proto__', 'a')}--b--\r\n`)],
  ])('%s', async (_what, send) => {
    const answer = await send()
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'base/malformed'])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.body.length).toBeLessThan(2000)
  })

  it('a field that is too long is not kept in part', async () => {
    const answer = await form(`${field('kind', 'a'.repeat(20_001))}--b--\r\n`)
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'base/too-large'])
  })

  it('a long file name keeps whole characters', async () => {
    const answer = await form(`${file(`${'😀'.repeat(130)}a`)}--b--\r\n`)
    expect(answer.json()).toEqual({ names: [`${'😀'.repeat(119)}a`] })
  })

  it('and what can be kept passes', async () => {
    expect((await json('{"text":["秦岭😀",1,null,true]}')).statusCode).toBe(200)
    expect((await app.inject({ url: '/test/%E7%A7%A6?q=%F0%9F%98%80' })).statusCode).toBe(200)
  })
})

describe('a slow client', () => {
  it('has five minutes for a request and does not hold a silent connection', () => {
    expect(app.server.requestTimeout).toBe(300_000)
    expect(app.server.timeout).toBeGreaterThan(0)
  })
})
