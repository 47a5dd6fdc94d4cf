import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBucket } from '../../src/base/blobs/bucket.ts'
import { openS3Blobs } from '../../src/base/blobs/s3.ts'
import type { BlobStore } from '../../src/base/blobs.ts'
import { openLog } from '../../src/base/log.ts'
import { startS3, type TestS3 } from '../s3.ts'
import * as walk from '../walk.ts'
import { openWorld, type World } from '../world.ts'

const QUICK = { everyMs: 20, patienceMs: 500, keepMs: 0, pauseMs: 50 }
let s3: TestS3
let world: World
let blobs: BlobStore
let spoolDir: string

beforeAll(async () => {
  s3 = await startS3()
  spoolDir = mkdtempSync(join(tmpdir(), 'qinba-spool-'))
  blobs = await openS3Blobs({ place: s3.place, spoolDir, log: openLog('silent'), ...QUICK })
  world = await openWorld({ blobs })
})
afterAll(async () => {
  await world.close()
  await s3.close()
  rmSync(spoolDir, { recursive: true, force: true })
})

type Evidence = { id: string; sha256: string; bytes: number }
const evidenceOf = (c: walk.Shown) => c['evidence'] as Evidence[]
const shaOf = (answer: LightMyRequestResponse) => createHash('sha256').update(answer.rawPayload).digest('hex')

async function open(c: walk.Shown, e: Evidence, part = ''): Promise<LightMyRequestResponse> {
  return (await world.as('office')).get(`/api/cases/${c.id}/evidence/${e.id}${part}`)
}

it('a case is walked to clear-off with its evidence in an object store that goes away in the middle', async () => {
  let c = await walk.walkTo(world, 'rectifying')
  c = await walk.addPhoto(world, c, { kind: 'during', takenAt: '2026-03-09T10:00:00', shade: 10 })
  const [first] = evidenceOf(c)
  await expect.poll(async () => (await openBucket(s3.place).head(first!.sha256))?.bytes, { timeout: 20_000 }).toBe(first!.bytes)
  await expect.poll(spooledNames, { timeout: 20_000 }).toEqual([])

  s3.line.set('down')
  const away = await open(c, first!)
  expect([away.statusCode, away.headers['retry-after'], away.json().code]).toEqual([503, '5', 'base/unavailable'])
  c = await walk.rectify(world, c) // two photos more, taken in while nobody answers
  const later = evidenceOf(c).filter((e) => e.id !== first!.id)
  expect(later).toHaveLength(2)
  for (const e of later) expect(shaOf(await open(c, e))).toBe(e.sha256)
  c = await walk.selfCheck(world, c)
  c = await walk.countyAccept(world, c)
  expect(await blobs.waiting()).toMatchObject({ files: 4 }) // each photo has its small copy

  s3.line.set('none')
  await expect.poll(async () => (await blobs.waiting()).files, { timeout: 20_000 }).toBe(0)
  await expect.poll(spooledNames, { timeout: 20_000 }).toEqual([])
  c = await walk.cityAccept(world, c)
  c = await walk.publicise(world, c)
  c = await walk.fileAndClose(world, c)
  expect(c).toMatchObject({ state: 'closed', outcome: 'rectified' })
  for (const e of evidenceOf(c)) {
    await expect.poll(async () => (await open(c, e)).statusCode, { timeout: 20_000 }).toBe(200)
    expect(shaOf(await open(c, e))).toBe(e.sha256)
    const small = await open(c, e, '/thumb')
    expect([small.statusCode, small.headers['content-type']]).toEqual([200, 'image/webp'])
  }
})

async function spooledNames(): Promise<string[]> {
  const names = await readdir(spoolDir, { recursive: true })
  return names.filter((name) => /[0-9a-f]{64}/.test(name))
}
