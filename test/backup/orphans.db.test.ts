import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { countOrphans, sweepOrphans } from '../../src/base/backup/orphans.ts'
import type { BlobStore } from '../../src/base/blobs.ts'
import { addPhoto, report, triage, upload } from '../walk.ts'
import { openWorld, type World } from '../world.ts'

// An embedded engine starts in each restore; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: World
let root: string
beforeAll(async () => {
  world = await openWorld()
  root = world.house.config.blobDir
})
afterAll(() => world.close())

const DAY = 24 * 3600 * 1000
const sweep = (blobs: BlobStore = world.house.blobs, now = new Date()) =>
  sweepOrphans({ database: world.house.database, blobs, now })
const pathOf = (sha: string, suffix = '') => join(root, sha.slice(0, 2), sha.slice(2, 4), `${sha}${suffix}`)
const age = (file: string, ms: number) => utimesSync(file, new Date(Date.now() - ms), new Date(Date.now() - ms))
const put = async (text: string, old = 2 * DAY) => {
  const { sha256 } = await world.house.blobs.put(Buffer.from(text))
  age(pathOf(sha256), old)
  return sha256
}

describe('the sweep of files that no row mentions', () => {
  it('leaves what a row mentions, however old, and its derived copies', async () => {
    const c = await addPhoto(world, await report(world), { who: 'office', kind: 'before', takenAt: '2026-03-09T10:00:00' })
    const [{ sha256 }] = c['evidence'] as [{ sha256: string }]
    for (const suffix of ['', '.thumb.webp']) age(pathOf(sha256, suffix), 400 * DAY)
    expect(await sweep()).toMatchObject({ setAside: 0, removed: 0 })
    expect(existsSync(pathOf(sha256)) && existsSync(pathOf(sha256, '.thumb.webp'))).toBe(true)
  })

  it('sets aside what a refused upload left, after a day, and ends it another day later', async () => {
    const c = await triage(world, await report(world))
    const answer = await upload(await world.as('office'), c, {
      fields: { kind: 'no-such-kind' },
      file: { name: 'a.txt', content: Buffer.from('refused') },
    })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(await countOrphans(world.house.database, world.house.blobs)).toBe(1)
    expect(await sweep()).toMatchObject({ setAside: 0, removed: 0 })
    expect(await sweep(world.house.blobs, new Date(Date.now() + 1.1 * DAY))).toMatchObject({ setAside: 1, removed: 0 })
    expect(await countOrphans(world.house.database, world.house.blobs)).toBe(0)
    expect(await sweep()).toMatchObject({ setAside: 0, removed: 0, putBack: 0 })
    expect(await sweep(world.house.blobs, new Date(Date.now() + 1.1 * DAY))).toMatchObject({ removed: 1 })
    for await (const file of world.house.blobs.list({ aside: true })) expect(file).toBeUndefined()
  })

  it('spares what is uploaded again between the look at the rows and the move', async () => {
    const sha = await put('uploaded again')
    const racing: BlobStore = {
      ...world.house.blobs,
      async setAside(name, before) {
        await world.house.blobs.put(Buffer.from('uploaded again')) // the last moment at which it can happen unseen
        return world.house.blobs.setAside(name, before)
      },
    }
    expect(await sweep(racing)).toMatchObject({ setAside: 0 })
    expect((await world.house.blobs.read(sha)).toString()).toBe('uploaded again')
  })

  it('puts back what was set aside and is mentioned after all', async () => {
    const sha = await put('mentioned late')
    expect(await sweep()).toMatchObject({ setAside: 1 })
    await world.house.database.pool.query(
      `insert into base.rule values (610700, 'test', 'file', '2026-01-01', null, $1, 'test', 'D')`,
      [JSON.stringify({ sha256: sha })],
    )
    expect(await sweep()).toMatchObject({ putBack: 1, removed: 0 })
    expect((await world.house.blobs.read(sha)).toString()).toBe('mentioned late')
  })

  it('clears what uploads that were cut short left, after a day', async () => {
    mkdirSync(join(root, 'tmp'), { recursive: true })
    for (const [name, old] of [
      ['dead', 2 * DAY],
      ['alive', 1000],
    ] as const) {
      writeFileSync(join(root, 'tmp', name), 'half')
      age(join(root, 'tmp', name), old)
    }
    expect(await sweep()).toMatchObject({ temporary: 1 })
    expect([existsSync(join(root, 'tmp/dead')), existsSync(join(root, 'tmp/alive'))]).toEqual([false, true])
  })
})
