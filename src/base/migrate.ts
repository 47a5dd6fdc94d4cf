import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './db.ts'

/** Brings the schema to the newest version as the owner; throws the first migration's error with its name. */
export async function migrate(database: Database, migrations: Record<string, Migration>): Promise<void> {
  await refuseUnsafe(database.owner)
  const migrator = new Migrator({
    db: database.owner,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    migrationTableSchema: 'migrator',
  })
  const { error, results } = await migrator.migrateToLatest()
  const failed = results?.find((r) => r.status === 'Error')
  if (error)
    throw new Error(`migration ${failed?.migrationName ?? '?'} failed: ${error instanceof Error ? error.message : String(error)}`)
}

async function refuseUnsafe(owner: Kysely<Record<never, never>>): Promise<void> {
  const { rows } = await sql<{ v: string }>`select current_setting('server_version_num') as v`.execute(owner)
  if (Number(rows[0]?.v) < 150000) throw new Error(`PostgreSQL ${rows[0]?.v} found: version 15 or newer is required`)
}

/** In production a PostgreSQL that may forget acknowledged writes is refused. */
export async function refuseForgetful(owner: Kysely<Record<never, never>>): Promise<void> {
  for (const [name, bad] of [
    ['fsync', 'off'],
    ['full_page_writes', 'off'],
    ['synchronous_commit', 'off'],
  ] as const) {
    const { rows } = await sql<{ v: string }>`select current_setting(${name}) as v`.execute(owner)
    if (rows[0]?.v === bad)
      throw new Error(`PostgreSQL runs with ${name}=off: an acknowledged write could be lost; set ${name}=on`)
  }
}
