import type { Map as MapLibre } from 'maplibre-gl'
import { useEffect, useMemo } from 'react'
import type { Group } from '../../../src/places/base-map/rules/style-json.ts'
import { type Shown, showGroup } from '../../map/groups.ts'
import { DIRECTORY, useGet } from '../../shell/use-api.ts'
import { addOperatorLayer, colourAt, groupOf, type OperatorLayer } from './operator-layers.ts'
import type { Remembered } from './use-remembered.ts'

type Given = { groups: readonly Group[]; remembered: Remembered; remember(change: Remembered): void }

/** The layers of the map and how each is shown: the style's groups and what the operator loaded. */
export function useLayers(map: MapLibre | undefined, { groups, remembered, remember }: Given) {
  const items = useGet<{ items: OperatorLayer[] }>('/api/layers', DIRECTORY).data?.items
  const layers = useMemo(() => (items ?? []).filter(isDrawn), [items])
  const chosen = remembered.groups ?? NONE
  const shownOf = (id: string, on: boolean): Shown => chosen[id] ?? { on, opacity: 1 }
  useEffect(() => {
    if (!map) return
    for (const group of groups) {
      const shown = chosen[group.id]
      if (shown) showGroup(map, group.id, shown)
    }
    for (const [i, layer] of layers.entries()) {
      const shown = chosen[groupOf(layer)]
      if (shown?.on) addOperatorLayer(map, layer, colourAt(i))
      if (shown) showGroup(map, groupOf(layer), shown)
    }
  }, [map, groups, layers, chosen])
  return { groups, layers, shownOf, show: (id: string, shown: Shown) => remember({ groups: { ...chosen, [id]: shown } }) }
}

// Heights are the hillshade.
const isDrawn = (layer: OperatorLayer) => layer.kind !== 'elevation' && layer.state === 'loaded'

const NONE: Record<string, Shown> = {}
