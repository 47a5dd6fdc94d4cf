import type { House } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { appendEvents, readHead } from '../../base/journal/store.ts'
import { addDays, addMonths, type Day, dayOf, type Instant, type Month, monthOf, toDay } from '../../base/rules/day.ts'
import { inCity } from '../in-city.ts'
import { isEnded } from '../rules/codes.ts'
import { standAsOf } from './as-of.ts'
import {
  allFrozenMonths,
  countsByMonth,
  type FrozenMonth,
  findFirstEventDay,
  freezeThese,
  freezeUntouched,
  hashOfMonth,
  insertFrozenMonth,
  NO_COLOURS,
  pageOfOthers,
} from './store-frozen.ts'

/** A month that was frozen just now, and how many open cases it ended with. */
export type Frozen = { month: Month; frozen: number }

/** The work of one run: the next one goes on where this one ended. */
const MOST = 12

/**
 * 月度快照: the colours with which each ended month ended, before the first day of the new one changes them; only what is frozen here
 * counts for scoring. It catches up after a night, or months, in which nothing ran: from the month of the first case on every month that
 * is missing is frozen, oldest first, as the journal has its last evening; `frozen_at` says when that was. A month is frozen once, and a
 * later run changes nothing.
 */
export async function freezeMonths(house: House): Promise<Frozen[]> {
  const present = monthOf(dayOf(house.clock().toISOString() as Instant))
  const done: Frozen[] = []
  while (done.length < MOST) {
    const next = await inCity(house, (db) => freezeNext(house, db, present))
    if (!next) break
    done.push(next)
  }
  return done
}

/** The journal's subject of a month: always the same, so that no second freezing of it can be journalled. */
export const monthId = (month: string) => `00000000-0000-8000-8000-${month.replace('-', '').padStart(12, '0')}`

async function freezeNext(house: House, db: Db, present: Month): Promise<Frozen | undefined> {
  const begun = await findFirstEventDay(db)
  const frozen = await allFrozenMonths(db)
  const month = begun && oldestMissing(frozen, monthOf(begun), present)
  if (!month) return undefined
  const before = frozen.filter((m) => m.month < month)
  const [first, last] = daysAround(month)
  // Who was coloured on the last day was coloured for it, unless a month that it was judged by has been frozen only since.
  const inTime = before.every(({ frozenAt }) => dayOf(frozenAt) <= last)
  if (inTime) await freezeUntouched(db, month, last)
  await freezeOthers(house, db, { month, first, last, inTime, months: new Set(before.map((m) => m.month)) })
  return { month, frozen: await sealMonth(house, db, month) }
}

function oldestMissing(frozen: readonly FrozenMonth[], from: Month, present: Month): Month | undefined {
  const known = new Set(frozen.map(({ month }) => month))
  let month = from
  while (known.has(month)) month = monthOf(daysAround(month)[0])
  return month < present ? month : undefined
}

/** The first day after a month, and its last. */
function daysAround(month: Month): [first: Day, last: Day] {
  const first = addMonths(toDay(`${month}-01`), 1)
  return [first, addDays(first, -1)]
}

const PAGE = 50

// Whoever was coloured for another day than the last gets the colour of the last, as the case stood then: a move after midnight coloured
// it for the new month, and where nothing ran the night before it has that of an earlier day.
async function freezeOthers(
  house: House,
  db: Db,
  o: { month: Month; first: Day; last: Day; inTime: boolean; months: ReadonlySet<string> },
): Promise<void> {
  const judge = { tenant: house.tenant, law: house.law(), months: o.months }
  for (let after: string | undefined; ; ) {
    const page = await pageOfOthers(db, { ...o, after, limit: PAGE })
    const then = await standAsOf(db, judge, { rows: page, day: o.last })
    await freezeThese(
      db,
      o.month,
      then.filter(({ case: c }) => !isEnded(c.state)),
    )
    if (page.length < PAGE) return
    after = page[page.length - 1]!.case.id
  }
}

// A month without a single open case is closed too: nothing can be added to it, and no later run looks at it again.
async function sealMonth(house: House, db: Db, month: Month): Promise<number> {
  const counts = (await countsByMonth(db)).get(month) ?? NO_COLOURS
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
