import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrations } from '../db/migrations/index.ts'
import { type City, loadCity, loadLaw, setUpCity } from './admin/index.ts'
import { openBlobs } from './base/blobs.ts'
import type { Config } from './base/config.ts'
import type { House } from './base/ctx.ts'
import { type Database, openDatabase } from './base/db.ts'
import { openJobs } from './base/jobs.ts'
import { openLog } from './base/log.ts'
import { migrate, refuseForgetful } from './base/migrate.ts'
import type { Law } from './base/rules/law.ts'
import { seal } from './base/seal.ts'

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
  const log = openLog(config.logLevel)
  const city = await loadCity(config.tenant)
  const secret = config.secret ?? (await demoSecret(config.dataDir))
  const database = await openDatabase({ url: config.databaseUrl, dir: join(config.dataDir, 'pg'), onExit: endWithEngine })
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
  if (config.production) await refuseForgetful(database.owner)
  await database.unwatched(() => migrate(database, migrations))
  await database.unwatched(() => setUpCity(database, city))
  const jobs = await openJobs(database, log)
  let law: Law = await database.begin(city.tenant, loadLaw)
  await database.barrier()
  return {
    ...o,
    tenant: city.tenant,
    law: () => law,
    reloadLaw: async () => {
      law = await database.begin(city.tenant, loadLaw)
    },
    blobs: openBlobs(config.blobDir),
    jobs,
    clock: () => new Date(),
    settings: { cityName: city.name.zh, office: city.office, officePhone: city.officePhone, numberPrefix: city.numberPrefix },
    seal: (content) => seal(o.secret, content),
    policy: true,
    async close() {
      await jobs.stop()
      await database.close()
    },
  }
}

// The engine ended by itself (killed, out of memory, disk full): nothing may be acknowledged any more. 75 asks a supervisor to start again.
function endWithEngine(code: number | null): void {
  process.stderr.write(
    `the database engine ended (exit ${code}); the server stops so that nothing is acknowledged that could be lost\n`,
  )
  process.exit(75)
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
