import type { Position } from './cql2.ts'

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number]

type Crs = { uri: string; to(at: Position): Position; from(at: Position): Position }

const EPSG = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'

const same = (at: Position): Position => at
const swapped = ([a, b]: Position): Position => [b, a]

const R = 6_378_137
const RAD = Math.PI / 180

function toMercator([lng, lat]: Position): Position {
  const held = Math.min(89.9, Math.max(-89.9, lat))
  return [R * lng * RAD, R * Math.log(Math.tan(Math.PI / 4 + (held * RAD) / 2))]
}

function fromMercator([x, y]: Position): Position {
  return [x / R / RAD, (2 * Math.atan(Math.exp(y / R)) - Math.PI / 2) / RAD]
}

/**
 * The systems that coordinates are given in. CRS84 has the longitude first; EPSG's geographic systems have the latitude first (Part 2 keeps
 * their order). CGCS2000 is taken as WGS 84: they differ by less than a map shows.
 */
export const SYSTEMS: readonly Crs[] = [
  { uri: CRS84, to: same, from: same },
  { uri: EPSG(4326), to: swapped, from: swapped },
  { uri: EPSG(4490), to: swapped, from: swapped },
  { uri: EPSG(3857), to: toMercator, from: fromMercator },
]

export const findCrs = (uri: string): Crs | undefined =>
  SYSTEMS.find((crs) => crs.uri === uri || `[${shortOf(crs.uri)}]` === uri || shortOf(crs.uri) === uri)

// The safe CURIE that some clients write.
function shortOf(uri: string): string {
  const found = /EPSG\/0\/(\d+)$/.exec(uri)
  return found ? `EPSG:${found[1]}` : 'OGC:CRS84'
}

/** A box of a system as boxes in degrees: two where it goes across the 180th meridian. */
export function boxesOf(corners: readonly number[], crs: Crs): Box[] {
  const [low, high] =
    corners.length === 6 ? [corners.slice(0, 2), corners.slice(3, 5)] : [corners.slice(0, 2), corners.slice(2, 4)]
  const [west, south] = crs.from(low as Position)
  const [east, north] = crs.from(high as Position)
  return west <= east
    ? [[west, south, east, north]]
    : [
        [west, south, 180, north],
        [-180, south, east, north],
      ]
}

/** The same geometry in another system, rounded to what its unit can mean (1 cm). */
export function geometryIn<G extends { type: string; coordinates: unknown } | null>(geometry: G, crs: Crs): G {
  if (geometry === null || crs.uri === CRS84) return geometry
  const digits = crs.uri === EPSG(3857) ? 100 : 1e7
  const round = (n: number) => Math.round(n * digits) / digits
  const turn = (c: unknown): unknown => {
    const list = c as unknown[]
    return typeof list[0] === 'number' ? crs.to(list as Position).map(round) : list.map(turn)
  }
  return { ...geometry, coordinates: turn(geometry.coordinates) }
}

/** The smallest box round a shape's positions. */
export function boxRound(positions: readonly Position[]): Box {
  const lngs = positions.map(([lng]) => lng)
  const lats = positions.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}
