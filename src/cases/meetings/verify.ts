import type { Stored } from '../../base/journal/store.ts'
import type { Journalled } from '../../base/journal/subjects.ts'
import { minutesData } from './meetings.ts'
import { closedMeetings, itemsOf } from './store-meetings.ts'

const PAGE = 100

/** How the journal is checked against the closed minutes: who closed them when, every word of them, every decision. */
export const journalledMeetings: Journalled = {
  context: 'meetings',
  fold: (events: Stored[]) =>
    events.reduce<object>((_, { at, by, data }) => ({ closedAt: at, closedBy: by, ...(data as object) }), {}),
  async *states(db) {
    for (let after: string | undefined; ; ) {
      const page = await closedMeetings(db, { after, limit: PAGE })
      for (const m of page)
        yield { id: m.id, state: { closedAt: m.closedAt, closedBy: m.closedBy, ...minutesData(m, await itemsOf(db, m.id)) } }
      if (page.length < PAGE) return
      after = page[page.length - 1]!.id
    }
  },
}
