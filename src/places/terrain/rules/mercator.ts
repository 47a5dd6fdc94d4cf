/** West, south, east, north in WGS 84 degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

/** A tile of the web's square grid. */
export type TileName = { readonly z: number; readonly x: number; readonly y: number }

/** Whether the three numbers name a tile at all. */
export function isTile({ z, x, y }: TileName): boolean {
  const across = 2 ** z
  return [z, x, y].every(Number.isInteger) && z >= 0 && z <= 22 && x >= 0 && x < across && y >= 0 && y < across
}

/** The degrees that a tile covers; `margin` widens it by a part of its width on each side. */
export function boundsOfTile({ z, x, y }: TileName, margin = 0): Bounds {
  const across = 2 ** z
  const lng = (column: number) => (column / across) * 360 - 180
  return [lng(x - margin), latOf((y + 1 + margin) / across), lng(x + 1 + margin), latOf((y - margin) / across)]
}

/** The latitude at a height of the square map, 0 its top and 1 its bottom. */
export function latOf(height: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * height))) * 180) / Math.PI
}

/** Where a longitude stands on the square map, 0 its left and 1 its right. */
export function across(lng: number): number {
  return (lng + 180) / 360
}

/** Where a latitude stands on the square map, 0 its top and 1 its bottom. */
export function down(lat: number): number {
  return (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2
}

/** Whether two boxes share anything. */
export function meet(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
