import type { House } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { appendEvents, readHead } from '../../base/journal/store.ts'
import { addDays, type Day, dayOf, type Instant, type Month, monthOf, toDay } from '../../base/rules/day.ts'
import { inCity } from '../in-city.ts'
import { isEnded } from '../rules/codes.ts'
import { standAsOf } from './as-of.ts'
import {
  countsByMonth,
  freezeThese,
  freezeUntouched,
  hashOfMonth,
  insertFrozenMonth,
  isFrozen,
  pageOfRecoloured,
} from './store-frozen.ts'

/**
 * 月度快照: the colours with which the last month ended, before the first day of the new one changes them; only what is frozen here
 * counts for scoring. It catches up after a night when nothing ran: what happened since is taken back case by case. A month is frozen
 * once, and a later run changes nothing.
 */
export async function freezeMonth(house: House): Promise<{ month: Month; frozen: number }> {
  const first = toDay(`${monthOf(dayOf(house.clock().toISOString() as Instant))}-01`)
  const month = monthOf(addDays(first, -1))
  return inCity(house, async (db) => {
    if (await isFrozen(db, month)) return { month, frozen: 0 }
    await freezeUntouched(db, month, first)
    await freezeTouched(house, db, { month, first })
    return { month, frozen: await sealMonth(house, db, month) }
  })
}

/** The journal's subject of a month: always the same, so that no second freezing of it can be journalled. */
export const monthId = (month: string) => `00000000-0000-8000-8000-${month.replace('-', '').padStart(12, '0')}`

const PAGE = 50

// Whoever moved a case after midnight coloured it for the new month; the old one ended with the colour it had then.
async function freezeTouched(house: House, db: Db, { month, first }: { month: Month; first: Day }): Promise<void> {
  const o = { tenant: house.tenant, law: house.law() }
  for (let after: string | undefined; ; ) {
    const page = await pageOfRecoloured(db, { first, after, limit: PAGE })
    const then = await standAsOf(db, o, { rows: page, day: addDays(first, -1) })
    await freezeThese(
      db,
      month,
      then.filter(({ case: c }) => !isEnded(c.state)),
    )
    if (page.length < PAGE) return
    after = page[page.length - 1]!.case.id
  }
}

// A month without a single open case leaves nothing to score by, and no event.
async function sealMonth(house: House, db: Db, month: Month): Promise<number> {
  const counts = (await countsByMonth(db)).get(month)
  if (!counts) return 0
  const hash = await hashOfMonth(db, month, (await readHead(db, house.tenant)).hash)
  const [id, frozenAt] = [monthId(month), house.clock().toISOString() as Instant]
  await insertFrozenMonth(db, { id, month, frozenAt, hash })
  const by = { account: 'system', name: '系统' }
  const data = { month, counts, hash }
  await appendEvents(db, house.tenant, [
    { tenant: house.tenant, context: 'colours', subject: id, subjectSeq: 1, kind: 'month_frozen', at: frozenAt, by, data },
  ])
  return counts.green + counts.yellow + counts.red
}
