import type {
  ExpressionSpecification,
  GeoJSONSource,
  Map as MapLibre,
  SymbolLayerSpecification,
  VectorTileSource,
} from 'maplibre-gl'
import { COLOURS, STATES } from '../../../src/cases/rules/codes.ts'
import type { Position } from '../../../src/places/base-map/rules/box.ts'
import { imageNamed, PIXEL_RATIO } from '../../map/images.ts'
import { DEEPEST } from '../../map/map-canvas.tsx'
import { spotSource } from './spots.ts'
import { LIGHTS, PHASES, type Phase, phaseOf, SHARES, type Sign } from './symbols.ts'
import type { ColourBy } from './use-map-filters.ts'

const FONT = ['Noto Sans SC Bold', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'sans-serif']
// The server counts clusters as `n`; stacks of single cases that lie too close to tell apart are counted here.
const COUNT: ExpressionSpecification = ['coalesce', ['get', 'n'], ['get', 'point_count']]
const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** Puts the cases, the drawn area, the marked case and the looked-up place on a fresh map, above all that it has. */
export function addCaseLayers(map: MapLibre, o: { query: string; by: ColourBy }): void {
  map.setMissingStyleImageResolver((name) => {
    const image = imageNamed(name)
    if (image && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: PIXEL_RATIO })
  })
  map.addSource('cases', { type: 'vector', tiles: [tilesOf(o.query)], maxzoom: DEEPEST })
  map.addSource('spots', spotSource())
  for (const id of ['area', 'marked', 'here']) map.addSource(id, { type: 'geojson', data: EMPTY })
  map.addLayer({ id: 'area-ground', type: 'fill', source: 'area', paint: { 'fill-color': '#12576b', 'fill-opacity': 0.07 } })
  map.addLayer({
    ...{ id: 'area-edge', type: 'line', source: 'area' },
    paint: { 'line-color': '#12576b', 'line-width': 2, 'line-dasharray': [3, 1.5] },
  })
  addPoints(map)
  colourBy(map, o.by)
}

function addPoints(map: MapLibre): void {
  const ring = (colour: string, radius: number) => ({
    'circle-radius': radius,
    'circle-color': 'rgba(255, 255, 255, 0.35)',
    'circle-stroke-color': colour,
    'circle-stroke-width': 3,
  })
  map.addLayer({ id: 'marked', type: 'circle', source: 'marked', paint: ring('#0c3f4f', 17) })
  map.addLayer({ id: 'here', type: 'circle', source: 'here', paint: ring('#1b2730', 12) })
  // Never left out, and names of the map below give way to them.
  const always = { 'icon-allow-overlap': true } as const
  const tile = { source: 'cases' }
  // Draws nothing: it keeps the single cases of the tiles at hand, which are gathered into `spots`.
  map.addLayer({
    ...tile,
    id: 'cases-of-tiles',
    type: 'circle',
    'source-layer': 'cases',
    paint: { 'circle-radius': 1, 'circle-opacity': 0 },
  })
  map.addLayer({
    ...{ id: 'cases', type: 'symbol', source: 'spots', filter: ['!', ['has', 'point_count']] },
    // What is urgent lies on top of what is not.
    layout: { ...always, 'symbol-sort-key': ['match', ['get', 'colour'], 'red', 3, 'yellow', 2, 1] },
  })
  const many = {
    ...always,
    ...{
      'icon-size': ['step', COUNT, 0.66, 10, 0.74, 100, 0.86, 1000, 1],
      'text-size': ['step', COUNT, 12, 100, 13, 1000, 13.5],
    },
    ...{ 'text-field': ['to-string', COUNT], 'text-font': FONT, 'text-allow-overlap': true },
  } as SymbolLayerSpecification['layout']
  const paint = { 'text-color': '#1b2730' }
  map.addLayer({ ...tile, id: 'clusters', type: 'symbol', 'source-layer': 'clusters', layout: many!, paint })
  map.addLayer({ id: 'stacks', type: 'symbol', source: 'spots', filter: ['has', 'point_count'], layout: many!, paint })
}

/** Asks for the tiles anew: with other filters, or because what they show may have changed. */
export function loadCases(map: MapLibre, query: string): void {
  map.getSource<VectorTileSource>('cases')?.setTiles([tilesOf(query)])
}

const tilesOf = (query: string) => `${location.origin}/tiles/cases/{z}/{x}/{y}.mvt${query && `?${query}`}`

/** Draws points and clusters by light or by stage. */
export function colourBy(map: MapLibre, by: ColourBy): void {
  const cases = by === 'colour' ? lightImages() : phaseImages()
  map.setLayoutProperty('cases', 'icon-image', cases)
  for (const layer of ['clusters', 'stacks']) map.setLayoutProperty(layer, 'icon-image', pieImages(by))
}

const imageOf = ({ shape, colour }: Sign) => `mark|${shape}|${colour}`

function lightImages(): ExpressionSpecification {
  const branches = COLOURS.flatMap((colour) => [colour, imageOf(LIGHTS[colour])])
  return ['match', ['get', 'colour'], ...branches, imageOf(LIGHTS.green)] as unknown as ExpressionSpecification
}

function phaseImages(): ExpressionSpecification {
  const branches = (Object.keys(PHASES) as Phase[]).flatMap((phase) => [
    STATES.filter((state) => phaseOf(state) === phase),
    imageOf(PHASES[phase]),
  ])
  return ['match', ['get', 'state'], ...branches, imageOf(PHASES.new)] as unknown as ExpressionSpecification
}

// Shares in twenty-fourths, rounded up so that a single red case still shows: few pictures serve every cluster.
function pieImages(by: ColourBy): ExpressionSpecification {
  const parts = SHARES[by].flatMap(({ property, colour }) => [
    `|${colour}:`,
    ['to-string', ['ceil', ['/', ['*', 24, ['get', property]], COUNT]]],
  ])
  return ['concat', 'pie', ...parts] as unknown as ExpressionSpecification
}

/** Shows the drawn area, or none. */
export function showArea(map: MapLibre, ring: Position[] | undefined): void {
  const polygon = ring && { type: 'Polygon' as const, coordinates: [[...ring, ring[0]!]] }
  map.getSource<GeoJSONSource>('area')?.setData(polygon ? { type: 'Feature', properties: {}, geometry: polygon } : EMPTY)
}

/** Puts the ring of the marked case or the dot of the looked-up place somewhere, or nowhere. */
export function showPoint(map: MapLibre, id: 'marked' | 'here', at: Position | undefined): void {
  const point = at && { type: 'Point' as const, coordinates: at }
  map.getSource<GeoJSONSource>(id)?.setData(point ? { type: 'Feature', properties: {}, geometry: point } : EMPTY)
}
