import type { GeoTIFF, GeoTIFFImage, TypedArray } from 'geotiff'
import sharp from 'sharp'
import { cellsOf, DEM_LIMITS, type DemInfo, isHeight, withImage } from './dem.ts'
import { boundsOfTile, latOf, type TileName } from './rules/mercator.ts'

const SIZE = 256

/**
 * A tile of 256 by 256 heights as PNG in terrarium's code (metres = red · 256 + green + blue / 256 − 32768), for hillshade; what the
 * DEM has no value for is smooth from its edge on, and a tile outside is level at 0 m. Throws where more than 25 million cells had to be read.
 */
export function terrainTile(path: string, dem: DemInfo, tile: TileName): Promise<Buffer> {
  return withImage(path, async (_image, tiff) => {
    const places = cellPlaces(dem, tile)
    const level = await levelFor(tiff, dem, places)
    const window = windowOf(places, level)
    if (!window) return encode(new Float64Array(SIZE * SIZE).fill(Number.NaN))
    if ((window[2] - window[0]) * (window[3] - window[1]) > DEM_LIMITS.windowCells) throw new Error('the view is too far')
    const values = await level.image.readRasters({ samples: [0], interleave: true, window })
    return encode(heightsAt(values, { places, level, window, nodata: dem.nodata }))
  })
}

type Level = { image: GeoTIFFImage; scaleX: number; scaleY: number; width: number; height: number }
type Window = [number, number, number, number]

// Columns and rows of the DEM for the middle of each pixel. Each 16th is computed, what lies between is a straight line: half a metre off.
function cellPlaces(dem: DemInfo, tile: TileName): Float64Array {
  const { toCell } = cellsOf(dem)
  const places = new Float64Array(SIZE * SIZE * 2)
  const knot = (i: number, j: number) => {
    const lng = boundsOfTile(tile)[0] + ((i * STEP) / SIZE) * (360 / 2 ** tile.z)
    return toCell(lng, latOf((tile.y + (j * STEP) / SIZE) / 2 ** tile.z))
  }
  const knots = Array.from({ length: KNOTS }, (_, j) => Array.from({ length: KNOTS }, (_k, i) => knot(i, j)))
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const [u, v] = [(x + 0.5) / STEP, (y + 0.5) / STEP]
      const [i, j] = [Math.floor(u), Math.floor(v)]
      const at = 2 * (y * SIZE + x)
      for (const axis of [0, 1] as const) {
        const upper = lerp(knots[j]![i]![axis], knots[j]![i + 1]![axis], u - i)
        places[at + axis] = lerp(upper, lerp(knots[j + 1]![i]![axis], knots[j + 1]![i + 1]![axis], u - i), v - j)
      }
    }
  }
  return places
}

const STEP = 16
const KNOTS = SIZE / STEP + 1
const lerp = (a: number, b: number, t: number) => a + (b - a) * t

// A far view reads an overview of the file where it has one: the coarsest that still has a cell for each pixel.
async function levelFor(tiff: GeoTIFF, dem: DemInfo, places: Float64Array): Promise<Level> {
  const cellsPerPixel = Math.abs(places[2]! - places[0]!)
  let best: Level = { image: await tiff.getImage(0), scaleX: 1, scaleY: 1, width: dem.width, height: dem.height }
  const count = await tiff.getImageCount()
  for (let i = 1; i < count; i++) {
    const image = await tiff.getImage(i)
    const [width, height] = [image.getWidth(), image.getHeight()]
    const isOverview = Math.abs(width / height - dem.width / dem.height) < 0.05 && width < best.width
    if (isOverview && dem.width / width <= cellsPerPixel)
      best = { image, scaleX: width / dem.width, scaleY: height / dem.height, width, height }
  }
  return best
}

function windowOf(places: Float64Array, level: Level): Window | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < places.length; at += 2) {
    const column = places[at]! * level.scaleX
    const row = places[at + 1]! * level.scaleY
    left = Math.min(left, column)
    right = Math.max(right, column)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row)
  }
  const window: Window = [
    Math.max(0, Math.floor(left) - 1),
    Math.max(0, Math.floor(top) - 1),
    Math.min(level.width, Math.ceil(right) + 2),
    Math.min(level.height, Math.ceil(bottom) + 2),
  ]
  return window[2] > window[0] && window[3] > window[1] ? window : undefined
}

type Source = { places: Float64Array; level: Level; window: Window; nodata: number | null }

function heightsAt(values: TypedArray, { places, level, window, nodata }: Source): Float64Array {
  const [left, top, right, bottom] = window
  const wide = right - left
  const heights = new Float64Array(SIZE * SIZE)
  const valueAt = (column: number, row: number) => {
    const inside = column >= left && row >= top && column < right && row < bottom
    const value = inside ? values[(row - top) * wide + column - left]! : Number.NaN
    return isHeight(value, nodata) ? value : Number.NaN
  }
  for (let i = 0; i < heights.length; i++) {
    const x = places[2 * i]! * level.scaleX - 0.5
    const y = places[2 * i + 1]! * level.scaleY - 0.5
    const [column, row] = [Math.floor(x), Math.floor(y)]
    const upper = lerp(valueAt(column, row), valueAt(column + 1, row), x - column)
    const between = lerp(upper, lerp(valueAt(column, row + 1), valueAt(column + 1, row + 1), x - column), y - row)
    heights[i] = Number.isNaN(between) ? valueAt(Math.round(x), Math.round(y)) : between
  }
  return heights
}

// The code has no word for "unknown": what has no value gets the mean of what is known around it, wider and wider (push and pull), so
// that no wall stands at the DEM's edge and no false relief beyond it; a tile without any value is level at 0 m.
function fill(heights: Float64Array, size: number): Float64Array {
  if (!heights.some(Number.isNaN)) return heights
  if (size === 1) return heights.fill(0)
  const half = fill(halved(heights, size), size / 2)
  for (let i = 0; i < heights.length; i++)
    if (Number.isNaN(heights[i]))
      heights[i] = between(half, size / 2, { x: ((i % size) - 0.5) / 2, y: (Math.floor(i / size) - 0.5) / 2 })
  return heights
}

// Of each four cells the mean of those that are known.
function halved(heights: Float64Array, size: number): Float64Array {
  return new Float64Array((size / 2) ** 2).map((_, i) => {
    const at = 2 * Math.floor(i / (size / 2)) * size + 2 * (i % (size / 2))
    const known = [at, at + 1, at + size, at + size + 1].map((cell) => heights[cell]!).filter((height) => !Number.isNaN(height))
    return known.reduce((sum, height) => sum + height, 0) / known.length
  })
}

function between(heights: Float64Array, size: number, { x, y }: { x: number; y: number }): number {
  const inside = (cell: number) => Math.max(0, Math.min(size - 1, cell))
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const row = (cell: number) => {
    const from = inside(cell) * size
    return lerp(heights[from + inside(left)]!, heights[from + inside(left + 1)]!, x - left)
  }
  return lerp(row(top), row(top + 1), y - top)
}

function encode(heights: Float64Array): Promise<Buffer> {
  const pixels = Buffer.alloc(heights.length * 3)
  for (const [i, height] of fill(heights, SIZE).entries()) {
    const code = Math.round((height + 32768) * 256)
    pixels.writeUIntBE(Math.max(0, Math.min(0xffffff, code)), i * 3, 3)
  }
  return sharp(pixels, { raw: { width: SIZE, height: SIZE, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
}
