import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { acquireLock, findHolder, type Holder } from './lock.ts'

let dir = ''
const children: ChildProcess[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'qinba-lock-'))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

const lockFile = () => join(dir, 'qinba.lock')
const written = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as Holder

/** Another process that takes the lock at `at` and says how it went, then lives on. */
function taker(at = 0): Promise<string> {
  const code = `import { acquireLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}
    await new Promise((done) => setTimeout(done, Math.max(0, ${at} - Date.now())))
    try { acquireLock(${JSON.stringify(dir)}); console.log('won') } catch (e) { console.log(e.code + ' ' + e.message) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return once(child.stdout!, 'data').then(([chunk]) => String(chunk).trim())
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid!
}

it('refuses the second holder at once, naming the first', async () => {
  const lock = acquireLock(dir)
  const began = performance.now()
  expect(() => acquireLock(dir)).toThrow(`in use by process ${process.pid}`)
  expect(performance.now() - began).toBeLessThan(100)
  expect(await taker()).toContain(`QINBA_LOCK_HELD the data folder is in use by process ${process.pid}`)
  expect(findHolder(dir)?.pid).toBe(process.pid)
  lock.release()
  expect(findHolder(dir)).toBeUndefined()
  acquireLock(dir).release()
})

it('does not remove a lock that has become somebody else’s', () => {
  const lock = acquireLock(dir)
  writeFileSync(lockFile(), JSON.stringify({ ...written(), token: '0123456789abcdef' }))
  lock.release()
  expect(readdirSync(dir)).toEqual(['qinba.lock'])
})

it('takes over the lock of a process that was killed', async () => {
  expect(await taker()).toBe('won')
  const [child] = children.splice(0)
  expect(() => acquireLock(dir)).toThrow(`process ${child!.pid}`)
  child!.kill('SIGKILL')
  await once(child!, 'exit')
  acquireLock(dir).release()
})

it.runIf(process.platform === 'linux')('tells a recycled pid, another boot and a torn file from a living holder', () => {
  acquireLock(dir).release()
  const lock = acquireLock(dir)
  const living = written()
  lock.release()
  for (const stale of [
    { ...living, start: '1' },
    { ...living, boot: 'another' },
  ]) {
    writeFileSync(lockFile(), JSON.stringify(stale))
    acquireLock(dir).release()
  }
  for (const torn of ['', '\0\0\0\0', '{"pid":1']) {
    writeFileSync(lockFile(), torn)
    acquireLock(dir).release()
  }
  expect(readdirSync(dir)).toEqual([])
})

it.runIf(process.platform === 'linux')('judges a holder in another container by its heartbeat', () => {
  const lock = acquireLock(dir)
  const elsewhere = JSON.stringify({ ...written(), pid: 1, space: 'pid:[1]' })
  lock.release()
  writeFileSync(lockFile(), elsewhere)
  expect(() => acquireLock(dir)).toThrow('process 1')
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(lockFile(), longAgo, longAgo)
  acquireLock(dir).release()
})

it('gives a stale lock to exactly one of twenty takers', { timeout: 60_000 }, async () => {
  const dead = JSON.stringify({ pid: await deadPid(), boot: '', start: '', space: '', token: 'aaaaaaaaaaaaaaaa' })
  for (const [text, takers] of [
    [dead, 20],
    ['', 8],
  ] as const) {
    writeFileSync(lockFile(), text)
    const at = Date.now() + 150 * takers
    const answers = await Promise.all(Array.from({ length: takers }, () => taker(at)))
    expect(answers.filter((a) => a === 'won')).toHaveLength(1)
    expect(answers.filter((a) => a.startsWith('QINBA_LOCK_HELD'))).toHaveLength(takers - 1)
    expect(readdirSync(dir)).toEqual(['qinba.lock'])
    for (const child of children.splice(0)) child.kill('SIGKILL')
  }
})
