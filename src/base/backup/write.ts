import { createHash, type KeyObject, sign } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '../blobs.ts'
import type { Database } from '../db.ts'
import { type SigningKey, syncFolderOf } from '../journal/checkpoint.ts'
import { type Archive, openArchive, trailer } from './archive.ts'
import { encryptTo } from './encrypt.ts'
import { END, type End, fileEntry, HEAD, type Head, type Part, SIGNATURE, SIGNED } from './format.ts'
import { findMentioned, listStored } from './mentions.ts'
import { readSnapshot, type Snapshot, type Watch } from './snapshot.ts'

/** What a backup is made of beside the rows. */
export interface BackupOptions {
  file: string
  blobs: BlobStore
  release: string
  /** Signs what the backup says of itself: the key of the checkpoints. */
  key: SigningKey
  now: Date
  /** Small files of the data folder that belong to it: `keys/…`, `secret/…`. */
  extras: { name: string; content: Buffer }[]
  secretFingerprint: string | null
  encryptTo?: KeyObject | undefined
  watch?: Watch
}

/** What was written, for the one who asked. */
export interface Written {
  bytes: number
  rows: number
  journal: Head['journal']
  files: End['files']
  /** The longest that anybody else had to wait for the database. */
  waitMs: number
}

/**
 * Writes everything the product holds at one moment into one file, which appears whole or not at all. Rows are of one snapshot; files
 * never change and are read afterwards. A file that is missing or no longer has its hash is named, and does not stop the rest.
 */
export async function writeBackup(database: Database, o: BackupOptions): Promise<Written> {
  const folder = await mkdtemp(`${o.file}.part-`)
  try {
    const snapshot = await readSnapshot(database, folder, o.watch)
    const draft = join(folder, 'backup.tar')
    const files = await writeArchive(draft, snapshot, o)
    o.watch?.signal?.throwIfAborted()
    await rename(draft, o.file)
    await syncFolderOf(o.file)
    const rows = snapshot.tables.reduce((n, t) => n + t.rows, 0)
    const waitMs = Math.round(Math.max(snapshot.heldMs, snapshot.longestPageMs))
    return { bytes: (await stat(o.file)).size, rows, journal: snapshot.journal, files, waitMs }
  } catch (e) {
    throw o.watch?.signal?.aborted ? o.watch.signal.reason : e
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeArchive(draft: string, snapshot: Snapshot, o: BackupOptions): Promise<End['files']> {
  const archive = openArchive(o.now)
  const signal = o.watch?.signal ? [{ signal: o.watch.signal }] : []
  const closing = o.encryptTo ? [trailer(), encryptTo(o.encryptTo)] : [trailer()]
  const sink = createWriteStream(draft, { mode: 0o600, flush: true })
  const written = pipeline([archive.out, ...closing, sink] as never, ...(signal as [])) as unknown as Promise<void>
  const [files] = await Promise.all([fill(archive, snapshot, o), written])
  return files
}

async function fill(archive: Archive, snapshot: Snapshot, o: BackupOptions): Promise<End['files']> {
  try {
    const { head, parts } = await describe(snapshot, o)
    const text = Buffer.from(JSON.stringify(head, undefined, 1))
    await archive.add(HEAD, text)
    for (const { part, path } of parts) await archive.addFile(part.name, part.bytes, path)
    for (const { name, content } of o.extras) await archive.add(name, content)
    const files = await addFiles(
      archive,
      snapshot.tables.flatMap((t) => t.files),
      o,
    )
    const end: End = { head: sha256(text), files }
    const last = Buffer.from(JSON.stringify(end, undefined, 1))
    await archive.add(END, last)
    await archive.add(SIGNATURE, Buffer.from(signatureOf(last, o.key)))
    archive.end()
    return files
  } catch (e) {
    archive.out.destroy(e as Error)
    throw e
  }
}

const signatureOf = (end: Buffer, key: SigningKey): string =>
  `${JSON.stringify({ key: key.id, sig: sign(null, Buffer.concat([Buffer.from(SIGNED), end]), key.privateKey).toString('base64') })}\n`

async function describe(snapshot: Snapshot, o: BackupOptions): Promise<{ head: Head; parts: { part: Part; path: string }[] }> {
  const paths = snapshot.tables.flatMap((t) => t.files)
  const parts = await Promise.all(paths.map(async (path) => ({ part: await partOf(path), path })))
  const extras = o.extras.map(({ name, content }) => ({ name, bytes: content.length, sha256: sha256(content) }))
  const head: Head = {
    product: 'qinba-guardian',
    format: 1,
    release: o.release,
    level: snapshot.level,
    createdAt: o.now.toISOString(),
    database: snapshot.database,
    journal: snapshot.journal,
    tables: snapshot.tables.map(({ schema, name, columns, rows, files }) => ({
      schema,
      name,
      columns,
      rows,
      parts: files.map(entryOf),
    })),
    parts: [...parts.map((p) => p.part), ...extras],
    secretFingerprint: o.secretFingerprint,
  }
  return { head, parts }
}

const entryOf = (path: string) => `tables/${basename(path)}`
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')

async function partOf(path: string): Promise<Part> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return { name: entryOf(path), bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

async function addFiles(archive: Archive, rows: string[], o: BackupOptions): Promise<End['files']> {
  const stored = await listStored(o.blobs) // after the rows: what they mention was stored before them
  const { found, missing } = await findMentioned(rows, stored)
  const list = createHash('sha256')
  const files = { count: 0, bytes: 0, damaged: [] as string[] }
  for (const [i, sha] of found.entries()) {
    for (const { suffix, bytes } of stored.get(sha)!) {
      o.watch?.signal?.throwIfAborted()
      const name = fileEntry(sha, suffix)
      const came = await archive.addStream(name, bytes, o.blobs.stream(sha, suffix))
      if (suffix === '' && (came.sha256 !== sha || came.bytes !== bytes)) files.damaged.push(sha)
      list.update(`${name} ${bytes} ${came.sha256}\n`)
      files.count++
      files.bytes += bytes
    }
    o.watch?.progress?.(i + 1, found.length, 'files')
  }
  return { ...files, sha256: list.digest('hex'), missing: missing.slice(0, NAMED), missingCount: missing.length }
}

const NAMED = 1000

/** Whether a path may be written to: nothing is there, or a backup of ours that the new one takes the place of. */
export async function refuseOther(file: string): Promise<void> {
  await stat(dirname(file)).catch(() => {
    throw new Error(`目录不存在 / no such folder: ${dirname(file)}`)
  })
  const f = await open(file, 'r').catch((e: NodeJS.ErrnoException) => {
    if (e.code !== 'ENOENT') throw e
  })
  if (!f) return
  try {
    const { buffer } = await f.read(Buffer.alloc(32), 0, 32, 0)
    const text = buffer.toString('latin1')
    if (!text.startsWith(HEAD) && !text.startsWith('QINBA-BACKUP-ENCRYPTED/'))
      throw new Error(`${file} 已存在且不是备份，未覆盖 / exists and is no backup: it was not overwritten`)
  } finally {
    await f.close()
  }
}
