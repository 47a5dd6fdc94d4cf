import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, startEngine } from '../../src/base/engine/start.ts'
import { bakeTemplate } from '../../src/base/engine/template.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-full-'))
const mount = join(root, 'mnt')
mkdirSync(mount)
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', mount]).status === 0

beforeAll(async () => void (await bakeTemplate()))
afterAll(() => {
  if (canMount) spawnSync('umount', ['-l', mount])
  rmSync(root, { recursive: true, force: true })
})

it.skipIf(!canMount)(`ends when the log has no room, and keeps every row${canMount ? '' : ' (cannot mount here)'}`, async () => {
  const ended = Promise.withResolvers<number | null>()
  const engine = await startEngine({ dir: join(mount, 'pg'), watchdogMs: 5000, onExit: ended.resolve })
  const db = await connect(engine)
  await db.query('create table t(pad text)')
  await db.query('insert into t select repeat(md5(g::text), 60) from generate_series(1, 1000) g')
  await engine.barrier()
  // A full table file is an ordinary error and the engine goes on; a full log is a PANIC, after which PGlite would spin for ever.
  await db.query('begin')
  await expect(
    db.query("insert into t select md5(random()::text || g) || repeat('x', 1900) from generate_series(1, 100000) g"),
  ).rejects.toThrow('No space left')
  await db.query('rollback')
  expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await expect(fillLog(db)).rejects.toThrow()
  expect([75, null]).toContain(await ended.promise)

  spawnSync('mount', ['-o', 'remount,size=400m', mount])
  const again = await startEngine({ dir: join(mount, 'pg') })
  const check = await connect(again)
  expect((await check.query('select count(*)::int as n from t')).rows[0].n).toBe(1000)
  await check.end()
  await again.stop()
})

async function connect(engine: Engine): Promise<pg.Client> {
  const db = new pg.Client(engine.connection)
  db.on('error', () => {})
  await db.connect()
  return db
}

async function fillLog(db: pg.Client): Promise<void> {
  for (;;) await db.query("select pg_logical_emit_message(true, 'test', repeat('x', 1000000))")
}
