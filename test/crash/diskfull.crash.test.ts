import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngine } from '../../src/base/engine/start.ts'
import { bakeTemplate } from '../../src/base/engine/template.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-full-'))
const mount = join(root, 'mnt')
mkdirSync(mount)
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=150m', 'tmpfs', mount]).status === 0

beforeAll(async () => void (await bakeTemplate()))
afterAll(() => {
  if (canMount) spawnSync('umount', ['-l', mount])
  rmSync(root, { recursive: true, force: true })
})

it.skipIf(!canMount)(
  `ends when the disk is full, and keeps every row once there is room${canMount ? '' : ' (cannot mount here)'}`,
  async () => {
    const ended = Promise.withResolvers<number | null>()
    const engine = await startEngine({ dir: join(mount, 'pg'), watchdogMs: 5000, onExit: ended.resolve })
    const db = new pg.Client(engine.connection)
    db.on('error', () => {})
    await db.connect()
    await db.query('create table t(id int primary key, pad text)')
    let acknowledged = 0
    const fill = async () => {
      for (;;) {
        await db.query('insert into t select $1 * 100 + g, repeat(md5(random()::text), 60) from generate_series(1, 100) g', [
          acknowledged,
        ])
        await engine.barrier()
        acknowledged++
      }
    }
    await expect(fill()).rejects.toThrow()
    // A full table file is an ordinary error, a full log is a PANIC: go on until the engine has ended.
    while (await Promise.race([ended.promise.then(() => false), fill().catch(() => sleep(50, true))]));
    expect([75, null]).toContain(await ended.promise)
    await expect(startEngine({ dir: join(mount, 'pg') })).rejects.toThrow()

    spawnSync('mount', ['-o', 'remount,size=400m', mount])
    const again = await startEngine({ dir: join(mount, 'pg') })
    const check = new pg.Client(again.connection)
    await check.connect()
    const { rows } = await check.query('select count(*)::int as n from t')
    console.log('disk full:', { acknowledged: acknowledged * 100, kept: rows[0].n })
    expect(rows[0].n).toBeGreaterThanOrEqual(acknowledged * 100)
    await check.end()
    await again.stop()
  },
)
