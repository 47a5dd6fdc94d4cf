import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type BlobFile, type BlobStore, openBlobs } from '../blobs.ts'
import type { Log } from '../log.ts'
import { baseProblem } from '../problem.ts'
import { type Bucket, Outage, openBucket } from './bucket.ts'
import { type DrainOptions, startDrain } from './drain.ts'
import type { S3Place } from './s3-place.ts'

export interface S3Options extends Pick<DrainOptions, 'everyMs' | 'patienceMs' | 'keepMs' | 'againMs' | 'pauseMs'> {
  place: S3Place
  /** A folder on a disk of this machine that outlives a restart: what was acknowledged lies here until the bucket has it. */
  spoolDir: string
  log: Log
  /** How long the bucket has for an answer. */
  answerMs?: number
}

const ASIDE = 'aside/'

/**
 * Blobs in an object store, behind a spool: a file is on this machine's disk before it is acknowledged, in the bucket as soon as that
 * answers, and gone from the spool when what came back had the right hash. A bucket that is not there or refuses us is an Error here;
 * one that does not answer is none, as intake goes on without it.
 */
export async function openS3Blobs(o: S3Options): Promise<BlobStore> {
  const bucket = openBucket(o.place, o)
  await bucket.check().catch((e: unknown) => {
    if (!(e instanceof Outage)) throw e
    o.log.warn({ err: e }, 'the object store does not answer: files stay in the spool')
  })
  const spool = openBlobs(o.spoolDir)
  const pathOf = (name: string) => join(o.spoolDir, name.slice(0, 2), name.slice(2, 4), name)
  const drain = startDrain({ ...o, spool, bucket, pathOf })
  const from: From = { spool, bucket, log: o.log, silentUntil: 0 }
  const read = (sha: string, suffix = '') => readParts(from, sha, suffix)
  return {
    async put(content) {
      const blob = await spool.put(content)
      await drain.offer(blob.sha256)
      return blob
    },
    async putDerived(sha, suffix, content) {
      await spool.putDerived(sha, suffix, content)
      await drain.offer(sha + suffix)
    },
    read: (sha, suffix) => buffer(read(sha, suffix)),
    stream: (sha, suffix) => Readable.from(read(sha, suffix), { objectMode: false }),
    has: async (sha, suffix = '') =>
      (await spool.has(sha, suffix)) || (await answered(from, () => bucket.head(sha + suffix))) !== undefined,
    ...sweepOf(spool, bucket),
    waiting: drain.waiting,
    async close() {
      await drain.stop()
      bucket.close()
    },
  }
}

/** `silentUntil`: who asks before then is refused at once, as readers often hold a connection to the database meanwhile. */
type From = { spool: BlobStore; bucket: Bucket; log: Log; silentUntil: number }

/** The spool's bytes, or the bucket's. The last part is held back until the hash is right, so that wrong bytes never look whole. */
async function* readParts(from: From, sha: string, suffix: string): AsyncGenerator<Buffer> {
  let begun = false
  try {
    for await (const chunk of from.spool.stream(sha, suffix)) {
      begun = true
      yield chunk as Buffer
    }
    return
  } catch (e) {
    // Not in the spool, or no longer.
    if (begun || !(e instanceof Error && 'code' in e && e.code === 'ENOENT')) throw e
  }
  const found = await answered(from, () => from.bucket.get(sha + suffix))
  if (!found) throw new Error(`${sha}${suffix} is neither in the spool nor in the bucket`)
  yield* proved(found.chunks, { name: sha + suffix, sha256: suffix === '' ? sha : found.sha256, from })
}

async function* proved(chunks: AsyncIterable<Buffer>, o: { name: string; sha256: string | undefined; from: From }) {
  const hash = createHash('sha256')
  let held: Buffer | undefined
  const rest = chunks[Symbol.asyncIterator]()
  for (;;) {
    const next = await answered(o.from, () => rest.next())
    if (next.done) break
    hash.update(next.value)
    if (held) yield held
    held = next.value
  }
  if (o.sha256 && hash.digest('hex') !== o.sha256) throw new Error(`the bucket gives other bytes for ${o.name} than were stored`)
  if (held) yield held
}

const SILENT_MS = 2000

/** What the bucket says; its silence becomes the Problem that says when to try again. */
async function answered<T>(from: From, ask: () => Promise<T>): Promise<T> {
  if (Date.now() < from.silentUntil) throw unavailable()
  try {
    return await ask()
  } catch (e) {
    if (!(e instanceof Outage)) throw e
    from.silentUntil = Date.now() + SILENT_MS
    from.log.warn({ err: e }, 'the object store does not answer')
    throw unavailable()
  }
}

const unavailable = () => baseProblem('unavailable', {}, { 'retry-after': '5' })

type Sweep = Pick<BlobStore, 'list' | 'setAside' | 'putBack' | 'removeAside' | 'clearTemporary'>

function sweepOf(spool: BlobStore, bucket: Bucket): Sweep {
  const namesOf = async (sha: string, where = '') => {
    const names: string[] = []
    for await (const { key } of bucket.list(where + checked(sha))) names.push(key)
    return names
  }
  const putBack = async (sha: string) => {
    for (const aside of await namesOf(sha, ASIDE)) {
      await bucket.copy(aside, aside.slice(ASIDE.length))
      await bucket.remove(aside)
    }
  }
  return {
    list: (o) => (o?.aside ? filesOf(bucket, ASIDE) : inPlace(spool, bucket)),
    putBack,
    async setAside(sha, before) {
      const isYounger = async () => (await spool.has(sha)) || ((await bucket.head(sha))?.at ?? new Date(0)) > before
      if (await isYounger()) return false
      const names = await namesOf(sha)
      for (const name of names) await bucket.copy(name, ASIDE + name)
      // The original last: while it is in place, its copies can be made again.
      for (const name of names.sort().reverse()) await bucket.remove(name)
      // Who stores it from now on has it in the spool first, and will send it again.
      if (!(await isYounger())) return true
      await putBack(sha)
      return false
    },
    async removeAside(sha) {
      for (const name of await namesOf(sha, ASIDE)) await bucket.remove(name)
    },
    clearTemporary: (before) => spool.clearTemporary(before),
  }
}

// The spool first: what is carried over while this runs is then seen at least once.
async function* inPlace(spool: BlobStore, bucket: Bucket): AsyncGenerator<BlobFile> {
  yield* spool.list()
  for await (const file of filesOf(bucket, '')) if (!(await spool.has(file.sha256, file.suffix))) yield file
}

async function* filesOf(bucket: Bucket, where: string): AsyncGenerator<BlobFile> {
  for await (const { key, bytes, at } of bucket.list(where)) {
    const [, sha256, suffix] = /^([0-9a-f]{64})([^/]*)$/.exec(key.slice(where.length)) ?? []
    if (sha256) yield { sha256, suffix: suffix ?? '', bytes, at }
  }
}

function checked(sha: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha)) throw new Error('a blob is named by 64 hexadecimal digits')
  return sha
}
