import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Held } from './differing.ts'

/** What is here already of these import keys. */
export async function heldByKey(db: Db, keys: string[]): Promise<Map<string, Held>> {
  // Key by key: `= any (…)` has the planner read the whole tenant, which makes a long import quadratic.
  const { rows } = await sql<Held & { key: string }>`select found.* from unnest(${keys}::text[]) as asked (key),
    lateral (select source_key as key, no, doc ->> 'originalText' as text from cases.problem
      where tenant = base.tenant() and source_key = asked.key limit 1) as found`.execute(db)
  return new Map(rows.map(({ key, no, text }) => [key, { no, text }]))
}

/** What is here already of these numbers of the list: rows that an export of ours carries back. */
export async function heldByNumber(db: Db, numbers: string[]): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`select found.* from unnest(${numbers}::text[]) as asked (no),
    lateral (select no, doc ->> 'originalText' as text from cases.problem
      where tenant = base.tenant() and no = asked.no limit 1) as found`.execute(db)
  return new Map(rows.map((held) => [held.no, held]))
}
