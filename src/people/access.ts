import type { House } from '../base/ctx.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { ruleAt } from '../base/rules/law.ts'
import { deleteOldAccess } from './store-access.ts'

/** Removes lines of the record of who came in that are older than the city's rule says they are kept. */
export async function forgetOldAccess(house: House): Promise<void> {
  const now = house.clock()
  const today = dayOf(now.toISOString() as Instant)
  const { value } = ruleAt<{ days: number }>(house.law().rules, 'access', 'keep', today)
  const before = new Date(now.getTime() - value.days * 86_400_000)
  await deleteOldAccess(house.database.owner, { tenant: house.tenant, before })
}
