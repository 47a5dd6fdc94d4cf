import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { inject } from 'vitest'
import { type DemoAccount, loadCity, loadLaw, makeDemoPeople } from '../src/admin/index.ts'
import { openBlobStore } from '../src/base/blobs/open.ts'
import type { BlobStore } from '../src/base/blobs.ts'
import type { Config } from '../src/base/config.ts'
import { type Ctx, standing } from '../src/base/ctx.ts'
import { openDatabase } from '../src/base/db.ts'
import { calmGuard } from '../src/base/guard/guard.ts'
import { openJobs } from '../src/base/jobs.ts'
import { beginOrRefuse } from '../src/base/journal/begin.ts'
import { openLog } from '../src/base/log.ts'
import type { Law } from '../src/base/rules/law.ts'
import { openSealer } from '../src/base/seal.ts'
import { type OpenHouse, settingsOf } from '../src/house.ts'
import { openApp } from '../src/serve.ts'
import { TEST_CITY } from './databases.ts'

/** A city of its own for one test file: a fresh database of the kind under test, the real router, and people of every role. */
export interface World {
  house: OpenHouse
  app: FastifyInstance
  /** Where browsers find the desk; empty without `desk: true`. */
  url: string
  accounts: DemoAccount[]
  /** Signs in once per person and sends requests with everything a client must send. */
  as(username: string): Promise<Person>
  /** Time of the world; tests move it. */
  time: { now: Date }
  /** The system itself, seeing the whole city: for arranging what a test needs. */
  system: Ctx
  close(): Promise<void>
}

export interface Person {
  account: string
  get(url: string, o?: Send): Promise<LightMyRequestResponse>
  post(url: string, body: unknown, o?: Send): Promise<LightMyRequestResponse>
  send(o: InjectOptions): Promise<LightMyRequestResponse>
}

export interface Send {
  version?: number
  key?: string
  headers?: Record<string, string>
}

export const CHEAP = { memory: 1024, passes: 1 }

export interface WorldOptions {
  policy?: boolean
  now?: Date
  people?: boolean
  /** Serves the built desk on a free port. */
  desk?: boolean
  /** What the environment would say. */
  config?: Partial<Config>
  /** Where files go; by default into a folder of the world's own. */
  blobs?: BlobStore
}

const ROOT = resolve(import.meta.dirname, '..')

/** Opens a world; `policy: false` switches the first wall off to prove the second. */
export async function openWorld(o: WorldOptions = {}): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-world-'))
  const { url, drop } = await ownDatabase(dir)
  const database = await openDatabase({ dir: join(dir, 'pg'), url, poolSize: 6 })
  const time = { now: o.now ?? new Date('2026-03-10T02:00:00Z') }
  const city = await loadCity(TEST_CITY)
  let law: Law = await database.begin(city.tenant, loadLaw)
  const log = openLog('silent')
  const config = { ...configOf(dir), ...o.config }
  await beginOrRefuse(database, city.tenant, { suite: config.algorithms, hash: config.journalHash })
  const jobs = await openJobs(database, log)
  const blobs = o.blobs ?? (await openBlobStore(config, log))
  const house: OpenHouse = {
    config,
    city,
    secret: 's'.repeat(40),
    database,
    tenant: city.tenant,
    blobs,
    jobs,
    log,
    law: () => law,
    guard: calmGuard(() => time.now),
    clock: () => time.now,
    policy: o.policy ?? true,
    seal: openSealer('s'.repeat(40), config.algorithms).seal,
    settings: settingsOf(config, city),
    reloadLaw: async () => {
      law = await database.begin(city.tenant, loadLaw)
    },
    close: async () => {
      await jobs.stop()
      await blobs.close()
      await database.close()
    },
  }
  const system = systemCtx(house)
  const counties = law && [
    { code: '610702', name: '汉台区' },
    { code: '610722', name: '城固县' },
  ]
  const accounts = o.people === false ? [] : await makeDemoPeople(system, city, { counties, cost: CHEAP })
  const app = await openApp(house, o.desk ? { root: ROOT } : {})
  if (o.desk) await app.listen({ port: 0, host: '127.0.0.1' })
  const people = new Map<string, Promise<Person>>()
  return {
    house,
    app,
    url: o.desk ? app.listeningOrigin : '',
    accounts,
    time,
    system,
    as(username) {
      const key = `${username} ${Math.floor(time.now.getTime() / 600_000)}` // a session ends with the day; who comes back signs in anew
      return people.get(key) ?? people.set(key, signInAs(app, accounts, username)).get(key)!
    },
    async close() {
      await app.close()
      await house.close()
      await drop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The system as an actor, with the whole city in view. */
export function systemCtx(house: OpenHouse): Ctx {
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  return standing(house, { tenant: house.tenant, account: 'system', name: '系统' }, scope)
}

async function ownDatabase(dir: string): Promise<{ url: string | undefined; drop(): Promise<void> }> {
  const template = inject('template')
  if (template.kind === 'embedded') {
    cpSync(template.at, join(dir, 'pg'), { recursive: true })
    return { url: undefined, drop: async () => {} }
  }
  const name = `w_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await administer(template.at, `create database ${name} template template_qinba`)
  return { url: template.at.replace('NAME', name), drop: () => administer(template.at, `drop database ${name} with (force)`) }
}

// Two workers may want the template at once; PostgreSQL copies it for one at a time.
async function administer(at: string, text: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: at.replace('NAME', 'postgres') })
    await client.connect()
    try {
      return void (await client.query(text))
    } catch (e) {
      if (tries >= 50 || !/being accessed by other users/.test(String(e))) throw e
      await new Promise((again) => setTimeout(again, 100))
    } finally {
      await client.end()
    }
  }
}

function configOf(dir: string): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataDir: dir,
    databaseUrl: undefined,
    blobDir: join(dir, 'blobs'),
    s3: undefined,
    checkpointDir: join(dir, 'outside'),
    secret: undefined,
    demo: true,
    logLevel: 'silent',
    tenant: TEST_CITY,
    cityDir: undefined,
    production: false,
    disk: { minFreeBytes: 0, minFreePercent: 0, ballastBytes: 0 },
    metricsToken: undefined,
    algorithms: 'international',
    journalHash: 'sha256',
    tiandituKey: undefined,
    outbound: { allow: [], smtpUrl: undefined, mailFrom: undefined, smsUrl: undefined, smsToken: undefined },
  }
}

async function signInAs(app: FastifyInstance, accounts: DemoAccount[], username: string): Promise<Person> {
  const account = accounts.find((a) => a.username === username)
  if (!account) throw new Error(`the world has no ${username}; it has ${accounts.map((a) => a.username).join(', ')}`)
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password: account.password } })
  if (answer.statusCode !== 201) throw new Error(`${username} cannot sign in: ${answer.body}`)
  const me = answer.json<{ csrfToken: string; account: string }>()
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!
  const base = { cookie, 'x-csrf-token': me.csrfToken }
  const more = (o: Send = {}) => ({ ...base, ...(o.version === undefined ? {} : { 'if-match': `"${o.version}"` }), ...o.headers })
  return {
    account: me.account,
    get: (url, o) => app.inject({ method: 'GET', url, headers: more(o) }),
    post: (url, body, o = {}) =>
      app.inject({
        method: 'POST',
        url,
        payload: body as object,
        headers: { 'idempotency-key': o.key ?? crypto.randomUUID(), ...more(o) },
      }),
    send: (o) => app.inject({ ...o, headers: { ...base, ...(o.headers as Record<string, string>) } }),
  }
}
