import type { MultiPolygon, Polygon } from 'geojson'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Day } from '../../base/rules/day.ts'
import type { LayerKind } from '../rules/layer-kinds.ts'
import type { ZoneAreas } from '../rules/qinling-zones.ts'
import { GRID } from './store-features.ts'

/** A feature that a place lies in or meets. `overlapM2` is what a parcel shares with it; null for a point, a line or a parcel's touch. */
export type Hit = {
  layer: string
  kind: LayerKind
  n: number
  name: string
  attributes: Record<string, string | number | boolean>
  areaM2: number
  overlapM2: number | null
  validFrom: string | null
  validTo: string | null
}

/** A place that is asked about: a point or a parcel in WGS 84. */
export type Asked = { type: 'Point'; coordinates: [number, number] } | Polygon | MultiPolygon

const MOST_HITS = 500

// A permit counts on its days only, and one that names no day never does.
const HOLDS = (day: Day) => sql`(p.kind <> 'permit' or ((f.valid_from is not null or f.valid_to is not null)
  and (f.valid_from is null or f.valid_from <= ${day}::date) and (f.valid_to is null or ${day}::date <= f.valid_to)))`

const FIELDS = sql`f.layer, p.kind, f.n, f.name, f.attributes, f.area_m2 as "areaM2", f.valid_from::text as "validFrom", f.valid_to::text as "validTo"`

const geomOf = (asked: Asked) => sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(asked)}), 4326)`

/** The features that cover a point, borders included. */
export async function hitsAt(db: Db, asked: Asked, day: Day): Promise<Hit[]> {
  const { rows } = await sql<Hit>`with q as (select ${geomOf(asked)} as g),
      p as (select distinct p.layer, p.n, p.kind from places.layer_part p, q
        where p.tenant = base.tenant() and st_covers(p.geom, q.g) and st_dimension(p.geom) = 2)
    select ${FIELDS}, null::float8 as "overlapM2" from p
    join places.layer_feature f on f.tenant = base.tenant() and f.layer = p.layer and f.n = p.n
    where ${HOLDS(day)} order by p.kind, f.name, f.n limit ${MOST_HITS}`.execute(db)
  return rows
}

/** The features that a parcel shares area with, and the lines and points that it holds; both are cut into parts first. */
export async function hitsIn(db: Db, asked: Asked, day: Day): Promise<Hit[]> {
  const { rows } = await sql<Hit>`with q as materialized (select st_subdivide(${geomOf(asked)}, 128, ${GRID}) as g),
      p as materialized (select p.layer, p.n, p.kind, min(st_dimension(p.geom)) as dim,
          sum(case when st_dimension(p.geom) = 2 then st_area(st_intersection(p.geom, q.g, ${GRID})::geography) end) as m2
        from places.layer_part p join q on st_intersects(p.geom, q.g) where p.tenant = base.tenant() group by p.layer, p.n, p.kind)
    select ${FIELDS}, p.m2 as "overlapM2" from p
    join places.layer_feature f on f.tenant = base.tenant() and f.layer = p.layer and f.n = p.n
    where (p.dim < 2 or p.m2 > 0.01) and ${HOLDS(day)} order by p.kind, p.m2 desc nulls last, f.n limit ${MOST_HITS}`.execute(db)
  return rows
}

/** What a parcel's geometry comes to: its area in m², and why it is not valid; null: it is. */
export async function measure(db: Db, asked: Asked): Promise<{ m2: number; fault: string | null }> {
  const { rows } = await sql<{ m2: number; fault: string | null }>`select st_area(g::geography) as m2,
    case when not st_isvalid(g) then st_isvalidreason(g) end as fault from (select ${geomOf(asked)} as g) q`.execute(db)
  return rows[0]!
}

/** Metres to the nearest feature of each kind; a kind without any within about 20 km has no row. */
export async function nearest(db: Db, asked: Asked, kinds: readonly LayerKind[]): Promise<{ kind: LayerKind; metres: number }[]> {
  const { rows } = await sql<{ kind: LayerKind; metres: number }>`with q as materialized (select ${geomOf(asked)} as g),
      near as materialized (select p.kind, p.geom, st_distance(p.geom, q.g) as degrees from places.layer_part p, q
        where p.tenant = base.tenant() and p.kind = any (${[...kinds]}::text[]) and p.geom && st_expand(q.g, 0.3)),
      best as (select kind, min(degrees) as degrees from near group by kind)
    select near.kind, min(st_distance(near.geom::geography, q.g::geography)) as metres from near
    join best on best.kind = near.kind and near.degrees <= best.degrees * ${WIDEST} + 1e-9 cross join q group by near.kind`.execute(
    db,
  )
  return rows
}

// Of two things equally far in degrees the one to the north may be this many times as far in metres, up to 55° of latitude.
const WIDEST = 1.75

/** What makes the geometry of the zones. */
export type ZoneSources = {
  core: readonly LayerKind[]
  key: readonly LayerKind[]
  /** Kinds that make core only where they overlap. */
  together: readonly (readonly LayerKind[])[]
  ridges: readonly { kind: LayerKind; within: number; zone: 'core' | 'key' }[]
  elevation: readonly { zone: 'core' | 'key'; area: MultiPolygon }[]
  /** Kinds of the range line; null: none is loaded, and the whole parcel is taken to be inside. */
  line: readonly LayerKind[] | null
  urban: readonly LayerKind[]
}

/**
 * The zones of a parcel as areas in m² (geodesic); a stricter zone takes its area from the milder, the city's boundary from all. The parcel is cut
 * into small parts first and the parts are added up, so that no overlay is of more than a few hundred vertices.
 */
export async function zoneAreas(db: Db, asked: Asked, o: ZoneSources): Promise<ZoneAreas & { together: string[] }> {
  const names = [...o.core, ...o.key, ...o.together.flat(), ...(o.line ?? []), ...o.urban]
  const overlaps = o.together.map((kinds) => ({ name: kinds.join('+'), geom: meetingOf(kinds.map((kind) => unionOf([kind]))) }))
  const { rows } = await sql<ZoneAreas & { together: (string | null)[] }>`with q as materialized (select ${geomOf(asked)} as g),
      cut as materialized (select row_number() over () as id, s.g from q cross join lateral st_subdivide(q.g, 128, ${GRID}) as s (g)),
      source as materialized (${sql.join([partsOf(names), ...o.ridges.map(buffersOf), ...o.elevation.map(cellsOf)], sql` union all `)}),
      piece as materialized (select cut.id, source.kind, st_collectionextract(st_intersection(source.g, cut.g, ${GRID}), 3) as g
        from source join cut on st_intersects(source.g, cut.g)),
      heap as materialized (select cut.id, cut.g as whole, ${unionOf([...o.core, CORE])} as core, ${unionOf([...o.key, KEY])} as key,
        ${o.line ? unionOf(o.line) : sql`cut.g`} as line, ${unionOf(o.urban)} as urban,
        ${overlaps.length > 0 ? joined(overlaps.map(({ geom }) => geom)) : EMPTY} as shared,
        array[${sql.join(overlaps.map(({ name, geom }) => sql`case when ${m2(geom)} > 0.01 then ${name}::text end`))}]::text[] as together
        from cut left join piece on piece.id = cut.id group by cut.id, cut.g),
      zone as materialized (select *, st_difference(line, urban, ${GRID}) as land from heap),
      strict as materialized (select *, st_intersection(${joined([sql`core`, sql`shared`])}, land, ${GRID}) as inner_core from zone),
      part as materialized (select ${m2(sql`whole`)} as total, ${m2(sql`land`)} as land, ${m2(sql`inner_core`)} as core, ${m2(sql`urban`)} as urban,
        ${m2(sql`st_difference(st_intersection(key, land, ${GRID}), inner_core, ${GRID})`)} as key, together from strict)
    select sum(total) as total, sum(core) as core, sum(key) as key, greatest(sum(land) - sum(core) - sum(key), 0) as general, sum(urban) as urban,
      greatest(sum(total) - sum(land) - sum(urban), 0) as outside,
      (select array_agg(distinct t) from part p, unnest(p.together) t where t is not null) as together from part`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the database did not answer for the zones of a parcel')
  const { together, ...areas } = row
  return { ...noDust(areas), together: (together ?? []).filter((name) => name !== null) }
}

type Sql = ReturnType<typeof sql>

// What ridges and heights give has no kind of a layer: these two stand for it among the kinds.
const CORE = '#core'
const KEY = '#key'
const EMPTY = sql`'SRID=4326;POLYGON EMPTY'::geometry`
const m2 = (geom: Sql) => sql`st_area(st_collectionextract(${geom}, 3)::geography)`
const joined = (geoms: Sql[]) => sql`st_unaryunion(st_collect(array[${sql.join(geoms)}]), ${GRID})`
const meetingOf = (geoms: Sql[]) => geoms.reduce((a, b) => sql`st_intersection(${a}, ${b}, ${GRID})`)
const unionOf = (kinds: readonly string[]) =>
  sql`coalesce(st_unaryunion(st_collect(piece.g) filter (where piece.kind = any (${[...kinds]}::text[])), ${GRID}), ${EMPTY})`

const partsOf = (kinds: readonly LayerKind[]) => sql`select p.kind, p.geom as g from places.layer_part p, q
  where p.tenant = base.tenant() and p.kind = any (${[...kinds]}::text[]) and p.geom && q.g and st_dimension(p.geom) = 2`

// 32 segments to a quarter of a circle: a buffer is at most 0.03 % narrower than the distance that the rule itself measures.
const buffersOf = ({ kind, within, zone }: ZoneSources['ridges'][number]) => sql`select ${zone === 'core' ? CORE : KEY}::text,
  st_buffer(p.geom::geography, ${within}, 32)::geometry from places.layer_part p, q
  where p.tenant = base.tenant() and p.kind = ${kind} and p.geom && st_expand(q.g, ${within / 50_000})`

const cellsOf = ({ zone, area }: ZoneSources['elevation'][number]) => sql`select ${zone === 'core' ? CORE : KEY}::text, d.geom
  from st_dump(st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}), 4326)) d`

// Half a square metre left over from adding many parts is none.
function noDust(areas: ZoneAreas): ZoneAreas {
  const dust = Math.max(0.5, areas.total * 1e-9)
  return Object.fromEntries(Object.entries(areas).map(([name, m2s]) => [name, m2s < dust ? 0 : m2s])) as ZoneAreas
}
