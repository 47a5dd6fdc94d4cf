import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../base/db.ts'
import { isRefusal, type Refusal } from '../base/rules/refusal.ts'
import { type Area, type ClosureRow, closureOf } from './rules/area.ts'
import { parseAreas, parseZoneMembers } from './rules/parse-areas.ts'
import { saveAreas, saveBoundaries } from './store.ts'

/** A city's divisions as they ship: areas, their closure, and county boundaries (WGS 84). */
export interface Places {
  areas: Area[]
  closure: ClosureRow[]
  boundaries: { code: string; geometry: unknown }[]
}

/** Reads `areas.csv`, `zone-members.csv` and `counties.wgs84.geojson` of a folder. */
export async function loadPlaces(folder: string): Promise<Places | Refusal> {
  const areas = parseAreas(await readFile(join(folder, 'areas.csv'), 'utf8'))
  if (isRefusal(areas)) return areas
  const members = parseZoneMembers(await readFile(join(folder, 'zone-members.csv'), 'utf8'))
  if (isRefusal(members)) return members
  const closure = closureOf(areas, members)
  if (isRefusal(closure)) return closure
  const features = JSON.parse(await readFile(join(folder, 'counties.wgs84.geojson'), 'utf8')) as {
    features: { properties: { code: string }; geometry: unknown }[]
  }
  return { areas, closure, boundaries: features.features.map((f) => ({ code: f.properties.code, geometry: f.geometry })) }
}

export async function savePlaces(db: Db, tenant: number, places: Places): Promise<void> {
  await saveAreas(db, tenant, places)
  await saveBoundaries(db, tenant, { boundaries: places.boundaries, source: 'data/places' })
}
