import type { BlobStore } from '../blobs.ts'
import { readLines } from './lines.ts'

/** The files of the store, by the hash that names them: each with its derived copies, original first. */
export type Stored = Map<string, { suffix: string; bytes: number }[]>

const ANY_HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g
// How a document of ours says that a file belongs to it; inside a row the quotes are escaped.
const FILE_HASH = /\bsha256\\*":\s*\\*"([0-9a-f]{64})\\*"/g

/** Every run of 64 hexadecimal digits in a row: whatever the store has under such a name is held to be meant. */
export function* hashesIn(line: string): Generator<string> {
  for (const [hash] of line.matchAll(ANY_HASH)) yield hash
}

/** The hashes of which a row says that they are files. */
export function* fileHashesIn(line: string): Generator<string> {
  for (const [, hash] of line.matchAll(FILE_HASH)) yield hash!
}

/** Lists the store into memory, about 150 bytes for each file. */
export async function listStored(blobs: BlobStore): Promise<Stored> {
  const stored: Stored = new Map()
  for await (const { sha256, suffix, bytes } of blobs.list()) {
    const files = stored.get(sha256) ?? []
    files.push({ suffix, bytes })
    stored.set(sha256, files)
  }
  for (const files of stored.values()) files.sort((a, b) => (a.suffix < b.suffix ? -1 : 1))
  return stored
}

/** Which of the stored files the rows mention, and which files they name that are not stored. */
export async function findMentioned(files: string[], stored: Stored): Promise<{ found: string[]; missing: string[] }> {
  const found = new Set<string>()
  const missing = new Set<string>()
  for (const file of files)
    for await (const line of readLines(file)) {
      for (const hash of hashesIn(line)) if (hasOriginal(stored, hash)) found.add(hash)
      for (const hash of fileHashesIn(line)) if (!hasOriginal(stored, hash)) missing.add(hash)
    }
  return { found: [...found].sort(), missing: [...missing].sort() }
}

const hasOriginal = (stored: Stored, hash: string) => stored.get(hash)?.[0]?.suffix === ''
