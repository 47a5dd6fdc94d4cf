import type { HashName } from '../../base/crypto/algorithms.ts'
import type { Db } from '../../base/db.ts'
import type { Stored } from '../../base/journal/store.ts'
import type { Journalled } from '../../base/journal/subjects.ts'
import { monthId } from './freeze.ts'
import { allFrozenMonths, countsByMonth, hashOfMonth, NO_COLOURS } from './store-frozen.ts'

/** How the journal is checked against the frozen months: when each was frozen, its counts, and the hash of all its rows. */
export const journalledMonths: Journalled = {
  context: 'colours',
  fold: (events: Stored[]) => events.reduce<object>((_, { at, data }) => ({ frozenAt: at, ...(data as object) }), {}),
  async *states(db) {
    const counts = await countsByMonth(db)
    for (const { id, month, frozenAt, hash } of await allFrozenMonths(db)) {
      yield { id, state: { month, frozenAt, counts: counts.get(month) ?? NO_COLOURS, ...(await rehashed(db, month, hash)) } }
      counts.delete(month)
    }
    for (const [month, rows] of counts) yield { id: monthId(month), state: { month, counts: rows } } // nobody froze these
  },
}

// The algorithm is the one that the month was frozen with; a hash that is gone is missed by the comparison with its event.
async function rehashed(db: Db, month: string, hash: string | null): Promise<{ hash?: string }> {
  const name = hash?.split(':')[0]
  return name === 'sha256' || name === 'sm3' ? { hash: await hashOfMonth(db, month, name satisfies HashName) } : {}
}
