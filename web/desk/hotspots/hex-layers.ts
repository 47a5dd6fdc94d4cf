import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Hotspots } from './queries.ts'

/** Shades from few to many, told apart by every kind of colour vision; the number stands in the list. */
export const SHADES = ['#d4e6f1', '#9cc7e3', '#5aa2cc', '#2476ab', '#0b4f80'] as const
const EDGE = '#d55e00'
const FONT = ['Noto Sans SC Bold', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'sans-serif']
const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** The least number of cases of each shade: equal steps of the square root, so that few and many are both told apart. */
export function stepsOf(most: number): number[] {
  const steps = SHADES.map((_, at) => Math.max(at + 1, Math.round((Math.sqrt(most) * at) / SHADES.length) ** 2))
  return [...new Set([1, ...steps.slice(1)])].filter((step) => step <= Math.max(1, most))
}

/** Puts hexagons, clusters and their numbers on a fresh map. */
export function addHexLayers(map: MapLibre): void {
  for (const id of ['hexes', 'clusters', 'cluster-names']) map.addSource(id, { type: 'geojson', data: EMPTY })
  map.addLayer({
    ...{ id: 'hexes', type: 'fill', source: 'hexes' },
    paint: { 'fill-color': ['get', 'shade'], 'fill-opacity': 0.62, 'fill-outline-color': '#ffffff' },
  })
  map.addLayer({
    ...{ id: 'clusters', type: 'line', source: 'clusters' },
    paint: { 'line-color': EDGE, 'line-width': ['case', ['get', 'frequent'], 3.5, 1.8], 'line-dasharray': [2, 1] },
  })
  map.addLayer({
    ...{ id: 'cluster-names', type: 'symbol', source: 'cluster-names' },
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 15, 'text-allow-overlap': true },
    paint: { 'text-color': '#7a2e00', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
  })
}

/** Shows the cells, and of the clusters those that hardly came by chance: the list beside has the others. */
export function showHotspots(map: MapLibre, { cells, scan, rule }: Hotspots): void {
  const surely = scan.clusters.filter(({ p }) => p <= rule.maxP)
  const steps = stepsOf(Math.max(1, ...cells.map((cell) => cell.n)))
  const shadeOf = (n: number) =>
    SHADES[
      Math.max(
        0,
        steps.findLastIndex((step) => n >= step),
      )
    ]
  const rings = new Map(cells.map((cell) => [cell.cell, cell.ring]))
  set(
    map,
    'hexes',
    cells.map((cell) =>
      feature({ type: 'Polygon', coordinates: [cell.ring] }, { cell: cell.cell, n: cell.n, shade: shadeOf(cell.n) }),
    ),
  )
  set(
    map,
    'clusters',
    surely.flatMap(({ cells: own, frequent, rank }) =>
      own.flatMap((cell) => {
        const ring = rings.get(cell)
        return ring ? [feature({ type: 'LineString', coordinates: ring }, { frequent, rank })] : []
      }),
    ),
  )
  set(
    map,
    'cluster-names',
    surely.map(({ centre, rank }) => feature({ type: 'Point', coordinates: [centre.lng, centre.lat] }, { name: String(rank) })),
  )
}

function feature(geometry: object, properties: object) {
  return { type: 'Feature', geometry, properties }
}

function set(map: MapLibre, id: string, features: object[]): void {
  map.getSource<GeoJSONSource>(id)?.setData({ type: 'FeatureCollection', features } as Parameters<GeoJSONSource['setData']>[0])
}
