import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import { type Standing, standingConditions } from './counts/store-standing.ts'
import { rangesOver } from './map/rules/tile.ts'
import { type CourseFilter, courseConditions } from './numbers/store-filter.ts'
import type { Case } from './rules/case.ts'
import type { Colour } from './rules/codes.ts'
import { type Listed, UNLISTED } from './rules/wire.ts'
import { type Matches, wordCondition } from './search/store-search.ts'
import type { Coloured } from './store.ts'
import { LAST_DAY, orderOf, type Sort } from './store-order.ts'

/** What the list can be narrowed by; every field is optional. `bbox` is west, south, east, north in WGS 84 degrees. */
export interface Filter extends Standing, CourseFilter {
  region?: string | undefined
  state?: string[] | undefined
  colour?: string | undefined
  category?: string | undefined
  path?: string | undefined
  q?: string | undefined
  /** The cases that have the words of `q`, where they were looked up beforehand. */
  matches?: Matches | undefined
  bbox?: [number, number, number, number] | undefined
  /** Corners of a polygon, longitude and latitude in WGS 84. */
  within?: [number, number][] | undefined
  incomplete?: boolean | undefined
  /** A town or a village. */
  town?: string | undefined
  /** An organisation bound to the case by any duty. */
  unit?: string | undefined
  dueFrom?: string | undefined
  dueTo?: string | undefined
  reportedFrom?: string | undefined
  reportedTo?: string | undefined
  pollution?: string | undefined
  secrecy?: number | undefined
  sample?: boolean | undefined
  /** A reminder waits for its receipt. */
  reminded?: boolean | undefined
  /** Cleared off, and to be looked back at by this day. */
  recheckBy?: string | undefined
}

/** One page of the list, newest report first, and the cursor of the next. */
export interface Page<C = Case> {
  items: Coloured<C>[]
  next: string | null
}

interface PageOf {
  filter: Filter
  sort?: Sort | undefined
  after?: string | undefined
  limit: number
  seen?: RawBuilder<unknown> | undefined
}

/**
 * Pages by key: the cursor is the last row's place in the order and its id, so a page costs the same however deep it lies; `seen` keeps it from naming a case
 * that the policy wall hides.
 */
export function listCases(db: Db, tenant: number, o: PageOf): Promise<Page> {
  return readPage<Case>(db, tenant, o, sql`p.doc`)
}

/** The same with only what a row of the list shows: a third of a case. */
export function listRows(db: Db, tenant: number, o: PageOf): Promise<Page<Listed>> {
  return readPage<Listed>(db, tenant, o, sql`p.doc - ${UNLISTED}::text[] as doc`)
}

async function readPage<C>(db: Db, tenant: number, o: PageOf, doc: RawBuilder<unknown>): Promise<Page<C>> {
  const by = orderOf(o.sort ?? 'reported')
  const { rows } = await sql<{ doc: C; colour: Colour; colour_why: unknown[]; at: string; id: string }>`
    select ${doc}, p.colour, p.colour_why, ${by.key} as at, p.id from (
      select doc, colour, colour_why, reported_on, due, no, state, id from cases.problem p
      where ${sql.join([sql`p.tenant = ${tenant}`, ...conditions(o.filter), ...by.after(o.after), ...(o.seen ? [o.seen] : [])], sql` and `)}
      order by ${by.order} limit ${o.limit + 1}) p
    order by ${by.order}`.execute(db)
  const items = rows.slice(0, o.limit).map((r) => ({ case: r.doc, colour: r.colour, colourWhy: r.colour_why }))
  const last = rows[o.limit - 1]
  return { items, next: rows.length > o.limit && last ? `${by.mark}${last.at}_${last.id}` : null }
}

/** How many cases match, counted up to `most`; `seen` is what the policy wall asks beyond row-level security. */
export async function countCases(
  db: Db,
  tenant: number,
  o: { filter: Filter; most: number; seen?: RawBuilder<unknown> | undefined },
): Promise<number> {
  const all = [sql`p.tenant = ${tenant}`, ...conditions(o.filter), ...(o.seen ? [o.seen] : [])]
  const { rows } = await sql<{ n: string }>`select count(*) as n from (select 1 from cases.problem p
    where ${sql.join(all, sql` and `)} limit ${o.most}) x`.execute(db)
  return Number(rows[0]!.n)
}

/** How many cases match, and how many of them are samples. */
export async function countSamples(
  db: Db,
  tenant: number,
  o: { filter: Filter; seen?: RawBuilder<unknown> | undefined },
): Promise<{ all: number; samples: number }> {
  const all = [sql`p.tenant = ${tenant}`, ...conditions(o.filter), ...(o.seen ? [o.seen] : [])]
  const { rows } = await sql<{ all: number; samples: number }>`select count(*)::int as all,
    count(*) filter (where p.sample)::int as samples from cases.problem p where ${sql.join(all, sql` and `)}`.execute(db)
  return rows[0]!
}

/** The filter as conditions on `cases.problem p`. */
export function conditions(f: Filter): RawBuilder<unknown>[] {
  const found = [
    f.region && sql`p.region = ${f.region}`,
    f.state && (f.state.length === 1 ? sql`p.state = ${f.state[0]}` : sql`p.state = any (${f.state})`), // one is in the index's own order
    f.colour && sql`p.colour = ${f.colour}`,
    f.category && sql`p.category = ${f.category}`,
    f.path && sql`p.path = ${f.path}`,
    f.recheckBy && sql`p.recheck_due <= ${f.recheckBy}`,
    f.incomplete !== undefined && sql`p.incomplete = ${f.incomplete}`,
    f.q !== undefined && wordCondition(f.q, f.matches),
    f.within && inSpots(boxOf(f.within)),
    f.within && sql`st_covers(${drawnArea(f.within)}, p.geom)`,
    f.bbox && inSpots(f.bbox),
    f.bbox && sql`p.geom && st_makeenvelope(${f.bbox[0]}, ${f.bbox[1]}, ${f.bbox[2]}, ${f.bbox[3]}, 4326)`,
    ...standingConditions(f),
    ...moreConditions(f),
    ...courseConditions(f),
  ]
  return found.filter((c): c is RawBuilder<unknown> => Boolean(c))
}

function moreConditions(f: Filter): (RawBuilder<unknown> | false | undefined | '')[] {
  return [
    f.town && sql`(p.town = ${f.town} or p.village = ${f.town})`,
    // Row-level security keeps the index of bound organisations out of use: a function looks there, the cases are read under it.
    f.unit && sql`p.id = any (array(select b.id from cases.bound_to(${f.unit}::uuid) b))`,
    f.dueFrom && sql`${LAST_DAY} >= ${f.dueFrom}::date and p.due is not null`,
    f.dueTo && sql`${LAST_DAY} <= ${f.dueTo}::date`,
    f.reportedFrom && sql`p.reported_on >= ${f.reportedFrom}::date`,
    f.reportedTo && sql`p.reported_on <= ${f.reportedTo}::date`,
    f.pollution && sql`p.pollution @> array[${f.pollution}]`,
    f.secrecy !== undefined && sql`p.secrecy = ${f.secrecy}`,
    f.sample !== undefined && sql`p.sample = ${f.sample}`,
    f.reminded && sql`p.reminded`,
  ]
}

// What PostGIS compares is no index condition under row-level security (its operators may leak); ranges of spots are.
/** What lies in a box of degrees, by ranges of spots; a little more may. */
export function inSpots(box: [number, number, number, number]): RawBuilder<unknown> {
  const ranges = rangesOver(box).map(({ from, to }) => sql`p.spot between ${from}::bigint and ${to}::bigint`)
  return ranges.length > 0 ? sql`(${sql.join(ranges, sql` or `)})` : sql`false`
}

function boxOf(corners: [number, number][]): [number, number, number, number] {
  const lngs = corners.map(([lng]) => lng)
  const lats = corners.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

// A line may cross itself: what it encloses is even-odd. On a grid, as GEOS must not throw in the embedded engine (docs/decisions/0005).
function drawnArea(corners: [number, number][]): RawBuilder<unknown> {
  const line = `LINESTRING(${[...corners, corners[0]!].map((c) => c.join(' ')).join(',')})`
  return sql`st_buildarea(st_unaryunion(st_geomfromtext(${line}, 4326), 1e-9))`
}

/** Published and still public cases: row-level security lets a stranger see secrecy 0 with a notice, and nothing else. */
export async function listNotices(
  db: Db,
  tenant: number,
  o: { today: string; limit: number; id?: string | undefined },
): Promise<Case[]> {
  const { rows } = await sql<{
    doc: Case
  }>`select doc from cases.problem where tenant = ${tenant} and secrecy = 0 and public_from <= ${o.today}::date
    and state in ('publicising','objected','filed','closed') and (${o.id ?? null}::uuid is null or id = ${o.id ?? null}::uuid)
    order by public_from desc, id desc limit ${o.limit}`.execute(db)
  return rows.map((r) => r.doc)
}
