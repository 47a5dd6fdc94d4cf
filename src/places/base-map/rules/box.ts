/** West, south, east, north in WGS 84 degrees. */
export type Box = [west: number, south: number, east: number, north: number]
/** Longitude first. */
export type Position = [lng: number, lat: number]

/** Most vertices that a drawn area may have. */
export const MOST_VERTICES = 100

/** The vertices of an area as they stand in an address: `lng,lat;lng,lat;…`, six decimals, without the first one again at the end. */
export function areaText(ring: readonly Position[]): string {
  const [first, last] = [ring[0], ring.at(-1)]
  const open = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1] ? ring.slice(0, -1) : ring
  return open.map(([lng, lat]) => `${short(lng)},${short(lat)}`).join(';')
}

/** Reads them back; undefined for text that is no area of 3 to 100 vertices on the globe. */
export function parseArea(text: string | null | undefined): Position[] | undefined {
  const ring = (text ?? '').split(';').map((pair) => pair.split(',').map(Number))
  const holds = ring.length >= 3 && ring.length <= MOST_VERTICES && ring.every(isPosition)
  return holds ? (ring as Position[]) : undefined
}

function isPosition(pair: readonly number[]): boolean {
  const [lng, lat] = pair
  return pair.length === 2 && Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lng!) <= 180 && Math.abs(lat!) <= 90
}

/** The four corners of a box, counter-clockwise. */
export function ringOfBox([west, south, east, north]: Box): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

/** The box round points; undefined round none. */
export function boxAround(points: readonly Position[]): Box | undefined {
  if (points.length === 0) return undefined
  const lngs = points.map(([lng]) => lng)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/** A box as the API takes it, five decimals (one metre), never narrower than what it was made of. */
export function boxText([west, south, east, north]: Box): string {
  return [
    Math.floor(west * 1e5) / 1e5,
    Math.floor(south * 1e5) / 1e5,
    Math.ceil(east * 1e5) / 1e5,
    Math.ceil(north * 1e5) / 1e5,
  ].join(',')
}

const short = (degrees: number) => Number(degrees.toFixed(6))
