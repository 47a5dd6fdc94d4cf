import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import type { StaffCtx } from './ctx.ts'
import { inCity } from './in-city.ts'
import type { Case } from './rules/case.ts'
import { colourOf } from './rules/colours.ts'
import { type Coloured, findSnapshots, pageOfCases, saveColours } from './store.ts'
import { turnsOf } from './work/rules/turns.ts'
import { saveTurns, unmoved } from './work/store-turns.ts'

/** Gives one case its colour of today, and notes whose turn it is now, in the transaction that moved it. */
export async function recolour(ctx: StaffCtx, db: Db, c: Case): Promise<Coloured> {
  const today = dayOf(ctx.now.toISOString() as Instant)
  const past = (await findSnapshots(db, [c.id])).get(c.id) ?? []
  const { colour, why } = colourOf(c, { today, law: ctx.law }, past)
  await saveColours(db, [{ id: c.id, version: c.version, colour, why }], today)
  await saveTurns(db, [{ case: c, colour, turns: turnsOf(c, { today, law: ctx.law }) }])
  return { case: c, colour, colourWhy: why }
}

const PAGE = 500

/**
 * The nightly job: every open case gets the colour of the day, a page a transaction, and whose turn it is, which only a change of the law
 * moves; running it twice changes nothing.
 */
export async function recolourAll(house: House): Promise<number> {
  const today = dayOf(house.clock().toISOString() as Instant)
  let changed = 0
  for (let after: string | undefined; ; ) {
    const page = await inCity(house, async (db) => {
      const cases = await pageOfCases(db, { after, open: true, limit: PAGE })
      const past = await findSnapshots(
        db,
        cases.map((c) => c.case.id),
      )
      const rows = cases.map((c) => ({
        id: c.case.id,
        version: c.case.version,
        ...colourOf(c.case, { today, law: house.law() }, past.get(c.case.id) ?? []),
      }))
      await saveColours(db, rows, today)
      const still = await unmoved(db, rows)
      const waiting = cases.flatMap(({ case: c }, i) => {
        const turns = turnsOf(c, { today, law: house.law() })
        return still.has(c.id) ? [{ case: c, colour: rows[i]!.colour, turns }] : []
      })
      await saveTurns(db, waiting)
      changed += rows.filter((r, i) => r.colour !== cases[i]!.colour).length
      return cases
    })
    if (page.length < PAGE) return changed
    after = page[page.length - 1]!.case.id
  }
}
