import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { UNFINISHED } from './tables.ts'

/** Schemas of a database that hold something of anybody's: none in one that is ready for a restore. */
export async function listSchemas(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select distinct n.nspname as name from pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
      and not exists (select 1 from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
    union select 'public' from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`.execute(db)
  return rows.map((r) => r.name)
}

/** Whether a restore into this database was begun and did not end. */
export async function isUnfinished(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regnamespace(${UNFINISHED}) is not null as there`.execute(db)
  return rows[0]?.there ?? false
}

/** Marks the database as half-restored, before anything else is written. */
export async function markUnfinished(db: Db): Promise<void> {
  await sql`create schema ${sql.id(UNFINISHED)}`.execute(db)
}

/** Takes the mark away: what is there is whole. */
export async function markFinished(db: Db): Promise<void> {
  await sql`drop schema ${sql.id(UNFINISHED)}`.execute(db)
}

/** Empties a database that was empty before the restore began; the mark goes last. */
export async function emptyDatabase(db: Db): Promise<void> {
  const schemas = (await listSchemas(db)).filter((name) => name !== UNFINISHED && name !== 'public')
  for (const name of [...schemas, UNFINISHED]) await sql`drop schema if exists ${sql.id(name)} cascade`.execute(db)
}
