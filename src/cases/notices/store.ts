import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Case } from '../rules/case.ts'

/** Open cases that are due on one of the days. */
export async function findDue(db: Db, tenant: number, days: string[]): Promise<Case[]> {
  const { rows } = await sql<{ doc: Case }>`select doc from cases.problem where tenant = ${tenant} and due = any (${days}::date[])
    and state not in ('closed','declined','merged','unfounded','transferred')`.execute(db)
  return rows.map((r) => r.doc)
}
