import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrations } from '../db/migrations/index.ts'
import { openDatabase } from './base/db.ts'
import { bakeUpon, findBaked, type Template, templateCache } from './base/engine/template.ts'
import { migrate } from './base/migrate.ts'

const MIGRATIONS = join(import.meta.dirname, '../db/migrations')

/** The embedded engine's folder with today's schema in it and no row, if it was baked: a first start then has nothing to migrate. */
export const findSchemaTemplate = (cache = templateCache()): Template | undefined => findBaked(schemaName(), cache)

/** Bakes it, in a folder that nobody starts on: each data folder gets a copy, forced to disk. */
export const bakeSchemaTemplate = (cache = templateCache()): Promise<Template | undefined> =>
  bakeUpon(
    schemaName(),
    async (o) => {
      const database = await openDatabase(o)
      try {
        await database.unwatched(() => migrate(database, migrations))
      } finally {
        await database.close()
      }
    },
    cache,
  )

/** Names a schema after the text of every migration: one that was changed makes another template. */
export function schemaName(dir = MIGRATIONS): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(dir).sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(dir, name)))
      .update('\0')
  return `schema-${hash.digest('hex').slice(0, 16)}`
}
