import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLog } from '../log.ts'
import type { Problem } from '../problem.ts'
import { ballastIn } from './ballast.ts'
import { type DiskGuard, hasNoRoom, relieve, watchDisk } from './disk.ts'
import type { Limits } from './rules/room.ts'

const AMPLE: Limits = { minFreeBytes: 0, minFreePercent: 0, ballastBytes: 0 }
// No disk has so much room: every one counts as low, and as full where the mark is that of a tiny disk.
const LOW: Limits = { minFreeBytes: Number.MAX_SAFE_INTEGER, minFreePercent: 100, ballastBytes: 0 }

const dir = mkdtempSync(join(tmpdir(), 'qinba-guard-'))
const guards: DiskGuard[] = []
afterEach(() => {
  for (const guard of guards.splice(0)) guard.stop()
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir)
})

async function watch(limits: Limits, places: { databaseDir?: string; filesDir?: string } = {}): Promise<DiskGuard> {
  const guard = await watchDisk({ dataDir: dir, ...places, limits, log: openLog('silent'), everyMs: 10 })
  guards.push(guard)
  return guard
}

const refusal = (ask: () => void): string | undefined => {
  try {
    ask()
    return undefined
  } catch (e) {
    return `${(e as Problem).status} ${(e as Problem).code} ${(e as Problem).headers['retry-after']}`
  }
}
const full = Object.assign(new Error('could not extend file'), { code: '53100' })

describe('the guard of the disks', () => {
  it('lets everything through while there is room', async () => {
    const guard = await watch(AMPLE, { databaseDir: dir })
    expect(refusal(() => guard.admitWrite({ files: true }))).toBeUndefined()
    expect([guard.isReadOnly(), guard.isFull(), guard.report().places.length]).toEqual([false, false, 1])
  })

  it('refuses every write where the embedded database lies, only files where PostgreSQL is elsewhere', async () => {
    const embedded = await watch(LOW, { databaseDir: join(dir, 'pg'), filesDir: join(dir, 'blobs') })
    expect(refusal(() => embedded.admitWrite())).toBe('507 base/no-room 30')
    expect(embedded.isReadOnly()).toBe(true)
    const elsewhere = await watch(LOW, { filesDir: join(dir, 'blobs') })
    expect(refusal(() => elsewhere.admitWrite())).toBeUndefined()
    expect(refusal(() => elsewhere.admitWrite({ files: true }))).toBe('507 base/no-room 30')
    expect(elsewhere.isReadOnly()).toBe(false)
  })

  it('shuts after the database said that it is full, and opens with the next write that is done', async () => {
    const guard = await watch(AMPLE)
    guard.saw(new Error('something else'))
    expect(guard.isReadOnly()).toBe(false)
    guard.saw(full)
    expect([guard.isReadOnly(), guard.isFull(), guard.report().databaseRefuses]).toEqual([true, true, true])
    expect(refusal(() => guard.admitWrite())).toBe('507 base/no-room 30')
    guard.wrote()
    expect([guard.isReadOnly(), refusal(() => guard.admitWrite())]).toEqual([false, undefined])
  })
})

describe('the ballast', () => {
  it('is made of real blocks when there is room, and given up when it is not wanted any more', async () => {
    const guard = await watch({ ...AMPLE, ballastBytes: 3_000_000 })
    await expect.poll(() => guard.report().ballastBytes).toBe(3_000_000)
    expect(statSync(join(dir, 'ballast')).blocks * 512).toBeGreaterThanOrEqual(3_000_000)
    expect(existsSync(join(dir, 'ballast.tmp'))).toBe(false)
    guard.stop()
    const other = await watch(AMPLE)
    await expect.poll(() => other.report().ballastBytes).toBe(0)
  })

  it('is not left half-made by a release in the middle', async () => {
    const ballast = ballastIn(dir)
    const making = ballast.make(200_000_000)
    await new Promise((soon) => setTimeout(soon, 20))
    ballast.release()
    await making
    expect([ballast.bytes(), existsSync(join(dir, 'ballast.tmp'))]).toEqual([0, false])
  })

  it('is left to the process that is making it', async () => {
    writeFileSync(join(dir, 'ballast.tmp'), 'somebody')
    await ballastIn(dir).make(1000)
    expect([ballastIn(dir).bytes(), existsSync(join(dir, 'ballast.tmp'))]).toEqual([0, true])
  })

  it('goes before the start on a full disk, and stays on any other', () => {
    writeFileSync(join(dir, 'ballast'), 'x')
    relieve(dir, AMPLE)
    expect(ballastIn(dir).bytes()).toBe(1)
    expect(hasNoRoom({ dataDir: dir, disk: AMPLE }, new Error('x'))).toBe(false)
    expect(hasNoRoom({ dataDir: join(dir, 'not/made/yet'), disk: AMPLE }, full)).toBe(true)
    relieve(join(dir, 'not/made/yet'), AMPLE)
  })
})
