import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { type Job, type Jobs, openJobs } from '../jobs.ts'
import { healQueue } from './store-queue.ts'

let world: World
let jobs: Jobs
const ran: string[] = []
const saw: unknown[] = []
let waits: (job: Job) => boolean = () => false
let doubts = 0

const job = (name: string, more: Partial<Job> = {}): Job => ({
  name,
  run: async (data) => void ran.push(`${name} ${JSON.stringify(data)}`),
  ...more,
})
const send = (name: string, data = {}) => world.house.database.begin(world.house.tenant, (db) => jobs.send(db, name, data))

beforeAll(async () => {
  world = await openWorld({ people: false })
  jobs = await openJobs(world.house.database, world.house.log, {
    pollSeconds: 0.5,
    hold: { waits: (j) => waits(j), doubts: () => doubts, saw: (e) => saw.push(e) },
  })
  await jobs.work([
    job('hold-nightly', { calendar: true }),
    job('hold-plain'),
    job('hold-failing', { run: () => Promise.reject(new Error('full')) }),
  ])
})
afterAll(async () => {
  await jobs.stop()
  await world.close()
})

describe('a job that has to wait', () => {
  it('does not run, and runs once when it may; one that may runs beside it', { timeout: 30_000 }, async () => {
    waits = (j) => j.name === 'hold-nightly'
    await send('hold-nightly')
    await send('hold-nightly')
    await send('hold-plain', { n: 1 })
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['hold-plain {"n":1}'])
    await new Promise((later) => setTimeout(later, 1500))
    expect(ran).toHaveLength(1)
    waits = () => false
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['hold-plain {"n":1}', 'hold-nightly {}'])
  })

  it('of the calendar runs after the doubt even when nothing asked for it: midnight may have passed', {
    timeout: 30_000,
  }, async () => {
    ran.length = 0
    waits = (j) => j.calendar === true
    await new Promise((later) => setTimeout(later, 1500))
    waits = () => false
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['hold-nightly {}'])
  })

  it('of the calendar runs after a doubt that came and went between two looks', { timeout: 30_000 }, async () => {
    ran.length = 0
    doubts++
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual(['hold-nightly {}'])
  })

  it('keeps what it was sent', { timeout: 30_000 }, async () => {
    ran.length = 0
    waits = () => true
    await send('hold-plain', { n: 2 })
    await send('hold-plain', { n: 3 })
    await new Promise((later) => setTimeout(later, 2500))
    expect(ran).toEqual([])
    waits = () => false
    await expect
      .poll(() => ran.filter((r) => r.startsWith('hold-plain')).sort(), { timeout: 10_000 })
      .toEqual(['hold-plain {"n":2}', 'hold-plain {"n":3}'])
  })

  it('that fails says why', { timeout: 30_000 }, async () => {
    await send('hold-failing')
    await expect.poll(() => saw.map(String), { timeout: 10_000 }).toContain('Error: full')
  })
})

describe('a queue that was used while the clock stood in the future', () => {
  const ask = async <T>(text: string) => (await world.house.database.pool.query(text)).rows as T[]

  it('waits for nothing of that time once the clock is right', async () => {
    await ask(`update pgboss.version set cron_on = now() + interval '30 days'`)
    await ask(`update pgboss.queue set maintain_on = now() + interval '30 days'`)
    await send('hold-plain', { future: true })
    await ask(`update pgboss.job set created_on = now() + interval '30 days', start_after = now() + interval '30 days',
      singleton_on = now() + interval '30 days' where data->>'future' = 'true'`)
    await world.house.database.begin(world.house.tenant, (db) =>
      jobs.send(db, 'hold-plain', { later: true }, { startAfter: new Date(Date.now() + 5 * 86_400_000) }),
    )
    await healQueue(world.house.database.owner)
    const [times] = await ask(`select (select cron_on is null from pgboss.version) as cron,
      (select bool_and(maintain_on is null or maintain_on <= now()) from pgboss.queue) as queue,
      (select start_after <= now() and singleton_on is null from pgboss.job where data->>'future' = 'true') as job,
      (select start_after > now() + interval '4 days' from pgboss.job where data->>'later' = 'true') as later`)
    expect(times).toEqual({ cron: true, queue: true, job: true, later: true })
    await sql`delete from pgboss.job where name = 'hold-plain'`.execute(world.house.database.owner)
  })
})
