import { join } from 'node:path'
import { sql } from 'kysely'
import type { HashName } from '../crypto/algorithms.ts'
import type { Database, Db } from '../db.ts'
import { decodeFrontier, rootOf } from '../journal/merkle.ts'
import { type Drop, dropRows, keyText } from './drop-rows.ts'
import type { Head } from './format.ts'
import { type Writing, writeLines } from './lines.ts'
import { asLine, inOneMoment, isOld, nameOf, type Pages, pacer, readPages } from './pages.ts'
import { listTables, readLevel, type Table } from './tables.ts'

/** The rows of one moment, in files of the folder that was given, and how long writers had to wait for them. */
export interface Snapshot {
  level: string[]
  database: string
  journal: Head['journal']
  tables: (Table & { rows: number; files: string[] })[]
  /** Time for which the last transaction was open: on the embedded engine nobody else is served meanwhile. */
  heldMs: number
  /** The longest that one page of the first reading took. */
  longestPageMs: number
}

/** What the reading tells while it goes on, and how it is stopped. */
export interface Watch extends Writing {
  progress?(done: number, total: number, what: string): void
}

/**
 * Reads every row of one moment without keeping writers out while it reads. First it reads, in short pages, the rows that no
 * transaction has written since it began; then, in one short transaction (REPEATABLE READ), only what was written since, and how many
 * of the old rows are still there. Where some are gone, it asks which are left, and drops the others from the files afterwards.
 */
export async function readSnapshot(database: Database, folder: string, watch: Watch = {}): Promise<Snapshot> {
  const owner = database.owner
  const level = await readLevel(owner)
  if (level.length === 0) throw new Error('the database was never set up: there is nothing to back up')
  const tables = await listTables(owner)
  const since = await horizon(owner)
  const pages = pacer()
  const first = await readOldRows(owner, { tables, since, folder, pages, watch })
  const began = performance.now()
  const settled = await database.unwatched(() => inOneMoment(owner, (db) => settle(db, { tables, since, folder, first, watch })))
  const heldMs = performance.now() - began
  for (const drop of settled.drops) await dropRows(drop)
  return { level, heldMs, longestPageMs: pages.longest(), ...settled.found }
}

// Transactions below it have ended: what they wrote is what the first reading takes.
async function horizon(owner: Db): Promise<string> {
  const { rows } = await sql<{
    xid: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296 as xid`.execute(owner)
  return String(rows[0]!.xid)
}

interface Reading {
  tables: Table[]
  since: string
  folder: string
  pages: Pages
  watch: Watch
}

const fileOf = (folder: string, t: Table, n: number) => join(folder, `${t.schema}.${t.name}.${n}.ndjson.zst`)

/** How many old rows of each table stand in its first file; a table without a primary key is left to the second reading. */
async function readOldRows(owner: Db, o: Reading): Promise<number[]> {
  const counts: number[] = []
  for (const [i, table] of o.tables.entries()) {
    counts.push(
      table.key.length === 0
        ? 0
        : await writeLines(fileOf(o.folder, table, 1), readPages(owner, table, { ...o, signal: o.watch.signal }), o.watch),
    )
    o.watch.progress?.(i + 1, o.tables.length, 'rows')
  }
  return counts
}

interface Settling {
  tables: Table[]
  since: string
  folder: string
  first: number[]
  watch: Writing
}

async function settle(
  db: Db,
  o: Settling,
): Promise<{ found: Omit<Snapshot, 'level' | 'heldMs' | 'longestPageMs'>; drops: Drop[] }> {
  const counts = await countRows(db, o)
  const tables: Snapshot['tables'] = []
  const drops: Drop[] = []
  for (const [i, table] of o.tables.entries()) {
    const { old, fresh } = table.key.length === 0 ? { old: 0, fresh: Number.POSITIVE_INFINITY } : counts[i]!
    const files: string[] = []
    if (o.first[i]! > 0) files.push(fileOf(o.folder, table, 1))
    if (old !== o.first[i]) drops.push({ table, file: fileOf(o.folder, table, 1), left: await keysLeft(db, table, o.since) })
    const written = fresh > 0 ? await writeLines(fileOf(o.folder, table, 2), freshRows(db, table, o.since), o.watch) : 0
    if (written > 0) files.push(fileOf(o.folder, table, 2))
    tables.push({ ...table, rows: old + written, files })
  }
  return { found: { tables, journal: await readJournal(db, tables), database: await versionOf(db) }, drops }
}

async function countRows(db: Db, o: Settling): Promise<{ old: number; fresh: number }[]> {
  const counts = o.tables.map(
    (t, i) => sql`select ${sql.lit(i)} as i, count(*) filter (where ${isOld(o.since)})::text as old,
      count(*) filter (where not (${isOld(o.since)}))::text as fresh from ${nameOf(t)}`,
  )
  const { rows } = await sql<{ i: number; old: string; fresh: string }>`${sql.join(counts, sql` union all `)}`.execute(db)
  const sorted = [...rows].sort((a, b) => a.i - b.i)
  return sorted.map((r) => ({ old: Number(r.old), fresh: Number(r.fresh) }))
}

async function keysLeft(db: Db, table: Table, since: string): Promise<Set<string>> {
  const keys = sql.join(table.key.map((k) => sql`${sql.ref(k)}::text`))
  const { rows } = await sql<{ k: string[] }>`select array[${keys}] as k from ${nameOf(table)} where ${isOld(since)}`.execute(db)
  return new Set(rows.map((r) => keyText(r.k)))
}

// A table without a key is read whole: all its rows count as fresh.
async function* freshRows(db: Db, table: Table, since: string): AsyncGenerator<string> {
  const which = table.key.length === 0 ? sql`true` : sql`not (${isOld(since)})`
  await sql`declare fresh no scroll cursor for select ${asLine(table)} as r from ${nameOf(table)} where ${which}`.execute(db)
  for (;;) {
    const { rows } = await sql<{ r: string }>`fetch 1000 from fresh`.execute(db)
    for (const { r } of rows) yield r
    if (rows.length < 1000) break
  }
  await sql`close fresh`.execute(db)
}

// As a row of any release: the earliest had no column for the hash, which was SHA-256.
async function readJournal(db: Db, tables: Table[]): Promise<Head['journal']> {
  if (!tables.some((t) => t.schema === 'journal' && t.name === 'head')) return []
  const { rows } = await sql<{ tenant: number; frontier: Buffer; hash: HashName }>`select tenant, frontier,
    coalesce(to_jsonb(h) ->> 'hash', 'sha256') as hash from journal.head h order by tenant`.execute(db)
  return rows.map(({ tenant, frontier, hash }) => {
    const tree = decodeFrontier(hash, frontier)
    return { tenant, size: tree.size, hash, root: rootOf(tree).toString('base64') }
  })
}

async function versionOf(db: Db): Promise<string> {
  const { rows } = await sql<{ v: string }>`select split_part(version(), ' on ', 1) as v`.execute(db)
  return rows[0]!.v
}
