import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { ColumnCode, ListFilter, SavedView, Sort } from '../rules/list-view.ts'

/** Whose views are read and written: row-level security shows a person's own, and what their organisations share. */
export interface Owner {
  account: string
  orgs: string[]
}

/** What is kept of a view. */
export interface ViewRow {
  id: string
  author: string
  name: string
  filters: Partial<Record<ListFilter, string>>
  sort: Sort
  columns: ColumnCode[]
  sharedWith: string | null
  first: boolean
}

/** Says to row-level security who asks. */
export async function asOwner(db: Db, { account, orgs }: Owner): Promise<void> {
  await sql`select set_config('app.account', ${account}, true), set_config('app.my_orgs', ${orgs.join(',')}, true)`.execute(db)
}

/** A person's own views and those shared with them, their own first. */
export async function listViews(db: Db, account: string): Promise<SavedView[]> {
  const { rows } =
    await sql<SavedView>`select id, version, name, filters, sort, columns, author, shared_with is not null as shared,
      first and account = ${account} as first, account = ${account} as mine
    from cases.saved_view where tenant = base.tenant() order by (account = ${account}) desc, name, id limit 200`.execute(db)
  return rows
}

export async function countViews(db: Db, account: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.saved_view
    where tenant = base.tenant() and account = ${account}`.execute(db)
  return rows[0]!.n
}

export async function insertView(db: Db, account: string, v: ViewRow): Promise<void> {
  await sql`insert into cases.saved_view (tenant, id, account, author, name, version, filters, sort, columns, shared_with, first)
    values (base.tenant(), ${v.id}, ${account}, ${v.author}, ${v.name}, 1, ${JSON.stringify(v.filters)}::jsonb, ${v.sort}, ${v.columns},
      ${v.sharedWith}, ${v.first})`.execute(db)
}

/** Writes a view of one's own that was read at `version`; false when it is another by now. */
export async function updateView(db: Db, account: string, v: ViewRow & { version: number }): Promise<boolean> {
  const done =
    await sql`update cases.saved_view set name = ${v.name}, version = version + 1, filters = ${JSON.stringify(v.filters)}::jsonb,
      sort = ${v.sort}, columns = ${v.columns}, shared_with = ${v.sharedWith}, first = ${v.first}
    where tenant = base.tenant() and id = ${v.id} and account = ${account} and version = ${v.version}`.execute(db)
  return done.numAffectedRows === 1n
}

export async function deleteView(db: Db, account: string, o: { id: string; version: number }): Promise<boolean> {
  const done = await sql`delete from cases.saved_view where tenant = base.tenant() and id = ${o.id} and account = ${account}
    and version = ${o.version}`.execute(db)
  return done.numAffectedRows === 1n
}

/** No other view of the person comes first. */
export async function dropFirst(db: Db, account: string, id: string): Promise<void> {
  await sql`update cases.saved_view set first = false where tenant = base.tenant() and account = ${account} and id <> ${id} and first`.execute(
    db,
  )
}
