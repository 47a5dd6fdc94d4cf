import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { keyOf } from './drop-rows.ts'
import type { Table } from './tables.ts'

// Texts that every setting of a server reads back to the same value; `row_security = off` fails where a policy would hide a row.
const PLAIN = `set local datestyle = 'ISO'; set local timezone = 'UTC'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local row_security = off; set local search_path = public`

/** Runs reads of one moment, with every value written as any server reads it back. */
export function inOneMoment<T>(owner: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      await sql.raw(PLAIN).execute(db)
      return work(db)
    })
}

/** How many rows make a page. */
export interface Pages {
  /** Of a table of which nothing is known yet: its rows may be a thousand times heavier than those of the last. */
  restart(): void
  size(): number
  took(ms: number): void
  longest(): number
}

const PAGE_MS = 40

/** Pages as long as keep everybody else waiting for about 40 ms, whatever the rows weigh. */
export function pacer(): Pages {
  let size = 0
  let longest = 0
  return {
    restart: () => {
      size = 100
    },
    size: () => size,
    longest: () => longest,
    took(ms) {
      longest = Math.max(longest, ms)
      size = Math.round(Math.min(5000, Math.max(20, size * Math.min(2, PAGE_MS / Math.max(ms, 1)))))
    },
  }
}

/** The rows of a table in the order of its key, each as a line, in short transactions of their own; only those written before `since` if it is given. */
export async function* readPages(
  owner: Db,
  table: Table,
  o: { pages: Pages; since?: string; signal?: AbortSignal | undefined },
): AsyncGenerator<string> {
  // Without a key there is nothing to go on from: such a table comes in one piece.
  const isPaged = table.key.length > 0
  const key = isPaged ? sql.join(table.key.map((k) => sql.ref(k))) : sql`ctid`
  o.pages.restart()
  for (let after: (string | null)[] | undefined; ; ) {
    o.signal?.throwIfAborted()
    const limit = isPaged ? o.pages.size() : 2 ** 31 - 1
    const rows = await inOneMoment(owner, async (db) => {
      const began = performance.now()
      const old = o.since === undefined ? sql`true` : isOld(o.since)
      const beyond = after ? sql`and (${key}) > (${sql.join(after.map((v, i) => typed(v, table, i)))})` : sql``
      const found = await sql<{ r: string }>`select ${asLine(table)} as r from ${nameOf(table)}
        where ${old} ${beyond} order by ${key} limit ${sql.lit(limit)}`.execute(db)
      o.pages.took(performance.now() - began)
      return found.rows
    })
    for (const { r } of rows) yield r
    if (rows.length < limit) return
    after = keyOf(table, rows[rows.length - 1]!.r)
  }
}

/** Whether a row's last writer came before: the signed distance of two transaction numbers, which stays the same while the count goes on. */
export const isOld = (since: string) => sql`age(xmin) > age(${since}::text::xid)`
export const nameOf = (t: Table) => sql.id(t.schema, t.name)
/** A row as a JSON array of the texts that PostgreSQL writes for its values. */
export const asLine = (t: Table) => sql`to_json(array[${sql.join(t.columns.map((c) => sql`${sql.ref(c.name)}::text`))}])::text`

function typed(value: string | null, table: Table, i: number) {
  return sql`${value}::${sql.raw(table.columns.find((c) => c.name === table.key[i])!.type)}`
}
