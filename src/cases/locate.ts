import type { Db } from '../base/db.ts'
import { findCountiesAt, isBelow, listAreas } from '../places/index.ts'
import type { StaffCtx } from './ctx.ts'
import { problem } from './problems.ts'
import type { Place } from './rules/case.ts'

/** The place as it may be stored: the divisions are the city's own, town and village lie in the county, and so does the point; else 422. */
export async function locate(ctx: StaffCtx, db: Db, place: Place): Promise<Place> {
  const { tenant } = ctx.actor
  const areas = await listAreas(db, tenant, { levels: ['city', 'county', 'zone'] })
  const region = areas.find((a) => a.code === place.region)
  if (!region) throw problem('no-such-area', { code: place.region })
  const { town, village, point } = place
  if (town && !(await isBelow(db, tenant, { ancestor: region.code, code: town, level: 'township' })))
    throw problem('no-such-area', { code: town })
  if (village && !(await isBelow(db, tenant, { ancestor: town ?? region.code, code: village, level: 'village' })))
    throw problem('no-such-area', { code: village })
  if (!point) return place
  const counties = await findCountiesAt(db, tenant, [point])
  if (!counties) return place // a city without boundaries cannot judge
  const county = areas.find((a) => a.code === counties[0])
  const hasBoundary = region.level === 'county' // a zone has none of its own, and the city is the whole
  if (!county || (hasBoundary && county.code !== region.code))
    throw problem('outside-city', { found: county ? county.name : `${point.lng}, ${point.lat}` })
  return place
}
