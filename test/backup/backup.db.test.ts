import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { backupAlone, runBackup } from '../../src/backup.ts'
import { readBackup } from '../../src/base/backup/read.ts'
import { openBlobs } from '../../src/base/blobs.ts'
import { keepCheckpoints } from '../../src/base/journal/keeper.ts'
import { proveJournal } from '../../src/base/journal/prove.ts'
import { readHead } from '../../src/base/journal/store.ts'
import { journalled } from '../../src/contexts.ts'
import { openHouse } from '../../src/house.ts'
import { restoreAlone } from '../../src/restore.ts'
import { addPhoto, report, walkTo } from '../walk.ts'
import { openWorld, type World } from '../world.ts'
import { backup, dumpOf, emptyTarget, listen, restore, type Target, targets, within, withoutRecord } from './kit.ts'

// An embedded engine starts in each restore; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: World
let dir: string
let quiet: string
let before: Record<string, string[]>

beforeAll(async () => {
  world = await openWorld()
  dir = mkdtempSync(join(tmpdir(), 'qinba-backups-'))
  await walkTo(world, 'closed')
  await report(world, { title: '引号"、反斜杠\\、换行\n与 emoji 🌲' })
  quiet = join(dir, 'quiet.tar')
  await backup(world, quiet, { withSecret: true })
  before = await dumpOf(world.house.database.owner)
})
afterAll(async () => {
  await world.close()
  rmSync(dir, { recursive: true, force: true })
})

const size = () => world.house.database.begin(610700, async (db) => (await readHead(db, 610700)).size)

async function checkpoint(): Promise<void> {
  const { config } = world.house
  const keeper = await keepCheckpoints(world.house, {
    keyDir: join(config.dataDir, 'keys'),
    checkpointDir: config.checkpointDir,
    origin: 'qinba/610700',
  })
  await keeper.checkpoint()
  await keeper.stop()
}

describe.each(targets())('a backup restored into %s', (kind) => {
  let target: Target
  let said: string[]
  beforeAll(async () => {
    target = await emptyTarget(world.house.config, kind)
    said = await restore(target, quiet)
  })
  afterAll(() => target.remove())

  it('has every row and every file of the source, and the journal holds', async () => {
    expect(said.at(-1)).toMatch(/restored the backup of .* \d+ rows, 4 files; \d+ events agree with \d+ states/)
    await within(target, async (database) => {
      expect(withoutRecord(await dumpOf(database.owner))).toEqual(withoutRecord(before))
      const proof = await proveJournal({ database, tenant: 610700 }, { journalled })
      expect(proof).toMatchObject({ ok: true, events: (before['journal.event'] ?? []).length + 1 })
    })
    const blobs = openBlobs(target.config.blobDir)
    for await (const { sha256, suffix } of world.house.blobs.list())
      expect(await blobs.read(sha256, suffix)).toEqual(await world.house.blobs.read(sha256, suffix))
  })

  it('can be backed up again where no server runs, and goes back to where it came from', async () => {
    const again = join(dir, `again-${kind}.tar`)
    const order = { file: again, withSecret: true, encryptTo: undefined, json: false }
    expect(await backupAlone(target.config, order, listen())).toBe(0)
    const { head } = await readBackup({ file: again })
    expect(head.journal).toMatchObject([{ size: (before['journal.event'] ?? []).length + 1 }])
    if (targets().length === 1) return // the run that has both databases takes it there and back
    const back = await emptyTarget(world.house.config, 'postgres')
    await restore(back, again)
    await within(back, async (database) => {
      expect(withoutRecord(await dumpOf(database.owner))).toEqual(withoutRecord(before))
    })
    await back.remove()
  })

  it('is full from then on: a second restore is refused and changes nothing', async () => {
    await expect(restore(target, quiet)).rejects.toThrow(/is not empty: it holds .*keys/)
    const elsewhere = { config: { ...target.config, dataDir: join(dir, 'other-var') }, remove: async () => {} }
    if (target.config.databaseUrl)
      await expect(restore(elsewhere, quiet)).rejects.toThrow(/the database is not empty: it holds schema admin, base/)
    await within(target, async (database) => {
      expect(withoutRecord(await dumpOf(database.owner))).toEqual(withoutRecord(before))
    })
  })

  it('starts as the product, unless the folder or the database says that a restore did not end', async () => {
    const mark = join(target.config.dataDir, 'restore-unfinished')
    writeFileSync(mark, 'x')
    await expect(openHouse(target.config)).rejects.toThrow(/did not end/)
    rmSync(mark)
    await within(target, async (database) => void (await database.pool.query('create schema qinba_restore_unfinished')))
    await expect(openHouse(target.config)).rejects.toThrow(/did not end/)
    await within(target, async (database) => void (await database.pool.query('drop schema qinba_restore_unfinished')))
    const house = await openHouse(target.config)
    const events = await house.database.begin(610700, async (db) => (await readHead(db, 610700)).size)
    expect(events).toBe((before['journal.event'] ?? []).length + 1)
    await house.close()
  })
})

describe('a backup made while people write', () => {
  it('has everything that was acknowledged before it began, and only what is in the journal', async () => {
    const file = join(dir, 'live.tar')
    const acknowledged: string[] = []
    let writing = true
    const writer = async (n: number) => {
      for (let i = 0; writing; i++) {
        const c = await report(world, { title: `来访 ${n}-${i}` })
        acknowledged.push(c.id)
        if (i % 3 === 0)
          await addPhoto(world, c, { who: 'office', kind: 'before', takenAt: '2026-03-09T10:00:00', shade: n * 50 + i }).catch(
            () => {},
          )
      }
    }
    const writers = [1, 2, 3].map(writer)
    while (acknowledged.length < 5) await new Promise((later) => setTimeout(later, 20))
    const before = [...acknowledged]
    await backup(world, file)
    const during = acknowledged.length - before.length
    writing = false
    await Promise.all(writers)
    expect(before.length).toBeGreaterThan(0)
    expect(during).toBeGreaterThan(0)
    const target = await emptyTarget(world.house.config, targets()[0]!)
    await restore(target, file)
    await within(target, async (database) => {
      const { rows } = await database.pool.query<{ id: string }>('select id from cases.problem')
      const there = new Set(rows.map((r) => r.id))
      expect(before.filter((id) => !there.has(id))).toEqual([])
      const source = (await dumpOf(world.house.database.owner))['journal.event']!
      const restored = withoutRecord(await dumpOf(database.owner))['journal.event']!
      expect(restored.filter((row) => !source.includes(row))).toEqual([])
      expect(restored.length).toBeLessThan(source.length)
    })
    await target.remove()
  })

  it('leaves nothing behind when it is stopped', async () => {
    const heard = listen()
    const order = { file: join(dir, 'stopped.tar'), withSecret: false, encryptTo: undefined, json: false }
    const stopping = { ...heard, progress: () => heard.stop.abort(new Error('Ctrl-C')) }
    await expect(runBackup(world.house, order, stopping)).rejects.toThrow('Ctrl-C')
    expect(readdirSync(dir).filter((name) => name.includes('stopped'))).toEqual([])
  })

  it('replaces a backup, and nothing else', async () => {
    const other = join(dir, 'letter.txt')
    writeFileSync(other, 'not yours')
    await expect(backup(world, other)).rejects.toThrow(/is no backup: it was not overwritten/)
    expect(readFileSync(other, 'utf8')).toBe('not yours')
    const again = join(dir, 'twice.tar')
    await backup(world, again)
    await backup(world, again)
    expect(readdirSync(dir).filter((name) => name.startsWith('twice'))).toEqual(['twice.tar'])
  })
})

describe('what does not belong together', () => {
  it('an old backup is noticed by the checkpoint outside, and taken only when somebody says so, which the journal tells', async () => {
    const old = join(dir, 'old.tar')
    await backup(world, old, { withSecret: true })
    const oldSize = await size()
    await report(world, { title: '备份之后' })
    await checkpoint()
    const newSize = await size()
    const target = await emptyTarget(world.house.config, targets()[0]!, { checkpointDir: world.house.config.checkpointDir })
    const notice = new RegExp(`has ${oldSize} events, the checkpoint of .* knew ${newSize}, so ${newSize - oldSize} are missing`)
    await expect(restore(target, old)).rejects.toThrow(notice)
    expect(existsSync(join(target.config.dataDir, 'pg'))).toBe(false)

    const said = await restore(target, old, { acceptOld: true })
    expect(said.join()).toMatch(/the old checkpoints are kept as/)
    await within(target, async (database) => {
      const { rows } = await database.pool.query<{ data: object }>(`select data from journal.event where context = 'restore'`)
      expect(rows).toMatchObject([{ data: { backup: 'old.tar', size: oldSize, missing: { checkpointSize: newSize } } }])
    })
    await target.remove()
  })

  it('a checkpoint given by hand counts as the one of the folder does', async () => {
    await checkpoint().catch(() => {})
    const kept = readdirSync(world.house.config.checkpointDir).map((name) => join(world.house.config.checkpointDir, name))
    const target = await emptyTarget(world.house.config, targets()[0]!)
    await expect(restore(target, quiet, { checkpoint: kept[0]! })).rejects.toThrow(/the backup is old/)
    await expect(restore(target, quiet, { checkpoint: join(dir, 'none') })).rejects.toThrow(/no checkpoint file/)
    await target.remove()
  })

  it('a restore that fails half-way leaves the target empty', async () => {
    const target = await emptyTarget(world.house.config, targets()[0]!)
    const heard = listen()
    const io = {
      ...heard,
      progress: (_d: number, _t: number, what: string) => what === 'restore' && heard.stop.abort(new Error('Ctrl-C')),
    }
    const order = { file: quiet, checkpoint: undefined, acceptOld: false, decryptWith: undefined, json: false }
    await expect(restoreAlone(target.config, order, io as never)).rejects.toThrow('Ctrl-C')
    expect(readdirSync(target.config.dataDir)).toEqual([])
    await target.remove()
  })
})

describe('a file that is not as it was written', () => {
  const verify = (file: string) => readBackup({ file })
  const tampered = (name: string, change: (bytes: Buffer) => Buffer) => {
    const file = join(dir, name)
    writeFileSync(file, change(readFileSync(quiet)))
    return file
  }

  it('is refused wherever a byte is flipped', async () => {
    const { length } = readFileSync(quiet)
    const places = Array.from({ length: 40 }, (_, i) => Math.floor(((i + 0.5) * length) / 40)).concat([
      0,
      300,
      length - 1,
      length - 200,
    ])
    for (const place of places) {
      const file = tampered('flipped.tar', (bytes) => {
        bytes[place]! ^= 0x10
        return bytes
      })
      await expect(verify(file), `byte ${place}`).rejects.toThrow()
    }
  })

  it('is refused wherever it was cut', async () => {
    const { length } = readFileSync(quiet)
    for (const left of [0, 100, 512, 1024, Math.floor(length / 2), length - 1024, length - 78, length - 1])
      await expect(verify(tampered('cut.tar', (bytes) => bytes.subarray(0, left))), `${left} bytes`).rejects.toThrow()
  })

  it('names the part that differs, also where every hash was made to fit again but not the signature', async () => {
    const at = readFileSync(quiet).indexOf('tables/journal.event.1.ndjson.zst\0') + 512 + 40
    const flipped = tampered('part.tar', (bytes) => {
      bytes[at]! ^= 1
      return bytes
    })
    await expect(verify(flipped)).rejects.toThrow(/tables\/journal\.event.*was changed/)
    const forged = tampered('forged.tar', (bytes) => {
      const text = bytes.toString('latin1').replace(/"release": "[^"]+"/, (r) => r.replace('0.', '9.'))
      const head = text.slice(512, text.indexOf('\0', 512))
      const fitted = text.replace(
        /"head": "[0-9a-f]{64}"/,
        `"head": "${createHash('sha256').update(head, 'latin1').digest('hex')}"`,
      )
      const body = Buffer.from(fitted.slice(0, -78), 'latin1')
      return Buffer.concat([body, Buffer.from(`qinba-sha256 ${createHash('sha256').update(body).digest('hex')}\n`)])
    })
    await expect(verify(forged)).rejects.toThrow(/the signature does not fit/)
  })

  it('says what a file is that is no backup', async () => {
    const png = join(dir, 'picture.png')
    writeFileSync(
      png,
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
    )
    await expect(verify(png)).rejects.toThrow(/is no backup of Qinba Guardian: found image\/png/)
    await expect(verify(join(dir, 'nothing.tar'))).rejects.toThrow(/no such file/)
    await expect(verify(dir)).rejects.toThrow()
  })
})
