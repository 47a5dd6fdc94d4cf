/** A tile of the web mercator pyramid; `z` 0 is the whole world. */
export interface Tile {
  z: number
  x: number
  y: number
}

/** Bits of one coordinate of a spot (db/migrations/0006): a step is 0.6 m on the equator. */
export const SPOT_BITS = 26
/** Positions inside a tile run from 0 to here. */
export const EXTENT = 4096
/** Cells along the edge of a tile, as a power of two: points of one cell are drawn as one cluster. */
export const CELL_BITS = 3
/** The levels that are counted beforehand; a tile is put together of the coarsest that is fine enough. Level 0 counts every case, placed or not. */
export const COUNTED_LEVELS = [0, 9, 12, 15] as const

/** The spots of a tile or cell at level `z`: from and to, both inside. */
export function rangeOf({ z, x, y }: Tile): { from: number; to: number } {
  const size = 4 ** (SPOT_BITS - z)
  const from = interleave(x, y) * size
  return { from, to: from + size - 1 }
}

/** The counted level that serves a tile, or undefined where the tile is too deep for it. */
export function countedLevel(z: number): number | undefined {
  return COUNTED_LEVELS.find((level) => level >= z + CELL_BITS)
}

/** The cell with this number at a level: the number is the spot of its corner without the bits below the level. */
export function cellAt(level: number, cell: number): Tile {
  return { z: level, ...separate(cell) }
}

/** West, south, east, north in WGS 84 degrees. */
export function boxOf({ z, x, y }: Tile): [number, number, number, number] {
  const n = 2 ** z
  return [lngOf(x / n), latOf((y + 1) / n), lngOf((x + 1) / n), latOf(y / n)]
}

/** Where in a tile a point of the unit square of web mercator lies, in units of EXTENT. */
export function positionIn(tile: Tile, at: { x: number; y: number }): { x: number; y: number } {
  const n = 2 ** tile.z
  const inside = (unit: number, corner: number) => Math.round((unit * n - corner) * EXTENT)
  return { x: inside(at.x, tile.x), y: inside(at.y, tile.y) }
}

/** WGS 84 degrees to the unit square of web mercator. */
export function unitOf({ lng, lat }: { lng: number; lat: number }): { x: number; y: number } {
  const clamped = Math.min(85.05, Math.max(-85.05, lat))
  return { x: (lng + 180) / 360, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + (clamped * Math.PI) / 360)) / (2 * Math.PI) }
}

const MOST_RANGES = 12

/** A few ranges of spots that together cover a box of degrees: what an index can look up, wider than the box by less than one cell. */
export function rangesOver([west, south, east, north]: [number, number, number, number]): { from: number; to: number }[] {
  const low = unitOf({ lng: west, lat: north })
  const high = unitOf({ lng: east, lat: south })
  let cells: Tile[] = [{ z: 0, x: 0, y: 0 }]
  for (let z = 1; z <= SPOT_BITS; z++) {
    const n = 2 ** z
    const deeper = cells
      .flatMap(children)
      .filter((c) => c.x + 1 > low.x * n && c.x <= high.x * n && c.y + 1 > low.y * n && c.y <= high.y * n)
    if (deeper.length > MOST_RANGES) break
    cells = deeper
  }
  return cells.map(rangeOf)
}

const children = ({ z, x, y }: Tile): Tile[] =>
  [0, 1].flatMap((dy) => [0, 1].map((dx) => ({ z: z + 1, x: 2 * x + dx, y: 2 * y + dy })))

const lngOf = (unit: number) => unit * 360 - 180
const latOf = (unit: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * unit))) * 180) / Math.PI

const HALF = SPOT_BITS / 2
const LOW = 2 ** HALF - 1

// Bitwise operators hold 32 bits: each half of 13 bits is interleaved by itself. x takes the even bits.
function interleave(x: number, y: number): number {
  const half = (a: number, b: number) => spread(a) + spread(b) * 2
  return half(Math.floor(x / (LOW + 1)), Math.floor(y / (LOW + 1))) * 4 ** HALF + half(x & LOW, y & LOW)
}

function separate(cell: number): { x: number; y: number } {
  const high = Math.floor(cell / 4 ** HALF)
  const low = cell % 4 ** HALF
  const joined = (shift: number) => gather(high >> shift) * (LOW + 1) + gather(low >> shift)
  return { x: joined(0), y: joined(1) }
}

function spread(n: number): number {
  let v = n
  v = (v | (v << 8)) & 0x00ff00ff
  v = (v | (v << 4)) & 0x0f0f0f0f
  v = (v | (v << 2)) & 0x33333333
  return (v | (v << 1)) & 0x55555555
}

function gather(n: number): number {
  let v = n & 0x55555555
  v = (v | (v >> 1)) & 0x33333333
  v = (v | (v >> 2)) & 0x0f0f0f0f
  v = (v | (v >> 4)) & 0x00ff00ff
  return (v | (v >> 8)) & 0x0000ffff
}
