import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { LayerKind } from '../rules/layer-kinds.ts'
import type { FeatureLine } from './read/read-layer.ts'

/** Degrees within which features are expected. */
export type Box = { west: number; south: number; east: number; north: number }

/** What became of one feature in the database. */
export type Written = {
  n: number
  /** Why it was not valid (ST_IsValidReason); null: it was. */
  reason: string | null
  areaBefore: number
  areaAfter: number
  dropped: number
  kept: boolean
  outside: boolean
}

/**
 * Degrees (0.1 mm) that overlays snap to. With a grid GEOS nodes without ever failing; without one it may throw inside, and what GEOS throws the
 * embedded engine never comes back from: no answer, no error. ST_MakeValid has no grid, hence the repair below (decision 0005).
 */
export const GRID = 1e-9

/** Polygons smaller than this (m²) that a repair leaves behind are slivers of it. */
const SLIVER_M2 = 1

/**
 * Writes features, repairing what is not valid: areas stay areas, what the repair leaves of lines and slivers is dropped. The answer has a row
 * for each feature, in the order given.
 */
export async function insertFeatures(db: Db, o: { layer: string; lines: readonly FeatureLine[]; box: Box }): Promise<Written[]> {
  const { layer, lines, box } = o
  const { rows } = await sql<Written>`with raw as materialized (
      select r.*, st_setsrid(st_geomfromgeojson(r.g), 4326) as found from unnest(${lines.map((l) => l.n)}::int[],
        ${lines.map((l) => l.name)}::text[], ${lines.map((l) => JSON.stringify(l.attributes))}::text[],
        ${lines.map((l) => l.from)}::date[], ${lines.map((l) => l.to)}::date[],
        ${lines.map((l) => JSON.stringify(l.geometry))}::text[]) as r (n, name, attributes, valid_from, valid_to, g)),
    judged as materialized (select *, st_isvalid(found) as ok, st_dimension(found) as dim from raw),
    mended as materialized (select *, case when ok then found when dim = 2 then ${repaired(sql`found`)} end as mended from judged),
    sifted as materialized (select *, case when ok or dim < 2 then mended
      else (select st_collect(d.geom) from st_dump(mended) d where st_area(d.geom::geography) >= ${SLIVER_M2}) end as geom from mended),
    saved as (insert into places.layer_feature (tenant, layer, n, name, attributes, valid_from, valid_to, area_m2, geom)
      select base.tenant(), ${layer}::uuid, n, name, attributes::jsonb, valid_from, valid_to,
        case when dim = 2 then st_area(geom::geography) else 0 end, geom
      from sifted where geom is not null and not st_isempty(geom) returning n)
    select n, case when not ok then st_isvalidreason(found) end as reason,
      case when dim = 2 and not ok then st_area(found::geography) else 0 end as "areaBefore",
      case when dim = 2 and not ok then coalesce(st_area(geom::geography), 0) else 0 end as "areaAfter",
      case when ok then 0 else st_numgeometries(mended) - coalesce(st_numgeometries(geom), 0) end as dropped,
      geom is not null and not st_isempty(geom) as kept,
      not (found && st_makeenvelope(${box.west}, ${box.south}, ${box.east}, ${box.north}, 4326)) as outside
    from sifted order by n`.execute(db)
  if (rows.length !== lines.length) throw new Error(`of ${lines.length} features the database answered for ${rows.length}`)
  return rows
}

// Each ring becomes the areas that it encloses, even-odd, its lines cut where they cross; a shell loses what its holes enclose; the shells are
// united. So a bow tie keeps both wings, and where parts overlap the ground stays filled.
function repaired(geom: ReturnType<typeof sql>) {
  const areas = (ring: ReturnType<typeof sql>) => sql`st_buildarea(st_unaryunion(st_exteriorring(${ring}), ${GRID}))`
  return sql`(select st_unaryunion(st_collect(case when p.holes is null then p.shell else st_difference(p.shell, p.holes, ${GRID}) end), ${GRID})
    from (select ${areas(sql`d.geom`)} as shell, (select st_unaryunion(st_collect(${areas(sql`r.geom`)}), ${GRID})
      from st_dumprings(d.geom) r where r.path[1] > 0) as holes from st_dump(${geom}) d) p)`
}

// Degrees. An edge is straight on the map; the geodesic that distances are measured to bulges from one of 37 km by 15 m, from one of 1 km by 1 cm.
const LONGEST_EDGE = 0.01

/** Cuts the features `from` to `to` of a layer into parts of at most 128 vertices, so that an index finds what a point lies in. */
export async function divideFeatures(db: Db, o: { layer: string; kind: LayerKind; from: number; to: number }): Promise<void> {
  await sql`insert into places.layer_part (tenant, layer, n, part, kind, geom)
    select f.tenant, f.layer, f.n, row_number() over (partition by f.n), ${o.kind}, s.geom
    from places.layer_feature f cross join lateral st_subdivide(st_segmentize(f.geom, ${LONGEST_EDGE}), 128, ${GRID}) as s (geom)
    where f.tenant = base.tenant() and f.layer = ${o.layer} and f.n between ${o.from} and ${o.to}`.execute(db)
}
