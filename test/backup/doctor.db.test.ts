import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadLaw } from '../../src/admin/index.ts'
import type { Config } from '../../src/base/config.ts'
import { checkDurability, checkLevel, checkQueue } from '../../src/base/doctor/database.ts'
import { checkFiles } from '../../src/base/doctor/files.ts'
import type { Finding } from '../../src/base/doctor/finding.ts'
import { checkLaw } from '../../src/base/doctor/law.ts'
import { checkNode, checkSettings, checkSpace } from '../../src/base/doctor/machine.ts'
import { keepCheckpoints } from '../../src/base/journal/keeper.ts'
import { diagnose, diagnoseAlone, report as print, unreadable } from '../../src/doctor.ts'
import { addPhoto, report } from '../walk.ts'
import { openWorld, type World } from '../world.ts'
import { listen } from './kit.ts'

// An embedded engine starts in each restore; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: World
let outside: string
beforeAll(async () => {
  world = await openWorld()
  outside = world.house.config.checkpointDir
  await addPhoto(world, await report(world), { who: 'office', kind: 'before', takenAt: '2026-03-09T10:00:00' })
  await checkpoint()
})
afterAll(() => world.close())

const query = async (text: string) => (await world.house.database.pool.query(text)).rows
const examine = (more: Partial<Config> = {}, now = world.time.now) =>
  diagnose({ ...world.house, config: { ...world.house.config, ...more }, isServed: true, now })
const level = (findings: Finding[], check: string) => findings.find((f) => f.check === check)?.level
const bad = (findings: Finding[]) => findings.filter((f) => f.level === 'bad').map((f) => `${f.check}: ${f.found.en}`)
const pathOf = (sha: string) => join(world.house.config.blobDir, sha.slice(0, 2), sha.slice(2, 4), sha)

async function checkpoint(): Promise<void> {
  const keyDir = join(world.house.config.dataDir, 'keys')
  const keeper = await keepCheckpoints(world.house, { keyDir, checkpointDir: outside, origin: 'qinba/610700' })
  await keeper.checkpoint()
  await keeper.stop()
}

async function files(): Promise<string[]> {
  const found: string[] = []
  for await (const { sha256, suffix } of world.house.blobs.list()) if (!suffix) found.push(sha256)
  return found
}

describe('the doctor', () => {
  it('finds nothing bad in a healthy house but a queue that has not worked yet, and says what wants an eye', async () => {
    const findings = await examine()
    expect(bad(findings)).toEqual(['queue: cases-colours was last done at —; 0 jobs failed'])
    expect(findings.filter((f) => f.level === 'warn').map((f) => f.check)).toEqual(
      expect.arrayContaining(['demo', 'secret', 'rules', 'checkpoint-dir']),
    )
    for (const f of findings.filter((x) => x.level !== 'ok')) expect(f.advice?.zh, f.check).toBeTruthy()
    const heard = listen()
    expect(print(findings, false, heard)).toBe(1)
    expect(heard.said.at(-1)).toMatch(/^\d+ ✓ {2}\d+ ! {2}1 ✗$/)
    expect(
      print(
        findings.filter((f) => f.level !== 'bad'),
        true,
        heard,
      ),
    ).toBe(0)
    expect(JSON.parse(heard.said.at(-1)!)).toMatchObject({ ok: true })
  })

  it('sees a queue that works, and one that stopped', async () => {
    const seen = (hours: number, isServed = true) =>
      checkQueue(world.house.database, { job: 'doctor-test', now: new Date(Date.now() + hours * 3_600_000), isServed })
    await world.house.jobs.work([{ name: 'doctor-test', run: async () => {} }])
    await world.house.database.begin(610700, (db) => world.house.jobs.send(db, 'doctor-test', {}))
    while ((await query(`select 1 from pgboss.job where name = 'doctor-test' and state = 'completed'`)).length === 0)
      await new Promise((later) => setTimeout(later, 200))
    expect([(await seen(0))[0]!.level, (await seen(27))[0]!.level, (await seen(27, false))[0]!.level]).toEqual([
      'ok',
      'bad',
      'warn',
    ])
  })

  it('sees a journal whose head, whose newest checkpoint or whose clock does not agree', async () => {
    await query('update journal.head set size = size + 1')
    expect(bad(await examine()).join()).toMatch(/journal.*(head says|frontier)/)
    await query('update journal.head set size = size - 1')
    expect(level(await examine(), 'checkpoint')).toBe('ok')
    await query(`update journal.event set leaf = sha256('x') where seq = 2`)
    expect(bad(await examine()).join()).toMatch(/checkpoint: the first \d+ events are not those of the checkpoint/)
    expect(bad(await examine({}, new Date('2026-03-01T00:00:00Z'))).join()).toMatch(/clock: .* s later/)
  })

  it('sees a checkpoint that is late, cut, or of another key', async () => {
    const other = mkdtempSync(join(tmpdir(), 'qinba-doctor-'))
    expect(level(await examine({ checkpointDir: other }), 'checkpoint')).toBe('warn')
    const late = new Date(world.time.now.getTime() + 600_000)
    await report(world, { title: '检查点之后' })
    expect(level(await examine({}, late), 'checkpoint')).toBe('bad')
    const keyDir = mkdtempSync(join(tmpdir(), 'qinba-doctor-'))
    const keeper = await keepCheckpoints(world.house, { keyDir, checkpointDir: other, origin: 'qinba/610700' })
    await keeper.checkpoint()
    await keeper.stop()
    expect(bad(await examine({ checkpointDir: other })).join()).toMatch(/checkpoint: .*another key/)
    for (const dir of [other, keyDir]) rmSync(dir, { recursive: true })
  })

  it('sees a hole in the second wall, and a role that could climb over it', async () => {
    await query('alter table base.number disable row level security')
    expect(bad(await examine()).filter((line) => line.startsWith('walls'))).toEqual([
      'walls: base.number: row-level security is off',
    ])
    await query('alter table base.number enable row level security')
    expect(level(await examine(), 'walls')).toBe('ok')
    if (world.house.database.kind !== 'embedded') return // there the role belongs to every database of the cluster
    await query('alter role qinba_app bypassrls')
    expect(bad(await examine()).join()).toMatch(/walls: role qinba_app may bypass row-level security/)
    await query('alter role qinba_app nobypassrls')
  })

  it('sees a database that may forget', async () => {
    const levels = await world.house.database.owner.connection().execute(async (owner) => {
      const seen = async () => (await checkDurability({ ...world.house.database, owner }))[0]!.level
      await sql`set synchronous_commit = off`.execute(owner)
      const off = await seen()
      await sql`reset synchronous_commit`.execute(owner)
      return [off, await seen()]
    })
    expect(levels).toEqual(['bad', 'ok'])
  })

  it('sees files that are missing or damaged, and counts those that nobody names', async () => {
    const [sha] = await files()
    await world.house.blobs.put(Buffer.from('nobody names me'))
    expect((await checkFiles(world.house.database, world.house.blobs)).find((f) => f.check === 'orphans')!.found.en).toMatch(
      /^1 files/,
    )
    chmodSync(pathOf(sha!), 0o600)
    writeFileSync(pathOf(sha!), 'rotten')
    expect(bad(await checkFiles(world.house.database, world.house.blobs)).join()).toContain(`damaged: ${sha}`)
    rmSync(pathOf(sha!))
    expect(bad(await checkFiles(world.house.database, world.house.blobs)).join()).toMatch(new RegExp(`files: 1 files .*${sha}`))
  })

  it('sees a schema that is behind or ahead, and a restore that did not end', async () => {
    expect(bad(await checkLevel(world.house.database, ['0001-base', '9999-tomorrow'])).join()).toMatch(/newer than the program/)
    const { rows } = await world.house.database.pool.query<{ name: string }>('select name from migrator.migration order by name')
    expect(bad(await checkLevel(world.house.database, [...rows.map((r) => r.name), '9999-tomorrow'])).join()).toMatch(
      /9999-tomorrow/,
    )
    await query('create schema qinba_restore_unfinished')
    expect(bad(await examine()).join()).toMatch(/a restore did not end/)
    await query('drop schema qinba_restore_unfinished')
  })

  it('sees years without working days, and rules that nobody confirmed', async () => {
    const law = await world.house.database.begin(610700, loadLaw)
    const years = Object.keys(law.calendar.years).map(Number)
    const levels = [-1, 0, 1].map((n) => checkLaw(law, new Date(`${Math.max(...years) + n}-06-01T00:00:00Z`))[0]!.level)
    expect(levels).toEqual(['ok', 'warn', 'bad'])
    expect(checkLaw(law, world.time.now)[1]!.found.en).toMatch(/^\d+ of \d+ rules are not verified$/)
    expect(checkLaw({ ...law, rules: law.rules.map((r) => ({ ...r, confidence: 'V' })) }, world.time.now)[1]!.level).toBe('ok')
  })
})

describe('the doctor of a machine', () => {
  let dir: string
  let config: Config
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'qinba-doctor-'))
    config = { ...world.house.config, dataDir: join(dir, 'var'), checkpointDir: join(dir, 'outside'), databaseUrl: undefined }
  })

  it('sees an old Node, a disk without room, a door that is open without a lock', () => {
    expect([checkNode('24.0.0')[0]!.level, checkNode('22.9.0')[0]!.level]).toEqual(['ok', 'bad'])
    const disk = { ...config.disk, minFreeBytes: 1e18, minFreePercent: 99 }
    expect([checkSpace({ ...config, disk })[0]!.level, checkSpace(config)[0]!.level]).toEqual(['bad', 'ok'])
    const settings = checkSettings({ ...config, host: '0.0.0.0', demo: false, secret: 's'.repeat(40) })
    expect(settings.map((f) => `${f.check} ${f.level}`)).toEqual(['host warn', 'demo ok', 'secret ok'])
  })

  it('says that there is nothing yet, and makes nothing', async () => {
    const findings = await diagnoseAlone(config)
    expect(bad(findings)).toEqual([])
    expect(findings.filter((f) => f.level === 'warn').map((f) => f.check)).toEqual(
      expect.arrayContaining(['data-dir', 'database']),
    )
    expect(existsSync(config.dataDir)).toBe(false)
  })

  it('sees folders that are none, a database that does not answer, and an environment that does not hold', async () => {
    writeFileSync(config.dataDir, 'a file')
    writeFileSync(config.checkpointDir, 'a file')
    expect(bad(await diagnoseAlone(config)).join()).toMatch(
      /data-dir: .*cannot be written to.*checkpoint-dir: .*cannot be written to/,
    )
    const gone = { ...config, databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' }
    expect(bad(await diagnoseAlone(gone)).join()).toMatch(/database: cannot be opened: .*ECONNREFUSED/)
    expect(bad(await diagnoseAlone({ ...config, tenant: 829999 })).join()).toMatch(/city: .*829999 is not configured/)
    expect(unreadable(new Error('SECRET has 3 characters'))[0]!.found.en).toMatch(/SECRET has 3 characters/)
  })

  it('sees that others may look into the data folder', async () => {
    mkdirSync(config.dataDir, { mode: 0o755 })
    chmodSync(config.dataDir, 0o755)
    expect(level(await diagnoseAlone(config), 'data-dir')).toBe('warn')
    chmodSync(config.dataDir, 0o700)
    expect(level(await diagnoseAlone(config), 'data-dir')).toBe('ok')
  })
})
