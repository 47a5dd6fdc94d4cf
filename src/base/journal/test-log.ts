import { generateKeyPairSync } from 'node:crypto'
import type { HashName } from '../crypto/algorithms.ts'
import { type Checkpoint, keyIdOf, type SigningKey, signCheckpoint } from './checkpoint.ts'
import { type Entry, leafOf } from './entry.ts'
import { append, emptyFrontier, type Frontier, rootOf } from './merkle.ts'
import { type Head, type StoredEntry, type Verdict, type VerifyOptions, verifyEntries } from './verify.ts'

const START = Date.parse('2026-08-15T00:00:00.000Z')
const STEP_MS = 10_000

/** A whole journal for tests: the table, its head, and the file outside. */
export type Log = { entries: StoredEntry[]; checkpoints: Checkpoint[]; head: Head }

/** A fresh signing key that is kept nowhere. */
export function newKey(): SigningKey {
  const { privateKey, publicKey: key } = generateKeyPairSync('ed25519')
  const publicKey = key.export({ type: 'spki', format: 'pem' }).toString()
  return { id: keyIdOf(publicKey), publicKey, privateKey }
}

/** The n-th subject's UUID. */
export function subjectId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** Events 10 s apart, one for each subject number given, in that order. */
export function eventsOn(subjects: readonly number[]): Entry[] {
  const reached = new Map<number, number>()
  return subjects.map((n, i) => {
    reached.set(n, (reached.get(n) ?? 0) + 1)
    const at = new Date(START + i * STEP_MS).toISOString()
    const same = { tenant: 610700, context: 'cases', kind: 'assign', by: { user: n }, at }
    return { ...same, seq: i + 1, subject: subjectId(n), subjectSeq: reached.get(n)!, data: { note: `第 ${i} 条`, level: i / 7 } }
  })
}

/** Writes leaves and head anew from what the entries say, as the product, or an attacker with its code, would. */
export function chain(hash: HashName, entries: readonly Entry[]): Pick<Log, 'entries' | 'head'> {
  const stored = entries.map((entry) => ({ ...entry, leaf: leafOf(hash, entry) }))
  const frontier = frontierOf(hash, stored)
  return { entries: stored, head: { size: frontier.size, frontier } }
}

/** A checkpoint after every `every` events, at the time of the last of them. */
export function witness(entries: readonly StoredEntry[], o: { hash: HashName; every: number; key: SigningKey }): Checkpoint[] {
  let frontier = emptyFrontier(o.hash)
  return entries.flatMap((entry) => {
    frontier = append(frontier, entry.leaf)
    return frontier.size % o.every === 0 ? [checkpointOf(frontier, entry.at, o.key)] : []
  })
}

/** The signed checkpoint of a frontier. */
export function checkpointOf(frontier: Frontier, at: string, key: SigningKey): Checkpoint {
  const root = rootOf(frontier).toString('base64')
  const { hash, size } = frontier
  return signCheckpoint({ origin: 'qinba.example', tenant: 610700, size, hash, root, at }, key)
}

/** An honest log with its checkpoints. */
export function honestLog(subjects: readonly number[], o: { hash: HashName; every: number; key: SigningKey }): Log {
  const chained = chain(o.hash, eventsOn(subjects))
  return { ...chained, checkpoints: witness(chained.entries, o) }
}

/** The verifier's word on a log. */
export function verdictOn({ entries, checkpoints, head }: Log, options: VerifyOptions = {}): Promise<Verdict> {
  return verifyEntries(stream(entries), checkpoints, head, options)
}

/** The frontier over stored leaves. */
export function frontierOf(hash: HashName, entries: readonly StoredEntry[]): Frontier {
  return entries.reduce((frontier, { leaf }) => append(frontier, leaf), emptyFrontier(hash))
}

async function* stream(entries: Iterable<StoredEntry>): AsyncGenerator<StoredEntry> {
  yield* entries
}
