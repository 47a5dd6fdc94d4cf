import { close, fdatasync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fsyncPath } from './disk.ts'

/** How often a barrier was asked for, how many rounds served the askers, and how many files those rounds forced to disk. */
export interface BarrierCounters {
  barriers: number
  rounds: number
  fsyncs: number
}

interface Segment {
  fd: number
  ino: bigint
  mtimeNs: bigint
  /** Monotonic time right after this mtime was first read. */
  seenAt: number
  /** Monotonic time at which the last successful fsync of this mtime began. */
  syncedAt: number
}

// A write can leave the mtime as it was only within one tick of the file clock (10 ms at worst); a second is far beyond it.
const CLOCK_TICK_MS = 1000

/**
 * Forces the write-ahead log in `walDir` to disk for everybody who waits. A round starts after its last waiter came, so one
 * fsync serves them all; after one failed fsync every wait rejects for ever, because the kernel may have dropped the pages.
 */
export class WalBarrier {
  readonly counters: BarrierCounters = { barriers: 0, rounds: 0, fsyncs: 0 }
  readonly #walDir: string
  readonly #force: (fd: number) => Promise<void>
  readonly #segments = new Map<string, Segment>()
  #names = ''
  #broken: Error | undefined
  #last: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  constructor(o: { walDir: string; force?: (fd: number) => Promise<void> }) {
    this.#walDir = o.walDir
    this.#force = o.force ?? promisify(fdatasync)
  }

  /** Resolves once everything written to the log before the call is on disk. */
  wait(): Promise<void> {
    this.counters.barriers++
    if (this.#broken) return Promise.reject(this.#broken)
    if (!this.#next) {
      this.#next = this.#last.then(() => this.#round())
      this.#last = this.#next
    }
    return this.#next
  }

  /** From now on every wait rejects with `reason`; the round under way still ends as the disk says. */
  break(reason: Error): void {
    this.#broken ??= reason
  }

  /** Closes the files after the last round. */
  async close(): Promise<void> {
    this.break(new Error('the database engine has ended'))
    await this.#last.catch(() => {})
    for (const name of [...this.#segments.keys()]) this.#forget(name)
  }

  async #round(): Promise<void> {
    this.#next = undefined
    this.counters.rounds++
    try {
      const began = performance.now()
      const due = this.#changed()
      await Promise.all(due.map((segment) => this.#sync(segment, began)))
      this.#syncNames()
    } catch (e) {
      this.break(e as Error)
      throw e
    }
  }

  async #sync(segment: Segment, began: number): Promise<void> {
    this.counters.fsyncs++
    await this.#force(segment.fd)
    segment.syncedAt = began
  }

  // New or renamed segments: PostgreSQL forces the folder itself, this is the second pair of braces.
  #syncNames(): void {
    const names = [...this.#segments.keys()].join()
    if (names === this.#names) return
    fsyncPath(this.#walDir)
    this.#names = names
  }

  // PostgreSQL may recycle a segment between the listing and its opening; then the listing is stale and read again.
  #changed(): Segment[] {
    for (let tries = 1; ; tries++) {
      try {
        return this.#list()
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 10) throw e
      }
    }
  }

  #list(): Segment[] {
    const names = readdirSync(this.#walDir).filter(isSegment).sort()
    const present = new Set(names)
    for (const name of [...this.#segments.keys()]) if (!present.has(name)) this.#forget(name)
    return names.map((name) => this.#look(name)).filter((s) => s.syncedAt - s.seenAt <= CLOCK_TICK_MS)
  }

  #look(name: string): Segment {
    const path = join(this.#walDir, name)
    const { ino, mtimeNs } = statSync(path, { bigint: true })
    const known = this.#segments.get(name)
    if (known?.ino === ino && known.mtimeNs === mtimeNs) return known
    if (known && known.ino !== ino) this.#forget(name)
    const fd = known?.ino === ino ? known.fd : openSync(path, 'r+')
    const segment = { fd, ino, mtimeNs, seenAt: performance.now(), syncedAt: Number.NEGATIVE_INFINITY }
    this.#segments.set(name, segment)
    return segment
  }

  #forget(name: string): void {
    const segment = this.#segments.get(name)
    this.#segments.delete(name)
    if (segment) close(segment.fd, () => {})
  }
}

/** Whether a file of `pg_wal` is a log segment: timeline, log and segment number in 24 hexadecimal digits. */
export function isSegment(name: string): boolean {
  return /^[0-9A-F]{24}$/.test(name)
}
