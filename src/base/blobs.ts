import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, link, mkdir, open, opendir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** What was stored: its name is its SHA-256, so the same bytes are one file. */
export interface Blob {
  sha256: string
  bytes: number
}

/** A stored file as a listing names it: the original has no suffix, a derived copy has one. */
export interface BlobFile extends Blob {
  suffix: string
  /** When it was last stored, or set aside. */
  at: Date
}

/** What is acknowledged and not yet where it shall stay: the spool before an object store. */
export interface Waiting {
  files: number
  bytes: number
  /** When the oldest of them was stored. */
  since: Date | undefined
}

export interface BlobStore {
  /** Streams to a temporary file, fsyncs, renames, fsyncs the folder; a file is visible whole or not at all. */
  put(content: Readable | Buffer): Promise<Blob>
  /** Stores bytes derived from a blob (a thumbnail) under its name and a suffix. */
  putDerived(sha256: string, suffix: string, content: Buffer): Promise<void>
  read(sha256: string, suffix?: string): Promise<Buffer>
  stream(sha256: string, suffix?: string): Readable
  has(sha256: string, suffix?: string): Promise<boolean>
  /** Every file in place, or every file that was set aside, in no order; memory does not grow with them. */
  list(o?: { aside?: boolean }): AsyncIterable<BlobFile>
  /** Takes a blob and its derived copies out of place; false, and nothing is moved, when it was stored again after `before`. */
  setAside(sha256: string, before: Date): Promise<boolean>
  /** Puts what was set aside back in its place. */
  putBack(sha256: string): Promise<void>
  /** Ends what was set aside: there is no way back from here. */
  removeAside(sha256: string): Promise<void>
  /** Removes what uploads that were cut short before `before` left behind. */
  clearTemporary(before: Date): Promise<number>
  waiting(): Promise<Waiting>
  close(): Promise<void>
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
    ...localSweep(root, { folder, path }),
    waiting: async () => ({ files: 0, bytes: 0, since: undefined }),
    close: async () => {},
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
      await f.writeFile(chunk as Buffer) // all of it: on a nearly full disk `write` may take a part and say nothing
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

type Places = { folder(sha: string): string; path(sha: string, suffix?: string): string }
type Sweep = Pick<BlobStore, 'list' | 'setAside' | 'putBack' | 'removeAside' | 'clearTemporary'>

function localSweep(root: string, { folder, path }: Places): Sweep {
  const aside = join(root, 'aside')
  const asideFiles = async (sha: string) => (await namesIn(aside)).filter((name) => name.startsWith(checked(sha)))
  const putBack = async (sha: string) => {
    for (const name of await asideFiles(sha)) {
      await mkdir(folder(sha), { recursive: true })
      // A rename would replace what was stored meanwhile; the same name holds the same bytes, so either will do.
      await link(join(aside, name), join(folder(sha), name)).catch(unlessCode('EEXIST'))
      await syncFolder(folder(sha))
      await rm(join(aside, name), { force: true })
    }
  }
  return {
    list: (o) => (o?.aside ? filesIn(aside) : filesBelow(root)),
    putBack,
    async setAside(sha, before) {
      await mkdir(aside, { recursive: true })
      const kept = (await namesIn(folder(checked(sha)))).filter((name) => name.startsWith(sha))
      // The original last: while it is in place, its copies can be made again.
      for (const name of kept.sort().reverse())
        await rename(join(folder(sha), name), join(aside, name)).catch(unlessCode('ENOENT'))
      // Looked at after the move: whoever stores it from now on makes a new file.
      if (await isYounger(join(aside, sha), before)) return putBack(sha).then(() => false)
      const now = new Date()
      for (const name of await asideFiles(sha)) await utimes(join(aside, name), now, now)
      await syncFolder(aside)
      return !(await isYounger(path(sha), before))
    },
    async removeAside(sha) {
      for (const name of await asideFiles(sha)) await rm(join(aside, name), { force: true })
    },
    async clearTemporary(before) {
      const tmp = join(root, 'tmp')
      const old = await Promise.all((await namesIn(tmp)).map(async (name) => !(await isYounger(join(tmp, name), before)) && name))
      const names = old.filter((name) => name !== false)
      for (const name of names) await rm(join(tmp, name), { force: true })
      return names.length
    },
  }
}

async function* filesBelow(root: string): AsyncGenerator<BlobFile> {
  for (const first of (await namesIn(root)).filter(isHexPair))
    for (const second of (await namesIn(join(root, first))).filter(isHexPair)) yield* filesIn(join(root, first, second))
}

async function* filesIn(dir: string): AsyncGenerator<BlobFile> {
  for await (const entry of await opendirOrNone(dir)) {
    const [, sha256, suffix] = /^([0-9a-f]{64})(.*)$/.exec(entry.name) ?? []
    const found = sha256 && (await stat(join(dir, entry.name)).catch(unlessCode('ENOENT')))
    if (found) yield { sha256, suffix: suffix ?? '', bytes: found.size, at: found.mtime }
  }
}

const isHexPair = (name: string) => /^[0-9a-f]{2}$/.test(name)

async function opendirOrNone(dir: string): Promise<AsyncIterable<{ name: string }>> {
  return (await opendir(dir).catch(unlessCode('ENOENT'))) ?? (async function* () {})()
}

async function namesIn(dir: string): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of await opendirOrNone(dir)) names.push(name)
  return names
}

const isYounger = (file: string, than: Date): Promise<boolean> =>
  stat(file).then(
    (s) => s.mtime > than,
    () => false,
  )

const unlessCode = (code: string) => (e: NodeJS.ErrnoException) => {
  if (e.code !== code) throw e
  return undefined
}
