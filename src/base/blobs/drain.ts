import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import type { BlobFile, BlobStore, Waiting } from '../blobs.ts'
import type { Log } from '../log.ts'
import type { Bucket } from './bucket.ts'

/** Carries what lies in the spool to the bucket, in the background and again after a restart. */
export interface Drain {
  /** Tries at once; comes back when the file is there, or when it is clear that this will take longer. Never throws. */
  offer(name: string): Promise<void>
  waiting(): Promise<Waiting>
  /** Stops looking, after the file that is on its way. */
  stop(): Promise<void>
}

export interface DrainOptions {
  spool: BlobStore
  /** Where a file of the spool lies. */
  pathOf(name: string): string
  bucket: Bucket
  log: Log
  /** How often the spool is looked through. */
  everyMs?: number
  /** How long `offer` waits for a bucket that is slow. */
  patienceMs?: number
  /** How long a file stays in the spool after it arrived: what is read next is mostly what was just stored. */
  keepMs?: number
  /** How long a bucket that did not answer is left alone at first; twice as long each time, a minute at most. */
  pauseMs?: number
  /** When a file that came back with other bytes is sent again. */
  againMs?: number
}

/** The bucket answered, and has not what it was given. */
class NotTheSame extends Error {}

const AT_ONCE = 4
const LONGEST_PAUSE_MS = 60_000
const STOP_MS = 5000

type State = {
  /** When the file that arrived had been stored, and when it arrived: a file stored anew meanwhile is sent again. */
  sent: Map<string, { stored: number; at: number }>
  going: Map<string, Promise<boolean>>
  /** Files that came back wrong, and when to try again. One of them must not keep the others. */
  later: Map<string, number>
  /** The bucket is left alone until then. */
  until: number
  pause: number
  stopped: boolean
}

/** Starts looking through the spool. */
export function startDrain(o: DrainOptions): Drain {
  const state: State = { sent: new Map(), going: new Map(), later: new Map(), until: 0, pause: 0, stopped: false }
  let turn: Promise<void> | undefined
  const look = () => {
    turn ??= lookThrough(o, state)
      .catch((err) => o.log.error({ err }, 'spool'))
      .finally(() => {
        turn = undefined
      })
  }
  const timer = setInterval(look, o.everyMs ?? 1000).unref()
  return {
    async offer(name) {
      if (state.stopped || Date.now() < state.until || state.going.size >= AT_ONCE) return
      await within(o.patienceMs ?? 2000, send(o, state, name))
    },
    waiting: () => countUnsent(o.spool, state),
    async stop() {
      state.stopped = true
      clearInterval(timer)
      await within(STOP_MS, Promise.all([turn, ...state.going.values()]))
    },
  }
}

async function lookThrough(o: DrainOptions, state: State): Promise<void> {
  for await (const file of o.spool.list()) {
    if (state.stopped || Date.now() < state.until) return
    const name = file.sha256 + file.suffix
    if (isSent(state, file)) await forget(o, state, name)
    else if (Date.now() >= (state.later.get(name) ?? 0) && !(await send(o, state, name))) return
  }
}

const isSent = ({ sent }: State, { sha256, suffix, at }: BlobFile) => sent.get(sha256 + suffix)?.stored === at.getTime()

async function forget(o: DrainOptions, { sent }: State, name: string): Promise<void> {
  if (Date.now() - sent.get(name)!.at < (o.keepMs ?? 60_000)) return
  await rm(o.pathOf(name), { force: true })
  sent.delete(name)
}

async function countUnsent(spool: BlobStore, state: State): Promise<Waiting> {
  const sum: Waiting = { files: 0, bytes: 0, since: undefined }
  for await (const file of spool.list()) {
    if (isSent(state, file)) continue
    sum.files++
    sum.bytes += file.bytes
    if (!sum.since || file.at < sum.since) sum.since = file.at
  }
  return sum
}

/** Whether to go on with other files; a file on its way is not sent twice. */
function send(o: DrainOptions, state: State, name: string): Promise<boolean> {
  const under = state.going.get(name)
  if (under) return under
  const mine = carry(o, name)
    .then((stored) => arrived(o, state, { name, stored }))
    .catch((e: unknown) => failed(o, state, { name, e }))
    .finally(() => state.going.delete(name))
  state.going.set(name, mine)
  return mine
}

function arrived({ log }: DrainOptions, state: State, { name, stored }: { name: string; stored: number | undefined }): boolean {
  if (state.pause > 0) log.info('the object store takes files again')
  Object.assign(state, { until: 0, pause: 0 })
  state.later.delete(name)
  if (stored !== undefined) state.sent.set(name, { stored, at: Date.now() })
  return true
}

function failed(
  { log, againMs = 10_000, pauseMs = 1000 }: DrainOptions,
  state: State,
  { name, e }: { name: string; e: unknown },
): boolean {
  if (e instanceof NotTheSame) {
    log.error({ err: e }, 'spool')
    state.later.set(name, Date.now() + againMs)
    return true
  }
  if (state.pause === 0 && !state.stopped) log.warn({ err: e }, 'the object store takes no files: they stay in the spool')
  state.pause = Math.min(Math.max(state.pause * 2, pauseMs), LONGEST_PAUSE_MS)
  state.until = Date.now() + state.pause
  return false
}

/** Sends one file and reads it back; the time it was stored at, or undefined when the spool no longer has it. */
async function carry({ pathOf, bucket }: DrainOptions, name: string): Promise<number | undefined> {
  const file = pathOf(name)
  const found = await stat(file).catch(() => undefined)
  if (!found) return undefined
  const sha256 =
    name.length === 64
      ? name
      : createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
  await bucket.put(name, { stream: createReadStream(file), bytes: found.size, sha256 })
  const there = await bucket.get(name)
  const hash = createHash('sha256')
  for await (const chunk of there?.chunks ?? []) hash.update(chunk)
  // Not every server checks what it is sent, and none can check what happens after. The spool's copy goes only when this is right.
  if (!there || hash.digest('hex') !== sha256)
    throw new NotTheSame(`${name} came back ${there ? 'with other bytes' : 'as missing'}`)
  return found.mtime.getTime()
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((done) => {
    timer = setTimeout(done, ms).unref()
  })
  await Promise.race([work, enough]).finally(() => clearTimeout(timer))
}
