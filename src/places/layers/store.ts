import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { LayerKind } from '../rules/layer-kinds.ts'
import type { LayerRef } from '../rules/qinling-zones.ts'
import type { DemInfo } from '../terrain/dem.ts'
import type { Elevation, Layer, LayerOrder, LayerReport } from './layer.ts'
import type { ReadSummary } from './read/read-layer.ts'

const COLUMNS = sql`id, name, version, kind, state, current, file_name as "fileName", source, dated::text as date, format, crs, features,
  vertices, repaired, left_out as "leftOut", bbox, progress, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt",
  to_char(loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "loadedAt",
  to_char(removed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "removedAt"`

/** A version that waits to be read, with the next number of its name; those of one name are numbered one after the other. */
export async function insertLayer(
  db: Db,
  o: LayerOrder & { id: string; sha: string | null; now: Date; by: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('places.layer ' || ${o.name}), base.tenant())`.execute(db)
  await sql`insert into places.layer (tenant, id, name, version, kind, state, file_name, file_sha, crs_said, layer_said, source, dated,
      created_at, created_by)
    select base.tenant(), ${o.id}, ${o.name}, coalesce(max(version), 0) + 1, ${o.kind}, 'waiting', ${o.fileName}, ${o.sha},
      ${o.crs ?? null}, ${o.layer ?? null}, ${o.source ?? ''}, ${o.date ?? null}::date, ${o.now}, ${o.by}
    from places.layer where tenant = base.tenant() and name = ${o.name}`.execute(db)
}

/** The order of a version that still waits, with the hash of its file; undefined when it was read or removed meanwhile. */
export async function findWaiting(db: Db, id: string): Promise<(LayerOrder & { sha: string | null }) | undefined> {
  const { rows } = await sql<LayerOrder & { sha: string | null }>`select name, kind, crs_said as crs, layer_said as layer, source,
      dated::text as date, file_name as "fileName", file_sha as sha from places.layer
    where tenant = base.tenant() and id = ${id} and state = 'waiting' and removed_at is null`.execute(db)
  return rows[0]
}

/** Ids of the versions that wait, oldest first. */
export async function listWaiting(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from places.layer
    where tenant = base.tenant() and state = 'waiting' and removed_at is null order by created_at`.execute(db)
  return rows.map((row) => row.id)
}

export async function setProgress(db: Db, id: string, progress: Layer['progress']): Promise<void> {
  await sql`update places.layer set progress = ${JSON.stringify(progress)}::jsonb
    where tenant = base.tenant() and id = ${id} and state = 'waiting'`.execute(db)
}

export async function markRefused(db: Db, id: string, report: LayerReport): Promise<void> {
  await sql`update places.layer set state = 'refused', progress = null, report = ${JSON.stringify(report)}::jsonb
    where tenant = base.tenant() and id = ${id} and state = 'waiting'`.execute(db)
}

/** What a finished load puts into its row. */
export type Loaded = {
  format: string
  crs: ReadSummary['crs'] | null
  vertices: number
  repaired: number
  leftOut: number
  raster: DemInfo | null
  sha: string | null
  report: LayerReport
  now: Date
}

/** Makes a version the current one of its name: what was current before keeps its features and loses its parts. */
export async function makeCurrent(db: Db, id: string, o: Loaded): Promise<void> {
  await retire(db, sql`name = (select name from places.layer where tenant = base.tenant() and id = ${id})`)
  await sql`update places.layer l set state = 'loaded', current = true, progress = null, loaded_at = ${o.now}, format = ${o.format},
      crs = ${JSON.stringify(o.crs)}::jsonb, vertices = ${o.vertices}, repaired = ${o.repaired}, left_out = ${o.leftOut},
      raster = ${o.raster && JSON.stringify(o.raster)}::jsonb, file_sha = coalesce(${o.sha}, file_sha),
      report = ${JSON.stringify(o.report)}::jsonb, features = f.n,
      bbox = coalesce(${o.raster ? [...o.raster.bbox] : null}::float8[], f.bbox)
    from (select count(*)::int as n, case when count(*) > 0 then array[st_xmin(st_extent(geom)), st_ymin(st_extent(geom)),
        st_xmax(st_extent(geom)), st_ymax(st_extent(geom))] end as bbox
      from places.layer_feature where tenant = base.tenant() and layer = ${id}) f
    where l.tenant = base.tenant() and l.id = ${id}`.execute(db)
}

type Condition = ReturnType<typeof sql>

async function retire(db: Db, which: Condition): Promise<void> {
  await sql`delete from places.layer_part where tenant = base.tenant()
    and layer in (select id from places.layer where tenant = base.tenant() and current and ${which})`.execute(db)
  await sql`update places.layer set current = false where tenant = base.tenant() and current and ${which}`.execute(db)
}

/** Takes a version out of use; its features stay as history. False where it is not there or was removed before. */
export async function removeLayer(db: Db, id: string, o: { now: Date; by: string }): Promise<boolean> {
  await retire(db, sql`id = ${id}`)
  const { numAffectedRows } = await sql`update places.layer set removed_at = ${o.now}, removed_by = ${o.by}, progress = null
    where tenant = base.tenant() and id = ${id} and removed_at is null`.execute(db)
  return numAffectedRows === 1n
}

/** Versions by name, newest first; without `history` only what is current, waits or was refused and not removed. */
export async function listLayers(db: Db, o: { history: boolean }): Promise<Layer[]> {
  const { rows } = await sql<Layer>`select ${COLUMNS} from places.layer where tenant = base.tenant()
    and (${o.history} or (removed_at is null and (current or state <> 'loaded'))) order by name, version desc limit 2000`.execute(
    db,
  )
  return rows
}

export async function findLayer(db: Db, id: string): Promise<(Layer & { report: LayerReport }) | undefined> {
  const { rows } = await sql<Layer & { report: LayerReport }>`select ${COLUMNS}, report from places.layer
    where tenant = base.tenant() and id = ${id}`.execute(db)
  return rows[0]
}

/** The layers that look-ups ask, of the kinds given or of all. */
export async function currentLayers(db: Db): Promise<(LayerRef & { source: string; date: string | null })[]> {
  const { rows } = await sql<LayerRef & { source: string; date: string | null }>`select id, name, kind, version, source,
    dated::text as date from places.layer where tenant = base.tenant() and current order by kind, name`.execute(db)
  return rows
}

/** The DEMs in use, the finest first. */
export async function currentElevations(db: Db): Promise<Elevation[]> {
  const kind: LayerKind = 'elevation'
  const { rows } = await sql<Elevation>`select id, name, version, file_sha as sha, raster as dem from places.layer
    where tenant = base.tenant() and current and kind = ${kind} order by (raster->>'cellM')::float8, name`.execute(db)
  return rows
}
