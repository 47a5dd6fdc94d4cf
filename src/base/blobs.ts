import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** What was stored: its name is its SHA-256, so the same bytes are one file. */
export interface Blob {
  sha256: string
  bytes: number
}

export interface BlobStore {
  /** Streams to a temporary file, fsyncs, renames, fsyncs the folder; a file is visible whole or not at all. */
  put(content: Readable | Buffer): Promise<Blob>
  /** Stores bytes derived from a blob (a thumbnail) under its name and a suffix. */
  putDerived(sha256: string, suffix: string, content: Buffer): Promise<void>
  read(sha256: string, suffix?: string): Promise<Buffer>
  stream(sha256: string, suffix?: string): Readable
  has(sha256: string, suffix?: string): Promise<boolean>
}

/** Blobs in a local folder, two levels deep. */
export function openBlobs(root: string): BlobStore {
  const folder = (sha: string) => join(root, sha.slice(0, 2), sha.slice(2, 4))
  const path = (sha: string, suffix = '') => join(folder(checked(sha)), `${sha}${suffix}`)
  return {
    put: (content) => put(root, content, (sha) => ({ folder: folder(sha), file: path(sha) })),
    async putDerived(sha, suffix, content) {
      await place(root, path(sha, suffix), folder(sha), async (f) => void (await f.writeFile(content)))
    },
    read: (sha, suffix) => readFile(path(sha, suffix)),
    stream: (sha, suffix) => createReadStream(path(sha, suffix)),
    has: (sha, suffix) =>
      stat(path(sha, suffix)).then(
        () => true,
        () => false,
      ),
  }
}

function checked(sha: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha)) throw new Error('a blob is named by 64 hexadecimal digits')
  return sha
}

async function put(
  root: string,
  content: Readable | Buffer,
  where: (sha: string) => { folder: string; file: string },
): Promise<Blob> {
  const hash = createHash('sha256')
  let bytes = 0
  const tmp = await temporary(root, async (f) => {
    for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
      hash.update(chunk as Buffer)
      bytes += (chunk as Buffer).length
      await f.write(chunk as Buffer)
    }
  })
  const sha256 = hash.digest('hex')
  await settle(tmp, where(sha256).file, where(sha256).folder)
  return { sha256, bytes }
}

async function place(root: string, file: string, folder: string, write: (f: FileHandle) => Promise<void>): Promise<void> {
  await settle(await temporary(root, write), file, folder)
}

async function temporary(root: string, write: (f: FileHandle) => Promise<void>): Promise<string> {
  await mkdir(join(root, 'tmp'), { recursive: true })
  const tmp = join(root, 'tmp', randomUUID())
  const f = await open(tmp, 'wx', 0o600)
  try {
    await write(f)
    await f.sync()
  } catch (e) {
    await rm(tmp, { force: true })
    throw e
  } finally {
    await f.close()
  }
  return tmp
}

async function settle(tmp: string, file: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  await rename(tmp, file)
  await syncFolder(folder)
  if (made) await syncFolder(join(made, '..'))
  if (made && made !== folder) await syncFolder(made)
}

async function syncFolder(folder: string): Promise<void> {
  const f = await open(folder, 'r')
  try {
    await f.sync()
  } finally {
    await f.close()
  }
}
