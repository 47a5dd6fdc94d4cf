import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { S3Place } from './s3-place.ts'

/** One object as a listing names it; `key` without the prefix of the place. */
export interface Listed {
  key: string
  bytes: number
  at: Date
}

/** What is asked of an object store; every call ends within a time. */
export interface Bucket {
  /** Throws one clear line when the bucket is not there or not ours; an `Outage` when nobody answers. */
  check(): Promise<void>
  put(key: string, content: { stream: Readable; bytes: number; sha256: string }): Promise<void>
  /** The bytes, and the SHA-256 that was written beside them; undefined when there is no such object. */
  get(key: string): Promise<{ chunks: AsyncGenerator<Buffer>; sha256: string | undefined } | undefined>
  head(key: string): Promise<Listed | undefined>
  list(prefix: string): AsyncGenerator<Listed>
  copy(from: string, to: string): Promise<void>
  remove(key: string): Promise<void>
  close(): void
}

/** The object store does not answer, or answers that it cannot now. What was asked may be asked again. */
export class Outage extends Error {}

const ANSWER_MS = 10_000
const STALL_MS = 20_000
/** The slowest line that an upload is waited for: bytes in a millisecond. */
const SLOWEST = 50

/** A client for one place; nothing is sent before the first call. */
export function openBucket(place: S3Place, { answerMs = ANSWER_MS }: { answerMs?: number } = {}): Bucket {
  const client = clientOf(place)
  const at = (key: string) => ({ Bucket: place.bucket, Key: place.prefix + key })
  const ask = <T>(what: string, ms: number, send: (o: { abortSignal: AbortSignal }) => Promise<T>) =>
    inTime(place, { what, ms }, send)
  return {
    check: () =>
      ask('HeadBucket', answerMs, async (o) => void (await client.send(new HeadBucketCommand({ Bucket: place.bucket }), o))),
    async put(key, { stream, bytes, sha256 }) {
      const command = new PutObjectCommand({ ...at(key), Body: stream, ContentLength: bytes, Metadata: { sha256 } })
      signWith(command, sha256)
      await ask('PutObject', answerMs + bytes / SLOWEST, (o) => client.send(command, o)).finally(() => stream.destroy())
    },
    async get(key) {
      const found = await unlessMissing(ask('GetObject', answerMs, (o) => client.send(new GetObjectCommand(at(key)), o)))
      return found && { chunks: unlessStalled(found.Body as Readable), sha256: found.Metadata?.['sha256'] }
    },
    async head(key) {
      const found = await unlessMissing(
        ask('HeadObject', Math.min(answerMs, 3000), (o) => client.send(new HeadObjectCommand(at(key)), o)),
      )
      return found && { key, bytes: found.ContentLength ?? 0, at: found.LastModified ?? new Date(0) }
    },
    list: (prefix) => list({ place, prefix, send: (c) => ask('ListObjectsV2', answerMs, (o) => client.send(c, o)) }),
    async copy(from, to) {
      const command = new CopyObjectCommand({ ...at(to), CopySource: `${place.bucket}/${place.prefix}${from}` })
      await ask('CopyObject', answerMs, (o) => client.send(command, o))
    },
    remove: async (key) => void (await ask('DeleteObject', answerMs, (o) => client.send(new DeleteObjectCommand(at(key)), o))),
    close: () => client.destroy(),
  }
}

function clientOf({ region, endpoint, pathStyle, credentials }: S3Place): S3Client {
  return new S3Client({
    region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: pathStyle,
    credentials,
    maxAttempts: 2,
    // The newer trailing checksums are not understood by every server that speaks S3; ours are the signed SHA-256 and reading back.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3000, httpAgent: { maxSockets: 32 }, httpsAgent: { maxSockets: 32 } },
  })
}

// A stream is signed as UNSIGNED-PAYLOAD unless its hash is known; signed with it, a server that looks refuses changed bytes.
function signWith(command: PutObjectCommand, sha256: string): void {
  command.middlewareStack.add(
    (next) => (args) => {
      ;(args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256
      return next(args)
    },
    { step: 'build', name: 'payloadHash' },
  )
}

async function* list(o: {
  place: S3Place
  prefix: string
  send(command: ListObjectsV2Command): Promise<ListObjectsV2CommandOutput>
}): AsyncGenerator<Listed> {
  const { bucket, prefix } = o.place
  let after: string | undefined
  do {
    const query = { Bucket: bucket, Prefix: prefix + o.prefix, ...(after ? { ContinuationToken: after } : {}) }
    const page = await o.send(new ListObjectsV2Command(query))
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
      yield { key: Key.slice(prefix.length), bytes: Size, at: LastModified }
    after = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (after)
}

async function inTime<T>(
  place: S3Place,
  { what, ms }: { what: string; ms: number },
  send: (o: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), ms)
  try {
    return await send({ abortSignal: abort.signal })
  } catch (e) {
    throw clearly(e, `${what} ${place.endpoint ?? place.region}/${place.bucket}`)
  } finally {
    clearTimeout(timer)
  }
}

/** Missing stays as it is; refused is said in one line, as waiting will not help; all else is an outage. */
function clearly(e: unknown, where: string): unknown {
  const status = e instanceof S3ServiceException ? e.$metadata.httpStatusCode : undefined
  const name = e instanceof Error ? e.name : 'error'
  if (name === 'NoSuchBucket' || (status === 404 && where.startsWith('HeadBucket')))
    return new Error(`${where}: there is no such bucket`)
  if (isMissing(e)) return e
  if (status === 403 || status === 401) return new Error(`${where}: refused (${name}); check the keys, the region and the clock`)
  if (status === 301 || status === 400)
    return new Error(`${where}: refused (${status} ${name}); check endpoint, region and style`)
  return new Outage(`${where}: ${status ?? ''} ${name} ${e instanceof Error ? e.message : String(e)}`.slice(0, 300))
}

function isMissing(e: unknown): boolean {
  return e instanceof Error && (e.name === 'NoSuchKey' || e.name === 'NotFound')
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((e: unknown) => {
    if (isMissing(e)) return undefined
    throw e
  })
}

/** Ends with an `Outage` when a byte that is asked for does not come; that nobody asks for one is no fault. */
async function* unlessStalled(stream: Readable): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const timer = setTimeout(() => stream.destroy(new Error(`no byte for ${STALL_MS / 1000} s`)), STALL_MS)
      const next = await chunks.next().finally(() => clearTimeout(timer))
      if (next.done) return
      yield next.value as Buffer
    }
  } catch (e) {
    throw new Outage(`GetObject: ${e instanceof Error ? e.message : String(e)}`)
  } finally {
    stream.destroy()
  }
}
