import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { OPEN } from '../counts/store-standing.ts'
import { type Listed, UNLISTED } from '../rules/wire.ts'

/** The cases that bind one of the organisations and have not ended, those due first before the others, at most `most`. */
export async function openBoundTo(
  db: Db,
  tenant: number,
  o: { orgs: string[]; most: number; seen: RawBuilder<unknown> | undefined },
): Promise<Listed[]> {
  if (o.orgs.length === 0) return []
  const { rows } = await sql<{ doc: Listed }>`select p.doc - ${UNLISTED}::text[] as doc from cases.problem p
    where p.tenant = ${tenant} and p.id in (select b.id from cases.bound_to_me(${o.orgs}::uuid[], null) b) and ${OPEN} and ${o.seen ?? sql`true`}
    order by p.due nulls last, p.id limit ${o.most}`.execute(db)
  return rows.map((row) => row.doc)
}
