import type { Map as MapLibre } from 'maplibre-gl'

/** How a group of layers is shown: at all, and how strongly (0 to 1). */
export type Shown = { on: boolean; opacity: number }

/** Switches the layers whose metadata name this group, and scales how opaque they are; full strength is 1 or `qinba:opacity`. */
export function showGroup(map: MapLibre, group: string, { on, opacity }: Shown): void {
  for (const layer of map.getStyle().layers) {
    const metadata = layer.metadata as { 'qinba:group'?: string; 'qinba:opacity'?: number } | undefined
    if (metadata?.['qinba:group'] !== group) continue
    map.setLayoutProperty(layer.id, 'visibility', on ? 'visible' : 'none')
    for (const [property, full] of STRENGTH[layer.type] ?? [])
      map.setPaintProperty(layer.id, property, (metadata['qinba:opacity'] ?? full) * opacity)
  }
}

type Strength = `${'fill' | 'line' | 'circle' | 'circle-stroke' | 'raster' | 'text' | 'icon'}-opacity` | 'hillshade-exaggeration'

// Light and shadow have no opacity: they are made weaker.
const STRENGTH: Record<string, [property: Strength, full: number][]> = {
  fill: [['fill-opacity', 1]],
  line: [['line-opacity', 1]],
  circle: [
    ['circle-opacity', 1],
    ['circle-stroke-opacity', 1],
  ],
  raster: [['raster-opacity', 1]],
  hillshade: [['hillshade-exaggeration', 0.4]],
  symbol: [
    ['text-opacity', 1],
    ['icon-opacity', 1],
  ],
}
