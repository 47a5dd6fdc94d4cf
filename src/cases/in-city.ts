import type { House } from '../base/ctx.ts'
import { type Db, widen } from '../base/db.ts'

/** A transaction of the system itself, with the whole city in view, durable when it returns: for jobs. */
export async function inCity<T>(house: Pick<House, 'database' | 'tenant'>, work: (db: Db) => Promise<T>): Promise<T> {
  const result = await house.database.begin(house.tenant, async (db) => {
    await widen(db, { tenant: house.tenant, areas: '*', orgs: [], clearance: 3 })
    return work(db)
  })
  await house.database.barrier()
  return result
}
