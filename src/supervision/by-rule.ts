import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { type Day, dayOf, type Instant } from '../base/rules/day.ts'
import type { Law } from '../base/rules/law.ts'
import { type Coloured, findCases, findSnapshots, inCity, pageOfPressed } from '../cases/index.ts'
import { answering, caseRefOf } from './case-ref.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { saveDrafts } from './draft.ts'
import { type Known, type Pressed, planDrafts } from './rules/drafts.ts'
import type { Draft, Item } from './rules/item.ts'
import type { Env } from './rules/ladder.ts'
import { casesUnderLetters, findKnown } from './store.ts'

const PAGE = 500
/** Drafts that are written in one transaction. */
const BATCH = 50

/** What the rules of the day would draft; nothing is written. */
export function planByRule(ctx: StaffCtx): Promise<Draft[]> {
  const { today, law, tenant } = envOf(ctx)
  return ctx.tx((db) => plan(db, { today, law, tenant }))
}

/** 按规则拟稿: drafts what the rules of the day ask for, by the person who pressed the button. */
export function draftByRule(ctx: StaffCtx): Promise<Item[]> {
  const env = envOf(ctx)
  return ctx.tx(async (db) => saveDrafts(db, await plan(db, env), env))
}

/** The same at night, by the system: twice in a row it drafts nothing new, as what is drafted is open. */
export async function draftAtNight(house: House): Promise<number> {
  const at = house.clock().toISOString() as Instant
  const env: Env = {
    ...{ by: 'system', at, today: dayOf(at), law: house.law() },
    ...{ tenant: house.tenant, cityName: house.settings.cityName },
  }
  const acts = await inCity(house, (db) => plan(db, env))
  for (let i = 0; i < acts.length; i += BATCH) await inCity(house, (db) => saveDrafts(db, acts.slice(i, i + BATCH), env))
  return acts.length
}

async function plan(db: Db, o: { today: Day; law: Law; tenant: number }): Promise<Draft[]> {
  const cases: Pressed[] = []
  const items = new Map<string, Known>()
  const add = async (found: Coloured[]) => {
    const ids = found.map((c) => c.case.id)
    for (const item of await findKnown(db, ids)) items.set(item.id, item)
    cases.push(...(await pressed(db, found)))
  }
  for (let after: string | undefined; ; ) {
    const page = await pageOfPressed(db, { after, limit: PAGE })
    await add(page)
    if (page.length < PAGE) break
    after = page[page.length - 1]!.case.id
  }
  const known = new Set(cases.map((c) => c.ref.id))
  const others = (await casesUnderLetters(db)).filter((id) => !known.has(id))
  for (let i = 0; i < others.length; i += PAGE) await add(await findCases(db, others.slice(i, i + PAGE), { open: true }))
  return planDrafts({ cases, items: [...items.values()], law: o.law, today: o.today, cityRegion: String(o.tenant) })
}

// A case that nobody answers for yet is the office's own business: there is nobody to press.
async function pressed(db: Db, found: Coloured[]): Promise<Pressed[]> {
  const past = await findSnapshots(
    db,
    found.map((c) => c.case.id),
  )
  return found.flatMap((c) => {
    const unit = answering(c.case.duties)
    return unit ? [{ ref: caseRefOf(c), org: unit.org, orgName: unit.orgName, past: past.get(c.case.id) ?? [] }] : []
  })
}
