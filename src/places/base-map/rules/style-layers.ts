import type { StyleLayer } from './style-json.ts'

// Calm colours: what is drawn here lies below signals and must not be taken for one.
const LAND = '#e6ebe8'
const CITY = '#fafbf8'
const BORDER = '#7d8b94'
const BORDER_SOFT = '#e3e6e0'
const WATER = '#7fb1cc'
const WATER_NAME = '#2f6b8a'
const INK = '#3a4851'
const INK_SOFT = '#5f6e77'
const HALO = '#ffffff'

// Families of the machine that looks at the map, in the order in which they are tried.
const FONT = ['Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif']
const FONT_BOLD = ['Noto Sans SC Bold', ...FONT]

const of = (group: string) => ({ 'qinba:group': group })

/** The land, the counties' ground, their borders and the rivers: what everything else lies on. */
export function groundLayers(): StyleLayer[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': LAND } },
    { id: 'county-ground', type: 'fill', source: 'counties', metadata: of('county'), paint: { 'fill-color': CITY } },
  ]
}

/** A picture of the ground; off until somebody switches it on. */
export function rasterLayer(source: string, group: string): StyleLayer {
  return {
    ...{ id: source, type: 'raster', source, metadata: of(group), layout: { visibility: 'none' } },
    paint: { 'raster-fade-duration': 0 },
  }
}

/** Light and shadow from heights. */
export function hillshadeLayer(source: string): StyleLayer {
  return {
    ...{ id: `hillshade:${source}`, type: 'hillshade', source, metadata: of('hillshade') },
    paint: {
      'hillshade-exaggeration': 0.4,
      'hillshade-shadow-color': '#5b6a63',
      'hillshade-highlight-color': '#ffffff',
      'hillshade-accent-color': '#8fa197',
    },
  }
}

/** Borders, rivers and every name, above any picture of the ground. */
export function nameLayers(language: 'zh' | 'en'): StyleLayer[] {
  return [...riverLayers(language), ...borderLayers(), ...settlementLayers(language), ...countyNames()] // the last is placed first
}

function riverLayers(language: 'zh' | 'en'): StyleLayer[] {
  return [
    {
      ...{ id: 'river', type: 'line', source: 'rivers', metadata: of('rivers') },
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': WATER, 'line-width': ['match', ['get', 'level'], 2, 2.2, 3, 1.4, 1] },
    },
    {
      ...{ id: 'river-name', type: 'symbol', source: 'river-names', metadata: of('rivers') },
      layout: {
        ...{ 'text-field': ['get', language], 'text-font': FONT, 'text-size': 12.5, 'text-padding': 4 },
        ...{ 'text-letter-spacing': language === 'zh' ? 0.3 : 0.1 },
        ...{ 'text-variable-anchor': ['bottom', 'top', 'left', 'right'], 'text-radial-offset': 0.5, 'text-justify': 'auto' },
      },
      paint: { 'text-color': WATER_NAME, 'text-halo-color': HALO, 'text-halo-width': 1.4 },
    },
  ]
}

// A wide pale line under the thin one: a border that is right to sixty metres is not drawn as if it were sharp.
function borderLayers(): StyleLayer[] {
  const line = (id: string, paint: Record<string, unknown>): StyleLayer => ({
    ...{ id, type: 'line', source: 'counties', metadata: of('county'), layout: { 'line-join': 'round' }, paint },
  })
  return [
    line('county-seam', { 'line-color': BORDER_SOFT, 'line-width': 5 }),
    line('county-border', { 'line-color': BORDER, 'line-width': 1.1, 'line-dasharray': [5, 2.5] }),
  ]
}

// Where a name may stand, in ems from its point: it gives way to what lies there by as little as it can.
function around(ems: number): (string | [number, number])[] {
  const slant = ems * Math.SQRT1_2
  const places: [anchor: string, offset: [number, number]][] = [
    ['bottom', [0, -ems]],
    ['top', [0, ems]],
    ['left', [ems, 0]],
    ['right', [-ems, 0]],
    ['bottom-left', [slant, -slant]],
    ['bottom-right', [-slant, -slant]],
    ['top-left', [slant, slant]],
    ['top-right', [-slant, slant]],
  ]
  return places.flat()
}

function countyNames(): StyleLayer[] {
  return [
    {
      ...{ id: 'county-name', type: 'symbol', source: 'county-names', metadata: of('county'), maxzoom: 12 },
      layout: {
        ...{ 'text-field': ['get', 'name'], 'text-font': FONT_BOLD, 'text-letter-spacing': 0.2, 'text-padding': 3 },
        'text-variable-anchor-offset': ['center', [0, 0], ...around(1.2), ...around(2.4)],
        'text-size': ['interpolate', ['linear'], ['zoom'], 7, 12, 11, 18],
      },
      paint: { 'text-color': INK_SOFT, 'text-halo-color': HALO, 'text-halo-width': 1.6 },
    },
  ]
}

function settlementLayers(language: 'zh' | 'en'): StyleLayer[] {
  const source = { source: 'settlements', metadata: of('places') }
  return [
    {
      ...{ id: 'settlement', type: 'circle', ...source },
      paint: { 'circle-radius': 2.6, 'circle-color': HALO, 'circle-stroke-color': INK, 'circle-stroke-width': 1.4 },
    },
    {
      ...{ id: 'settlement-name', type: 'symbol', ...source },
      layout: {
        ...{ 'text-field': ['get', language], 'text-font': FONT, 'text-size': 12, 'text-padding': 2 },
        ...{ 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.6, 'text-justify': 'auto' },
      },
      paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.4 },
    },
  ]
}
