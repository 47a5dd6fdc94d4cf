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

/**
 * Reads `areas.csv`, `zone-members.csv` and `counties.wgs84.geojson` of a folder for the city with this code; throws one clear line
 * that names the file and what is wrong with it. A city without boundaries has an empty FeatureCollection.
 */
export async function loadPlaces(folder: string, city: string): Promise<Places> {
  const file = (name: string) => join(folder, name)
  const areas = hold(file('areas.csv'), parseAreas(await read(file('areas.csv'))))
  const top = areas.filter(({ level }) => level === 'city').map(({ code }) => code)
  if (top.join() !== city) throw new Error(`${file('areas.csv')}: the city is ${top.join(', ') || 'missing'}, expected ${city}`)
  const members = hold(file('zone-members.csv'), parseZoneMembers(await read(file('zone-members.csv'))))
  const closure = hold(file('zone-members.csv'), closureOf(areas, members))
  const counties = new Set(areas.filter(({ level }) => level === 'county').map(({ code }) => code))
  return {
    areas,
    closure,
    boundaries: boundariesOf(file('counties.wgs84.geojson'), await read(file('counties.wgs84.geojson')), counties),
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((e: NodeJS.ErrnoException) => {
    throw new Error(`${file} ${e.code === 'ENOENT' ? 'does not exist' : `cannot be read (${e.code})`}`)
  })
}

function hold<T>(file: string, answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${file}: ${answer.code} ${JSON.stringify(answer.params)}`)
  return answer
}

type Features = { features: { properties: { code: string }; geometry: unknown }[] }

function boundariesOf(file: string, text: string, counties: ReadonlySet<string>): Places['boundaries'] {
  const found = jsonOf(file, text) as Partial<Features> | null
  if (!Array.isArray(found?.features)) throw new Error(`${file}: expected a FeatureCollection`)
  return found.features.map((feature, at) => {
    const { properties, geometry } = (feature ?? {}) as Partial<Features['features'][number]>
    if (!counties.has(properties?.code ?? ''))
      throw new Error(`${file}: feature ${at + 1} has the code ${properties?.code}, which is no county of areas.csv`)
    return { code: properties!.code, geometry }
  })
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (e) {
    throw new Error(`${file} is no JSON: ${e instanceof Error ? e.message : String(e)}`)
  }
}

export async function savePlaces(db: Db, tenant: number, places: Places): Promise<void> {
  await saveAreas(db, tenant, places)
  await saveBoundaries(db, tenant, { boundaries: places.boundaries, source: 'data/places' })
}
