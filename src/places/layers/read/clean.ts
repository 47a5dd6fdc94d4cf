import type { Geometry, Position } from 'geojson'

/** Something about one feature that a person must know: it was mended, lost a part, or was left out. */
export type FaultCode =
  | 'empty'
  | 'malformed'
  | 'not-finite'
  | 'unclosed'
  | 'short-ring'
  | 'collection'
  | 'wrong-shape'
  | 'too-many-vertices'
  | 'no-transform'

/** A geometry that a database can take: two-dimensional, finite, rings closed and of four points at least. */
export type Cleaned = { geometry: Geometry | null; vertices: number; faults: FaultCode[] }

/** Makes a geometry of unknown making well-formed without moving a point; what cannot be kept is named. */
export function cleanGeometry(found: Geometry | null): Cleaned {
  const faults = new Set<FaultCode>()
  const geometry = clean(found, faults)
  const vertices = geometry ? countVertices(geometry) : 0
  if (geometry && vertices > 0) return { geometry, vertices, faults: [...faults] }
  return { geometry: null, vertices: 0, faults: faults.size > 0 ? [...faults] : ['empty'] }
}

/** Calls `see` for each position of a geometry that `cleanGeometry` gave. */
export function eachPosition(geometry: Geometry, see: (x: number, y: number) => void): void {
  if (geometry.type === 'GeometryCollection') return
  walk(geometry.coordinates, see)
}

function walk(value: unknown, see: (x: number, y: number) => void): void {
  if (!Array.isArray(value)) return
  if (typeof value[0] === 'number') see(value[0], value[1] as number)
  else for (const inner of value) walk(inner, see)
}

function countVertices(geometry: Geometry): number {
  let n = 0
  eachPosition(geometry, () => n++)
  return n
}

type Faults = Set<FaultCode>

function clean(found: Geometry | null, faults: Faults): Geometry | null {
  if (!found) return null
  const of = (type: string) => lift(type, (found as { coordinates?: unknown }).coordinates, faults)
  if (found.type === 'GeometryCollection') return fromCollection(found.geometries, faults)
  return of(String(found.type))
}

function lift(type: string, coordinates: unknown, faults: Faults): Geometry | null {
  const list = Array.isArray(coordinates) ? coordinates : undefined
  if (!list) {
    faults.add('malformed')
    return null
  }
  const make = MAKE[type]
  if (make) return make(list, faults)
  faults.add('malformed')
  return null
}

const MAKE: Readonly<Record<string, (list: unknown[], faults: Faults) => Geometry | null>> = {
  Point: (list, faults) => some(positions([list], faults), (all) => ({ type: 'Point', coordinates: all[0]! })),
  MultiPoint: (list, faults) => some(positions(list, faults), (all) => ({ type: 'MultiPoint', coordinates: all })),
  LineString: (list, faults) => some(lines([list], faults), (all) => ({ type: 'LineString', coordinates: all[0]! })),
  MultiLineString: (list, faults) => some(lines(list, faults), (all) => ({ type: 'MultiLineString', coordinates: all })),
  Polygon: (list, faults) => some(polygons([list], faults), (all) => ({ type: 'Polygon', coordinates: all[0]! })),
  MultiPolygon: (list, faults) => some(polygons(list, faults), (all) => ({ type: 'MultiPolygon', coordinates: all })),
}

function some<T>(all: T[], make: (all: T[]) => Geometry): Geometry | null {
  return all.length > 0 ? make(all) : null
}

function positions(list: unknown[], faults: Faults): Position[] {
  const kept: Position[] = []
  for (const found of list) {
    const [x, y] = Array.isArray(found) ? found : []
    if (typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y)) kept.push([x, y])
    else if (!(Array.isArray(found) && found.length === 0)) faults.add('not-finite')
  }
  return kept
}

function lines(list: unknown[], faults: Faults): Position[][] {
  return list
    .map((line) => positions(listOf(line), faults))
    .filter((line) => line.some((at) => at[0] !== line[0]![0] || at[1] !== line[0]![1]))
}

// A polygon whose shell does not hold is left out with its holes.
function polygons(list: unknown[], faults: Faults): Position[][][] {
  return list.flatMap((polygon) => {
    const [shell, ...holes] = listOf(polygon).map((ring) => closedRing(positions(listOf(ring), faults), faults))
    return shell ? [[shell, ...holes.filter((hole) => hole !== undefined)]] : []
  })
}

function closedRing(ring: Position[], faults: Faults): Position[] | undefined {
  const first = ring[0]
  const last = ring[ring.length - 1]
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) {
    faults.add('unclosed')
    ring.push([...first])
  }
  if (ring.length >= 4) return ring
  if (ring.length > 0) faults.add('short-ring')
  return undefined
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

// Of a mixture the parts of the highest dimension are kept: areas before lines before points.
function fromCollection(found: unknown, faults: Faults): Geometry | null {
  faults.add('collection')
  const members = listOf(found).flatMap((each) => flat(each as Geometry, 0))
  const cleaned = members.map((member) => clean(member, faults)).filter((member) => member !== null)
  for (const [type, single] of COMBINED) {
    const parts = cleaned.flatMap((member) =>
      member.type === type ? member.coordinates : member.type === single ? [member.coordinates] : [],
    )
    if (parts.length > 0) return { type, coordinates: parts } as Geometry
  }
  return null
}

const COMBINED = [
  ['MultiPolygon', 'Polygon'],
  ['MultiLineString', 'LineString'],
  ['MultiPoint', 'Point'],
] as const

function flat(geometry: Geometry, depth: number): Geometry[] {
  if (geometry?.type !== 'GeometryCollection' || depth > 8) return [geometry]
  return listOf(geometry.geometries).flatMap((inner) => flat(inner as Geometry, depth + 1))
}
