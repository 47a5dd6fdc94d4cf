import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** A table of ours as the catalogue describes it; generated columns are left out, as nobody may write them. */
export interface Table {
  schema: string
  name: string
  columns: { name: string; type: string }[]
  /** Columns of the primary key; empty where there is none. */
  key: string[]
}

/** Exists while a restore is under way: whoever finds it at a start finds half a database. */
export const UNFINISHED = 'qinba_restore_unfinished'

// The queue and the migrator's notes are made anew; `public` holds PostGIS.
const NOT_OURS = ['information_schema', 'migrator', 'pgboss', 'public', UNFINISHED]

/** Every table whose rows are ours, by name. */
export async function listTables(db: Db): Promise<Table[]> {
  const { rows } = await sql<Table>`select n.nspname as schema, c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select json_agg(a.attname order by k.i) from pg_index x, unnest(x.indkey) with ordinality k (n, i), pg_attribute a
        where x.indrelid = c.oid and x.indisprimary and a.attrelid = c.oid and a.attnum = k.n), '[]') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> all (${NOT_OURS})
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1, 2`.execute(db)
  return rows
}

/** The migrations that have run, in order; empty on a database that we never set up. */
export async function readLevel(db: Db): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('migrator.migration') is not null as there`.execute(db)
  if (!rows[0]?.there) return []
  return (await sql<{ name: string }>`select name from migrator.migration order by name`.execute(db)).rows.map((r) => r.name)
}
