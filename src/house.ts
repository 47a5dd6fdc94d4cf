import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrations } from '../db/migrations/index.ts'
import { type City, countApproved, loadCity, loadLaw, setUpCity } from './admin/index.ts'
import { refuseUnfinished } from './base/backup/folder.ts'
import { openBlobStore } from './base/blobs/open.ts'
import type { Config } from './base/config.ts'
import type { House, Settings } from './base/ctx.ts'
import { type Database, type Db, openDatabase } from './base/db.ts'
import { watchClock } from './base/guard/clock.ts'
import { watchDisk } from './base/guard/disk.ts'
import type { Guard } from './base/guard/guard.ts'
import { type Hold, openJobs } from './base/jobs.ts'
import { beginOrRefuse } from './base/journal/begin.ts'
import { openLog } from './base/log.ts'
import { migrate, refuseForgetful } from './base/migrate.ts'
import type { Law } from './base/rules/law.ts'
import { openSealer } from './base/seal.ts'
import { findSchemaTemplate } from './schema-template.ts'

/** Everything that a server, a worker or a command stands on; opened in one place, closed in reverse. */
export interface OpenHouse extends House {
  config: Config
  city: City
  reloadLaw(): Promise<void>
  close(): Promise<void>
}

/** Opens the database, brings the schema up to date, sets the city up, and starts the queue. */
export async function openHouse(config: Config): Promise<OpenHouse> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  await refuseUnfinished(config.dataDir)
  const log = openLog(config.logLevel)
  const city = await loadCity(config.tenant, config.cityDir)
  const secret = config.secret ?? (await demoSecret(config.dataDir))
  const database = await openDatabase({
    url: config.databaseUrl,
    dir: join(config.dataDir, 'pg'),
    onExit: endWithEngine,
    template: config.databaseUrl ? undefined : findSchemaTemplate(),
  })
  try {
    return await furnish({ config, city, secret, database, log })
  } catch (e) {
    await database.close()
    throw e
  }
}

async function furnish(o: {
  config: Config
  city: City
  secret: string
  database: Database
  log: House['log']
}): Promise<OpenHouse> {
  const { database, config, city, log } = o
  await refuseUnfinished(config.dataDir, database)
  if (config.production) await refuseForgetful(database.owner)
  await database.unwatched(() => migrate(database, migrations))
  await beginOrRefuse(database, city.tenant, { suite: config.algorithms, hash: config.journalHash })
  await database.unwatched(() => setUpCity(database, city))
  const blobs = await openBlobStore(config, log)
  const guard = await openGuard(config, { database, log })
  const clock = guard.clock.now
  const jobs = await openJobs(database, log, { clock, hold: holdOf(guard) })
  const law = await keepLaw({ database, tenant: city.tenant, log })
  await database.barrier()
  return {
    ...o,
    tenant: city.tenant,
    law: law.now,
    reloadLaw: law.reload,
    blobs,
    jobs,
    guard,
    clock,
    settings: settingsOf(config, city),
    seal: openSealer(o.secret, config.algorithms).seal,
    policy: true,
    async close() {
      law.stop()
      await jobs.stop()
      await blobs.close()
      guard.disk.stop()
      await guard.clock.stop()
      await database.close()
    },
  }
}

const LAW_LOOK_MS = 5000

// The law is kept in memory; what another process or another person approved holds here a few seconds later.
async function keepLaw({ database, tenant, log }: { database: Database; tenant: number; log: House['log'] }) {
  const read = (db: Db) => Promise.all([countApproved(db), loadLaw(db)])
  let [approved, law] = await database.begin(tenant, read)
  const reload = async () => {
    ;[approved, law] = await database.begin(tenant, read)
  }
  const look = async () => {
    if ((await database.begin(tenant, countApproved)) !== approved) await reload()
  }
  const timer = setInterval(() => void look().catch((err) => log.warn({ err }, 'reading the law')), LAW_LOOK_MS).unref()
  return { now: (): Law => law, reload, stop: () => clearInterval(timer) }
}

/** What the city's file and the environment say that is no law. */
export function settingsOf(config: Config, city: City): Settings {
  return {
    ...{ cityName: city.name.zh, office: city.office, officePhone: city.officePhone, numberPrefix: city.numberPrefix },
    ...{ mapDir: join(config.dataDir, 'map'), layerDir: join(config.dataDir, 'layers'), tiandituKey: config.tiandituKey },
    outbound: config.outbound,
    checkpointDir: config.checkpointDir,
  }
}

async function openGuard(config: Config, o: { database: Database; log: House['log'] }): Promise<Guard> {
  const { dataDir, blobDir, tenant } = config
  const databaseDir = o.database.kind === 'embedded' ? { databaseDir: join(dataDir, 'pg') } : {}
  const disk = await watchDisk({ dataDir, ...databaseDir, filesDir: blobDir, limits: config.disk, log: o.log })
  return { disk, clock: await watchClock({ ...o, tenant, dir: dataDir }) }
}

// On a full disk every job waits, in doubt of the time those that look at the calendar.
function holdOf({ disk, clock }: Guard): Hold {
  return {
    waits: (job) => disk.isReadOnly() || (job.calendar === true && clock.doubt() !== undefined),
    doubts: clock.doubts,
    saw: disk.saw,
  }
}

const LAST_WORDS_MS = 300

// The engine ended by itself (killed, out of memory, disk full): nothing may be acknowledged any more. 75 asks a supervisor to start again.
// Who waits for an answer gets a 503 first: the pool and the barrier refuse everything from here on.
function endWithEngine(code: number | null): void {
  process.stderr.write(
    `the database engine ended (exit ${code}); the server stops so that nothing is acknowledged that could be lost\n`,
  )
  setTimeout(() => process.exit(75), LAST_WORDS_MS)
}

/** The demo makes its own secret once, readable by its owner only. */
async function demoSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret')
  const found = await readFile(file, 'utf8').catch(() => undefined)
  if (found) return found
  const secret = randomBytes(32).toString('base64url')
  const f = await open(file, 'wx', 0o600)
  try {
    await f.writeFile(secret)
    await f.sync()
  } finally {
    await f.close()
  }
  return secret
}
