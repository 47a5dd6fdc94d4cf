import type { Box, Position } from './box.ts'
import type { Imagery } from './imagery.ts'
import type { Group, MapStyle } from './style-json.ts'
import { groundLayers, hillshadeLayer, nameLayers, rasterLayer } from './style-layers.ts'
import { TIANDITU_LAYERS, tiandituTiles } from './tianditu.ts'

/** River lines; those that have a name have it in both languages. */
export interface Rivers {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    properties: Record<string, string | number>
    geometry: { type: 'LineString'; coordinates: number[][] }
  }[]
}

/** Where heights are served (Terrarium), as far as a style needs to know. */
export interface Terrain {
  tiles: string[]
  minzoom: number
  maxzoom: number
  bounds: number[]
}

/** What the map of a city is made of. */
export interface Ground {
  language: 'zh' | 'en'
  cityName: string
  counties: { code: string; name: string; box: Box; middle: Position }[]
  rivers: Rivers
  settlements: object
  imagery: Imagery[]
  /** TileJSON of the heights that the operator loaded, if there are any. */
  terrain: Terrain | undefined
  tiandituKey: string | undefined
}

/**
 * The map of a city as a MapLibre style. No glyphs and no sprite: MapLibre draws every letter with the fonts of the machine. Nothing in
 * it asks another host unless there is a key of 天地图, and those layers start switched off.
 */
export function makeStyle(ground: Ground): MapStyle {
  const heights = heightSources(ground)
  const pictures = ground.imagery.filter((each) => !each.heights)
  const tianditu = ground.tiandituKey !== undefined
  return {
    version: 8,
    name: ground.cityName,
    metadata: {
      'qinba:bounds': hull(ground.counties.map((county) => county.box)),
      'qinba:counties': ground.counties.map(({ code, name, box }) => ({ code, name, box })),
      'qinba:groups': groupsOf(pictures, { heights: heights.length > 0, tianditu }),
    },
    sources: {
      ...ownSources(ground),
      ...Object.fromEntries([...heights, ...imagerySources(pictures), ...tiandituSources(ground)]),
    },
    layers: [
      ...groundLayers(),
      ...(tianditu ? ['vec', 'img'].map((layer) => rasterLayer(`tianditu-${layer}`, `tianditu-${layer}`)) : []),
      ...pictures.map((each) => rasterLayer(`imagery:${each.name}`, `imagery:${each.name}`)),
      ...heights.map(([source]) => hillshadeLayer(source)),
      ...nameLayers(ground.language),
      ...(tianditu ? TIANDITU_NAMES.map(([layer, group]) => rasterLayer(`tianditu-${layer}`, `tianditu-${group}`)) : []),
    ],
  }
}

// The names of 天地图 are pictures too and belong to the map below them.
const TIANDITU_NAMES = [
  ['cva', 'vec'],
  ['cia', 'img'],
] as const

// Who made the data, as their licences ask; and that these borders have no map approval number (审图号).
const CREDITS = {
  zh: { counties: '县界示意，未附审图号', rivers: '水系 GSHHG', settlements: '地名 GeoNames CC BY 4.0' },
  en: { counties: 'borders unofficial', rivers: 'rivers GSHHG', settlements: 'towns GeoNames CC BY 4.0' },
}

function ownSources({ counties, rivers, settlements, language }: Ground): Record<string, object> {
  const middles = counties.map(({ code, name, middle }) => ({
    type: 'Feature',
    properties: { code, name },
    geometry: { type: 'Point', coordinates: middle },
  }))
  return {
    counties: { type: 'geojson', data: '/api/places/boundaries', tolerance: 0.2, attribution: CREDITS[language].counties },
    'county-names': { type: 'geojson', data: { type: 'FeatureCollection', features: middles } },
    rivers: { type: 'geojson', data: rivers, attribution: CREDITS[language].rivers },
    'river-names': { type: 'geojson', data: namePoints(rivers) },
    settlements: { type: 'geojson', data: settlements, attribution: CREDITS[language].settlements },
  }
}

const EVERY = 90

// Along a line that is right to a kilometre a name would be broken at every bend: it is written beside points of it, some 55 km apart.
function namePoints(rivers: Rivers): object {
  const named = rivers.features.filter(({ properties }) => properties['zh'] !== undefined)
  const features = named.flatMap(({ properties, geometry: { coordinates } }) =>
    coordinates
      .filter((_, i) => i % EVERY === EVERY / 2)
      .map((at) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } })),
  )
  return { type: 'FeatureCollection', features }
}

function heightSources({ terrain, imagery }: Ground): [string, object][] {
  const own = imagery.filter((each) => each.heights).map(imagerySource)
  if (!terrain) return own
  const { tiles, minzoom, maxzoom, bounds } = terrain
  return [['terrain', { type: 'raster-dem', tiles, minzoom, maxzoom, bounds, tileSize: 256, encoding: 'terrarium' }], ...own]
}

const imagerySources = (pictures: readonly Imagery[]) => pictures.map(imagerySource)

// Its zooms and its box stand in the file; the viewer's own protocol reads them.
function imagerySource({ name, heights }: Imagery): [string, object] {
  const url = `pmtiles:///tiles/base/${encodeURIComponent(name)}.pmtiles`
  return [
    `imagery:${name}`,
    heights ? { type: 'raster-dem', url, tileSize: 256, encoding: 'terrarium' } : { type: 'raster', url, tileSize: 256 },
  ]
}

function tiandituSources({ tiandituKey }: Ground): [string, object][] {
  if (tiandituKey === undefined) return []
  return TIANDITU_LAYERS.map((layer) => [
    `tianditu-${layer}`,
    { type: 'raster', tiles: tiandituTiles(layer, tiandituKey), tileSize: 256, maxzoom: 18, attribution: '天地图' },
  ])
}

function groupsOf(pictures: readonly Imagery[], o: { heights: boolean; tianditu: boolean }): Group[] {
  return [
    ...['county', 'rivers', 'places'].map((id) => ({ id, on: true })),
    ...(o.heights ? [{ id: 'hillshade', on: true }] : []),
    ...pictures.map(({ name }) => ({ id: `imagery:${name}`, on: false, name })),
    ...(o.tianditu ? ['tianditu-vec', 'tianditu-img'].map((id) => ({ id, on: false, foreign: true })) : []),
  ]
}

function hull(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ]
}
