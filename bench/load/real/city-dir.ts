import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RealCity } from './cities.ts'

/** Writes the folder that CITY_DIR names for a city of these counties, without boundaries, and the MAP.json beside it; gives the map's path. */
export function writeCity(dir: string, city: RealCity, counties: readonly string[]): string {
  const places = join(dir, 'places', String(city.code))
  for (const folder of [join(dir, 'cities'), places]) mkdirSync(folder, { recursive: true })
  const facts = { office: `${city.name} 311`, officePhone: '311', numberPrefix: city.name.slice(0, 2).toUpperCase() }
  const names = { name: { zh: city.name, en: city.name }, places: String(city.code) }
  writeFileSync(join(dir, 'cities', `${city.code}.json`), JSON.stringify({ tenant: city.code, ...names, ...facts }))
  const lines = counties.map((name, at) => `${city.code + at + 1},${name},county,${city.code}`)
  writeFileSync(join(places, 'areas.csv'), ['code,name,level,parent', `${city.code},${city.name},city,`, ...lines, ''].join('\n'))
  writeFileSync(join(places, 'zone-members.csv'), 'zone,area\n')
  writeFileSync(join(places, 'counties.wgs84.geojson'), '{"type": "FeatureCollection", "features": []}')
  const map = join(dir, `map-${city.code}.json`)
  writeFileSync(map, JSON.stringify(city.mapping(counties), undefined, 2))
  return map
}
