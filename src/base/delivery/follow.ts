import type { House } from '../ctx.ts'
import { type Db, widen } from '../db.ts'
import { eventsAfter, type Stored } from '../journal/store.ts'
import { lockReader, saveReader } from './store.ts'

const PAGE = 500

/**
 * Reads the journal from where `name` stopped and hands each page to `take` in the transaction that moves the mark: what `take` writes
 * and the mark are kept together or not at all. Gives how many events were read. A reader that is new begins with what happens next.
 */
export async function followJournal(
  house: House,
  name: string,
  take: (db: Db, events: Stored[]) => Promise<void>,
): Promise<number> {
  for (let read = 0; ; ) {
    const events = await house.database.begin(house.tenant, async (db) => {
      await widen(db, { tenant: house.tenant, areas: '*', orgs: [], clearance: 3 })
      const page = await eventsAfter(db, house.tenant, { seq: await lockReader(db, name), limit: PAGE })
      if (page.length === 0) return page
      await take(db, page)
      await saveReader(db, name, page.at(-1)!.seq)
      return page
    })
    read += events.length
    if (events.length < PAGE) return read
  }
}
