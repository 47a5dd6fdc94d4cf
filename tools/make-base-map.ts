// Writes rivers and settlements of data/places/610700 from ../shared/data (or the folder in QINBA_TEST_DATA): `node tools/make-base-map.ts`.
import { readFileSync, writeFileSync } from 'node:fs'

type Position = readonly [number, number]
type River = { readonly line: readonly Position[]; readonly level: number }
type Named = { readonly name: string; readonly line: readonly Position[] }
type Point = {
  readonly properties: Readonly<Record<string, string>>
  readonly geometry: { readonly coordinates: Position }
}

const CITY = '610700'
// What a screen shows round the city; rivers end here.
const FRAME = { west: 105, south: 31.6, east: 109, north: 34.6 }
// The four rivers that Natural Earth names in English; no other name is in the data.
const RIVERS: Readonly<Record<string, string>> = { Han: '汉江', Jialing: '嘉陵江', Wei: '渭河', Jing: '泾河' }
/** Two drawings of one river lie this close (km): the coarser is right to one or two kilometres. */
const NEAR_KM = 4
const MOSTLY = 0.9

// GeoNames writes pinyin. Beside each its Chinese name: the town whose name it is, or, where it is the name of the county or of a
// town that was renamed since, the county's seat without a town.
const TOWNS: Readonly<Record<string, { zh: string; town?: string }>> = {
  Yuanjiazhuang: { zh: '袁家庄', town: '610730001' },
  Yangzhou: { zh: '洋州', town: '610723001' },
  Xixiang: { zh: '西乡' },
  Hanyuan: { zh: '汉源', town: '610726001' },
  Mianyang: { zh: '勉阳', town: '610725001' },
  'Lüeyang Chengguanzhen': { zh: '略阳' },
  Liuba: { zh: '留坝' },
  Jingyang: { zh: '泾洋', town: '610728001' },
  Hanzhong: { zh: '汉中' },
  Chenggu: { zh: '城固' },
  'Nanzheng Chengguanzhen': { zh: '南郑' },
}

/** The texts of the files this tool makes, by name. */
export function makeBaseMap(source: string): Readonly<Record<string, string>> {
  return {
    'rivers.wgs84.geojson': collection(makeRivers(source)),
    'settlements.wgs84.geojson': collection([...makeSeats(source), ...makeNeighbours(source)]),
  }
}

function makeRivers(source: string): object[] {
  const named = features(`${source}/hydro/ne10m_rivers.wgs84.geojson`).map(
    (f): Named => ({ name: String(f.properties['name']), line: f.geometry.coordinates as unknown as Position[] }),
  )
  return features(`${source}/hydro/rivers_wdbii.wgs84.geojson`)
    .map(
      (f): River => ({
        line: f.geometry.coordinates as unknown as Position[],
        level: Number(f.properties['wdb_level']),
      }),
    )
    .flatMap((river) => {
      const name = nameOf(river, named)
      const words = name ? { zh: RIVERS[name]!, en: `${name} River` } : {}
      return clip(river.line).map((line) => feature({ level: river.level, ...words }, { type: 'LineString', coordinates: line }))
    })
}

// The coarse lines bear no names. One is taken for a named river where nine tenths of it, as far as the other goes, lie beside that.
function nameOf({ line }: River, named: readonly Named[]): string | undefined {
  return named.find((river) => {
    const north = Math.max(...river.line.map(([, lat]) => lat))
    const south = Math.min(...river.line.map(([, lat]) => lat))
    const west = Math.min(...river.line.map(([lng]) => lng))
    const along = line.filter(([lng, lat]) => lat <= north && lat >= south && lng >= west)
    const near = along.filter((p) => distanceKm(p, river.line) < NEAR_KM)
    return along.length > 20 && near.length >= MOSTLY * along.length
  })?.name
}

function distanceKm(p: Position, line: readonly Position[]): number {
  return Math.min(...line.slice(1).map((b, i) => toSegmentKm(p, line[i]!, b)))
}

function toSegmentKm(p: Position, a: Position, b: Position): number {
  const scale = 111.3 * Math.cos((p[1] * Math.PI) / 180)
  const [px, py, dx, dy] = [(p[0] - a[0]) * scale, (p[1] - a[1]) * 111.3, (b[0] - a[0]) * scale, (b[1] - a[1]) * 111.3]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2))
  return Math.hypot(px - t * dx, py - t * dy)
}

function clip(line: readonly Position[]): Position[][] {
  const pieces: Position[][] = [[]]
  for (const [lng, lat] of line) {
    const inside = lng >= FRAME.west && lng <= FRAME.east && lat >= FRAME.south && lat <= FRAME.north
    if (inside) pieces.at(-1)!.push([round(lng), round(lat)])
    else if (pieces.at(-1)!.length > 0) pieces.push([])
  }
  return pieces.filter((piece) => piece.length > 1)
}

function makeSeats(source: string): object[] {
  return features(`${source}/settlements/geonames_hanzhong.wgs84.geojson`).map(({ properties, geometry }) => {
    const found = TOWNS[properties['name']!]
    if (!found) throw new Error(`${properties['name']} has no Chinese name here`)
    const [lng, lat] = geometry.coordinates
    const words = {
      zh: found.zh,
      en: properties['name'],
      county: properties['county_adcode'],
      ...(found.town && { town: found.town }),
    }
    return feature({ kind: 'seat', ...words }, { type: 'Point', coordinates: [round(lng), round(lat)] })
  })
}

// Cities beyond the border, for finding one's way. Hanzhong itself stands above, placed better. 咸陽 is the traditional 咸阳.
function makeNeighbours(source: string): object[] {
  return features(`${source}/settlements/ne10m_places.wgs84.geojson`)
    .filter(({ properties }) => properties['name'] !== 'Hanzhong')
    .map(({ properties, geometry: { coordinates } }) =>
      feature(
        { kind: 'city', zh: properties['name_zh']!.replace('陽', '阳'), en: properties['name_en'] },
        { type: 'Point', coordinates: [round(coordinates[0]), round(coordinates[1])] },
      ),
    )
}

const features = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { features: Point[] }).features
const feature = (properties: object, geometry: object) => ({ type: 'Feature', properties, geometry })
// Ten metres: far finer than what the lines are worth.
const round = (degrees: number) => Number(degrees.toFixed(4))

// One feature per line: a changed river is one changed line.
function collection(all: readonly object[]): string {
  return `{"type":"FeatureCollection","features":[\n${all.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`
}

if (import.meta.main) {
  const root = new URL('..', import.meta.url).pathname
  const made = makeBaseMap(process.env['QINBA_TEST_DATA'] ?? `${root}../shared/data`)
  for (const [name, text] of Object.entries(made)) writeFileSync(`${root}data/places/${CITY}/${name}`, text)
}
