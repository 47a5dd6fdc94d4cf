import type { MultiPolygon, Polygon } from 'geojson'
import type { GeoTIFFImage, TypedArray } from 'geotiff'
import { cellsOf, DEM_LIMITS, type DemInfo, isHeight, withImage } from './dem.ts'
import { type Span, spansOf } from './rules/spans.ts'

/** A height with how it was read off: between four cells, or of the one cell that has a value. */
export type PointElevation = { metres: number; method: 'bilinear' | 'nearest' }

/** The heights of a parcel: of the cells whose middle lies in it (rules/spans.ts). */
export type AreaElevation = {
  min: number
  max: number
  cells: number
  /** For each asked height: the part of the parcel's cells at or above it, as rectangles of cells in WGS 84. */
  above: { from: number; area: MultiPolygon }[]
  /** Every how many-eth cell the rectangles stand for; 1 is each. */
  thinned: number
}

/** The height at a WGS 84 point, or undefined where the DEM has none; reads four cells. */
export function elevationAt(path: string, dem: DemInfo, at: { lng: number; lat: number }): Promise<PointElevation | undefined> {
  const [column, row] = cellsOf(dem).toCell(at.lng, at.lat)
  if (!(column >= 0 && row >= 0 && column < dem.width && row < dem.height)) return Promise.resolve(undefined)
  return withImage(path, async (image) => {
    const left = clamp(Math.floor(column - 0.5), 0, dem.width - 2)
    const top = clamp(Math.floor(row - 0.5), 0, dem.height - 2)
    const window: Window = [left, top, Math.min(dem.width, left + 2), Math.min(dem.height, top + 2)]
    const values = await readWindow(image, window)
    const wide = window[2] - left
    return interpolate(values, { wide, x: column - 0.5 - left, y: row - 0.5 - top, nodata: dem.nodata })
  })
}

type Window = [number, number, number, number]
const clamp = (n: number, low: number, high: number) => Math.max(low, Math.min(Math.max(low, high), n))

async function readWindow(image: GeoTIFFImage, window: Window): Promise<TypedArray> {
  return image.readRasters({ samples: [0], interleave: true, window })
}

function interpolate(
  values: TypedArray,
  { wide, x, y, nodata }: { wide: number; x: number; y: number; nodata: number | null },
): PointElevation | undefined {
  const [fx, fy] = [clamp01(x), clamp01(y)]
  const [a, b, c, d] = [values[0], values[wide > 1 ? 1 : 0], values[wide], values[wide + 1]].map((v) => v ?? values[0]!)
  if ([a, b, c, d].every((v) => isHeight(v!, nodata))) {
    const metres = a! * (1 - fx) * (1 - fy) + b! * fx * (1 - fy) + c! * (1 - fx) * fy + d! * fx * fy
    return { metres, method: 'bilinear' }
  }
  const nearest = [a, b, c, d][(fx >= 0.5 ? 1 : 0) + (fy >= 0.5 ? 2 : 0)]!
  return isHeight(nearest, nodata) ? { metres: nearest, method: 'nearest' } : undefined
}

const clamp01 = (n: number) => Math.max(0, Math.min(1, n))

/**
 * The lowest and highest cell of a parcel (WGS 84) and where it reaches each of `from`; undefined where no cell has a value, where the
 * parcel leaves the DEM, or where its window holds more than 25 million cells. Reads the window and no more.
 */
export async function elevationIn(
  path: string,
  dem: DemInfo,
  { parcel, from }: { parcel: Polygon | MultiPolygon; from: readonly number[] },
): Promise<AreaElevation | undefined> {
  const { toCell } = cellsOf(dem)
  const polygons = parcel.type === 'Polygon' ? [parcel.coordinates] : parcel.coordinates
  const rings = polygons.flat().map((ring) => ring.map(([lng, lat]) => toCell(lng!, lat!)))
  const window = windowOf(rings, dem)
  if (!window) return undefined
  const values = await withImage(path, (image) => readWindow(image, window))
  return summarise(values, { dem, window, spans: spansOf(rings, window), from })
}

function windowOf(rings: readonly (readonly [number, number][])[], dem: DemInfo): Window | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (const [column, row] of ring) {
      left = Math.min(left, column)
      top = Math.min(top, row)
      right = Math.max(right, column)
      bottom = Math.max(bottom, row)
    }
  }
  // A parcel that ends on the DEM's own edge lies in it, whatever the last digit says: half a cell beyond is still its edge.
  if (!(left > -0.5 && top > -0.5 && right < dem.width + 0.5 && bottom < dem.height + 0.5)) return undefined
  const window: Window = [
    Math.max(0, Math.floor(left)),
    Math.max(0, Math.floor(top)),
    Math.min(dem.width, Math.floor(right) + 1),
    Math.min(dem.height, Math.floor(bottom) + 1),
  ]
  return (window[2] - window[0]) * (window[3] - window[1]) <= DEM_LIMITS.windowCells ? window : undefined
}

type Asked = { dem: DemInfo; window: Window; spans: readonly Span[]; from: readonly number[] }

function summarise(values: TypedArray, { dem, window, spans, from }: Asked): AreaElevation | undefined {
  const [left, top, right, bottom] = window
  const wide = right - left
  const range = { min: Infinity, max: -Infinity, cells: 0 }
  for (const [row, first, last] of spans) {
    for (let column = first; column < last; column++) {
      const value = values[(row - top) * wide + column - left]!
      if (!isHeight(value, dem.nodata)) continue
      range.cells++
      if (value < range.min) range.min = value
      if (value > range.max) range.max = value
    }
  }
  if (range.cells === 0) return undefined
  const thinned = Math.max(1, Math.ceil(Math.max(wide, bottom - top) / RECTANGLES_ACROSS))
  const above = from.map((height) => ({ from: height, area: areaAbove(values, { dem, window, height, step: thinned }) }))
  return { ...range, above, thinned }
}

// As many rectangles as a database unites in well under a second.
const RECTANGLES_ACROSS = 192

// Runs of cells at or above the height, row by row; the same run in the next row makes the rectangle taller.
function areaAbove(
  values: TypedArray,
  { dem, window, height, step }: { dem: DemInfo; window: Window; height: number; step: number },
): MultiPolygon {
  const [left, top, right, bottom] = window
  const wide = right - left
  const rectangles: [number, number, number, number][] = []
  let open = new Map<string, [number, number, number, number]>()
  for (let row = top; row < bottom; row += step) {
    const next: typeof open = new Map()
    const isAbove = (column: number) => {
      const value = values[(row - top) * wide + column - left]!
      return isHeight(value, dem.nodata) && value >= height
    }
    for (const [from, to] of runsOf({ left, right, step }, isAbove)) {
      const key = `${from}/${to}`
      const rectangle = open.get(key) ?? [from, row, to, row]
      rectangle[3] = Math.min(bottom, row + step)
      if (!open.has(key)) rectangles.push(rectangle)
      next.set(key, rectangle)
    }
    open = next
  }
  return toDegrees(rectangles, dem)
}

function* runsOf(
  o: { left: number; right: number; step: number },
  isAbove: (column: number) => boolean,
): Generator<[number, number]> {
  let start: number | undefined
  for (let column = o.left; column < o.right; column += o.step) {
    if (isAbove(column)) start ??= column
    else if (start !== undefined) {
      yield [start, column]
      start = undefined
    }
  }
  if (start !== undefined) yield [start, o.right]
}

function toDegrees(rectangles: readonly [number, number, number, number][], dem: DemInfo): MultiPolygon {
  const { toDegrees: place } = cellsOf(dem)
  const coordinates = rectangles.map(([left, top, right, bottom]) => {
    const first = place(left, top)
    return [[first, place(left, bottom), place(right, bottom), place(right, top), first]]
  })
  return { type: 'MultiPolygon', coordinates }
}
