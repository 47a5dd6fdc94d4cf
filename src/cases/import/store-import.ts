import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'

/** Which of these numbers of the list are taken: rows that an export of ours carries back. */
export async function existingNumbers(db: Db, numbers: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ no: string }>`select found.no from unnest(${numbers}::text[]) as asked (no),
    lateral (select no from cases.problem where tenant = base.tenant() and no = asked.no limit 1) as found`.execute(db)
  return new Set(rows.map((row) => row.no))
}
