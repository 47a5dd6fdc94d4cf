import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Asked, Columns, Geometry } from '../../base/ogc/collection.ts'
import type { Box } from '../../base/ogc/rules/crs.ts'
import { conditionOf } from '../../base/ogc/store-filter.ts'
import type { Area } from '../rules/area.ts'
import { AREA_QUERYABLES, LAYER_QUERYABLES } from './queryables.ts'

export type AreaRow = Area & { geometry: Geometry | null }
export interface LayerRow {
  n: number
  name: string
  validFrom: string | null
  validTo: string | null
  areaM2: number
  attributes: Record<string, unknown>
  geometry: Geometry
}

/** The box round the city's counties, or undefined where none has a boundary. */
export async function findCityBox(db: Db, tenant: number): Promise<Box | undefined> {
  const { rows } = await sql<{
    box: Box | null
  }>`select case when count(*) > 0 then array[st_xmin(st_extent(geom)), st_ymin(st_extent(geom)),
    st_xmax(st_extent(geom)), st_ymax(st_extent(geom))] end as box from places.boundary where tenant = ${tenant}`.execute(db)
  return rows[0]?.box ?? undefined
}

const AREAS: Columns = {
  kinds: AREA_QUERYABLES,
  of: { geometry: sql`b.geom`, code: sql`a.code`, name: sql`a.name`, level: sql`a.level`, parent: sql`a.parent` },
  inShape: (shape) => sql`st_intersects(b.geom, ${shape})`,
}
const AREA_FROM = sql`places.area a left join places.boundary b on b.tenant = a.tenant and b.code = a.code`

/** A page of divisions by code, with their boundaries where they are known, and how many there are in all. */
export async function pageOfAreas(db: Db, tenant: number, o: Asked): Promise<{ rows: AreaRow[]; matched: number }> {
  const which = where(sql`a.tenant = ${tenant}`, o, { columns: AREAS, geom: sql`b.geom` })
  const { rows } =
    await sql<AreaRow>`select a.code, a.name, a.level, a.parent, st_asgeojson(b.geom, 6)::jsonb as geometry from ${AREA_FROM}
    where ${which} and a.code > ${o.after ?? ''} order by a.code limit ${o.limit + 1}`.execute(db)
  const counted = await sql<{ n: number }>`select count(*)::int as n from ${AREA_FROM} where ${which}`.execute(db)
  return { rows, matched: counted.rows[0]!.n }
}

export async function findArea(db: Db, tenant: number, code: string): Promise<AreaRow | undefined> {
  const { rows } =
    await sql<AreaRow>`select a.code, a.name, a.level, a.parent, st_asgeojson(b.geom, 6)::jsonb as geometry from ${AREA_FROM}
    where a.tenant = ${tenant} and a.code = ${code}`.execute(db)
  return rows[0]
}

const LAYER: Columns = {
  kinds: LAYER_QUERYABLES,
  of: {
    geometry: sql`f.geom`,
    name: sql`f.name`,
    validFrom: sql`f.valid_from`,
    validTo: sql`f.valid_to`,
    areaM2: sql`f.area_m2`,
  },
  inShape: (shape) => sql`st_intersects(f.geom, ${shape})`,
}
const LAYER_ROW = sql`f.n, f.name, f.valid_from::text as "validFrom", f.valid_to::text as "validTo", f.area_m2 as "areaM2", f.attributes,
  st_asgeojson(f.geom, 7)::jsonb as geometry`

/** A page of the features of one version of a layer, in the order of its file. */
export async function pageOfLayer(db: Db, layer: string, o: Asked & { from: number }): Promise<LayerRow[]> {
  const which = where(sql`f.tenant = base.tenant() and f.layer = ${layer}`, o, { columns: LAYER, geom: sql`f.geom` })
  const { rows } = await sql<LayerRow>`select ${LAYER_ROW} from places.layer_feature f where ${which} and f.n > ${o.from}
    order by f.n limit ${o.limit + 1}`.execute(db)
  return rows
}

export async function findLayerFeature(db: Db, layer: string, n: number): Promise<LayerRow | undefined> {
  const { rows } = await sql<LayerRow>`select ${LAYER_ROW} from places.layer_feature f
    where f.tenant = base.tenant() and f.layer = ${layer} and f.n = ${n}`.execute(db)
  return rows[0]
}

function where(
  own: RawBuilder<unknown>,
  { boxes, filter }: Asked,
  { columns, geom }: { columns: Columns; geom: RawBuilder<unknown> },
): RawBuilder<unknown> {
  const inBoxes = boxes?.map(
    (box) => sql`st_intersects(${geom}, st_makeenvelope(${sql.join(box.map((n) => sql`${n}::float8`))}, 4326))`,
  )
  const parts = [
    own,
    ...(inBoxes ? [sql`(${sql.join(inBoxes, sql` or `)})`] : []),
    ...(filter ? [conditionOf(filter, columns)] : []),
  ]
  return sql.join(parts, sql` and `)
}
