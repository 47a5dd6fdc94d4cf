import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type BackupOrder, runBackup } from '../../src/backup.ts'
import { listTables } from '../../src/base/backup/tables.ts'
import type { Io } from '../../src/base/command.ts'
import type { Config } from '../../src/base/config.ts'
import { type Database, type Db, openDatabase } from '../../src/base/db.ts'
import { type RestoreOrder, restoreAlone } from '../../src/restore.ts'
import type { World } from '../world.ts'

/** What a command said, and to whom it listens. */
export interface Heard extends Io {
  said: string[]
  stop: AbortController
}

export function listen(): Heard {
  const said: string[] = []
  const stop = new AbortController()
  const say = (line: string) => void said.push(line)
  return { said, stop, signal: stop.signal, out: say, err: say, progress: () => {} }
}

/** The databases that this run can restore into: PostgreSQL's run has both. */
export const targets = (): Database['kind'][] =>
  inject('template').kind === 'postgres' ? ['postgres', 'embedded'] : ['embedded']

/** An empty data folder, with an empty database of its own. */
export interface Target {
  config: Config
  remove(): Promise<void>
}

export async function emptyTarget(like: Config, kind: Database['kind'], more: Partial<Config> = {}): Promise<Target> {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-target-'))
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const at = inject('template').at
  if (kind === 'postgres') await administer(at, `create database ${name}`)
  const dataDir = join(dir, 'var')
  return {
    config: {
      ...like,
      ...{ dataDir, blobDir: join(dataDir, 'blobs'), checkpointDir: join(dir, 'outside') },
      databaseUrl: kind === 'postgres' ? at.replace('NAME', name) : undefined,
      ...more,
    },
    async remove() {
      if (kind === 'postgres') await administer(at, `drop database ${name} with (force)`)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function administer(at: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: at.replace('NAME', 'postgres') })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

export async function backup(world: World, file: string, more: Partial<BackupOrder> = {}): Promise<string[]> {
  const heard = listen()
  const order = { file, withSecret: false, encryptTo: undefined, json: false, ...more }
  await runBackup(world.house, order, heard)
  return heard.said
}

export async function restore(target: Target, file: string, more: Partial<RestoreOrder> = {}): Promise<string[]> {
  const heard = listen()
  const order = { file, checkpoint: undefined, acceptOld: false, decryptWith: undefined, json: false, ...more }
  const code = await restoreAlone(target.config, order, heard)
  if (code !== 0) throw new Error(`exit ${code}: ${heard.said.join('\n')}`)
  return heard.said
}

/** Opens what was restored, as a start would, without changing anything. */
export async function within<T>(target: Target, work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl: url, dataDir } = target.config
  const database = await openDatabase({ url, dir: join(dataDir, 'pg') })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** Every row of every table of ours, as PostgreSQL writes it, in an order that no collation changes. */
export async function dumpOf(db: Db): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {}
  for (const { schema, name } of await listTables(db)) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.id(schema, name)} t`.execute(db)
    dump[`${schema}.${name}`] = rows.map((r) => r.row).sort()
  }
  return dump
}

/** The dump as it was before the restore put itself on the record: without that event, and without the head that counts it. */
export function withoutRecord(dump: Record<string, string[]>): Record<string, string[]> {
  const { 'journal.event': events, 'journal.head': _, ...rest } = dump
  return { ...rest, 'journal.event': (events ?? []).filter((row) => !row.includes(',restore,')) }
}
