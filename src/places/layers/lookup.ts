import type { MultiPolygon, Polygon } from 'geojson'
import type { Ctx } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import type { Day } from '../../base/rules/day.ts'
import { type Point, toWgs84 } from '../rules/crs.ts'
import type { LayerKind } from '../rules/layer-kinds.ts'
import { provinceOf } from '../rules/province.ts'
import { type LayerRef, qinlingZone, type ZoneAnswer, type ZoneFacts } from '../rules/qinling-zones.ts'
import { type ZoneLaw, zoneLawAt } from '../rules/zone-criteria.ts'
import { type AreaElevation, elevationAt, elevationIn } from '../terrain/elevation.ts'
import { demFile } from './files.ts'
import { layerProblem } from './problems.ts'
import { cleanGeometry } from './read/clean.ts'
import { currentElevations, currentLayers } from './store.ts'
import { type Asked, type Hit, hitsAt, hitsIn, measure, nearest, zoneAreas } from './store-lookup.ts'
import { heightsOf, ridgeKindsOf, zoneSourcesOf } from './zone-sources.ts'

/** A height with what it was read of. */
export type FoundElevation = {
  min: number
  max: number
  method: 'bilinear' | 'nearest' | 'cells'
  cells?: number
  layer: string
  name: string
  cellM: number
}

/** What the loaded layers say of a place on a day. */
export type Lookup = {
  day: Day
  areaM2: number | null
  zone: ZoneAnswer
  elevation: FoundElevation | null
  /** Metres to the nearest ridge of each loaded kind; null: none within about 20 km. */
  distances: { kind: LayerKind; metres: number | null }[]
  hits: Hit[]
  layers: AskedLayer[]
}

type AskedLayer = LayerRef & { source: string; date: string | null }

/** The most vertices that a parcel may be drawn with. */
export const MAX_VERTICES = 20_000

/** Which features of which layers a WGS 84 point lies in, how high it is, how far from the ridges, and its Qinling zone on a day. */
export async function lookupPoint(ctx: Ctx, point: Point, day: Day): Promise<Lookup> {
  const asked: Asked = { type: 'Point', coordinates: [point.lng, point.lat] }
  return ctx.tx(async (db) => {
    const base = await ask(ctx, db, { asked, day })
    const hits = await hitsAt(db, asked, day)
    const elevation = await pointElevation(ctx, db, point)
    const together = base.law ? togetherAt(base.law, hits) : []
    return answer(base, { hits, elevation, together, areas: undefined, areaM2: null, day })
  })
}

/** The same of a parcel (WGS 84 polygons), with the area it shares with each feature and the share of each zone. */
export async function lookupParcel(ctx: Ctx, parcel: Polygon | MultiPolygon, day: Day): Promise<Lookup> {
  return ctx.tx(async (db) => {
    const { m2 } = await checkParcel(ctx, db, parcel)
    const base = await ask(ctx, db, { asked: parcel, day })
    const hits = await hitsIn(db, parcel, day)
    const { elevation, above } = await parcelElevation(ctx, db, { parcel, from: heightsOf(base.law) })
    const geometry = base.law && (await zoneAreas(db, parcel, zoneSourcesOf(base.law, { layers: base.layers, above })))
    return answer(base, { hits, elevation, together: geometry?.together ?? [], areas: geometry, areaM2: m2, day })
  })
}

/** A parcel as it was sent, turned to WGS 84; throws 422 for what is no polygon, has too many vertices or numbers that are none. */
export function parcelOf(geometry: unknown, crs: 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09'): Polygon | MultiPolygon {
  const { geometry: clean, vertices, faults } = cleanGeometry(geometry as Polygon)
  if (vertices > MAX_VERTICES) throw layerProblem('layer-too-many-vertices', { found: vertices, limit: MAX_VERTICES })
  if (!clean || (clean.type !== 'Polygon' && clean.type !== 'MultiPolygon') || faults.length > 0)
    throw layerProblem('bad-shape', { found: faults.join(', ') || String(clean?.type ?? '—'), expected: 'Polygon, MultiPolygon' })
  const turn = (ring: number[][]) =>
    ring.map(([x, y]) => {
      const { lng, lat } = toWgs84({ lng: x!, lat: y! }, crs)
      if (Math.abs(lng) > 180 || Math.abs(lat) > 90)
        throw layerProblem('bad-shape', { found: `${x}, ${y}`, expected: 'x −180 … 180, y −90 … 90' })
      return [lng, lat]
    })
  return clean.type === 'Polygon'
    ? { type: 'Polygon', coordinates: clean.coordinates.map(turn) }
    : { type: 'MultiPolygon', coordinates: clean.coordinates.map((polygon) => polygon.map(turn)) }
}

async function checkParcel(ctx: Ctx, db: Db, parcel: Asked): Promise<{ m2: number }> {
  const { m2, fault } = await measure(db, parcel)
  if (fault !== null) throw layerProblem('bad-shape', { found: fault, expected: 'valid rings' })
  const limit = provinceOf(ctx.law.rules).areaKm2
  if (m2 > limit * 1e6) throw layerProblem('bad-shape', { found: `${Math.round(m2 / 1e6)} km²`, expected: `≤ ${limit} km²` })
  return { m2 }
}

type Base = { law: ZoneLaw | undefined; layers: AskedLayer[]; distances: Lookup['distances'] }

async function ask(ctx: Ctx, db: Db, { asked, day }: { asked: Asked; day: Day }): Promise<Base> {
  const law = zoneLawAt(ctx.law.rules, day)
  const layers = await currentLayers(db)
  const kinds = ridgeKindsOf(law).filter((kind) => layers.some((layer) => layer.kind === kind))
  const found = kinds.length > 0 ? await nearest(db, asked, kinds) : []
  return {
    law,
    layers,
    distances: kinds.map((kind) => ({ kind, metres: found.find((each) => each.kind === kind)?.metres ?? null })),
  }
}

type Found = {
  hits: Hit[]
  elevation: FoundElevation | undefined
  together: readonly string[]
  areas: ZoneFacts['areas']
  areaM2: number | null
  day: Day
}

function answer({ law, layers, distances }: Base, { hits, elevation, together, areas, areaM2, day }: Found): Lookup {
  const zone = qinlingZone(law, {
    layers,
    inside: hits.map((hit) => ({ layer: hit.layer, feature: hit.name || `#${hit.n}` })),
    together,
    elevation: elevation && { min: elevation.min, max: elevation.max, layer: elevation.layer },
    distances: Object.fromEntries(distances.map(({ kind, metres }) => [kind, metres ?? Infinity])),
    areas,
  })
  return { day, areaM2, zone, elevation: elevation ?? null, distances, hits, layers }
}

// A point lies in an overlap when it lies in each of the kinds.
function togetherAt(law: ZoneLaw, hits: readonly Hit[]): string[] {
  return law.criteria.flatMap((c) =>
    c.test === 'inside-all' && c.kinds.every((kind) => hits.some((hit) => hit.kind === kind)) ? [c.kinds.join('+')] : [],
  )
}

async function pointElevation(ctx: Ctx, db: Db, point: Point): Promise<FoundElevation | undefined> {
  for (const { id, name, sha, dem } of await currentElevations(db)) {
    const found = await elevationAt(await demFile(ctx, sha), dem, point)
    if (found) return { min: found.metres, max: found.metres, method: found.method, layer: id, name, cellM: dem.cellM }
  }
  return undefined
}

async function parcelElevation(
  ctx: Ctx,
  db: Db,
  o: { parcel: Polygon | MultiPolygon; from: readonly number[] },
): Promise<{ elevation: FoundElevation | undefined; above: AreaElevation['above'] }> {
  for (const { id, name, sha, dem } of await currentElevations(db)) {
    const found = await elevationIn(await demFile(ctx, sha), dem, o)
    if (!found) continue
    const { min, max, cells, above } = found
    return { elevation: { min, max, method: 'cells', cells, layer: id, name, cellM: dem.cellM }, above }
  }
  return { elevation: undefined, above: [] }
}
