import type { Geometry } from 'geojson'

/** A feature as a file has it, in the file's own numbers. */
export type RawFeature = { geometry: Geometry | null; properties: Readonly<Record<string, unknown>> }

/** What a format gives: its features as often as they are asked for, what it says of its system, and words about itself. */
export type RawLayer = {
  format: 'geojson' | 'shapefile' | 'geopackage'
  features(): Iterable<RawFeature>
  count: number
  /** The file's own name for its system: a WKT, or a name such as `EPSG:4490`. */
  crs?: { wkt: string } | { name: string } | undefined
  /** The layer that was read, where a file holds several. */
  layer?: string
  warnings: string[]
}
