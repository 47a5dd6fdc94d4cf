import type { LayerKind } from '../rules/layer-kinds.ts'
import type { Lookup } from './lookup.ts'
import type { Hit } from './store-lookup.ts'

/** The check of a place in few words; null: no layer of the kind is loaded, so nothing is said. */
export type PlaceCheck = {
  zone: Lookup['zone']['zone']
  withinRedline: boolean | null
  withinReserve: boolean | null
  waterSourceZone: 'first' | 'second' | 'quasi' | 'none' | null
  elevationMin: number | null
  elevationMax: number | null
  distToMainRidge: number | null
  distToBranchRidge: number | null
  controlUnits: string[] | null
  basicFarmland: boolean | null
  permits: string[] | null
}

/** A look-up as it leaves: the check, the zone with its reasons, each hit with the layer it is of. */
export function wireOf(found: Lookup) {
  const layers = new Map(found.layers.map((layer) => [layer.id, layer]))
  return {
    day: found.day,
    areaM2: found.areaM2,
    check: checkOf(found),
    zone: { ...found.zone, why: [...found.zone.why] },
    elevation: found.elevation,
    distances: found.distances,
    hits: found.hits.map(({ layer, ...hit }) => {
      const { id, name, version, source, date } = layers.get(layer)!
      return { ...hit, layer: { id, name, version, source, date }, ...sharesOf(hit, found.areaM2) }
    }),
    layersAsked: found.layers.map(({ id, name, kind, version }) => ({ id, name, kind, version })),
  }
}

function sharesOf({ overlapM2, areaM2 }: Omit<Hit, 'layer'>, parcelM2: number | null) {
  const share = (whole: number | null) => (overlapM2 === null || !whole ? null : Math.min(1, overlapM2 / whole))
  return { shareOfParcel: share(parcelM2), shareOfFeature: share(areaM2) }
}

function checkOf(found: Lookup): PlaceCheck {
  const { zone, elevation, hits } = found
  const metres = (kind: LayerKind) => found.distances.find((each) => each.kind === kind)?.metres ?? null
  const reserves: LayerKind[] = ['national_park', 'national_park_general', 'nature_reserve_core', 'nature_reserve_general']
  return {
    zone: zone.zone,
    withinRedline: isIn(found, ['ecological_redline']),
    withinReserve: isIn(found, reserves),
    waterSourceZone: waterZone(found),
    elevationMin: elevation?.min ?? null,
    elevationMax: elevation?.max ?? null,
    distToMainRidge: metres('main_ridge'),
    distToBranchRidge: metres('branch_ridge'),
    controlUnits: has(found, ['control_unit']) ? namesOf(hits, 'control_unit') : null,
    basicFarmland: isIn(found, ['basic_farmland']),
    permits: has(found, ['permit']) ? namesOf(hits, 'permit') : null,
  }
}

const has = (found: Lookup, kinds: LayerKind[]) => found.layers.some((layer) => kinds.includes(layer.kind))
const namesOf = (hits: readonly Hit[], kind: LayerKind) => hits.filter((hit) => hit.kind === kind).map((hit) => hit.name)

// A hit is a yes whatever else is missing; a no needs every kind of the question to have been asked.
function isIn(found: Lookup, kinds: LayerKind[]): boolean | null {
  if (found.hits.some((hit) => kinds.includes(hit.kind))) return true
  return kinds.every((kind) => has(found, [kind])) ? false : null
}

function waterZone(found: Lookup): PlaceCheck['waterSourceZone'] {
  const zones = [
    ['water_source_1', 'first'],
    ['water_source_2', 'second'],
    ['water_source_quasi', 'quasi'],
  ] as const
  const hit = zones.find(([kind]) => found.hits.some((each) => each.kind === kind))
  if (hit) return hit[1]
  return zones.every(([kind]) => has(found, [kind])) ? 'none' : null
}
