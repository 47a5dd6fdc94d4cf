import type { Point } from './crs.ts'

/** A closed ring of `[longitude, latitude]` in WGS 84 degrees. */
export type Ring = readonly (readonly number[])[]

/** The GeoJSON geometry of an area. */
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }

/** One boundary as GeoJSON. */
export type Boundary = { readonly properties: { readonly code: string; readonly name: string }; readonly geometry: AreaGeometry }

/** Boundaries as GeoJSON, as `counties.wgs84.geojson` holds them. */
export type Boundaries = { readonly type: 'FeatureCollection'; readonly features: readonly Boundary[] }

/** Boundaries made ready for `countyAt`, in the order of their codes. */
export type BoundaryIndex = readonly IndexedArea[]

type IndexedArea = { readonly code: string; readonly box: Box; readonly rings: readonly IndexedRing[] }
type IndexedRing = { readonly box: Box; readonly points: Float64Array }
type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

// GRS 80, the ellipsoid of CGCS2000; that of WGS 84 is the same to 0.1 mm.
const A = 6378137
const F = 1 / 298.257222101

/** The index that `countyAt` searches; build it once and keep it. */
export function indexBoundaries(boundaries: Boundaries): BoundaryIndex {
  const areas = boundaries.features.map(({ properties, geometry }) => {
    const rings = ringsOf(geometry).map(indexRing)
    return { code: properties.code, box: unite(rings.map((ring) => ring.box)), rings }
  })
  return areas.sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** All rings of a geometry, shells and holes alike. */
export function ringsOf(geometry: AreaGeometry): readonly Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

/** The code of the area that WGS 84 degrees fall into; a point exactly on a border belongs to the lowest code there. */
export function countyAt(index: BoundaryIndex, lng: number, lat: number): string | undefined {
  return index.find((area) => isIn(area.box, lng, lat) && covers(area.rings, lng, lat))?.code
}

/** Metres between two WGS 84 points along the ellipsoid, by Lambert's formula (within 0.001 % up to thousands of km). */
export function distanceM(a: Point, b: Point): number {
  const beta1 = reducedLat(a.lat)
  const beta2 = reducedLat(b.lat)
  const sigma = centralAngle(beta1, beta2, radians(b.lng - a.lng))
  if (sigma === 0) return 0
  const p = (beta1 + beta2) / 2
  const q = (beta2 - beta1) / 2
  const x = (sigma - Math.sin(sigma)) * ((Math.sin(p) * Math.cos(q)) / Math.cos(sigma / 2)) ** 2
  const y = (sigma + Math.sin(sigma)) * ((Math.cos(p) * Math.sin(q)) / Math.sin(sigma / 2)) ** 2
  return A * (sigma - (F / 2) * (x + y))
}

function indexRing(ring: Ring): IndexedRing {
  const lngs = ring.map((position) => position[0]!)
  const lats = ring.map((position) => position[1]!)
  const box = { west: Math.min(...lngs), south: Math.min(...lats), east: Math.max(...lngs), north: Math.max(...lats) }
  return { box, points: Float64Array.from(ring.flatMap((position) => [position[0]!, position[1]!])) }
}

function unite(boxes: readonly Box[]): Box {
  const pick = (best: (...values: number[]) => number, side: keyof Box) => best(...boxes.map((box) => box[side]))
  return {
    west: pick(Math.min, 'west'),
    south: pick(Math.min, 'south'),
    east: pick(Math.max, 'east'),
    north: pick(Math.max, 'north'),
  }
}

function isIn(box: Box, lng: number, lat: number): boolean {
  return lng >= box.west && lng <= box.east && lat >= box.south && lat <= box.north
}

// Even-odd over all rings: a hole takes away what its shell gave, an island in it gives it back.
function covers(rings: readonly IndexedRing[], lng: number, lat: number): boolean {
  let inside = false
  for (const ring of rings) {
    if (!isIn(ring.box, lng, lat)) continue
    const answer = crossings(ring.points, lng, lat)
    if (answer === 'border') return true
    if (answer % 2 === 1) inside = !inside
  }
  return inside
}

// Borders met going east from the point. An edge is always taken from its southern end, so that two neighbours compute the
// same number for the border they share and a point can fall neither between them nor into both.
function crossings(points: Float64Array, lng: number, lat: number): number | 'border' {
  let count = 0
  for (let i = 0; i + 3 < points.length; i += 2) {
    const from = points[i + 1]! <= points[i + 3]! ? i : i + 2
    const to = i + i + 2 - from
    const y1 = points[from + 1]!
    const y2 = points[to + 1]!
    if (lat < y1 || lat > y2) continue
    const x1 = points[from]!
    const x2 = points[to]!
    const side = (x2 - x1) * (lat - y1) - (lng - x1) * (y2 - y1)
    if (side === 0 && lng >= Math.min(x1, x2) && lng <= Math.max(x1, x2)) return 'border'
    if (lat < y2 && side > 0) count++
  }
  return count
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

function reducedLat(lat: number): number {
  return Math.atan((1 - F) * Math.tan(radians(lat)))
}

function centralAngle(beta1: number, beta2: number, dLng: number): number {
  const half = Math.sin((beta2 - beta1) / 2) ** 2 + Math.cos(beta1) * Math.cos(beta2) * Math.sin(dLng / 2) ** 2
  return 2 * Math.asin(Math.min(1, Math.sqrt(half)))
}
