import type { Geometry, Position } from 'geojson'
import proj4 from 'proj4'
import { gcj02ToWgs84 } from '../../rules/crs.ts'
import type { FileCrs } from '../../rules/crs-of-file.ts'

/** Turns a position of a file's system into WGS 84 degrees. */
export type ToWgs84 = (x: number, y: number) => Position

/** The way from a system to WGS 84; throws where proj4 does not understand the definition. */
export function toWgs84Of(crs: FileCrs): ToWgs84 {
  if ('gcj02' in crs) {
    return (lng, lat) => {
      const point = gcj02ToWgs84({ lng, lat })
      return [point.lng, point.lat]
    }
  }
  // CGCS2000 and WGS 84 degrees are the same degrees: not a digit changes.
  if (crs.code === 4326 || crs.code === 4490) return (lng, lat) => [lng, lat]
  const { forward } = proj4(crs.proj, 'WGS84')
  return (x, y) => forward([x, y]) as Position
}

/** A cleaned geometry in WGS 84; undefined where a point has no place there. */
export function projectGeometry(geometry: Geometry, to: ToWgs84): Geometry | undefined {
  if (geometry.type === 'GeometryCollection') return undefined
  let isFine = true
  const turn = (value: unknown): unknown => {
    const list = value as unknown[]
    if (typeof list[0] !== 'number') return list.map(turn)
    const [lng, lat] = to(list[0], list[1] as number)
    if (!(Math.abs(lng!) <= 180 && Math.abs(lat!) <= 90)) isFine = false
    return [lng, lat]
  }
  const coordinates = turn(geometry.coordinates)
  return isFine ? ({ type: geometry.type, coordinates } as Geometry) : undefined
}
