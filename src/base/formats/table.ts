/** What stands in a cell of a sheet; an empty string is an empty cell. */
export type Cell = string | number

/** A sheet whose rows come a batch at a time: lines above the header, the header, the rows. */
export interface SheetFeed {
  name: string
  head: readonly string[]
  header: readonly string[]
  rows: AsyncIterable<readonly (readonly Cell[])[]>
}

/**
 * One attribute of a layer: `short` is its name of at most ten letters where a format has no room for more, `width` how many bytes its text
 * takes there.
 */
export interface GeoField {
  name: string
  short: string
  title: string
  kind: 'text' | 'day' | 'integer' | 'yes-no'
  width?: number
}

export type GeoValue = string | number | boolean | null

/** One feature: a point in WGS 84 / CGCS2000 degrees or none, its values in the order of the fields, and the style it is drawn in. */
export interface GeoRow {
  id: string
  name: string
  point: { lng: number; lat: number } | undefined
  style: string
  values: readonly GeoValue[]
}

/** A layer of points whose rows come a batch at a time; `styles` are colours (`rrggbb`) by name, `now` is written into the file. */
export interface GeoFeed {
  name: string
  title: string
  fields: readonly GeoField[]
  styles: Readonly<Record<string, string>>
  now: Date
  rows: AsyncIterable<readonly GeoRow[]>
}

/** A file as it is made, piece by piece; whoever stops taking pieces stops the reading behind it. */
export type Pieces = AsyncGenerator<Buffer | string>
