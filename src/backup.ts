import { hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PUBLIC_KEY } from './base/backup/check.ts'
import { parseRecipient } from './base/backup/encrypt.ts'
import { refuseOther, type Written, writeBackup } from './base/backup/write.ts'
import { openBlobStore } from './base/blobs/open.ts'
import type { BlobStore } from './base/blobs.ts'
import type { Io } from './base/command.ts'
import type { Config } from './base/config.ts'
import { type Database, openDatabase } from './base/db.ts'
import { loadOrMakeKey } from './base/journal/checkpoint.ts'
import { openLog } from './base/log.ts'

/** What `qinba backup` was told. */
export interface BackupOrder {
  file: string
  withSecret: boolean
  /** Path of a public key (X25519, PEM): only its private key opens the backup. */
  encryptTo: string | undefined
  json: boolean
  /** The release that left the data, where it is not this one. */
  release?: string
  /** How hard rows are compressed; zstd's. */
  level?: number
}

/** What is backed up: the house of a running server, or a data folder that nobody runs on. */
export interface Source {
  config: Config
  database: Database
  blobs: BlobStore
  secret: string | undefined
}

/** Writes a backup; 0 when it is whole, also where it had to name files that were missing or damaged before. */
export async function runBackup(source: Source, order: BackupOrder, io: Io): Promise<number> {
  await refuseOther(order.file)
  const recipient = order.encryptTo ? parseRecipient(await readFile(order.encryptTo, 'utf8')) : undefined
  const key = await loadOrMakeKey(join(source.config.dataDir, 'keys'))
  const extras = [{ name: PUBLIC_KEY, content: Buffer.from(key.publicKey) }, ...(order.withSecret ? await secrets(source) : [])]
  const written = await writeBackup(source.database, {
    ...{
      file: order.file,
      blobs: source.blobs,
      release: order.release ?? RELEASE,
      key,
      now: new Date(),
      extras,
      encryptTo: recipient,
    },
    secretFingerprint: source.secret ? fingerprintOf(source.secret) : null,
    watch: { signal: io.signal, progress: io.progress, level: order.level },
  })
  report(written, order, io)
  return 0
}

/** Backs up a data folder without bringing its schema forward: what an update is preceded by. */
export async function backupAlone(config: Config, order: BackupOrder, io: Io): Promise<number> {
  if (!config.databaseUrl && !readable(join(config.dataDir, 'pg/PG_VERSION')))
    throw new Error(`${config.dataDir} 中没有数据库 / holds no database: there is nothing to back up`)
  const database = await openDatabase({ url: config.databaseUrl, dir: join(config.dataDir, 'pg') })
  try {
    const blobs = await openBlobStore(config, openLog(config.logLevel))
    try {
      return await runBackup({ config, database, blobs, secret: secretOf(config) }, order, io)
    } finally {
      await blobs.close()
    }
  } finally {
    await database.close()
  }
}

/** The version of this release, as package.json says it. */
export const RELEASE = (JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string })
  .version

/** Says whether two secrets are the same one, and not what they are. */
export const fingerprintOf = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'qinba backup fingerprint v1', 8)).toString('hex')

/** The secret of the environment, or the one that the demo made for itself. */
export const secretOf = (config: Config): string | undefined => config.secret ?? readable(join(config.dataDir, 'secret'))

function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

async function secrets({ config, secret }: Source): Promise<{ name: string; content: Buffer }[]> {
  const found = await Promise.all(
    Object.entries({ 'checkpoint.key': 'keys/checkpoint.key', 'demo-accounts.json': 'demo-accounts.json' }).map(
      async ([name, path]) => ({
        name: `secret/${name}`,
        content: await readFile(join(config.dataDir, path)).catch(() => undefined),
      }),
    ),
  )
  const files = found.filter((f): f is { name: string; content: Buffer<ArrayBuffer> } => f.content !== undefined)
  return [...files, ...(secret ? [{ name: 'secret/SECRET', content: Buffer.from(secret) }] : [])]
}

function report(w: Written, order: BackupOrder, io: Io): void {
  const { files } = w
  if (files.missingCount > 0)
    io.err(`${files.missingCount} 个文件在库中缺失 / files that rows name are not in the store, such as ${files.missing[0]}`)
  if (files.damaged.length > 0)
    io.err(`${files.damaged.length} 个文件已损坏 / files no longer have their hash: ${files.damaged.slice(0, 3).join(', ')}`)
  if (!order.withSecret)
    io.err(
      '备份不含 SECRET 与签名私钥：封存的姓名没有 SECRET 打不开 / SECRET and the signing key are not in it: sealed names need SECRET',
    )
  if (order.json) {
    io.out(JSON.stringify({ file: order.file, ...w }))
    return
  }
  const events = w.journal.map((j) => j.size).join(' + ') || '0'
  io.out(
    `已备份 ${order.file}：${w.rows} 行、${events} 个事件、${files.count} 个文件，${w.bytes} 字节；写操作最长等待 ${w.waitMs} 毫秒`,
  )
  io.out(
    `backed up: ${w.rows} rows, ${events} events, ${files.count} files in ${w.bytes} bytes; writers waited at most ${w.waitMs} ms`,
  )
}
