import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'

/** What an auditor asks for: by person (name or user name), by kind, from a day to a day, both in Shanghai, a page after a key. */
export interface AuditQuery {
  person?: string | undefined
  kind?: string | undefined
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
  limit: number
}

export interface Page<T> {
  items: T[]
  next: string | null
}

/** Who did what and when; what it says stays where the thing itself is seen. */
export interface TrailRow {
  seq: number
  at: string
  context: string
  kind: string
  subject: string
  account: string
  name: string
  role: string | null
  title: string | null
}

const ISO = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A page of the journal's trail, newest first; empty for whoever does not audit. */
export async function listTrail(db: Db, o: AuditQuery & { context?: string | undefined }): Promise<Page<TrailRow>> {
  const conditions = [
    ...between('t.at', o),
    ...(o.person ? [sql`t.account = any (${await accountsOf(db, o.person)}::text[])`] : []),
    ...(o.kind ? [sql`t.kind = ${o.kind}`] : []),
    ...(o.context ? [sql`t.context = ${o.context}`] : []),
    ...(o.after ? [after(o.after, (at, key) => sql`(t.at, t.seq) < (${at}::timestamptz, ${key}::bigint)`)] : []),
  ]
  const { rows } =
    await sql<TrailRow>`select t.seq::int as seq, ${ISO('t.at')} as at, t.context, t.kind, t.subject, t.account, t.name,
      t.role, t.title from journal.trail t where ${all(conditions)} order by t.at desc, t.seq desc limit ${o.limit + 1}`.execute(
      db,
    )
  return page(rows, o.limit, (row) => `${row.at}|${row.seq}`)
}

/** Who came in or was turned away. */
export interface AccessRow {
  id: string
  at: string
  kind: string
  account: string | null
  username: string | null
  name: string | null
  token: string | null
  source: string
  what: string
}

/** A page of the record of who came in, newest first; row-level security shows it to auditors only. */
export async function listAccess(db: Db, o: AuditQuery): Promise<Page<AccessRow>> {
  const conditions = [
    ...between('x.at', o),
    ...(o.person ? [sql`x.account = any (${await accountsOf(db, o.person)}::uuid[])`] : []),
    ...(o.kind ? [sql`x.kind = ${o.kind}`] : []),
    ...(o.after ? [after(o.after, (at, key) => sql`(x.at, x.id) < (${at}::timestamptz, ${key}::uuid)`)] : []),
  ]
  const { rows } =
    await sql<AccessRow>`select x.id, ${ISO('x.at')} as at, x.kind, x.account, a.username, a.name, t.name as token, x.source,
      x.what from people.access x left join people.account a on a.tenant = x.tenant and a.id = x.account
    left join people.token t on t.tenant = x.tenant and t.id = x.token
    where x.tenant = base.tenant() and ${all(conditions)} order by x.at desc, x.id desc limit ${o.limit + 1}`.execute(db)
  return page(rows, o.limit, (row) => `${row.at}|${row.id}`)
}

const all = (conditions: RawBuilder<unknown>[]) => sql.join(conditions.length > 0 ? conditions : [sql`true`], sql` and `)

function between(column: string, { from, to }: AuditQuery): RawBuilder<unknown>[] {
  return [
    ...(from ? [sql`${sql.ref(column)} >= ${`${from}T00:00:00+08:00`}::timestamptz`] : []),
    ...(to ? [sql`${sql.ref(column)} < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`] : []),
  ]
}

// A name that several bear finds all of them; one that nobody bears finds nothing.
async function accountsOf(db: Db, person: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from people.account
    where tenant = base.tenant() and (name = ${person} or username = ${person})`.execute(db)
  return rows.map((r) => r.id)
}

function after(key: string, condition: (at: string, key: string) => RawBuilder<unknown>): RawBuilder<unknown> {
  const [at = '', id = ''] = key.split('|')
  return condition(at, id)
}

function page<T>(rows: T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? keyOf(items[items.length - 1]!) : null }
}

/** The last time the journal was verified, and how it went. */
export async function lastVerified(db: Db): Promise<{ at: string; what: string } | undefined> {
  const { rows } = await sql<{ at: string; what: string }>`select ${ISO('at')} as at, what from people.access
    where tenant = base.tenant() and kind = 'journal_verified' order by at desc limit 1`.execute(db)
  return rows[0]
}
