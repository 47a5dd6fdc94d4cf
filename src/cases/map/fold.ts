import type { House } from '../../base/ctx.ts'
import { inCity } from '../in-city.ts'
import { addChanges } from './store-fold.ts'

const BATCH = 20_000

/** Adds what changed to the counted cells, a batch a transaction, until little is left; says how many changes were added. */
export async function foldSpots(house: House): Promise<number> {
  for (let total = 0; ; ) {
    const n = await inCity(house, (db) => addChanges(db, BATCH))
    total += n
    if (n < BATCH) return total
  }
}
