import type { ExpressionSpecification, GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibre } from 'maplibre-gl'
import { COLOURS, isEnded, STATES } from '../../../src/cases/rules/codes.ts'
import { DEEPEST } from '../../map/map-canvas.tsx'

const EMPTY = { type: 'FeatureCollection' as const, features: [] }
/** Pixels within which marks hide one another. */
const NEAR = 26

/** Single cases, gathered into stacks where they lie too close to be told apart. A stack carries what the server's clusters carry. */
export function spotSource(): GeoJSONSourceSpecification {
  const sum = (test: ExpressionSpecification) => ['+', ['case', test, 1, 0]]
  const ended: ExpressionSpecification = ['in', ['get', 'state'], ['literal', STATES.filter(isEnded)]]
  return {
    ...{ type: 'geojson', data: EMPTY, cluster: true, clusterRadius: NEAR, clusterMaxZoom: DEEPEST + 1, maxzoom: DEEPEST + 2 },
    clusterProperties: {
      ...Object.fromEntries(COLOURS.map((colour) => [colour, sum(['==', ['get', 'colour'], colour])])),
      closed: sum(ended),
      open: sum(['!', ended]),
    },
  }
}

/** Keeps the single cases of all tiles in view together, so that those which lie on one another are drawn as one stack. */
export function gatherSpots(map: MapLibre): () => void {
  let last = ''
  let due = 0
  const gather = () => {
    due = 0
    const found = map.querySourceFeatures('cases', { sourceLayer: 'cases' })
    const spots = [...new Map(found.map((feature) => [feature.properties['id'], feature])).values()]
    const now = spots.map(({ properties: { id, state, colour } }) => `${id}${state}${colour}`).join()
    if (now === last) return
    last = now
    // A tile's properties have no prototype, and the worker does not take such objects.
    const features = spots.map(({ geometry, properties }) => ({
      type: 'Feature' as const,
      geometry,
      properties: { ...properties },
    }))
    map.getSource<GeoJSONSource>('spots')?.setData({ type: 'FeatureCollection', features })
  }
  const schedule = () => {
    due ||= requestAnimationFrame(gather)
  }
  const onData = (e: { sourceId: string }) => e.sourceId === 'cases' && schedule()
  map.on('sourcedata', onData)
  map.on('moveend', schedule)
  return () => {
    cancelAnimationFrame(due)
    map.off('sourcedata', onData)
    map.off('moveend', schedule)
  }
}
