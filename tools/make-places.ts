// Writes data/places/610700 from ../shared/data (or the folder in QINBA_TEST_DATA), reproducibly: `node tools/make-places.ts`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Area, Level } from '../src/places/rules/area.ts'
import { gcj02ToWgs84 } from '../src/places/rules/crs.ts'
import type { AreaGeometry, Boundaries } from '../src/places/rules/locate.ts'
import { cleanCoverage, type LatticePolygon, signedArea2, type Vertex } from './lattice-rings.ts'

/** The texts of the files this tool makes, by name, and what it did to the boundaries. */
export type MadePlaces = { readonly files: Readonly<Record<string, string>>; readonly report: readonly string[] }

type Division = { readonly code: string; readonly name: string; readonly parent: string; readonly level: Level }

const CITY = '610700'
const DIVISIONS = 'admin/hanzhong_divisions_5level.csv.gz'
const BOUNDARIES = 'admin/hanzhong_counties_hires.gcj02.geojson'
const LICENCE = 'admin/hanzhong_counties_hires.LICENSE'
// The source keeps coordinates as whole 1/1024 degrees.
const LATTICE = 1024
// County until 2017: the source still has the old name and the old code.
const RENAMED: Readonly<Record<string, string>> = { 南郑县: '南郑区' }
// No counties and no national codes; a letter keeps theirs apart from any.
const ZONES: readonly Area[] = [
  { code: '6107J1', name: '汉中经济技术开发区', level: 'zone', parent: CITY },
  { code: '6107X1', name: '兴汉新区', level: 'zone', parent: CITY },
]

/** The data files of the city made from the folder `source`: areas, county boundaries in WGS 84 and the licence beside them. */
export function makePlaces(source: string): MadePlaces {
  const areas = makeAreas(gunzipSync(readFileSync(`${source}/${DIVISIONS}`)).toString('utf8'))
  const { boundaries, report } = makeBoundaries(JSON.parse(readFileSync(`${source}/${BOUNDARIES}`, 'utf8')) as Boundaries, areas)
  const files = {
    'areas.csv': toCsv(areas),
    'counties.wgs84.geojson': toGeoJson(boundaries),
    'counties.LICENSE': readFileSync(`${source}/${LICENCE}`, 'utf8'),
  }
  return { files, report }
}

function makeAreas(csv: string): Area[] {
  const divisions = parse<Division>(csv, { columns: true })
  const areas = divisions.map(({ code, name, level, parent }) => ({
    code,
    name,
    level,
    parent: level === 'city' ? null : parent,
  }))
  const towns = areas.findIndex((area) => area.level === 'township')
  return [...areas.slice(0, towns), ...ZONES, ...areas.slice(towns)]
}

function toCsv(areas: readonly Area[]): string {
  const lines = areas.map((area) => [area.code, area.name, area.level, area.parent ?? ''].join(','))
  return `${['code,name,level,parent', ...lines].join('\n')}\n`
}

function makeBoundaries(source: Boundaries, areas: readonly Area[]): { boundaries: Boundaries; report: string[] } {
  const counties = source.features.map(({ properties, geometry }) => {
    const name = RENAMED[properties.name] ?? properties.name
    const area = areas.find((each) => each.level === 'county' && each.name === name)
    if (!area) throw new Error(`no county is called ${name}`)
    return { code: area.code, name, shells: shellsOf(geometry) }
  })
  const clean = cleanCoverage(counties.map((county) => county.shells))
  const report = counties.map(({ code, name, shells }, i) => `${code} ${name}: ${tell(shells, clean[i]!)}`)
  const features = counties.map(({ code, name }, i) => ({ properties: { code, name }, geometry: toWgs84Geometry(clean[i]!) }))
  features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1))
  return { boundaries: { type: 'FeatureCollection', features }, report: report.sort() }
}

function shellsOf(geometry: AreaGeometry): Vertex[][] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.map((rings) => {
    if (rings.length !== 1) throw new Error('the source has a hole: holes are not read')
    return rings[0]!.map(([lng, lat]) => [toLattice(lng!), toLattice(lat!)])
  })
}

function toLattice(degrees: number): number {
  const steps = degrees * LATTICE
  if (!Number.isInteger(steps)) throw new Error(`${degrees} is no multiple of 1/${LATTICE} degree`)
  return steps
}

function tell(before: readonly (readonly Vertex[])[], after: readonly LatticePolygon[]): string {
  const count = (rings: readonly (readonly Vertex[])[]) => rings.reduce((sum, ring) => sum + ring.length, 0)
  const area = (rings: readonly (readonly Vertex[])[]) => Math.abs(rings.reduce((sum, ring) => sum + signedArea2(ring), 0) / 2)
  const holes = after.flat().length - after.length
  return `${count(before)} → ${count(after.flat())} vertices, ${before.length} → ${after.length} parts, ${holes} holes, area ${area(before)} → ${area(after.flat())} cells`
}

// Each vertex is converted by itself, so what two counties share in the source they share in the file.
function toWgs84Geometry(polygons: readonly LatticePolygon[]): AreaGeometry {
  const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(toWgs84Position)))
  return coordinates.length === 1 ? { type: 'Polygon', coordinates: coordinates[0]! } : { type: 'MultiPolygon', coordinates }
}

function toWgs84Position([x, y]: Vertex): number[] {
  const { lng, lat } = gcj02ToWgs84({ lng: x / LATTICE, lat: y / LATTICE })
  return [Number(lng.toFixed(6)), Number(lat.toFixed(6))]
}

// One county per line: a changed border is one changed line.
function toGeoJson({ type, features }: Boundaries): string {
  const lines = features.map(({ properties, geometry }) => JSON.stringify({ type: 'Feature', properties, geometry }))
  return `{"type":"${type}","features":[\n${lines.join(',\n')}\n]}\n`
}

if (import.meta.main) {
  const root = new URL('..', import.meta.url).pathname
  const out = `${root}data/places/${CITY}`
  const { files, report } = makePlaces(process.env['QINBA_TEST_DATA'] ?? `${root}../shared/data`)
  mkdirSync(out, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(`${out}/${name}`, text)
  // The operator's own file is never overwritten.
  if (!existsSync(`${out}/zone-members.csv`)) writeFileSync(`${out}/zone-members.csv`, 'zone,area\n')
  console.log(report.join('\n'))
}
