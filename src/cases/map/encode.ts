import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { boxOf, CELL_BITS, cellAt, EXTENT, positionIn, SPOT_BITS, type Tile, unitOf } from './rules/tile.ts'
import type { Cell, Drawn, Point } from './store.ts'

/** Mapbox Vector Tile 2.1 with the layers `clusters` and `cases`, both points. */
export function encodeTile(tile: Tile, drawn: Drawn): Uint8Array {
  return fromGeojsonVt(
    { clusters: layer(drawn.clusters.map((c) => cluster(tile, c))), cases: layer(drawn.points.map((p) => point(tile, p))) },
    { version: 2, extent: EXTENT },
  )
}

type Feature = { type: 1; geometry: [number, number][]; tags: Record<string, string | number> }

// The encoder asks for the fields of a whole geojson-vt tile; it reads the features only.
const layer = (features: Feature[]) => ({ features }) as unknown as Parameters<typeof fromGeojsonVt>[0][string]

function cluster(tile: Tile, { cell, n, green, yellow, red, closed, sumX, sumY }: Cell): Feature {
  const steps = 2 ** SPOT_BITS * n
  const [west, south, east, north] = boxOf(cellAt(tile.z + CELL_BITS, cell))
  const tags = { n, green, yellow, red, closed, open: n - closed, west, south, east, north }
  return feature(tile, { x: sumX / steps, y: sumY / steps }, tags)
}

function point(tile: Tile, { lng, lat, due, ...tags }: Point): Feature {
  return feature(tile, unitOf({ lng, lat }), { ...tags, ...(due ? { due } : {}) })
}

function feature(tile: Tile, at: { x: number; y: number }, tags: Feature['tags']): Feature {
  const { x, y } = positionIn(tile, at)
  return { type: 1, geometry: [[x, y]], tags }
}
