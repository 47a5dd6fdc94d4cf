import type { Stored } from '../base/journal/store.ts'
import type { Journalled } from '../base/journal/subjects.ts'
import { isOver } from './rules/codes.ts'
import type { Item } from './rules/item.ts'
import { evolve } from './rules/ladder.ts'
import { eventOf, pageOfRows, rowOf } from './store.ts'

const PAGE = 500

/** How the journal is checked against the items: the aggregate, every column that repeats a part of it, and the cases each is about. */
export const journalled: Journalled = {
  context: 'supervision',
  fold(events: Stored[]) {
    const item = events.reduce<Item | undefined>((before, e) => evolve(before, eventOf(e)), undefined)
    return item && plain({ ...rowOf(item), about: aboutOf(item) })
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

const aboutOf = (item: Item) => item.cases.map((c) => `${c.id} ${item.kind} ${!isOver(item.state)}`).sort()

// An absent key and a null column are the same; the order of the cases is not a fact here.
function plain(row: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(row).filter(([, v]) => v !== undefined && v !== null)
  return Object.fromEntries(kept.map(([k, v]) => [k, k === 'about' ? [...(v as string[])].sort() : v]))
}
