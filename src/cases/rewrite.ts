import type { House } from '../base/ctx.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { inCity } from './in-city.ts'
import { renewWords } from './search/store-search.ts'
import { pageOfCases } from './store.ts'
import { turnsOf } from './work/rules/turns.ts'
import { saveTurns, unmoved } from './work/store-turns.ts'

const PAGE = 500

/** Writes anew by which words every case is found and whose turn it is, a page a transaction; where nothing is wrong, nothing is written. */
export async function rewriteAll(house: Pick<House, 'database' | 'tenant' | 'clock' | 'law'>): Promise<void> {
  const at = { today: dayOf(house.clock().toISOString() as Instant), law: house.law() }
  for (let after: string | undefined; ; ) {
    const page = await inCity(house, async (db) => {
      const found = await pageOfCases(db, { after, limit: PAGE })
      const still = await unmoved(
        db,
        found.map(({ case: { id, version } }) => ({ id, version })),
      )
      const cases = found.filter(({ case: { id } }) => still.has(id))
      await renewWords(
        db,
        cases.map((c) => c.case),
      )
      await saveTurns(
        db,
        cases.map(({ case: c, colour }) => ({ case: c, colour, turns: turnsOf(c, at) })),
      )
      return found
    })
    if (page.length < PAGE) return
    after = page[page.length - 1]!.case.id
  }
}
