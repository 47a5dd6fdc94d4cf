import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Bounds } from '../terrain/rules/mercator.ts'

/** A feature clipped to a tile, simplified for it, as GeoJSON in WGS 84. */
export type TileFeature = {
  n: number
  name: string
  attributes: Record<string, string | number | boolean>
  geometry: { type: string; coordinates: unknown } | null
  vertices: number
}

/**
 * What of a layer's current version a tile shows, the largest first: clipped to its box, simplified to `pixel` degrees; areas smaller than a
 * pixel are left out.
 */
export async function tileFeatures(
  db: Db,
  o: { layer: string; box: Bounds; pixel: number; limit: number },
): Promise<TileFeature[]> {
  const [west, south, east, north] = o.box
  const { rows } =
    await sql<TileFeature>`select c.n, c.name, c.attributes, c.vertices, st_asgeojson(c.geom, 7)::jsonb as geometry from (
      select f.n, f.name, f.attributes, f.area_m2, s.geom, st_npoints(s.geom) as vertices from places.layer_feature f
      cross join lateral (select st_simplify(st_clipbybox2d(f.geom, st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4326)),
        ${o.pixel}, true) as geom) s
      where f.tenant = base.tenant() and f.layer = ${o.layer} and f.geom && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4326)
        and (st_dimension(f.geom) < 2 or st_xmax(f.geom) - st_xmin(f.geom) >= ${o.pixel} or st_ymax(f.geom) - st_ymin(f.geom) >= ${o.pixel})
      order by f.area_m2 desc, f.n limit ${o.limit}) c
    where c.geom is not null and not st_isempty(c.geom) order by c.area_m2 desc, c.n`.execute(db)
  return rows
}
