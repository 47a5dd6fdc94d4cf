import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BarrierCounters, WalBarrier } from './barrier.ts'
import { acquireLock, findHolder } from './lock.ts'
import { CHILD_LOCK, type FromChild, SOCKET_NOTE, type ToChild } from './messages.ts'
import { spawnChild } from './spawn.ts'
import { bakeTemplate, prepareFolder, type Template } from './template.ts'
import { type Watchdog, watch } from './watchdog.ts'

/** The embedded database, running in a process of its own. */
export interface Engine {
  /** For one `pg` connection, never two: the socket mixes up the messages of several. */
  connection: { host: string; port: number; user: 'postgres'; database: string; idleTimeoutMillis: number }
  /** Resolves once everything committed before the call would survive a power cut; rejects for ever after a failed fsync. */
  barrier(): Promise<void>
  /** Milliseconds until the engine's process answers; a long query makes it wait. */
  ping(): Promise<number>
  /** Runs work that may hold the database longer than the watchdog allows, a migration for one. */
  unwatched<T>(work: () => Promise<T>): Promise<T>
  /** Checkpoints, ends the process and gives the folder free; `onExit` is not called. */
  stop(): Promise<void>
  pid: number
  counters: Readonly<BarrierCounters>
}

export interface EngineOptions {
  dir: string
  /** `stock` is PGlite as it comes, which loses data at a power cut: the control in tests, nothing else. */
  mode?: 'durable' | 'stock'
  /** The process ended though nobody asked it to; nothing may be acknowledged any more. */
  onExit?: (code: number | null) => void
  /** How long one query may keep the process from answering before it is killed. */
  watchdogMs?: number
  /** The baked folder to start from; by default the cache's, made when it is not there. */
  template?: Template
}

const BOOT_MS = 180_000
const STOP_MS = 60_000
const IDLE_BARRIER_MS = 1000

/** Starts the engine on `dir`, which it locks, and sets the folder up when it is empty; rejects with PostgreSQL's own words. */
export async function startEngine(o: EngineOptions): Promise<Engine> {
  const dir = resolve(o.dir)
  const mode = o.mode ?? 'durable'
  const lock = acquireLock(dir)
  let child: ChildProcess | undefined
  let held = true
  // Once only: a late exit must not touch what the next engine has put there.
  const clear = () => {
    if (held) removeSocketDir(dir)
    held = false
    lock.release()
  }
  try {
    await endOrphan(dir)
    const template = o.template ?? (await bakeTemplate())
    await prepareFolder(dir, { durable: mode === 'durable', template })
    const host = newSocketDir(dir)
    const bundle = template ? { bundle: template.bundle } : {}
    child = spawnChild({ task: mode, dir, socket: join(host, '.s.PGSQL.5432'), parent: process.pid, ...bundle })
    child.once('exit', clear)
    await ready(child)
    return running(child, { ...o, dir, mode }, host)
  } catch (e) {
    child?.kill('SIGKILL')
    clear()
    throw e
  }
}

function running(child: ChildProcess, o: EngineOptions, host: string): Engine {
  const dog = watch(child, o.watchdogMs ?? 20_000)
  const wal = new WalBarrier({ walDir: join(o.dir, 'pg_wal') })
  const barrier = o.mode === 'stock' ? async () => {} : () => guarded(wal, child)
  // What nobody waits for (a job that committed and answers no one) is at risk for a second, not until the next reply.
  const idle = setInterval(() => barrier().catch(() => {}), IDLE_BARRIER_MS).unref()
  let stopping = false
  child.once('exit', (code) => {
    clearInterval(idle)
    void wal.close()
    if (!stopping) o.onExit?.(code)
  })
  const stop = async () => {
    stopping = true
    await barrier().catch(() => {})
    await end(child, dog)
  }
  const connection = { host, port: 5432, user: 'postgres' as const, database: 'postgres', idleTimeoutMillis: 0 }
  return { connection, barrier, ping: dog.ping, unwatched: dog.unwatched, stop, pid: child.pid!, counters: wal.counters }
}

async function guarded(wal: WalBarrier, child: ChildProcess): Promise<void> {
  try {
    await wal.wait()
  } catch (e) {
    if (child.kill('SIGKILL')) process.stderr.write(`database engine killed: the log could not be forced to disk: ${e}\n`)
    throw e
  }
}

async function end(child: ChildProcess, dog: Watchdog): Promise<void> {
  if (hasEnded(child)) return
  dog.stop()
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  child.send({ say: 'stop' } satisfies ToChild, () => {})
  await ended
  clearTimeout(timer)
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail(new Error(`the database engine was not ready after ${BOOT_MS / 1000} s`))
    }, BOOT_MS)
    const exited = (code: number | null) =>
      settle(() => fail(new Error(`the database engine ended while starting (exit ${code})`)))
    const failed = (e: Error) => settle(() => fail(e))
    const settle = (what: () => void) => {
      clearTimeout(timer)
      child.off('exit', exited)
      child.off('error', failed)
      what()
    }
    child.once('exit', exited)
    child.once('error', failed)
    child.once('message', (m: FromChild) =>
      settle(
        m.say === 'ready' ? done : () => fail(new Error(m.say === 'failed' ? m.why : 'the database engine spoke out of turn')),
      ),
    )
  })
}

// We hold the folder's lock, so whoever still runs an engine on it has lost its parent.
async function endOrphan(dir: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const orphan = findHolder(dir, CHILD_LOCK)
    if (!orphan) return
    if (tries === 100) throw new Error(`process ${orphan.pid} still runs a database engine on ${dir} and does not end`)
    kill(orphan.pid)
    await sleep(50)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

// The folder remembers its socket's place, so that what a killed engine left in the temporary folder goes with the next start.
function newSocketDir(dir: string): string {
  removeSocketDir(dir)
  // A unix socket's path holds at most 107 bytes.
  const host = mkdtempSync(join(tmpdir().length > 70 ? '/tmp' : tmpdir(), 'qinba-'))
  writeFileSync(join(dir, SOCKET_NOTE), host)
  return host
}

function removeSocketDir(dir: string): void {
  const note = join(dir, SOCKET_NOTE)
  const host = existsSync(note) ? readFileSync(note, 'utf8') : ''
  if (/^qinba-\w{6}$/.test(basename(host))) rmSync(host, { recursive: true, force: true })
  rmSync(note, { force: true })
}
