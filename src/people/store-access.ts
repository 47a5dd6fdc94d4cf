import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { prefixOf } from '../base/auth/throttle.ts'
import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import type { AccessKind } from './rules/access.ts'

/** One line of the record of who came in; `source` is the prefix of an address, never the whole of it. */
export interface Access {
  at: Date
  kind: AccessKind
  account?: string | undefined
  token?: string | undefined
  source: string
  what?: string | undefined
}

/** Adds to the record; nobody who is only the application changes it, and only an auditor reads it. */
export async function insertAccess(db: Db, a: Access): Promise<void> {
  await sql`insert into people.access (tenant, id, at, kind, account, token, source, what)
    values (base.tenant(), ${randomUUID()}, ${a.at}, ${a.kind}, ${a.account ?? null}, ${a.token ?? null}, ${a.source},
      ${(a.what ?? '').slice(0, 500)})`.execute(db)
}

/** Removes what is older than the city's rule says; only the owner of the tables can, so the day's job does. */
export async function deleteOldAccess(owner: Db, o: { tenant: number; before: Date }): Promise<void> {
  await sql`delete from people.access where tenant = ${o.tenant} and at < ${o.before}`.execute(owner)
}

/** A line on the record, by the house's clock. */
export async function note(
  db: Db,
  house: Pick<House, 'clock'>,
  o: { kind: AccessKind; account?: string; address: string; what?: string },
): Promise<void> {
  const { address, ...rest } = o
  await insertAccess(db, { at: house.clock(), source: prefixOf(address), ...rest })
}
