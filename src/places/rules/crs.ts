import gcoordModule from 'gcoord'

/** A place in degrees: longitude east, latitude north. */
export type Point = { readonly lng: number; readonly lat: number }

/** Coordinate systems people hand in: GPS, the national CGCS2000, 高德 and 腾讯 maps, 百度 maps. */
export const CRS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export type Crs = (typeof CRS)[number]

type Mapping = (point: Point) => Point

// gcoord is CommonJS and its typings describe the ES module: the default import already is the library.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

/** WGS 84 to GCJ-02 by the published formula; outside gcoord's China box the point itself. */
export function wgs84ToGcj02(point: Point): Point {
  return forward(point, gcoord.GCJ02)
}

/** GCJ-02 back to WGS 84, the exact inverse of `wgs84ToGcj02` to 1e-9 degrees, save within some km of the China box's edge. */
export function gcj02ToWgs84(point: Point): Point {
  return invert(wgs84ToGcj02, point)
}

/** A point given in `crs` as WGS 84; CGCS2000 is taken as WGS 84 (they differ by less than a phone can measure). */
export function toWgs84(point: Point, crs: Crs): Point {
  if (crs === 'gcj02') return gcj02ToWgs84(point)
  return crs === 'bd09' ? invert(wgs84ToBd09, point) : point
}

/** A WGS 84 point as `crs` has it, for handing to a map that wants GCJ-02 or BD-09. */
export function fromWgs84(point: Point, crs: Crs): Point {
  if (crs === 'gcj02') return wgs84ToGcj02(point)
  return crs === 'bd09' ? wgs84ToBd09(point) : point
}

function wgs84ToBd09(point: Point): Point {
  return forward(point, gcoord.BD09)
}

function forward(point: Point, to: typeof gcoord.GCJ02 | typeof gcoord.BD09): Point {
  const [lng, lat] = gcoord.transform([point.lng, point.lat], gcoord.WGS84, to)
  return { lng: lng!, lat: lat! }
}

// The offset changes by at most 3 % of a step, so each round wins two digits. gcoord's own inverse is not used: it stops at
// 1e-6 degrees, and never stops where the guess leaves its China box; hence the fixed number of rounds here.
function invert(map: Mapping, image: Point): Point {
  let guess = image
  for (let round = 0; round < 20; round++) {
    const there = map(guess)
    const off = { lng: there.lng - image.lng, lat: there.lat - image.lat }
    guess = { lng: guess.lng - off.lng, lat: guess.lat - off.lat }
    if (Math.abs(off.lng) < 1e-13 && Math.abs(off.lat) < 1e-13) break
  }
  return guess
}
