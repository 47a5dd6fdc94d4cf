import { createHash, createPublicKey, type Hash, verify } from 'node:crypto'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Extract } from 'tar-stream'
import { keyIdOf } from '../journal/checkpoint.ts'
import {
  END,
  type End,
  HEAD,
  type Head,
  parseEnd,
  parseFileEntry,
  parseHead,
  parseSignature,
  SIGNATURE,
  SIGNED,
} from './format.ts'

/** A backup is not what it says it is, or not what was asked for; the message names what differs. */
export class Differs extends Error {}

/** Who takes what a backup holds, in the order of the archive; whoever takes a stream reads it to its end. */
export interface Taker {
  head?(head: Head): Promise<void>
  table?(name: string, content: Readable): Promise<void>
  extra?(name: string, content: Buffer): Promise<void>
  file?(blob: { sha256: string; suffix: string }, content: Readable): Promise<void>
}

/** What a whole and unchanged backup says of itself, and who signed it. */
export interface Verified {
  head: Head
  end: End
  keyId: string
}

/** The name under which a backup carries the key that its signature is checked with where no other is known. */
export const PUBLIC_KEY = 'keys/checkpoint.pub'

interface State {
  head: Head | undefined
  headHash: string
  end: End | undefined
  endBytes: Buffer
  keyId: string | undefined
  ownKey: string | undefined
  seen: Set<string>
  files: { count: number; bytes: number; list: Hash; wrong: string[] }
}

/** Checks every entry against what the backup says of itself, and hands it on. */
export async function checkEntries(archive: Extract, o: { taker?: Taker; publicKey?: string | undefined }): Promise<Verified> {
  const state: State = {
    ...{ head: undefined, headHash: '', end: undefined, endBytes: Buffer.alloc(0), keyId: undefined, ownKey: undefined },
    seen: new Set(),
    files: { count: 0, bytes: 0, list: createHash('sha256'), wrong: [] },
  }
  for await (const entry of archive) {
    const { name, size } = entry.header
    const content = entry as unknown as Readable
    if (state.keyId !== undefined) throw new Differs(`${name}: 签名之后还有内容 / something follows the signature`)
    if (!state.head) await takeHead(state, name, content, o.taker)
    else if (name === END) takeEnd(state, await bytesOf(content))
    else if (name === SIGNATURE) state.keyId = takeSignature(state, await bytesOf(content), o.publicKey)
    else if (parseFileEntry(name)) await takeFile(state, { name, size: size ?? 0, content }, o.taker)
    else await takePart(state, { name, size: size ?? 0, content }, o.taker)
  }
  const { head, end, keyId } = state
  if (!head || !end || keyId === undefined)
    throw new Differs('备份不完整 / the backup is cut short: its end and signature are missing')
  return { head, end, keyId }
}

async function takeHead(state: State, name: string, content: Readable, taker?: Taker): Promise<void> {
  if (name !== HEAD) throw new Differs(`the backup begins with ${name}, expected ${HEAD}`)
  const bytes = await bytesOf(content)
  state.headHash = createHash('sha256').update(bytes).digest('hex')
  state.head = clear(() => parseHead(bytes))
  await taker?.head?.(state.head)
}

interface Arrived {
  name: string
  size: number
  content: Readable
}

async function takePart(state: State, { name, size, content }: Arrived, taker?: Taker): Promise<void> {
  const part = state.head!.parts.find((p) => p.name === name)
  if (!part || state.seen.has(name)) throw new Differs(`${name}: 多出的内容 / nothing of this name is expected here`)
  state.seen.add(name)
  const hash = createHash('sha256')
  if (name.startsWith('tables/')) await handOn(hashed(content, hash), taker?.table && ((c) => taker.table!(name, c)))
  else await takeExtra(state, name, await bytesOf(content, hash), taker)
  const found = hash.digest('hex')
  if (size !== part.bytes) throw new Differs(`${name}: ${size} 字节，应为 / bytes, expected ${part.bytes}`)
  if (found !== part.sha256) throw new Differs(`${name}: 内容已变 / was changed: SHA-256 ${found}, expected ${part.sha256}`)
}

async function takeExtra(state: State, name: string, bytes: Buffer, taker?: Taker): Promise<void> {
  if (name === PUBLIC_KEY) state.ownKey = bytes.toString()
  await taker?.extra?.(name, bytes)
}

async function takeFile(state: State, { name, size, content }: Arrived, taker?: Taker): Promise<void> {
  const blob = parseFileEntry(name)!
  const hash = createHash('sha256')
  await handOn(hashed(content, hash), taker?.file && ((c) => taker.file!(blob, c)))
  const found = hash.digest('hex')
  if (blob.suffix === '' && found !== blob.sha256) state.files.wrong.push(blob.sha256)
  state.files.list.update(`${name} ${size} ${found}\n`)
  state.files.count++
  state.files.bytes += size
}

function takeEnd(state: State, bytes: Buffer): void {
  const end = clear(() => parseEnd(bytes))
  const absent = state.head!.parts.find((p) => !state.seen.has(p.name))
  if (absent) throw new Differs(`${absent.name}: 缺失 / is missing from the backup`)
  if (end.head !== state.headHash)
    throw new Differs(`${HEAD}: 内容已变 / was changed: SHA-256 ${state.headHash}, expected ${end.head}`)
  const { count, bytes: size, list, wrong } = state.files
  const changed = wrong.find((sha) => !end.files.damaged.includes(sha))
  if (changed) throw new Differs(`files/…/${changed}: 内容与其哈希不符 / does not have the hash that is its name`)
  if (count !== end.files.count || size !== end.files.bytes)
    throw new Differs(`文件数量不符 / ${count} files of ${size} bytes, expected ${end.files.count} of ${end.files.bytes}`)
  const found = list.digest('hex')
  if (found !== end.files.sha256)
    throw new Differs(`文件清单已变 / the list of files was changed: ${found}, expected ${end.files.sha256}`)
  state.end = end
  state.endBytes = bytes
}

function takeSignature(state: State, bytes: Buffer, expectedKey: string | undefined): string {
  if (!state.end) throw new Differs(`${SIGNATURE}: nothing to sign came before it`)
  const { key, sig } = clear(() => parseSignature(bytes))
  const pem = expectedKey ?? state.ownKey
  if (!pem) throw new Differs(`${PUBLIC_KEY}: 缺少公钥 / the backup carries no public key`)
  const expected = clear(() => keyIdOf(pem))
  if (key !== expected) throw new Differs(`备份由另一密钥签名 / the backup is signed with key ${key}, expected ${expected}`)
  if (!verify(null, Buffer.concat([Buffer.from(SIGNED), state.endBytes]), createPublicKey(pem), Buffer.from(sig, 'base64')))
    throw new Differs(`签名不符，备份已被改动 / the signature does not fit: ${END} was changed`)
  return key
}

async function* hashed(content: Readable, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk as Buffer)
    yield chunk as Buffer
  }
}

async function handOn(content: AsyncGenerator<Buffer>, take: ((content: Readable) => Promise<void>) | undefined): Promise<void> {
  if (!take) {
    for await (const _ of content) {
    }
    return
  }
  const stream = Readable.from(content)
  await take(stream)
  if (!stream.readableEnded) await finished(stream.resume())
}

const MOST_BYTES = 100_000_000

async function bytesOf(content: Readable, hash?: Hash): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of content) {
    hash?.update(chunk as Buffer)
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > MOST_BYTES) throw new Differs(`过大 / an entry that should be small has more than ${MOST_BYTES} bytes`)
  }
  return Buffer.concat(chunks)
}

function clear<T>(work: () => T): T {
  try {
    return work()
  } catch (e) {
    throw new Differs(e instanceof Error ? e.message : String(e))
  }
}
