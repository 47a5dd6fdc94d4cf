import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bakeTemplate } from '../../src/base/engine/template.ts'
import { hasPostgres } from '../cluster.ts'
import { type RunningServer, startServer } from '../server.ts'
import {
  assignedCase,
  command,
  FAKETIME,
  type FakeClock,
  fakeClock,
  get,
  jumpOf,
  type Place,
  readJournal,
  report,
  startWorker,
  untilDoubt,
  type Worker,
} from './clock-story.ts'
import { clusterOn } from './cluster-on.ts'
import { seed } from './seed.ts'

const DAY = 86_400_000
const root = mkdtempSync(join(tmpdir(), 'qinba-jump-'))
const cannot = existsSync(FAKETIME) ? '' : ' (no libfaketime here)'

beforeAll(async () => void (await bakeTemplate()))
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

type Env = Record<string, string> & { DATA_DIR: string; CHECKPOINT_DIR: string }

/** Ten seconds before the month of Shanghai ends, at the earliest tomorrow. */
function monthsEnd(): Date {
  const here = new Date(Date.now() + DAY + 8 * 3_600_000)
  return new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + 1, 1) - 8 * 3_600_000 - 2000)
}

function nextLeapDay(): Date {
  const year = Math.floor(new Date().getUTCFullYear() / 4) * 4 + 4
  return new Date(Date.UTC(year, 1, 29, 4))
}

/** Where the wall clock is set to, one after the other. */
const JUMPS: [string, () => Date][] = [
  ['thirty days on', () => new Date(Date.now() + 30 * DAY)],
  ['thirty days back', () => new Date(Date.now() - 30 * DAY)],
  ['across the end of the month', monthsEnd],
  ['29 February', nextLeapDay],
  ['Spring Festival of 2026', () => new Date('2026-02-17T04:00:00Z')],
  ['a year without calendar', () => new Date('2043-06-01T04:00:00Z')],
]

interface Shown {
  version: number
  state: string
  colour: { colour: string }
  clocks: { case?: { due?: string } }
}

const show = (at: Place, id: string) => get<Shown>(at, `/api/cases/${id}`)

/** What must not move: the deadline, the colour and the state of every case. */
async function whereTheyStand(at: Place, ids: string[]): Promise<object[]> {
  const shown = await Promise.all(ids.map((id) => show(at, id)))
  return shown.map(({ clocks, colour, version, state }) => ({ due: clocks.case?.due, colour: colour.colour, version, state }))
}

interface Scene {
  env: Env
  clock: FakeClock
  server: RunningServer
  at: Place
}

async function raise(env: Env, clock: FakeClock): Promise<Scene> {
  await seed(env)
  const server = await startServer(env.DATA_DIR, { ...env, ...clock.env, LOG_LEVEL: 'info' })
  const scene = { env, clock, server, at: { url: server.url, headers: await server.signIn('office') } }
  ends.push(() => scene.server.kill())
  return scene
}

/** Each jump in turn, there and back: an alarm, and nothing else happens. */
async function jumpAround({ clock, at }: Scene, ids: string[]): Promise<number[]> {
  const before = await whereTheyStand(at, ids)
  const alarms: number[] = []
  for (const [name, to] of JUMPS) {
    const target = to()
    clock.set(target)
    alarms.push(await untilDoubt(at, true))
    const off = (target.getTime() - Date.now()) / 1000
    expect(Math.abs((await jumpOf(at))! - off), name).toBeLessThan(30)
    expect(await gauge(at, 'qinba_clock_in_doubt'), name).toBe(1)
    expect(await whereTheyStand(at, ids), name).toEqual(before) // the session holds too, or this would be a 401
    ids.push(await report(at))
    before.push(...(await whereTheyStand(at, ids.slice(-1))))
    await sleep(name === 'across the end of the month' ? 4000 : 300) // past midnight, as far as that clock knows
    clock.set()
    await untilDoubt(at, false)
    expect(await whereTheyStand(at, ids), `${name}, and back`).toEqual(before)
  }
  return alarms
}

async function gauge(at: Place, name: string): Promise<number> {
  const text = await (await fetch(`${at.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
}

/** An operator confirms a later day: deadlines pass, colours change, sessions end, and no deadline has moved all the same. */
async function confirmLater({ clock, at, env, server }: Scene, id: string): Promise<void> {
  const { due } = (await show(at, id)).clocks.case!
  const becomes = (colour: string) =>
    expect.poll(async () => (await show(at, id)).colour.colour, { timeout: 30_000 }).toBe(colour)
  await becomes('green')
  clock.set(new Date(Date.now() + 45 * DAY))
  await untilDoubt(at, true)
  expect(await command(env, 'clock', 'accept')).toMatchObject({ code: 0, said: expect.stringContaining('已确认系统时钟') })
  expect(await jumpOf(at)).toBeUndefined()
  expect((await fetch(`${at.url}/api/cases/${id}`, { headers: at.headers })).status).toBe(401)
  at.headers = await server.signIn('office')
  await becomes('red')
  expect((await show(at, id)).clocks.case!.due).toBe(due)
  expect((await command(env, 'clock', 'accept')).code).toBe(1)
  clock.set()
  await untilDoubt(at, true)
  expect((await command(env, 'clock', 'accept')).code).toBe(0)
  at.headers = await server.signIn('office')
  await becomes('green')
  expect((await show(at, id)).clocks.case!.due).toBe(due)
}

/** While it was stopped, the clock went on by four days: it knows at once, and goes by the last known time. */
async function jumpWhileStopped(scene: Scene): Promise<void> {
  expect(await scene.server.stop()).toBe(0)
  scene.clock.set(new Date(Date.now() + 4 * DAY))
  scene.server = await startServer(scene.env.DATA_DIR, { ...scene.env, ...scene.clock.env })
  scene.at.url = scene.server.url
  expect(Math.abs((await jumpOf(scene.at))! - 4 * 86_400)).toBeLessThan(30)
  await get(scene.at, '/api/session') // the session of before
  scene.clock.set()
  await untilDoubt(scene.at, false)
  expect(await scene.server.stop()).toBe(0)
}

async function story(env: Env, clock: FakeClock, o: { worker?: boolean } = {}): Promise<void> {
  const began = new Date()
  const scene = await raise(env, clock)
  const worker = o.worker ? await startWorker({ ...env, ...clock.env }) : undefined
  ends.push(() => worker?.child.kill('SIGKILL'))
  const id = await assignedCase(scene.at, 20)
  const alarms = await jumpAround(scene, [id])
  await confirmLater(scene, id)
  if (worker) await endWorker(worker)
  await jumpWhileStopped(scene)
  const told = await readJournal(env)
  // Only what was done in the confirmed month ahead bears its time.
  expect(told.from.getTime()).toBeGreaterThan(began.getTime() - 1000)
  expect(told.early).toEqual([])
  const kinds = told.clock.map((e) => e.kind)
  expect(kinds.slice(0, 2 * JUMPS.length)).toEqual(JUMPS.flatMap(() => ['jumped', 'righted']))
  expect(kinds.slice(2 * JUMPS.length)).toEqual(['jumped', 'accepted', 'jumped', 'accepted', 'jumped', 'righted'])
  expect(told.months.length).toBe(new Set(told.months).size)
  console.log({
    database: env['DATABASE_URL'] ? 'postgres' : 'embedded',
    alarmsMs: alarms.map(Math.round),
    clock: told.clock.length,
  })
}

/** The worker saw jumps as well, and told nothing twice; one that was over within its second it did not see. */
async function endWorker({ child, said }: Worker): Promise<void> {
  expect(said()).toContain('the wall clock jumped')
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
}

describe.skipIf(cannot !== '')(`the whole server when the clock jumps${cannot}`, () => {
  it('moves no deadline, ends no session, tells it once, and goes on, with the embedded database', {
    timeout: 240_000,
  }, async () => {
    const folder = join(root, 'embedded')
    mkdirSync(folder)
    const env = { DATA_DIR: join(folder, 'data'), CHECKPOINT_DIR: join(folder, 'outside'), BALLAST_MB: '0', DEMO: '1' }
    await story(env, fakeClock(folder))
  })

  it.skipIf(!hasPostgres())('the same with PostgreSQL, and with a worker beside it', { timeout: 240_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qinba-jump-pg-'))
    chmodSync(folder, 0o755) // PostgreSQL runs as somebody else
    const cluster = clusterOn(folder)
    ends.push(() => rmSync(folder, { recursive: true, force: true }))
    ends.push(() => cluster.destroy())
    cluster.start()
    const env = {
      ...{ DATA_DIR: join(root, 'postgres'), CHECKPOINT_DIR: join(root, 'outside'), BALLAST_MB: '0' },
      ...{ DATABASE_URL: cluster.url('postgres'), DEMO: '1' },
    }
    await story(env, fakeClock(folder), { worker: true })
  })
})
