import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { widen } from '../db.ts'
import { allEvents } from '../journal/store.ts'
import { type WatchedClock, watchClock } from './clock.ts'
import type { Look } from './rules/clock-doubt.ts'

const DAY = 86_400_000
const NEVER = 1e9
const OPERATOR = { account: 'system', name: '命令行' }

let world: World
let dir: string
const clocks: WatchedClock[] = []
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterEach(async () => {
  for (const clock of clocks.splice(0)) await clock.stop()
})
afterAll(async () => {
  await world.close()
})

/** A machine whose clocks are set by hand. */
function machine(wall = Date.UTC(2026, 10, 23, 8)) {
  const look: Look = { wall, steady: 1_000_000 }
  return {
    look: () => ({ ...look }),
    pass(ms: number) {
      look.wall += ms
      look.steady += ms
    },
    jump(ms: number) {
      look.wall += ms
    },
  }
}

async function open(at: { look(): Look }, o: { everyMs?: number; folder?: string } = {}): Promise<WatchedClock> {
  dir = o.folder ?? mkdtempSync(join(tmpdir(), 'qinba-clock-'))
  const { database, tenant, log } = world.house
  const clock = await watchClock({ database, tenant, log, dir, look: at.look, everyMs: o.everyMs ?? NEVER })
  clocks.push(clock)
  return clock
}

/** What the journal says of the clock, oldest first. */
const told = (): Promise<{ kind: string; at: string; bySeconds: unknown; by: unknown }[]> =>
  world.house.database.begin(world.house.tenant, async (db) => {
    await widen(db, { tenant: world.house.tenant, areas: '*', orgs: [], clearance: 3 })
    const found = []
    for await (const e of allEvents(db, world.house.tenant))
      if (e.context === 'clock')
        found.push({ kind: e.kind, at: e.at, bySeconds: (e.data as { bySeconds: number }).bySeconds, by: e.by })
    return found
  })

const since = async (before: { length: number }) => (await told()).slice(before.length).map((e) => [e.kind, e.bySeconds])

describe('the clock of the product', () => {
  it('runs on when the wall clock jumps, and tells the journal once that it did and once that it is over', async () => {
    const before = await told()
    const m = machine()
    const clock = await open(m)
    m.pass(1000)
    const time = clock.now().getTime()
    m.jump(30 * DAY)
    m.pass(2000)
    expect([clock.now().getTime() - time, clock.doubt()]).toEqual([2000, 30 * DAY])
    m.jump(-30 * DAY)
    expect([clock.now().getTime() - time, clock.doubt()]).toEqual([2000, undefined])
    await clock.stop()
    expect(await since(before)).toEqual([
      ['jumped', 30 * 86_400],
      ['righted', 30 * 86_400],
    ])
  })

  it('is asked inside a transaction without asking the database there', async () => {
    const before = await told()
    const m = machine()
    const clock = await open(m)
    m.jump(-2 * DAY)
    const { database, tenant } = world.house
    await database.begin(tenant, async () => expect(clock.doubt()).toBe(-2 * DAY))
    expect(await since(before)).toEqual([])
    m.jump(2 * DAY)
    clock.now()
    await clock.stop()
    expect((await since(before)).map(([kind]) => kind)).toEqual(['jumped', 'righted'])
  })

  it('goes by an operator who confirms it, by name in the journal', async () => {
    const before = await told()
    const m = machine()
    const clock = await open(m)
    expect(await clock.accept(OPERATOR)).toBe(false)
    m.jump(5 * DAY)
    expect(clock.doubt()).toBe(5 * DAY)
    expect(await clock.accept(OPERATOR)).toBe(true)
    expect([clock.doubt(), clock.now().getTime()]).toEqual([undefined, m.look().wall])
    expect((await told()).slice(before.length)).toMatchObject([
      { kind: 'jumped', bySeconds: 5 * 86_400 },
      { kind: 'accepted', bySeconds: 5 * 86_400, by: OPERATOR, at: new Date(m.look().wall).toISOString() },
    ])
  })

  it('is told of once by a server and a worker, and what an operator tells the one the other hears', async () => {
    const before = await told()
    const m = machine(Date.UTC(2026, 11, 23))
    const [server, worker] = [await open(m), await open(m, { everyMs: 20 })]
    m.jump(3 * DAY)
    expect([server.doubt(), worker.doubt()]).toEqual([3 * DAY, 3 * DAY])
    await expect.poll(() => since(before)).toEqual([['jumped', 3 * 86_400]])
    expect(await server.accept(OPERATOR)).toBe(true)
    await expect.poll(() => worker.doubt(), { timeout: 5000 }).toBeUndefined()
    await worker.stop()
    expect((await since(before)).map(([kind]) => kind)).toEqual(['jumped', 'accepted'])
  })

  it('is told of once also when the other writes late, as the next jump stands already', async () => {
    const before = await told()
    const m = machine(Date.UTC(2026, 11, 27))
    const [server, worker] = [await open(m), await open(m)]
    const { database, tenant } = world.house
    const inTransaction = (look: () => unknown) => database.begin(tenant, async () => void look()) // noted, to be written later
    m.jump(5 * DAY)
    server.now()
    await inTransaction(worker.now)
    m.jump(-5 * DAY)
    server.now()
    m.jump(9 * DAY)
    server.now()
    await inTransaction(worker.now)
    await expect.poll(() => since(before)).toHaveLength(3)
    await worker.stop()
    m.jump(-9 * DAY)
    server.now()
    await server.stop()
    expect(await since(before)).toEqual([
      ['jumped', 5 * 86_400],
      ['righted', 5 * 86_400],
      ['jumped', 9 * 86_400],
      ['righted', 9 * 86_400],
    ])
  })
})

describe('a start', () => {
  it('compares with what was known in the same boot, both ways', async () => {
    const before = await told()
    const m = machine(Date.UTC(2027, 0, 3))
    const first = await open(m)
    const folder = dir
    await first.stop()
    m.pass(7 * DAY)
    m.jump(40 * DAY)
    const second = await open(m, { folder })
    expect([second.doubt(), second.now().getTime()]).toEqual([40 * DAY, Date.UTC(2027, 0, 10)])
    await second.stop()
    m.pass(60_000)
    const third = await open(m, { folder })
    expect(third.doubt()).toBe(40 * DAY)
    m.jump(-40 * DAY)
    expect(third.doubt()).toBeUndefined()
    await third.stop()
    expect((await since(before)).map(([kind]) => kind)).toEqual(['jumped', 'righted']) // one jump, however often it is started in it
  })

  it('without a memory of its own compares with the newest event of the journal', async () => {
    const { database, tenant, log } = world.house
    const newest = Date.parse((await told()).at(-1)!.at)
    const m = machine(newest - 90_000)
    const clock = await open(m)
    expect(clock.doubt()).toBeLessThanOrEqual(-90_000)
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(newest)
    m.jump(500 * DAY) // another boot: any later time is right
    expect(clock.doubt()).toBeUndefined()
    const torn = mkdtempSync(join(tmpdir(), 'qinba-clock-'))
    writeFileSync(join(torn, 'clock.json'), '{"wall": 1')
    const other = await watchClock({ database, tenant, log, dir: torn, look: machine(newest + DAY).look, everyMs: NEVER })
    expect(other.doubt()).toBeUndefined()
    await other.stop()
    rmSync(torn, { recursive: true })
  })
})
