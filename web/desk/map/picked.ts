import type { GeoJSONSource, MapGeoJSONFeature, Map as MapLibre } from 'maplibre-gl'
import type { Colour, State } from '../../../src/cases/rules/codes.ts'
import { type Box, boxAround, type Position } from '../../../src/places/base-map/rules/box.ts'
import { DEEPEST } from '../../map/map-canvas.tsx'

/** A case as a tile gives it. */
export type Spot = { id: string; no: string; title: string; state: State; colour: Colour; due?: string; region: string }

/** What somebody pointed at: a place, the cases drawn there, or the box of a group that cannot be parted any further. */
export type Picked = { at: Position; spots: Spot[]; group?: { box: Box; n: number } }

/** A finger or an unsteady hand: pixels round the point that count as on it. */
const REACH = 8
/** Narrower than this (about ten metres) counts as one spot. */
const ONE_SPOT = 1e-4

/** What lies under a point of the screen. A group that can be parted is zoomed into instead, and nothing is picked. */
export async function pickAt(map: MapLibre, { x, y }: { x: number; y: number }, tries = 3): Promise<Picked | undefined> {
  const { lng, lat } = map.unproject([x, y])
  const at: Position = [lng, lat]
  const found = featuresNear(map, { x, y })
  const group = found.find((feature) => feature.layer.id !== 'cases')
  if (!group) return { at, spots: found.map(spotOf) }
  const opened = group.layer.id === 'stacks' ? await openStack(map, group) : clusterOf(group)
  if (!opened) {
    await map.once('idle')
    return tries > 1 ? pickAt(map, { x, y }, tries - 1) : undefined
  }
  const { box, n, spots } = opened
  const deep = map.getZoom() > DEEPEST - 0.5 || Math.max(box[2] - box[0], box[3] - box[1]) < ONE_SPOT
  if (deep) return spots ? { at, spots } : { at, spots: [], group: { box, n } }
  map.fitBounds(box, { padding: 60, maxZoom: DEEPEST })
  return undefined
}

/** What is drawn of the cases round a point of the screen, groups first. */
export function featuresNear(map: MapLibre, { x, y }: { x: number; y: number }): MapGeoJSONFeature[] {
  if (!map.getLayer('cases')) return []
  const corners: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ]
  const found = map.queryRenderedFeatures(corners, { layers: ['clusters', 'stacks', 'cases'] })
  // What lies on the edge of two tiles is found in both.
  return [...new Map(found.map((feature) => [keyOf(feature), feature])).values()]
}

type Group = { box: Box; n: number; spots?: Spot[] }

// The server's cluster: its cases are asked for only when it cannot be parted.
function clusterOf({ properties }: MapGeoJSONFeature): Group {
  const { west, south, east, north, n } = properties as Record<string, number>
  return { box: [west!, south!, east!, north!], n: n! }
}

// Undefined: the stacks were gathered anew since this one was drawn, and its number means nothing any more.
async function openStack(map: MapLibre, { properties }: MapGeoJSONFeature): Promise<Group | undefined> {
  const { cluster_id, point_count } = properties as { cluster_id: number; point_count: number }
  const source = map.getSource<GeoJSONSource>('spots')!
  const leaves = await source.getClusterLeaves(cluster_id, point_count, 0).catch(() => undefined)
  if (!leaves) return undefined
  const points = leaves.map((leaf) => (leaf.geometry as { coordinates: number[] }).coordinates as Position)
  return { box: boxAround(points)!, n: point_count, spots: leaves.map(spotOf) }
}

const spotOf = ({ properties }: { properties: unknown }) => properties as Spot

function keyOf({ layer, properties: { id, cluster_id, west, north } }: MapGeoJSONFeature): string {
  return [layer.id, id, cluster_id, west, north].join()
}
