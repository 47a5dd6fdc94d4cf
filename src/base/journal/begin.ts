import { type HashName, hashOf, hashTitle, type Suite, suiteOf } from '../crypto/algorithms.ts'
import type { Database } from '../db.ts'
import { beginJournal } from './store.ts'

/**
 * Begins the city's journal with the hash of the setting, once. Later starts must ask for the same: a journal cannot change its hash,
 * and a setting that says otherwise is refused rather than ignored.
 */
export async function beginOrRefuse(database: Database, tenant: number, asked: { suite: Suite; hash: HashName }): Promise<void> {
  const has = await database.begin(tenant, (db) => beginJournal(db, tenant, asked.hash))
  await database.barrier()
  if (has === asked.hash) return
  const wanted = `ALGORITHMS=${asked.suite}${asked.hash === hashOf(asked.suite) ? '' : ` with JOURNAL_HASH=${asked.hash}`}`
  throw new Error(
    `${wanted} asks for a journal hashed with ${hashTitle(asked.hash)}, but the journal of ${tenant} was begun with ${hashTitle(has)} ` +
      `and keeps it for life: set ALGORITHMS=${suiteOf(has)}, or set JOURNAL_HASH=${has} to say that you know`,
  )
}
