import { existsSync } from 'node:fs'
import { open, readFile, truncate } from 'node:fs/promises'
import { z } from 'zod'
import { HASHES } from '../crypto/algorithms.ts'
import { type Checkpoint, hashNamedBy, keyIdOf, syncFolderOf, verifyCheckpoint } from './checkpoint.ts'
import { isInstant } from './entry.ts'

const LONGEST_LINE = 8192

/** What a checkpoint file says; `torn` when a crash cut its last line, which is then left out; no key when the first is torn. */
export type CheckpointFile = { publicKey: string | undefined; checkpoints: Checkpoint[]; torn: boolean }

type Line = { publicKey: string } | Checkpoint
/** The last whole line, what follows it, and the size of the file up to there. */
type Tail = { size: number; last: string | undefined; torn: string; tooLong: boolean }

const base64 = (pattern: RegExp, what: string) => z.string().regex(pattern, `expected base64 of ${what}`)

const checkpointLine = z.strictObject({
  origin: z.string().min(1).max(200),
  tenant: z.int().positive(),
  size: z.int().nonnegative(),
  hash: z.enum(HASHES).optional(),
  root: base64(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, '32 bytes'),
  at: z.string().refine(isInstant, 'expected RFC 3339 in UTC with milliseconds'),
  key: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits'),
  sig: base64(/^[A-Za-z0-9+/]{85}[AQgw]==$/, '64 bytes'),
})

const keyLine = z.strictObject({ publicKey: z.string().refine(isPublicKey, 'expected a public key in PEM') })

/**
 * Adds a checkpoint to the file of one log (origin and tenant) and one key, on disk when the promise is kept; the first line
 * of a new file names the key, and a last line cut by a crash is repaired. One writer at a time.
 * Error when the checkpoint is of another log or key than the file, or claims less, or something else, than its last one.
 */
export async function appendCheckpoint(file: string, checkpoint: Checkpoint, publicKeyPem: string): Promise<void> {
  if (!verifyCheckpoint(checkpoint, publicKeyPem)) throw new Error(`${file}: refused a checkpoint not signed by the key given`)
  const line = JSON.stringify(checkpoint)
  parseLine(line, file)
  const last = await mend(file)
  const refusal = last && whyNotAfter(last, checkpoint)
  if (refusal) throw new Error(`${file}: ${refusal}`)
  await appendDurably(file, last ? `${line}\n` : `${JSON.stringify({ publicKey: publicKeyPem })}\n${line}\n`)
  if (!last) await syncFolderOf(file)
}

/** Reads a checkpoint file whole; Error naming the line on anything but a last line cut short; signatures are not checked here. */
export async function readCheckpoints(file: string): Promise<CheckpointFile> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  const rest = lines.pop() ?? ''
  const whole = [...lines, ...(isWhole(rest) ? [rest] : [])].map((text, i) => parseLine(text, `${file}: line ${i + 1}`))
  const stray = whole.findIndex((line, i) => 'publicKey' in line !== (i === 0))
  if (stray >= 0) throw new Error(`${file}: line ${stray + 1}: ${stray === 0 ? 'no public key' : 'a second public key'}`)
  const [head, ...checkpoints] = whole as [{ publicKey: string }?, ...Checkpoint[]]
  return { publicKey: head?.publicKey, checkpoints, torn: rest !== '' && !isWhole(rest) }
}

/** The last whole checkpoint of a file, without reading all of it; undefined where there is none. Signatures are not checked here. */
export async function newestCheckpoint(file: string): Promise<Checkpoint | undefined> {
  if (!existsSync(file)) return undefined
  const { last } = await tailOf(file)
  const line = last === undefined ? undefined : parseLine(last, `${file}: last line`)
  return line && !('publicKey' in line) ? line : undefined
}

/** Leaves the file ending in a whole line and gives that line; undefined when the file is new or held nothing whole. */
async function mend(file: string): Promise<Line | undefined> {
  const { size, last, torn, tooLong } = await tailOf(file)
  if (tooLong) throw new Error(`${file}: the end is not a checkpoint line (longer than ${LONGEST_LINE} bytes)`)
  if (isWhole(torn)) {
    await appendDurably(file, '\n')
    return parseLine(torn, `${file}: last line`)
  }
  if (torn !== '') await truncate(file, size)
  return last === undefined ? undefined : parseLine(last, `${file}: last line`)
}

async function tailOf(file: string): Promise<Tail> {
  const { size, bytes } = await lastBytes(file, 2 * LONGEST_LINE)
  const end = bytes.lastIndexOf('\n') + 1
  const start = bytes.subarray(0, Math.max(end - 1, 0)).lastIndexOf('\n') + 1
  const tooLong = bytes.length - end > LONGEST_LINE || (start === 0 && size > bytes.length)
  const last = end === 0 ? undefined : bytes.toString('utf8', start, end - 1)
  return { size: size - bytes.length + end, last, torn: bytes.toString('utf8', end), tooLong }
}

async function lastBytes(file: string, most: number): Promise<{ size: number; bytes: Buffer }> {
  const handle = await open(file, 'a+')
  try {
    const { size } = await handle.stat()
    const bytes = Buffer.alloc(Math.min(size, most))
    await handle.read(bytes, 0, bytes.length, size - bytes.length)
    return { size, bytes }
  } finally {
    await handle.close()
  }
}

async function appendDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a')
  try {
    await handle.appendFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function whyNotAfter(last: Line, next: Checkpoint): string | undefined {
  if ('publicKey' in last) return keyIdOf(last.publicKey) === next.key ? undefined : 'is of another key; expected a file per key'
  if (last.key !== next.key) return `is of key ${last.key}, found ${next.key}; expected a file per key`
  if (last.origin !== next.origin || last.tenant !== next.tenant) {
    return `is of ${last.origin} tenant ${last.tenant}, found ${next.origin} tenant ${next.tenant}; expected a file per log`
  }
  const [was, is] = [hashNamedBy(last), hashNamedBy(next)]
  if (was !== is) return `is of a journal hashed with ${was}, found ${is}; expected a file per log`
  if (last.size > next.size) return `already has ${last.size} events at ${last.at}, found ${next.size}: tail cut or old backup`
  if (last.size === next.size && last.root !== next.root) return `already has another root of the same ${next.size} events`
  return undefined
}

function parseLine(text: string, where: string): Line {
  const parsed = tryJson(text)
  if (parsed === undefined) throw new Error(`${where}: not JSON`)
  const isKey = typeof parsed === 'object' && parsed !== null && 'publicKey' in parsed
  const result = (isKey ? keyLine : checkpointLine).safeParse(parsed)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(
    `${where}: not a ${isKey ? 'public key' : 'checkpoint'}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`,
  )
}

function isWhole(text: string): boolean {
  return tryJson(text) !== undefined
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPublicKey(pem: string): boolean {
  try {
    return keyIdOf(pem) !== ''
  } catch {
    return false
  }
}
