import type { HashName } from '../crypto/algorithms.ts'
import { type Checkpoint, checkpointVerifier, hashNamedBy } from './checkpoint.ts'
import { type Entry, entryFault, leafOf } from './entry.ts'
import { append, emptyFrontier, type Frontier, rootOf } from './merkle.ts'

const CLOCK_TOLERANCE_MS = 60_000
const MOST_WARNINGS = 100
const RENUMBERED_WITHIN = 32

/** An entry as the table keeps it, with the leaf hash written beside it. */
export type StoredEntry = Entry & { leaf: Buffer }

/** The tenant's head row: how many events there are, and the frontier over them. */
export type Head = { size: number; frontier: Frontier }

/** `publicKey` (SPKI PEM) also checks every signature; `tenant` defaults to the checkpoints', then to the first entry's. */
export type VerifyOptions = { publicKey?: string; tenant?: number; clockToleranceMs?: number }

/** The event's time lies before `before`, which an earlier event or a checkpoint had already reached. */
export type Warning = {
  code: 'clock-back'
  seq: number
  subject: string
  at: string
  before: string
  witness: 'event' | 'checkpoint'
}

/** The first changed event lies in (after, upTo]: `after` events agree with a checkpoint. */
export type Interval = { after: number; upTo: number }

/** The event the evidence stands at. */
type At = Interval & { seq: number; subject: string }
type Counted = { found: number; expected: number }
type Hashed = { found: string; expected: string }
/** The checkpoint the evidence stands at; `index` is 1-based. */
type Mark = { index: number; at: string }

/** The first thing that is wrong; `found` is what the events say, `expected` what was recorded or follows from what came before. */
export type Failure =
  | ({ code: 'entry-malformed'; reason: string } & At)
  | ({ code: 'tenant-differs' } & At & Counted)
  | ({ code: 'seq-gap' } & At & Counted)
  | ({ code: 'seq-repeated' } & At & Counted)
  /** Hashes in hex; `writtenAs`: the number under which the stored hash fits, when events were removed or put in before it. */
  | ({ code: 'leaf-differs'; writtenAs?: number } & At & Hashed)
  | ({ code: 'subject-gap' } & At & Counted)
  | ({ code: 'beyond-head' } & At & Counted)
  /** Roots in base64. */
  | ({ code: 'checkpoint-differs'; size: number } & Mark & Interval & Hashed)
  /** `seq` is the first event that is missing; `found` and `expected` are numbers of events. */
  | ({ code: 'cut-before-checkpoint'; seq: number } & Mark & Interval & Counted)
  | ({ code: 'cut-before-head'; seq: number } & Interval & Counted)
  | ({ code: 'head-differs' } & Interval & Hashed)
  | ({ code: 'head-malformed' } & Counted)
  | ({ code: 'checkpoint-order' } & Mark & Counted)
  | ({ code: 'checkpoint-split'; size: number } & Mark & Hashed)
  | ({ code: 'checkpoint-foreign'; origin: string; tenant: number } & Mark)
  | ({ code: 'checkpoint-forged'; key: string } & Mark)
  /** The checkpoint was taken of a tree of another hash than the head's. */
  | ({ code: 'checkpoint-hash'; found: HashName; expected: HashName } & Mark)

/** `warnings` holds the first 100, `clockBacks` counts all; `root` is base64. */
export type Verdict = { warnings: Warning[]; clockBacks: number } & (
  | { ok: true; size: number; hash: HashName; root: string }
  | ({ ok: false } & Failure)
)

type Clock = { toleranceMs: number; previous: number; latest: number; witness: Warning['witness']; isBehind: boolean }
type Run = {
  checkpoints: readonly Checkpoint[]
  headSize: number
  tenant: number | undefined
  /** Checkpoints passed, and the size of the last of them. */
  passed: number
  good: number
  frontier: Frontier
  subjects: Map<string, number>
  clock: Clock
  warnings: Warning[]
  clockBacks: number
}

/**
 * Reads a tenant's journal once, in order of seq, against its head and the checkpoints kept outside; memory is O(log n) and one
 * number per subject (of a context). Read the checkpoints BEFORE the snapshot the entries and the head come from, or new ones look like a cut tail.
 */
export async function verifyEntries(
  entries: AsyncIterable<StoredEntry>,
  checkpoints: readonly Checkpoint[],
  head: Head,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const run = start(checkpoints, head, options)
  const failure = checkpointsFault(run, options.publicKey) ?? passCheckpoints(run) ?? (await readAll(run, entries))
  const { warnings, clockBacks, frontier } = run
  const wrong = failure ?? endFault(run, head)
  if (wrong) return { ok: false, ...wrong, warnings, clockBacks }
  return { ok: true, size: frontier.size, hash: frontier.hash, root: base64(rootOf(frontier)), warnings, clockBacks }
}

function start(checkpoints: readonly Checkpoint[], head: Head, options: VerifyOptions): Run {
  const toleranceMs = options.clockToleranceMs ?? CLOCK_TOLERANCE_MS
  return {
    checkpoints,
    headSize: head.size,
    tenant: options.tenant ?? checkpoints[0]?.tenant,
    passed: 0,
    good: 0,
    frontier: emptyFrontier(head.frontier.hash),
    subjects: new Map(),
    clock: { toleranceMs, previous: -Infinity, latest: -Infinity, witness: 'event', isBehind: false },
    warnings: [],
    clockBacks: 0,
  }
}

async function readAll(run: Run, entries: AsyncIterable<StoredEntry>): Promise<Failure | undefined> {
  for await (const entry of entries) {
    const failure = entryFailure(run, entry)
    if (failure) return failure
    take(run, entry)
    const differs = passCheckpoints(run)
    if (differs) return differs
  }
  return undefined
}

function entryFailure(run: Run, entry: StoredEntry): Failure | undefined {
  const expected = run.frontier.size + 1
  const at: At = { seq: expected, subject: String(entry.subject), after: run.good, upTo: expected }
  const reason = entryFault(entry)
  if (reason) return { code: 'entry-malformed', ...at, reason }
  run.tenant ??= entry.tenant
  if (entry.tenant !== run.tenant) return { code: 'tenant-differs', ...at, found: entry.tenant, expected: run.tenant }
  if (entry.seq !== expected)
    return { code: entry.seq > expected ? 'seq-gap' : 'seq-repeated', ...at, found: entry.seq, expected }
  return leafFailure(run, entry, at) ?? subjectFailure(run, entry, at) ?? headFailure(run, entry, at)
}

function leafFailure({ frontier: { hash } }: Run, entry: StoredEntry, at: At): Failure | undefined {
  const found = leafOf(hash, entry)
  if (found.equals(entry.leaf)) return undefined
  const writtenAs = originalSeq(hash, entry)
  const hashes = { found: found.toString('hex'), expected: entry.leaf.toString('hex') }
  return { code: 'leaf-differs', ...at, ...hashes, ...(writtenAs === undefined ? {} : { writtenAs }) }
}

/** The near number under which the stored leaf fits the content: the event is genuine, but others went or came before it. */
function originalSeq(hash: HashName, entry: StoredEntry): number | undefined {
  const first = Math.max(1, entry.seq - RENUMBERED_WITHIN)
  const near = Array.from({ length: 2 * RENUMBERED_WITHIN + 1 }, (_, i) => first + i)
  return near.find((seq) => leafOf(hash, { ...entry, seq }).equals(entry.leaf))
}

function subjectFailure(run: Run, entry: StoredEntry, at: At): Failure | undefined {
  const expected = (run.subjects.get(subjectKey(entry)) ?? 0) + 1
  return entry.subjectSeq === expected ? undefined : { code: 'subject-gap', ...at, found: entry.subjectSeq, expected }
}

// Versions are counted per context: two contexts may speak of the same thing.
function subjectKey({ context, subject }: Entry): string {
  return `${context} ${subject}`
}

function headFailure(run: Run, entry: StoredEntry, at: At): Failure | undefined {
  return entry.seq > run.headSize ? { code: 'beyond-head', ...at, found: entry.seq, expected: run.headSize } : undefined
}

function take(run: Run, entry: StoredEntry): void {
  run.subjects.set(subjectKey(entry), entry.subjectSeq)
  run.frontier = append(run.frontier, entry.leaf)
  watchClock(run, entry)
}

/** Warns where time steps back: on falling behind what was reached, and on every further step back while behind. */
function watchClock(run: Run, entry: StoredEntry): void {
  const { clock } = run
  const at = Date.parse(entry.at)
  const isBehind = at < clock.latest - clock.toleranceMs
  if (isBehind && (!clock.isBehind || at < clock.previous - clock.toleranceMs)) warn(run, entry)
  clock.isBehind = isBehind
  clock.previous = at
  reach(clock, at, 'event')
}

function warn(run: Run, { seq, subject, at }: StoredEntry): void {
  const { latest, witness } = run.clock
  run.clockBacks++
  if (run.warnings.length >= MOST_WARNINGS) return
  run.warnings.push({ code: 'clock-back', seq, subject, at, before: new Date(latest).toISOString(), witness })
}

function reach(clock: Clock, at: number, witness: Warning['witness']): void {
  if (at <= clock.latest) return
  clock.latest = at
  clock.witness = witness
}

/** Compares every checkpoint that was taken at the size reached; what it saw is then known good. */
function passCheckpoints(run: Run): Failure | undefined {
  const { size } = run.frontier
  for (let next = run.checkpoints[run.passed]; next?.size === size; next = run.checkpoints[run.passed]) {
    const found = base64(rootOf(run.frontier))
    const mark = { index: run.passed + 1, at: next.at }
    if (found !== next.root)
      return { code: 'checkpoint-differs', ...mark, size, after: run.good, upTo: size, found, expected: next.root }
    run.passed++
    run.good = size
    reach(run.clock, Date.parse(next.at), 'checkpoint')
  }
  return undefined
}

function endFault(run: Run, head: Head): Failure | undefined {
  const { size } = run.frontier
  const missing = { seq: size + 1, after: size, upTo: size + 1, found: size }
  const ahead = run.checkpoints[run.passed]
  if (ahead) return { code: 'cut-before-checkpoint', ...missing, index: run.passed + 1, at: ahead.at, expected: ahead.size }
  if (head.size > size) return { code: 'cut-before-head', ...missing, expected: head.size }
  if (head.frontier.size !== head.size) return { code: 'head-malformed', found: head.frontier.size, expected: head.size }
  const [found, expected] = [base64(rootOf(run.frontier)), base64(rootOf(head.frontier))]
  return found === expected ? undefined : { code: 'head-differs', after: run.good, upTo: size, found, expected }
}

/** What is wrong with the checkpoints among themselves: one log and one hash, no size going back, one root per size, all signed. */
function checkpointsFault(run: Run, publicKey: string | undefined): Failure | undefined {
  const isSigned = publicKey === undefined ? () => true : checkpointVerifier(publicKey)
  for (const [i, checkpoint] of run.checkpoints.entries()) {
    const mark = { index: i + 1, at: checkpoint.at }
    if (!isSigned(checkpoint)) return { code: 'checkpoint-forged', ...mark, key: checkpoint.key }
    const fault = foreignFault(run, checkpoint, mark) ?? orderFault(run.checkpoints[i - 1], checkpoint, mark)
    if (fault) return fault
  }
  return undefined
}

function foreignFault(run: Run, checkpoint: Checkpoint, mark: Mark): Failure | undefined {
  const { origin, tenant } = checkpoint
  if (origin !== run.checkpoints[0]?.origin || tenant !== run.tenant)
    return { code: 'checkpoint-foreign', ...mark, origin, tenant }
  const [found, expected] = [run.frontier.hash, hashNamedBy(checkpoint)]
  return found === expected ? undefined : { code: 'checkpoint-hash', ...mark, found, expected }
}

function orderFault(before: Checkpoint | undefined, { size, root }: Checkpoint, mark: Mark): Failure | undefined {
  if (!before || size > before.size) return undefined
  if (size < before.size) return { code: 'checkpoint-order', ...mark, found: size, expected: before.size }
  return root === before.root ? undefined : { code: 'checkpoint-split', ...mark, size, found: root, expected: before.root }
}

function base64(hash: Buffer): string {
  return hash.toString('base64')
}
