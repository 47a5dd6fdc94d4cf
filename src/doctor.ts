import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { migrations } from '../db/migrations/index.ts'
import { loadCity, loadLaw } from './admin/index.ts'
import { openBlobStore } from './base/blobs/open.ts'
import type { BlobStore } from './base/blobs.ts'
import type { Io } from './base/command.ts'
import type { Config } from './base/config.ts'
import { type Database, openDatabase } from './base/db.ts'
import { checkDurability, checkLevel, checkQueue, checkRestore, checkVersion, checkWalls } from './base/doctor/database.ts'
import { checkFiles } from './base/doctor/files.ts'
import { examine, type Finding, finding, lineOf } from './base/doctor/finding.ts'
import { checkJournal } from './base/doctor/journal.ts'
import { checkLaw } from './base/doctor/law.ts'
import { checkCheckpointDir, checkDataDir, checkLock, checkNode, checkSettings, checkSpace } from './base/doctor/machine.ts'
import { openLog } from './base/log.ts'
import { checkCounts } from './cases/index.ts'

/** What is examined: the machine and the settings always, the rest where there is a database. */
export interface Patient {
  config: Config
  database?: Database
  blobs?: BlobStore
  isServed: boolean
  now: Date
}

/** Examines everything that can be examined; one check that fails does not keep the others from being made. */
export async function diagnose(p: Patient): Promise<Finding[]> {
  const { config } = p
  return [
    ...(await examine('node', () => checkNode())),
    ...(await examine('settings', () => checkSettings(config))),
    ...(await examine('data-dir', () => checkDataDir(config))),
    ...(await examine('space', () => checkSpace(config))),
    ...(await examine('lock', () => checkLock(config, p.isServed))),
    ...(await examine('checkpoint-dir', () => checkCheckpointDir(config))),
    ...(p.database ? await diagnoseDatabase(p, p.database) : []),
  ]
}

async function diagnoseDatabase(p: Patient, database: Database): Promise<Finding[]> {
  const version = await examine('database', () => checkVersion(database))
  if (version.some((f) => f.level === 'bad')) return version
  const level = await examine('schema', () => checkLevel(database, Object.keys(migrations)))
  const basics = [
    ...version,
    ...(await examine('durability', () => checkDurability(database))),
    ...(await examine('restore', () => checkRestore(database))),
    ...level,
    ...(await examine('walls', () => checkWalls(database))),
  ]
  // Rows are looked at only in a schema that we know.
  if (level.some((f) => f.level === 'bad')) return basics
  const { config, now, isServed } = p
  const blobs = p.blobs
  return [
    ...basics,
    ...(await examine('journal', () => checkJournal(database, { config, now, isServed }))),
    ...(blobs ? await examine('files', () => checkFiles(database, blobs)) : []),
    ...(await examine('counts', () => checkCounts({ database, tenant: config.tenant }))),
    ...(await examine('law', async () => checkLaw(await database.begin(config.tenant, loadLaw), now))),
    ...(await examine('queue', () => checkQueue(database, { job: 'cases-colours', now, isServed }))),
  ]
}

/** Prints the findings; 0 where nothing is bad. */
export function report(findings: Finding[], json: boolean, io: Io): number {
  const bad = findings.filter((f) => f.level === 'bad').length
  const warn = findings.filter((f) => f.level === 'warn').length
  if (json) io.out(JSON.stringify({ ok: bad === 0, findings }))
  else {
    for (const f of findings) io.out(lineOf(f))
    io.out(`${findings.length - bad - warn} ✓  ${warn} !  ${bad} ✗`)
  }
  return bad > 0 ? 1 : 0
}

/** Examines a data folder that no server runs on, without setting up or bringing forward anything. */
export async function diagnoseAlone(config: Config): Promise<Finding[]> {
  const patient: Patient = { config, isServed: false, now: new Date() }
  const city = await examine('city', async () => {
    await loadCity(config.tenant, config.cityDir)
    return []
  })
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'pg/PG_VERSION'))) {
    const none = { zh: '还没有数据库', en: 'there is no database yet' }
    return [
      ...(await diagnose(patient)),
      ...city,
      finding('database', 'warn', { found: none, advice: { zh: 'npm start 会建立它', en: '`npm start` makes it' } }),
    ]
  }
  const opened = await open(config)
  if ('check' in opened) return [...(await diagnose(patient)), ...city, opened]
  try {
    return [...(await diagnose({ ...patient, ...opened })), ...city]
  } finally {
    await opened.blobs?.close()
    await opened.database.close()
  }
}

async function open(config: Config): Promise<{ database: Database; blobs?: BlobStore } | Finding> {
  let database: Database | undefined
  try {
    database = await openDatabase({ url: config.databaseUrl, dir: join(config.dataDir, 'pg'), poolSize: 2 })
    await database.pool.query('select 1')
    return { database, blobs: await openBlobStore(config, openLog(config.logLevel)) }
  } catch (e) {
    await database?.close().catch(() => {})
    const why = e instanceof Error ? e.message || String((e as NodeJS.ErrnoException).code) : String(e)
    const advice = {
      zh: '检查 DATABASE_URL、BLOB_URL 或停止占用数据文件夹的进程',
      en: 'look at DATABASE_URL and BLOB_URL, or stop the process that holds the data folder',
    }
    return finding('database', 'bad', { found: { zh: '打不开：{why}', en: 'cannot be opened: {why}' }, advice, params: { why } })
  }
}

/** An environment that cannot even be read, as a finding. */
export function unreadable(e: unknown): Finding[] {
  const why = e instanceof Error ? e.message : String(e)
  const found = { zh: '环境变量有误：{why}', en: 'the environment does not hold: {why}' }
  return [finding('settings', 'bad', { found, params: { why } })]
}
