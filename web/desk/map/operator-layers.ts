import type { Map as MapLibre } from 'maplibre-gl'
import { LAYER_KIND_LABELS, type LayerKind } from '../../../src/places/rules/layer-kinds.ts'
import type { Language } from '../../shell/language.tsx'

/** A layer that the operator loaded, as `/api/layers` lists it. */
export type OperatorLayer = { id: string; name: string; kind: string; state: string; features: number }

// Muted colours that are no signal; a layer keeps its own by its place in the list.
const COLOURS = ['#6a8f3c', '#8a5fa8', '#b0703a', '#3f7fa6', '#a0527a', '#4b8c7d', '#7a6f45', '#5660a8']

/** The group of the style that a layer's parts belong to. */
export const groupOf = (layer: OperatorLayer) => `layer:${layer.id}`

/** The colour of a layer in the list, the same on the map. */
export const colourAt = (index: number) => COLOURS[index % COLOURS.length]!

/** The name of a layer's kind; a kind that is not in the list names itself. */
export function kindName(kind: string, language: Language): string {
  return LAYER_KIND_LABELS[kind as LayerKind]?.[language] ?? kind
}

/** Puts a layer on the map, below borders and names. Its tiles are asked for only from then on. */
export function addOperatorLayer(map: MapLibre, layer: OperatorLayer, colour: string): void {
  const id = groupOf(layer)
  if (map.getSource(id)) return
  const tiles = [`${location.origin}/tiles/layers/${encodeURIComponent(layer.id)}/{z}/{x}/{y}.mvt`]
  map.addSource(id, { type: 'vector', tiles, maxzoom: 14, attribution: layer.name })
  const part = { source: id, 'source-layer': 'layer', metadata: { 'qinba:group': id } }
  const below = map.getLayer('river') ? 'river' : 'area-ground'
  const is = (shape: string) => ['==', ['geometry-type'], shape] as ['==', unknown, string]
  const ground = { 'fill-color': colour, 'fill-opacity': 0.25 }
  const faint = { metadata: { 'qinba:group': id, 'qinba:opacity': 0.25 } }
  map.addLayer({ ...part, ...faint, id: `${id}:ground`, type: 'fill', filter: is('Polygon') as never, paint: ground }, below)
  map.addLayer({ ...part, id: `${id}:edge`, type: 'line', paint: { 'line-color': colour, 'line-width': 1.6 } }, below)
  const dot = { 'circle-radius': 4, 'circle-color': colour, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1.2 }
  map.addLayer({ ...part, id: `${id}:point`, type: 'circle', filter: is('Point') as never, paint: dot }, below)
}
