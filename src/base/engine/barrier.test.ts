import { appendFileSync, fdatasync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WalBarrier } from './barrier.ts'

let walDir = ''
const first = '000000010000000000000001'
const second = '000000010000000000000002'

beforeEach(() => {
  walDir = mkdtempSync(join(tmpdir(), 'qinba-wal-'))
  for (const name of [first, 'xlogtemp.42', '00000002.history']) writeFileSync(join(walDir, name), 'log')
})
afterEach(() => rmSync(walDir, { recursive: true, force: true }))

/** A disk that is asked and answers by hand. */
function slowDisk() {
  const asked: { done: () => void; fail: (e: Error) => void }[] = []
  return { asked, force: () => new Promise<void>((done, fail) => asked.push({ done, fail })) }
}

const until = async (is: () => boolean) => {
  while (!is()) await sleep(1)
}

it('lets all who wait share one fsync, and those who come during it the next one', async () => {
  const disk = slowDisk()
  const wal = new WalBarrier({ walDir, force: disk.force })
  const early = Array.from({ length: 20 }, () => wal.wait())
  await until(() => disk.asked.length === 1)
  const late = Array.from({ length: 30 }, () => wal.wait())
  let lateDone = false
  void Promise.all(late).then(() => {
    lateDone = true
  })
  disk.asked[0]!.done()
  await Promise.all(early)
  await until(() => disk.asked.length === 2)
  expect(lateDone).toBe(false)
  disk.asked[1]!.done()
  await Promise.all(late)
  expect(wal.counters).toEqual({ barriers: 50, rounds: 2, fsyncs: 2 })
  await wal.close()
})

it('never resolves again after one failed fsync', async () => {
  const disk = slowDisk()
  const wal = new WalBarrier({ walDir, force: disk.force })
  const waiting = [wal.wait(), wal.wait()]
  await until(() => disk.asked.length === 1)
  const next = wal.wait()
  disk.asked[0]!.fail(new Error('EIO'))
  for (const one of [...waiting, next, wal.wait()]) await expect(one).rejects.toThrow('EIO')
  expect(disk.asked).toHaveLength(1)
  await wal.close()
})

it('forces a segment again though its mtime stands still, and leaves it alone a second later', async () => {
  const wal = new WalBarrier({ walDir, force: promisify(fdatasync) })
  const at = new Date('2026-01-01')
  const write = () => {
    appendFileSync(join(walDir, first), 'x')
    utimesSync(join(walDir, first), at, at)
  }
  for (const fsyncs of [1, 2]) {
    write()
    await wal.wait()
    expect(wal.counters.fsyncs).toBe(fsyncs)
  }
  await sleep(1050)
  await wal.wait()
  await wal.wait()
  expect(wal.counters.fsyncs).toBe(3)
  // A clock set back gives an older mtime, which is another one all the same.
  utimesSync(join(walDir, first), 1, 1)
  await wal.wait()
  expect(wal.counters.fsyncs).toBe(4)
  await wal.close()
})

it('follows segments that are added, recycled under another name and removed', async () => {
  const wal = new WalBarrier({ walDir })
  await wal.wait()
  writeFileSync(join(walDir, second), 'more')
  await wal.wait()
  expect(wal.counters.fsyncs).toBe(3)
  renameSync(join(walDir, first), join(walDir, '000000010000000000000003'))
  rmSync(join(walDir, second))
  await wal.wait()
  expect(wal.counters.fsyncs).toBe(4)
  await wal.close()
  await expect(wal.wait()).rejects.toThrow('has ended')
})
