import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { migrations } from '../db/migrations/index.ts'
import { fingerprintOf, secretOf } from './backup.ts'
import { Differs, PUBLIC_KEY, type Verified } from './base/backup/check.ts'
import { parseIdentity } from './base/backup/encrypt.ts'
import { clearFolder, clearUnfinished, markFolder, refuseFullFolder, unmarkFolder, writeDurably } from './base/backup/folder.ts'
import { readBackup } from './base/backup/read.ts'
import { journalRestore, refuseNewer, restoreInto } from './base/backup/restore.ts'
import { emptyDatabase, isUnfinished, listSchemas, markFinished } from './base/backup/target.ts'
import { openBlobStore } from './base/blobs/open.ts'
import type { Io } from './base/command.ts'
import type { Config } from './base/config.ts'
import { type Database, openDatabase } from './base/db.ts'
import { acquireLock } from './base/engine/lock.ts'
import { type Checkpoint, keyIdOf, syncFolderOf } from './base/journal/checkpoint.ts'
import { readCheckpoints } from './base/journal/checkpoint-file.ts'
import { checkpointFile } from './base/journal/keeper.ts'
import { proveJournal } from './base/journal/prove.ts'
import { openLog } from './base/log.ts'
import { journalled } from './contexts.ts'

/** What `qinba restore` was told. */
export interface RestoreOrder {
  file: string
  /** A checkpoint file kept elsewhere; by default the one in CHECKPOINT_DIR. */
  checkpoint: string | undefined
  acceptOld: boolean
  decryptWith: string | undefined
  json: boolean
}

/** What the outside knows of one journal. */
interface Outside {
  tenant: number
  file: string | undefined
  publicKey: string | undefined
  newest: Checkpoint | undefined
}

/**
 * Restores a backup into an empty data folder and an empty database. It is read and checked whole before anything is written; what
 * was written is taken away again when something fails later, and a target left half-done by a power cut refuses to start.
 */
export async function restoreAlone(config: Config, order: RestoreOrder, io: Io): Promise<number> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const locks = ['qinba.lock', 'qinba-worker.lock'].map((name) => acquireLock(config.dataDir, name))
  try {
    if (await clearUnfinished(config.dataDir)) io.err('上次未完成的恢复已清除 / what an unfinished restore left is cleared')
    await refuseFullFolder(config.dataDir)
    return await restoreVerified(config, order, { io, verified: await verifyFile(config, order, io) })
  } finally {
    for (const lock of locks) lock.release()
  }
}

interface Checked extends Verified {
  outsides: Outside[]
}

async function verifyFile(config: Config, order: RestoreOrder, io: Io): Promise<Checked> {
  const own = await readOutside(order.checkpoint ?? checkpointFile(config.checkpointDir, config.tenant), config.tenant, order)
  const identity = order.decryptWith ? parseIdentity(await readFile(order.decryptWith, 'utf8')) : undefined
  const verified = await readBackup({
    ...{ file: order.file, identity, publicKey: own.publicKey, signal: io.signal },
    progress: throttled(io, 'verify'),
  })
  refuseNewer(verified.head, migrations)
  const outsides = await Promise.all(
    verified.head.journal.map(({ tenant }) =>
      tenant === config.tenant ? own : readOutside(checkpointFile(config.checkpointDir, tenant), tenant, order),
    ),
  )
  for (const outside of [own, ...outsides]) refuseOld(verified, outside, order)
  if (!own.file)
    io.err(
      '没有外部检查点可对照：不能证明备份是最新的 / no checkpoint file was found: that the backup is the newest cannot be proved',
    )
  return { ...verified, outsides }
}

async function readOutside(file: string, tenant: number, order: RestoreOrder): Promise<Outside> {
  if (!existsSync(file)) {
    if (file === order.checkpoint) throw new Differs(`没有检查点文件 / no checkpoint file ${file}`)
    return { tenant, file: undefined, publicKey: undefined, newest: undefined }
  }
  const { publicKey, checkpoints } = await readCheckpoints(file)
  return { tenant, file, publicKey, newest: checkpoints.filter((c) => c.tenant === tenant).at(-1) }
}

function refuseOld({ head }: Verified, { tenant, newest }: Outside, order: RestoreOrder): void {
  const size = head.journal.find((j) => j.tenant === tenant)?.size ?? 0
  if (!newest || newest.size <= size || order.acceptOld) return
  throw new Differs(
    `备份比外部检查点旧：备份有 ${size} 个事件，${newest.at} 的检查点已有 ${newest.size} 个，缺 ${newest.size - size} 个；确认要用请加 --accept-old / ` +
      `the backup is old: it has ${size} events, the checkpoint of ${newest.at} knew ${newest.size}, so ${newest.size - size} are missing; --accept-old takes it and says so in the journal`,
  )
}

async function restoreVerified(config: Config, order: RestoreOrder, o: { io: Io; verified: Checked }): Promise<number> {
  const { io, verified } = o
  await markFolder(config.dataDir, order.file)
  let database: Database | undefined
  let isOurs = false
  try {
    database = await openDatabase({ url: config.databaseUrl, dir: join(config.dataDir, 'pg') })
    await refuseFullDatabase(database, io)
    isOurs = true
    await fill(config, order, { io, verified, database })
    await markFinished(database.owner)
    await database.barrier()
  } catch (e) {
    if (database && isOurs)
      await emptyDatabase(database.owner).catch((why) => io.err(`the database could not be emptied: ${why}`))
    await database?.close().catch(() => {})
    await clearFolder(config.dataDir)
    throw io.signal?.aborted ? io.signal.reason : e
  }
  await database.close()
  await setOldCheckpointsAside(config, verified, io)
  await unmarkFolder(config.dataDir)
  return 0
}

async function fill(config: Config, order: RestoreOrder, o: { io: Io; verified: Checked; database: Database }): Promise<void> {
  const { io, verified, database } = o
  const blobs = await openBlobStore(config, openLog(config.logLevel))
  const identity = order.decryptWith ? parseIdentity(await readFile(order.decryptWith, 'utf8')) : undefined
  const source = { ...verified, file: order.file, identity, signal: io.signal, progress: throttled(io, 'restore') }
  const extras = await restoreInto({ database, blobs, migrations }, source).finally(() => blobs.close())
  const proved = { events: 0, subjects: 0 }
  for (const outside of verified.outsides) {
    const proof = await proveOne(verified, { database, outside, extras })
    for (const warning of proof.warnings) io.err(warning)
    if (!proof.ok)
      throw new Differs(
        `恢复后的日志不成立 / the journal of ${outside.tenant} does not hold: ${proof.message.zh} / ${proof.message.en}`,
      )
    proved.events += proof.events
    proved.subjects += proof.subjects
  }
  await placeExtras(config, extras, { io, verified })
  for (const outside of verified.outsides) await record(database, order, { verified, outside })
  report(verified, proved, { io, order })
}

function proveOne(verified: Verified, o: { database: Database; outside: Outside; extras: Map<string, Buffer> }) {
  const { outside, database } = o
  const publicKey = outside.publicKey ?? o.extras.get(PUBLIC_KEY)?.toString()
  const upTo = verified.head.journal.find((j) => j.tenant === outside.tenant)?.size ?? 0
  return database.unwatched(() =>
    proveJournal(
      { database, tenant: outside.tenant },
      { journalled, upTo, ...(outside.file ? { checkpointFile: outside.file } : {}), ...(publicKey ? { publicKey } : {}) },
    ),
  )
}

async function record(database: Database, order: RestoreOrder, o: { verified: Verified; outside: Outside }): Promise<void> {
  const { head } = o.verified
  const { tenant, newest } = o.outside
  const size = head.journal.find((j) => j.tenant === tenant)?.size ?? 0
  const missing = newest && newest.size > size ? { checkpointSize: newest.size, checkpointAt: newest.at } : undefined
  const { createdAt, release } = head
  await journalRestore(database, tenant, {
    ...{ backup: basename(order.file), createdAt, release, size, at: new Date() },
    ...(missing ? { missing } : {}),
  })
}

/** Keys and secrets go where they came from; without the private key the old public one is kept beside the new one that a start makes. */
async function placeExtras(config: Config, extras: Map<string, Buffer>, o: { io: Io; verified: Verified }): Promise<void> {
  const { io, verified } = o
  await mkdir(join(config.dataDir, 'keys'), { recursive: true })
  const key = extras.get('secret/checkpoint.key')
  const name = key ? 'checkpoint.pub' : `before-${verified.keyId.slice(0, 12)}.pub`
  await writeDurably(join(config.dataDir, 'keys', name), extras.get(PUBLIC_KEY)!, 0o644)
  if (key) await writeDurably(join(config.dataDir, 'keys/checkpoint.key'), key, 0o600)
  const secret = extras.get('secret/SECRET')
  if (secret && config.secret === undefined) await writeDurably(join(config.dataDir, 'secret'), secret, 0o600)
  const accounts = extras.get('secret/demo-accounts.json')
  if (accounts && config.demo) await writeDurably(join(config.dataDir, 'demo-accounts.json'), accounts, 0o600)
  const mine = secretOf(config)
  const isSame = mine !== undefined && fingerprintOf(mine) === verified.head.secretFingerprint
  if (verified.head.secretFingerprint !== null && !isSame)
    io.err(
      '没有备份时的 SECRET：封存的姓名打不开 / the SECRET of the backup is not set here: sealed names cannot be opened without it',
    )
}

// A file of checkpoints goes on only under the same key and from where it stands; what cannot go on is kept under another name.
async function setOldCheckpointsAside(config: Config, verified: Checked, io: Io): Promise<void> {
  const own = await readFile(join(config.dataDir, 'keys/checkpoint.pub'), 'utf8').catch(() => undefined)
  for (const { tenant, size } of verified.head.journal) {
    const file = checkpointFile(config.checkpointDir, tenant)
    const { publicKey, newest } = await readOutside(file, tenant, { checkpoint: undefined } as RestoreOrder)
    if (!publicKey || (own && keyIdOf(own) === keyIdOf(publicKey) && (newest?.size ?? 0) <= size)) continue
    const kept = file.replace(
      /\.jsonl$/,
      `.until-${new Date()
        .toISOString()
        .replace(/[^0-9]/g, '')
        .slice(0, 14)}.jsonl`,
    )
    await rename(file, kept)
    await syncFolderOf(kept)
    io.err(`原检查点文件改名保存 / the old checkpoints are kept as ${kept}`)
  }
}

async function refuseFullDatabase(database: Database, io: Io): Promise<void> {
  if (await isUnfinished(database.owner)) {
    io.err('数据库中上次未完成的恢复已清除 / what an unfinished restore left in the database is cleared')
    await emptyDatabase(database.owner)
  }
  const schemas = await listSchemas(database.owner)
  if (schemas.length > 0)
    throw new Error(
      `数据库不是空的 / the database is not empty: it holds schema ${schemas.join(', ')}; restore into an empty one`,
    )
}

function throttled(io: Io, what: string): (done: number, total: number) => void {
  let last = 0
  return (done, total) => {
    if (done < total && Date.now() - last < 200) return
    last = Date.now()
    io.progress(done, total, what)
  }
}

function report({ head, end }: Verified, proved: { events: number; subjects: number }, o: { io: Io; order: RestoreOrder }): void {
  const rows = head.tables.reduce((n, t) => n + t.rows, 0)
  const lost = end.files.missingCount + end.files.damaged.length
  if (lost > 0) o.io.err(`备份时已缺失或损坏的文件 / files that were missing or damaged when the backup was made: ${lost}`)
  if (o.order.json)
    o.io.out(JSON.stringify({ file: o.order.file, createdAt: head.createdAt, rows, files: end.files.count, ...proved }))
  else {
    o.io.out(
      `已从 ${head.createdAt} 的备份恢复：${rows} 行、${end.files.count} 个文件；日志 ${proved.events} 个事件与 ${proved.subjects} 个状态一致`,
    )
    o.io.out(
      `restored the backup of ${head.createdAt}: ${rows} rows, ${end.files.count} files; ${proved.events} events agree with ${proved.subjects} states`,
    )
  }
}
