import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A held lock; `release` may be called twice and never removes somebody else's lock. */
export interface Lock {
  release(): void
}

/** Who wrote a lock file: a process told apart from a later one with the same pid by boot, start time and pid namespace. */
export interface Holder {
  pid: number
  boot: string
  start: string
  space: string
  token: string
}

/** The folder is held by a living process; `pid` names it. */
export interface LockHeld extends Error {
  code: 'QINBA_LOCK_HELD'
  pid: number
}

const HEARTBEAT_MS = 2000
const SILENT_MS = 10_000

/** Takes `<dir>/<name>` for this process or throws `LockHeld` at once; a lock left by a dead process or another boot is taken over. */
export function acquireLock(dir: string, name = 'qinba.lock'): Lock {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, name)
  const mine = describe(process.pid)
  take(path, mine)
  const beat = setInterval(() => touch(path), HEARTBEAT_MS).unref()
  return {
    release: () => {
      clearInterval(beat)
      if (readHolder(path)?.token === mine.token) rmSync(path, { force: true })
    },
  }
}

/** The living holder of `<dir>/<name>`, if any. */
export function findHolder(dir: string, name = 'qinba.lock'): Holder | undefined {
  const path = join(dir, name)
  const holder = readHolder(path)
  return holder && isAlive(holder, path) ? holder : undefined
}

// `link` makes the complete file appear or fail, so nobody ever reads a half-written lock.
function take(path: string, mine: Holder): void {
  for (;;) {
    if (place(path, mine, linkSync)) return
    const holder = readHolder(path)
    if (!holder) continue
    if (isAlive(holder, path)) throw held(path, holder)
    if (replaceDead(path, holder, mine)) return
  }
}

// Each dead lock is replaced at most once: its token names a claim that one taker wins, and who comes late finds another token.
function replaceDead(path: string, dead: Holder, mine: Holder): boolean {
  const claim = `${path}.${dead.token}`
  take(claim, mine)
  try {
    return readHolder(path)?.token === dead.token && place(path, mine, renameSync)
  } finally {
    rmSync(claim, { force: true })
  }
}

function place(path: string, mine: Holder, put: (from: string, to: string) => void): boolean {
  const draft = `${path}.${mine.pid}-${randomBytes(4).toString('hex')}.tmp`
  writeFileSync(draft, `${JSON.stringify(mine)}\n`, { flag: 'wx', mode: 0o600 })
  try {
    put(draft, path)
    return true
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw e
  } finally {
    rmSync(draft, { force: true })
  }
}

// Undefined when there is no file; a file torn by a power cut reads as a holder that cannot live.
function readHolder(path: string): Holder | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  try {
    const { pid, boot, start, space, token } = JSON.parse(text) as Partial<Holder>
    if (typeof pid === 'number' && typeof token === 'string' && /^[0-9a-f]{16}$/.test(token)) {
      return { pid, boot: String(boot ?? ''), start: String(start ?? ''), space: String(space ?? ''), token }
    }
  } catch {}
  return { pid: 0, boot: '', start: '', space: '', token: 'torn' }
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.pid <= 0) return false
  const here = describe(process.pid)
  if (holder.boot && here.boot && holder.boot !== here.boot) return false
  // A pid of another container means nothing here; its heartbeat does.
  if (holder.space && here.space && holder.space !== here.space) return silentMs(path) < SILENT_MS
  if (!isRunning(holder.pid)) return false
  const start = startTime(holder.pid)
  return start === undefined || holder.start === '' || start === holder.start
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function describe(pid: number): Holder {
  return {
    pid,
    boot: readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '',
    start: startTime(pid) ?? '',
    space: pidSpace(),
    token: randomBytes(8).toString('hex'),
  }
}

// Field 22 of /proc/<pid>/stat; a zombie holds nothing, so it answers with a time no lock carries.
function startTime(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (!stat) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : fields[19]
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

function silentMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {}
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (e) {
    if (path.startsWith('/proc/') || (e as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw e
  }
}

function held(path: string, holder: Holder): LockHeld {
  const message = `the data folder is in use by process ${holder.pid} (${path}); stop that process first`
  return Object.assign(new Error(message), { code: 'QINBA_LOCK_HELD' as const, pid: holder.pid })
}
