import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findHolder } from './lock.ts'
import { CHILD_LOCK } from './messages.ts'
import { type Engine, startEngine } from './start.ts'
import { bakeTemplate } from './template.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-engine-'))
const folder = (name: string) => join(root, name)
const connect = (engine: Engine) => {
  const pool = new pg.Pool({ ...engine.connection, max: 1 })
  pool.on('error', () => {})
  return pool
}

beforeAll(async () => void (await bakeTemplate()), 120_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('starts from nothing, measures an area, keeps its rows over a restart and leaves nothing behind', {
  timeout: 60_000,
}, async () => {
  const dir = folder('a')
  const engine = await startEngine({ dir, onExit: () => expect.unreachable() })
  const db = connect(engine)
  const { rows } = await db.query(
    "select st_area('POLYGON((0 0,0 2,2 2,2 0,0 0))'::geometry) as area, current_setting('fsync') as fsync",
  )
  expect(rows[0]).toEqual({ area: 4, fsync: 'on' })
  await db.query('create table t(id int)')
  await db.query('insert into t values (1)')
  await engine.barrier()
  expect(engine.counters.fsyncs).toBeGreaterThan(0)
  expect(await engine.ping()).toBeLessThan(5000)
  await expect(startEngine({ dir })).rejects.toThrow(`in use by process ${process.pid}`)
  await db.end()
  await engine.stop()
  await expect(engine.barrier()).rejects.toThrow('has ended')
  expect(existsSync(engine.connection.host)).toBe(false)
  expect(readdirSync(dir).filter((name) => name.startsWith('qinba'))).toEqual([])

  const again = await startEngine({ dir })
  const second = connect(again)
  expect((await second.query('select id from t')).rows).toEqual([{ id: 1 }])
  await second.end()
  await again.stop()
})

it('takes one connection at a time and gives each a clean session', { timeout: 60_000 }, async () => {
  const engine = await startEngine({ dir: folder('b') })
  const one = new pg.Client(engine.connection)
  await one.connect()
  await one.query({ name: 'q', text: 'select 1' })
  await one.query('begin')
  await one.query("set application_name = 'left over'; create table never(id int)")
  await one.end()
  const two = new pg.Client(engine.connection)
  await two.connect()
  await two.query({ name: 'q', text: 'select 2' })
  await expect(new pg.Client(engine.connection).connect()).rejects.toThrow()
  const { rows } = await two.query("select to_regclass('never') as never, current_setting('application_name') as name")
  expect(rows[0]).toEqual({ never: null, name: '' })
  await two.end()
  await engine.stop()
})

it('checkpoints by itself, so that the log does not grow without end', { timeout: 60_000 }, async () => {
  const engine = await startEngine({ dir: folder('b') })
  const db = connect(engine)
  const redo = async () => (await db.query('select redo_lsn from pg_control_checkpoint()')).rows[0].redo_lsn
  const before = await redo()
  await db.query('create table big(pad text)')
  await db.query('insert into big select md5(random()::text || g) || repeat(md5(g::text), 30) from generate_series(1, 80000) g')
  await db.query('select 1')
  expect(await redo()).not.toBe(before)
  await db.end()
  await engine.stop()
})

it('tells at once when the process dies, and takes the folder again', { timeout: 60_000 }, async () => {
  const dir = folder('b')
  const ended = Promise.withResolvers<number | null>()
  const engine = await startEngine({ dir, onExit: ended.resolve })
  const began = performance.now()
  process.kill(engine.pid, 'SIGKILL')
  expect(await ended.promise).toBeNull()
  expect(performance.now() - began).toBeLessThan(1000)
  await expect(engine.barrier()).rejects.toThrow('has ended')
  await expect(engine.ping()).rejects.toThrow('has ended')
  await (await startEngine({ dir })).stop()
})

it('kills a process that a query keeps from answering, except during work declared long', { timeout: 60_000 }, async () => {
  const ended = Promise.withResolvers<number | null>()
  const engine = await startEngine({ dir: folder('b'), watchdogMs: 800, onExit: ended.resolve })
  const db = connect(engine)
  const slow = () => db.query('select pg_sleep(2)')
  await engine.unwatched(slow)
  await expect(slow()).rejects.toThrow()
  expect(await ended.promise).toBeNull()
})

it('ends with its parent, even in the middle of a long query', { timeout: 60_000 }, async () => {
  const dir = folder('b')
  const code = `import pg from 'pg'
    import { startEngine } from ${JSON.stringify(join(import.meta.dirname, 'start.ts'))}
    const engine = await startEngine({ dir: ${JSON.stringify(dir)} })
    const db = new pg.Client(engine.connection)
    await db.connect()
    db.query('select pg_sleep(60)').catch(() => {})
    setTimeout(() => console.log('asked'), 300)`
  const env = { ...process.env, TMPDIR: root }
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(parent.stdout, 'data')
  expect(findHolder(dir, CHILD_LOCK)).toBeDefined()
  parent.kill('SIGKILL')
  for (let tries = 0; findHolder(dir, CHILD_LOCK) && tries < 40; tries++) await sleep(50)
  expect(findHolder(dir, CHILD_LOCK)).toBeUndefined()
})

it('sets up again what a cut left half done, and refuses a folder with other things in it', { timeout: 60_000 }, async () => {
  const dir = folder('c')
  await (await startEngine({ dir })).stop()
  rmSync(join(dir, 'global'), { recursive: true })
  writeFileSync(join(dir, 'qinba-set-up'), '')
  await (await startEngine({ dir })).stop()
  writeFileSync(join(root, 'letter.txt'), 'not a database')
  await expect(startEngine({ dir: root })).rejects.toThrow('neither empty nor a database')
  expect(existsSync(join(root, 'letter.txt'))).toBe(true)
})
