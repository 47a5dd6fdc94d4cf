import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { openApp } from '../../serve.ts'
import type { DiskReport } from '../guard/disk.ts'
import { type Keeper, keepCheckpoints } from '../journal/keeper.ts'
import { appendEvents } from '../journal/store.ts'

let world: World
const outside = mkdtempSync(join(tmpdir(), 'qinba-keeper-'))
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(async () => {
  await world.close()
  rmSync(outside, { recursive: true, force: true })
})

type Place = DiskReport['places'][number]
const GIB = 1024 ** 3

/** The product with a guard that says so, asked at a path from an address. */
async function ask(
  path: string,
  o: { from?: string; headers?: Record<string, string>; token?: string; keeper?: Keeper; places?: Place[]; doubt?: number },
) {
  const { guard, config } = world.house
  const report = { places: o.places ?? [], ballastBytes: 0, databaseRefuses: false }
  const isReadOnly = () => report.places.some((p) => p.room !== 'ample' && p.stops === 'writing')
  const house = {
    ...world.house,
    config: { ...config, metricsToken: o.token },
    guard: { disk: { ...guard.disk, report: () => report, isReadOnly }, clock: { ...guard.clock, doubt: () => o.doubt } },
  }
  const app = await openApp(house, o.keeper ? { keeper: o.keeper } : {})
  const answer = await app.inject({ url: path, remoteAddress: o.from ?? '127.0.0.1', headers: o.headers ?? {} })
  await app.close()
  return answer
}

describe('/readyz', () => {
  it('is content on a good day', async () => {
    expect((await ask('/readyz', {})).json()).toEqual({
      ok: true,
      database: world.house.database.kind,
      writable: true,
      concerns: [],
    })
  })

  it('says what is wrong and stays 200, as reading works', async () => {
    const low: Place = { name: 'data', stops: 'writing', free: 5 * 1024 * 1024, room: 'low' }
    const files: Place = { name: 'files', stops: 'files', free: 0, room: 'full' }
    const answer = await ask('/readyz', { places: [low, files, { ...low, room: 'ample', free: GIB }], doubt: -90_000 })
    expect([answer.statusCode, answer.json().writable]).toEqual([200, false])
    expect(answer.json().concerns).toMatchObject([
      {
        code: 'disk-low',
        params: { place: 'data', freeMb: 5 },
        zh: expect.stringContaining('只读'),
        en: expect.stringContaining('5 MB left'),
      },
      { code: 'files-low', params: { place: 'files', freeMb: 0 } },
      { code: 'clock-jumped', params: { seconds: -90 }, en: expect.stringContaining('qinba clock accept') },
    ])
  })
})

describe('checkpoints that cannot be written', () => {
  it('are counted in /metrics and named in /readyz until one can', async () => {
    const { tenant, database } = world.house
    const checkpointDir = join(outside, 'checkpoints')
    const keeper = await keepCheckpoints(world.house, { keyDir: join(outside, 'keys'), checkpointDir, origin: 'test' })
    const by = { account: 'system', name: '系统' }
    const event = {
      tenant,
      context: 'clock',
      subject: crypto.randomUUID(),
      subjectSeq: 1,
      kind: 'jumped',
      at: '2026-03-10T02:00:00.000Z',
      by,
      data: {},
    }
    await database.begin(tenant, (db) => appendEvents(db, tenant, [event]))
    rmSync(checkpointDir, { recursive: true })
    writeFileSync(checkpointDir, 'a file where the folder was')
    for (let n = 0; n < 2; n++) await expect(keeper.checkpoint()).rejects.toThrow()
    expect((await ask('/readyz', { keeper })).json().concerns).toMatchObject([
      { code: 'checkpoints-failing', params: { times: 2 } },
    ])
    expect((await ask('/metrics', { keeper })).body).toMatch(/^qinba_checkpoints_failing 2$/m)
    rmSync(checkpointDir)
    mkdirSync(checkpointDir)
    await keeper.checkpoint()
    expect((await ask('/readyz', { keeper })).json().concerns).toEqual([])
    expect((await ask('/metrics', { keeper })).body).toContain('qinba_checkpoint_failures_total 2')
    await keeper.stop()
    await sql`delete from journal.event`.execute(database.owner)
  })
})

describe('/metrics', () => {
  const TOKEN = 'a-token-of-the-operator'
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

  it('speaks to this machine', async () => {
    const places: Place[] = [{ name: 'data', stops: 'writing', free: GIB, room: 'ample' }]
    for (const from of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      const { statusCode, body } = await ask('/metrics', { from, places, doubt: 3_600_000 })
      expect(statusCode, from).toBe(200)
      expect(body).toContain(`qinba_disk_free_bytes{place="data"} ${GIB}`)
      expect(body).toContain('qinba_clock_in_doubt 1')
      expect(body).toContain('qinba_clock_off_seconds 3600')
      expect(body).toContain('process_cpu_seconds_total')
    }
  })

  it('says nothing to another machine, nor to one behind the gateway of this one', async () => {
    const direct = await ask('/metrics', { from: '192.0.2.7' })
    expect([direct.statusCode, direct.json().code]).toEqual([403, 'base/metrics-closed'])
    for (const spoofed of ['192.0.2.7', '127.0.0.1, 192.0.2.7'])
      expect((await ask('/metrics', { headers: { 'x-forwarded-for': spoofed } })).statusCode).toBe(403)
    expect((await ask('/metrics', { from: '192.0.2.7', headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(403)
  })

  it('with a token speaks to whoever bears it, and to nobody else', async () => {
    expect((await ask('/metrics', { token: TOKEN, from: '192.0.2.7', ...bearer(TOKEN) })).statusCode).toBe(200)
    for (const o of [{}, bearer('another-token-altogether'), bearer('')]) {
      const answer = await ask('/metrics', { token: TOKEN, ...o })
      expect([answer.statusCode, answer.json().code, answer.headers['www-authenticate']]).toEqual([
        401,
        'base/metrics-token',
        'Bearer',
      ])
    }
  })
})
