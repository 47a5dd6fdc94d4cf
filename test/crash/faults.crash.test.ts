import { randomInt } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPostgres } from '../cluster.ts'
import type { RunningServer } from '../server.ts'
import { auditFromOutside } from './audit.ts'
import { auditFromInside } from './audit-sql.ts'
import { between, roundsOr } from './campaign.ts'
import { type Crowd, type Door, gather, openDoor, send } from './clients.ts'
import { FaultProxy } from './fault-proxy.ts'
import { type Fault, type Survived, statusOf, underFire } from './fire.ts'
import { hashOfAnswer, Ledger } from './ledger.ts'
import { writeResult } from './results.ts'
import { actOf } from './script.ts'
import { postgresSite, type Site } from './site.ts'

const restarts = Math.ceil(0.4 * roundsOr(2))
const cuts = 2 * roundsOr(5)
const timeout = (rounds: number) => ({ timeout: 60_000 + rounds * 30_000 })
const SOUND = { lost: 0, duplicated: 0, wrong: [], untimely: [] }

describe.skipIf(!hasPostgres())('a PostgreSQL that fails under the product', () => {
  let site: Site
  beforeAll(async () => {
    site = await postgresSite()
  })
  afterAll(() => site?.destroy())

  it(`comes back from ${restarts} restarts without a loss, and jobs go on`, timeout(restarts), async () => {
    const life = await open(site)
    const boss = await queue(site)
    // A worker takes a job and dies with it: what it leaves has to be done by another. The everyday run does not wait for that.
    const jobs = restarts > 1 ? await deadWorker(boss) : []
    const fault: Fault = async () => {
      const began = Date.now()
      await site.cluster!.restart()
      jobs.push((await boss.send('cases-colours', {}))!)
      return { began }
    }
    const lastly = () => undone(boss, jobs)
    const figures = await underFire({ ...life, site, rounds: restarts, fault, lastly, healMs: 5000 })
    await boss.stop()
    writeResult('restart-postgres', { ...figures, jobs: jobs.length })
    expectSurvived(figures, 5000)
  })

  it(`goes on when ${restarts} times some of its backends are ended`, timeout(restarts), async () => {
    const life = await open(site)
    let ended = 0
    const fault: Fault = async () => {
      const began = Date.now()
      const { rowCount } = await site.ask((db) =>
        db.query(`select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'
          and pid <> pg_backend_pid() and random() < 0.6`),
      )
      ended += rowCount ?? 0
      return { began }
    }
    const figures = await underFire({ ...life, site, rounds: restarts, fault, healMs: 5000 })
    writeResult('backends-postgres', { ...figures, ended })
    expect(ended).toBeGreaterThan(0)
    expectSurvived(figures, 5000)
  })

  it(`makes one row of each write over ${cuts} cuts of its connections in the middle of a message`, timeout(cuts), async () => {
    const cluster = site.cluster!
    const host = join(site.outside, 'wire')
    mkdirSync(host)
    const proxy = await new FaultProxy({ at: socketIn(host), target: { path: socketIn(cluster.host) } }).up()
    const life = await open(site, { DATABASE_URL: cluster.url('postgres', host) })
    const odd: string[] = []
    const fault: Fault = async (round) => {
      await proxy.cutAfter(randomInt(1, 4001), round % 2 ? 'up' : 'down')
      const began = Date.now() - 1000
      if (round % 4 < 2) odd.push(...(await darkness(proxy, life.server)))
      return { began }
    }
    const figures = await underFire({ ...life, site, rounds: cuts, fault, healMs: 10_000 })
    await proxy.down()
    writeResult('wire-postgres', { ...figures, odd })
    expect(odd).toEqual([])
    expectSurvived(figures, 10_000)
  })

  it(`answers again as it had answered, over ${cuts} cuts between a client and the product`, timeout(cuts), async () => {
    const life = await open(site)
    const port = Number(new URL(life.server.url).port)
    const proxy = await new FaultProxy({ at: 0, target: { port, host: '127.0.0.1' } }).up()
    life.door.url = `http://127.0.0.1:${proxy.port}`
    const swallowed: unknown[] = []
    const fault: Fault = async (round) => {
      const said = await (round % 3 === 2
        ? proxy.cutAfter(randomInt(1, 40_001), 'up')
        : proxy.cutAfter(randomInt(1, 4001), 'down'))
      const answer = bodyOf(said)
      if (answer) swallowed.push(answer)
      return { began: Date.now() - 2000 }
    }
    const figures = await underFire({ ...life, site, rounds: cuts, fault, healMs: 2000 })
    await proxy.down()
    const changed = swallowed.filter((answer) => !isAsAcknowledged(answer, life.crowd))
    writeResult('wire-http', { ...figures, swallowed: swallowed.length, changed: changed.length })
    expect(swallowed.length).toBeGreaterThan(0)
    expect(changed).toEqual([])
    expectSurvived(figures, 2000)
  })

  it('would be seen to have made a second row, or to have lost a file', timeout(1), async () => {
    const { server, door, crowd } = await open(site)
    const stop = new AbortController()
    const work = crowd.work(door, { signal: stop.signal })
    while (crowd.ledger.acknowledged < 24) await sleep(10)
    stop.abort()
    await work
    const known = [...crowd.ledger.cases.values()]
    const sha = known.flatMap((c) => c.photos)[0]!
    await send({ ...actOf(0, { title: known[0]!.title, shown: undefined }, door.directory), key: 'another' }, door)
    rmSync(join(site.blobs, sha.slice(0, 2), sha.slice(2, 4), sha))
    const { duplicated, wrong } = await auditFromOutside(door, crowd.ledger, { blobs: site.blobs, known })
    expect([duplicated, wrong]).toEqual([1, [`${known[0]!.title} is there 2 times`, `blob ${sha} is referred to and not there`]])
    await server.stop()
    const inside = await site.ask((db) => auditFromInside(db, crowd.ledger, site))
    expect(inside.join()).toMatch(/is there 2 times.*keys were answered.*is referred to and not there/)
  })
})

interface Life {
  server: RunningServer
  door: Door
  crowd: Crowd
}

async function open(site: Site, env: Record<string, string> = {}): Promise<Life> {
  const server = await site.start(env)
  const ledger = new Ledger(join(site.outside, `witness-${Date.now()}.jsonl`))
  return { server, door: await openDoor(server), crowd: gather(6, ledger) }
}

function expectSurvived(figures: Survived, healMs: number): void {
  expect(figures).toMatchObject(SOUND)
  expect(figures.healMs.most).toBeLessThanOrEqual(healMs)
  expect(figures.photos).toBeGreaterThan(0)
}

const socketIn = (host: string) => join(host, '.s.PGSQL.5432')

/** A second hand on the product's queue, as another process of the bureau would have it. */
async function queue(site: Site): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: site.cluster!.url('postgres'), supervise: false, schedule: false, migrate: false })
  boss.on('error', () => {}) // its connections are cut like everybody's
  await boss.start()
  return boss
}

async function deadWorker(boss: PgBoss): Promise<string[]> {
  for (;;) {
    await boss.send('cases-colours', {})
    const [job] = await boss.fetch('cases-colours')
    if (job) return [job.id]
  }
}

// The product polls its queue every five seconds, and asks again later when the poll failed.
async function undone(boss: PgBoss, jobs: string[]): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const states = await Promise.all(jobs.map(async (id) => (await boss.findJobs('cases-colours', { id }))[0]?.state))
    if (states.every((state) => state === 'completed')) return []
    if (tries === 90) return [`jobs are ${states.join(', ')}`]
    await sleep(1000)
  }
}

// While nothing gets through, the process says that it lives and that it is not ready.
async function darkness(proxy: FaultProxy, server: RunningServer): Promise<string[]> {
  await proxy.down()
  await sleep(between(0, 300))
  const [health, ready] = [await statusOf(server, '/healthz'), await statusOf(server, '/readyz')]
  await proxy.up()
  return health === 200 && ready === 503 ? [] : [`/healthz ${health}, /readyz ${ready} while the database was cut off`]
}

// The content of an answer to a write that came whole to the proxy; undefined for anything else.
function bodyOf(said: Buffer): { id: string; version: number } | undefined {
  const end = said.indexOf('\r\n\r\n')
  if (!/^HTTP\/1\.1 20\d/.test(said.toString('latin1', 0, 20)) || end < 0) return undefined
  try {
    const body = JSON.parse(said.toString('utf8', end + 4)) as { id?: string; version?: number }
    return body.id && body.version ? { ...body, id: body.id, version: body.version } : undefined
  } catch {
    return undefined
  }
}

function isAsAcknowledged(answer: unknown, { ledger }: Crowd): boolean {
  const { id, version } = answer as { id: string; version: number }
  return ledger.answers.get(`${id}@${version}`) === hashOfAnswer(answer)
}
