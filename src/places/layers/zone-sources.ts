import type { MultiPolygon } from 'geojson'
import type { LayerKind } from '../rules/layer-kinds.ts'
import type { LayerRef } from '../rules/qinling-zones.ts'
import type { Criterion, ZoneLaw } from '../rules/zone-criteria.ts'
import type { ZoneSources } from './store-lookup.ts'

/** What the regulation of a day asks geometry for: kinds by zone, buffers round ridges, heights, the range line where there is one. */
export function zoneSourcesOf(
  law: ZoneLaw,
  o: { layers: readonly LayerRef[]; above: readonly { from: number; area: MultiPolygon }[] },
): ZoneSources {
  const has = (kind: LayerKind) => o.layers.some((layer) => layer.kind === kind)
  const inside = (zone: 'core' | 'key') => law.criteria.filter((c) => c.zone === zone).flatMap(areaKinds)
  return {
    core: inside('core'),
    key: inside('key'),
    together: law.criteria.flatMap((c) => (c.test === 'inside-all' && c.kinds.every(has) ? [c.kinds] : [])),
    ridges: law.criteria.flatMap((c) =>
      c.test === 'distance' ? c.kinds.map((kind) => ({ kind, within: c.within, zone: c.zone })) : [],
    ),
    elevation: law.criteria.flatMap((c) => {
      const found = c.test === 'elevation' ? o.above.find((each) => each.from === c.from) : undefined
      return found ? [{ zone: c.zone, area: found.area }] : []
    }),
    line: law.scope.inside.some(has) ? law.scope.inside : null,
    urban: law.scope.except,
  }
}

/** The heights that the regulation asks about. */
export function heightsOf(law: ZoneLaw | undefined): number[] {
  return (law?.criteria ?? []).flatMap((c) => (c.test === 'elevation' ? [c.from] : []))
}

/** The kinds that the regulation measures distances to. */
export function ridgeKindsOf(law: ZoneLaw | undefined): LayerKind[] {
  return (law?.criteria ?? []).flatMap((c) => (c.test === 'distance' ? [...c.kinds] : []))
}

function areaKinds(criterion: Criterion): readonly LayerKind[] {
  return criterion.test === 'inside' || criterion.test === 'elevation' ? criterion.kinds : []
}
