import { randomUUID } from 'node:crypto'
import type { Db } from '../base/db.ts'
import { yearOf } from '../base/rules/day.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { findCountyAt, listAreas } from '../places/index.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { problem, refused } from './problems.ts'
import { recolour } from './recolour.ts'
import type { ActOf } from './rules/act.ts'
import type { Place } from './rules/case.ts'
import { decide, evolve } from './rules/lifecycle.ts'
import { type Coloured, insertCases, nextNumber } from './store.ts'

/** 登记: a new problem goes on the list under the next number of the year. */
export async function reportCase(ctx: StaffCtx, act: ActOf<'report'>): Promise<Coloured> {
  return ctx.tx(async (db) => {
    const place = await locate(ctx, db, act.place)
    const env = envOf(ctx)
    const year = yearOf(env.today)
    const no = caseNumber(ctx.settings.numberPrefix, year, await nextNumber(db, year, 'case'))
    const event = decide(undefined, { ...act, place }, { ...env, id: randomUUID(), no })
    if (isRefusal(event)) throw refused(event)
    const step = { case: evolve(undefined, event), event }
    await insertCases(db, [step])
    return recolour(ctx, db, step.case)
  })
}

/** HZ-2026-000123. */
export function caseNumber(prefix: string, year: number, n: number): string {
  return `${prefix}-${year}-${String(n).padStart(6, '0')}`
}

// The divisions must be the city's own, the town must lie in the county, and a point must lie in the county that was named.
async function locate(ctx: StaffCtx, db: Db, place: Place): Promise<Place> {
  const { tenant } = ctx.actor
  const areas = await listAreas(db, tenant, { levels: ['city', 'county', 'zone'] })
  const region = areas.find((a) => a.code === place.region)
  if (!region) throw problem('no-such-area', { code: place.region })
  const { town, point } = place
  if (town && !(await listAreas(db, tenant, { parent: region.code })).some((a) => a.code === town))
    throw problem('no-such-area', { code: town })
  if (!point) return place
  const county = await findCountyAt(db, tenant, point)
  const hasBoundary = region.level === 'county' // a zone has none of its own, and the city is the whole
  if (!county || (hasBoundary && county.code !== region.code))
    throw problem('outside-city', { found: county ? county.name : `${point.lng}, ${point.lat}` })
  return place
}
