import { sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Area, ClosureRow } from './rules/area.ts'

/** The closure and the divisions are written once, when a city is set up; a second call writes nothing new. */
export async function saveAreas(db: Db, tenant: number, o: { areas: Area[]; closure: ClosureRow[] }): Promise<void> {
  await sql`insert into places.area (tenant, code, name, level, parent)
    select ${tenant}, a.code, a.name, a.level, a.parent
    from jsonb_to_recordset(${JSON.stringify(o.areas)}::jsonb) as a (code text, name text, level text, parent text)
    on conflict do nothing`.execute(db)
  await sql`insert into places.area_closure (tenant, ancestor, descendant, depth)
    select ${tenant}, c.ancestor, c.descendant, c.depth
    from jsonb_to_recordset(${JSON.stringify(o.closure)}::jsonb) as c (ancestor text, descendant text, depth int)
    on conflict do nothing`.execute(db)
}

/** County boundaries in WGS 84, GeoJSON geometries. */
export async function saveBoundaries(
  db: Db,
  tenant: number,
  o: { boundaries: { code: string; geometry: unknown }[]; source: string },
): Promise<void> {
  for (const { code, geometry } of o.boundaries) {
    await sql`insert into places.boundary (tenant, code, geom, source)
      values (${tenant}, ${code}, st_multi(st_setsrid(st_geomfromgeojson(${JSON.stringify(geometry)}), 4326)), ${o.source})
      on conflict do nothing`.execute(db)
  }
}

/** Whether the city was set up. */
export async function hasAreas(db: Db, tenant: number): Promise<boolean> {
  const { rows } = await sql`select 1 from places.area where tenant = ${tenant} limit 1`.execute(db)
  return rows.length > 0
}

/** Divisions by code; filtered by parent and by level where given. */
export async function listAreas(
  db: Db,
  tenant: number,
  o: { parent?: string | undefined; levels?: string[] | undefined },
): Promise<Area[]> {
  const { rows } = await sql<
    Area & { parent: string | null }
  >`select code, name, level, parent from places.area where tenant = ${tenant}
    and (${o.parent ?? null}::text is null or parent = ${o.parent ?? null})
    and (${o.levels ?? null}::text[] is null or level = any (${o.levels ?? null})) order by code`.execute(db)
  return rows
}

/** Whether a division of this level lies under another, by the closure table: a town may have two parents. */
export async function isBelow(
  db: Db,
  tenant: number,
  o: { ancestor: string; code: string; level: Area['level'] },
): Promise<boolean> {
  const { rows } =
    await sql`select 1 from places.area_closure c join places.area a on a.tenant = c.tenant and a.code = c.descendant
    where c.tenant = ${tenant} and c.ancestor = ${o.ancestor} and c.descendant = ${o.code} and a.level = ${o.level}`.execute(db)
  return rows.length > 0
}

/** The county whose boundary covers the point (WGS 84); on a shared border the lower code. */
export async function findCountyAt(
  db: Db,
  tenant: number,
  point: { lng: number; lat: number },
): Promise<{ code: string; name: string } | undefined> {
  const { rows } = await sql<{ code: string; name: string }>`select a.code, a.name from places.boundary b
    join places.area a on a.tenant = b.tenant and a.code = b.code
    where b.tenant = ${tenant} and st_covers(b.geom, st_setsrid(st_makepoint(${point.lng}, ${point.lat}), 4326))
    order by a.code limit 1`.execute(db)
  return rows[0]
}

/**
 * The county of each point, in the order of the points, in one query; undefined for a point in no county. Undefined as a whole where
 * the city has no boundaries: then nothing can be said of any point.
 */
export async function findCountiesAt(
  db: Db,
  tenant: number,
  points: readonly { lng: number; lat: number }[],
): Promise<(string | undefined)[] | undefined> {
  const { rows } = await sql<{ known: boolean; codes: (string | null)[] | null }>`select
    exists (select 1 from places.boundary where tenant = ${tenant}) as known,
    (select array_agg((select b.code from places.boundary b where b.tenant = ${tenant} and st_covers(b.geom, p.geom) order by b.code limit 1)
        order by p.at)
      from (select at, st_setsrid(st_makepoint((x->>'lng')::float8, (x->>'lat')::float8), 4326) as geom
        from jsonb_array_elements(${JSON.stringify(points)}::jsonb) with ordinality as e (x, at)) p) as codes`.execute(db)
  const { known, codes } = rows[0]!
  return known ? (codes ?? []).map((code) => code ?? undefined) : undefined
}

/** County boundaries simplified for a screen, GeoJSON geometries with five decimals. */
export async function listBoundaries(db: Db, tenant: number): Promise<{ code: string; name: string; geometry: unknown }[]> {
  const { rows } = await sql<{ code: string; name: string; geometry: unknown }>`select a.code, a.name,
    st_asgeojson(st_simplifypreservetopology(b.geom, 0.0005), 5)::jsonb as geometry from places.boundary b
    join places.area a on a.tenant = b.tenant and a.code = b.code where b.tenant = ${tenant} order by a.code`.execute(db)
  return rows
}
