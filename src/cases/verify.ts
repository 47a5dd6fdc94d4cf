import type { Stored } from '../base/journal/store.ts'
import type { Journalled } from '../base/journal/subjects.ts'
import type { Case } from './rules/case.ts'
import { evolve } from './rules/lifecycle.ts'
import { eventOf, pageOfRows, rowOf } from './store.ts'

const PAGE = 500

/** How the journal is checked against the problem list: the aggregate and every column that repeats a part of it. */
export const journalled: Journalled = {
  context: 'cases',
  fold(events: Stored[]) {
    const c = events.reduce<Case | undefined>((before, e) => evolve(before, eventOf(e)), undefined)
    return c && plain(rowOf(c))
  },
  async *states(db) {
    for (let after: string | undefined; ; ) {
      const page = await pageOfRows(db, { after, limit: PAGE })
      for (const row of page) yield { id: String(row['id']), state: plain(row) }
      if (page.length < PAGE) return
      after = String(page[page.length - 1]!['id'])
    }
  },
}

// An absent key and a null column are the same; the order of the organisations is not a fact.
function plain(row: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(row).filter(([, v]) => v !== undefined && v !== null)
  return Object.fromEntries(kept.map(([k, v]) => [k, k === 'bound_orgs' || k === 'pollution' ? [...(v as string[])].sort() : v]))
}
