import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Sight } from '../rules/access.ts'
import { isEnded, STATES } from '../rules/codes.ts'
import { conditions, type Filter } from '../store-list.ts'
import { besideAreas, inAreas, seen } from '../store-sight.ts'
import { SPOT_BITS } from './rules/tile.ts'

/** How many cases lie in one cell, and the sums that give their centre (steps of a spot). */
export interface Cell {
  cell: number
  n: number
  green: number
  yellow: number
  red: number
  closed: number
  sumX: number
  sumY: number
}

/** A case as the map draws it. */
export interface Point {
  id: string
  no: string
  title: string
  state: string
  colour: string
  due: string | null
  region: string
  lng: number
  lat: number
}

/** What a tile shows: clusters of several cases, and cases that stand alone. */
export interface Drawn {
  clusters: Cell[]
  points: Point[]
}

interface Where {
  /** The spots of the tile. */
  range: { from: number; to: number }
  /** Cells of this level are told apart. */
  level: number
  sight: Sight
  filter: Filter
}

/** Whether the counted cells can answer: they know region, state and colour, and no town. */
export function isCounted({ region: _r, state: _s, colour: _c, days: _d, ...rest }: Filter, sight: Sight): boolean {
  return Object.values(rest).every((value) => value === undefined) && sight.areas.every((a) => a.locals.length === 0)
}

/** Counts by cell from the cells counted beforehand at `counted`, what changed since, and what is seen only by being bound to it. */
export async function countedCells(db: Db, o: Where & { counted: number }): Promise<Cell[]> {
  const shift = 2 * (SPOT_BITS - o.counted)
  const cells = { from: o.range.from / 2 ** shift, to: Math.floor(o.range.to / 2 ** shift) }
  const area = inAreas(o.sight)
  const filter = simple(o.filter)
  return grouped(db, {
    shift: 2 * (o.counted - o.level),
    of: sql`
    select p.cell, p.colour, p.state, p.n, p.sum_x, p.sum_y from cases.spot_count p where p.tenant = base.tenant() and p.level = ${o.counted}
      and p.cell between ${cells.from}::bigint and ${cells.to}::bigint and ${area} ${filter}
    union all select p.spot >> ${shift}, p.colour, p.state, p.sign, p.sign * p.x::bigint, p.sign * p.y::bigint from cases.spot_change p
      where p.tenant = base.tenant() and p.spot between ${o.range.from}::bigint and ${o.range.to}::bigint and ${area} ${filter}
    ${boundBeside(o, sql`p.spot >> ${shift}`)}`,
  })
}

/** How many cases match in all, from the counts of level 0: the same work for a hundred cases and for a million. */
export async function countedTotal(db: Db, o: { sight: Sight; filter: Filter }): Promise<number> {
  const area = inAreas(o.sight)
  const filter = simple(o.filter)
  const beside = besideAreas(o.sight)
  const { rows } = await sql<{ n: number }>`select coalesce(sum(n), 0)::float8 as n from (
    select p.n from cases.spot_count p where p.tenant = base.tenant() and p.level = 0 and p.cell = 0 and ${area} ${filter}
    union all select p.sign from cases.spot_change p where p.tenant = base.tenant() and ${area} ${filter}
    ${beside ? sql`union all select 1 from ${beside} ${filter}` : sql``}) x`.execute(db)
  return rows[0]!.n
}

/** Counts by cell from the cases themselves: for a deep tile, or a filter that the counted cells do not know. */
export async function cellsOfCases(db: Db, o: Where): Promise<Cell[]> {
  return grouped(db, {
    shift: 2 * (SPOT_BITS - o.level),
    of: sql`select p.spot as cell, p.colour, p.state, 1 as n, p.spot_x as sum_x, p.spot_y as sum_y from cases.problem p where ${within(o)}`,
  })
}

/** The cases of a range of spots, at most `most` of them. */
export async function listPoints(db: Db, o: Where & { most: number }): Promise<Point[]> {
  const { rows } = await sql<Point>`select ${POINT} from cases.problem p where ${within(o)} limit ${o.most}`.execute(db)
  return rows
}

/** The cases of several ranges of spots, each looked up by itself. */
export async function pointsIn(
  db: Db,
  o: Pick<Where, 'sight' | 'filter'> & { ranges: { from: number; to: number }[] },
): Promise<Point[]> {
  const { rows } =
    await sql<Point>`select p.* from jsonb_to_recordset(${JSON.stringify(o.ranges)}::jsonb) as r ("from" bigint, "to" bigint),
    lateral (select ${POINT} from cases.problem p where ${among(o, sql`r."from" and r."to"`)} offset 0) p`.execute(db)
  return rows
}

const ENDED = STATES.filter(isEnded)
const POINT = sql`p.id, p.no, p.title, p.state, p.colour, p.due::text as due, p.region, st_x(p.geom) as lng, st_y(p.geom) as lat`

async function grouped(db: Db, o: { of: RawBuilder<unknown>; shift: number }): Promise<Cell[]> {
  const { rows } = await sql<Cell>`select (p.cell >> ${o.shift})::float8 as cell, sum(p.n)::float8 as n,
    coalesce(sum(p.n) filter (where p.colour = 'green'), 0)::float8 as green,
    coalesce(sum(p.n) filter (where p.colour = 'yellow'), 0)::float8 as yellow,
    coalesce(sum(p.n) filter (where p.colour = 'red'), 0)::float8 as red,
    coalesce(sum(p.n) filter (where p.state = any (${ENDED})), 0)::float8 as closed,
    sum(p.sum_x)::float8 as "sumX", sum(p.sum_y)::float8 as "sumY"
    from (${o.of}) p group by 1 having sum(p.n) > 0`.execute(db)
  return rows
}

const within = (o: Where) => among(o, sql`${o.range.from}::bigint and ${o.range.to}::bigint`)

const among = (o: Pick<Where, 'sight' | 'filter'>, range: RawBuilder<unknown>) =>
  sql.join([sql`p.tenant = base.tenant() and p.spot between ${range}`, seen(o.sight), ...conditions(o.filter)], sql` and `)

function boundBeside(o: Where, cell: RawBuilder<unknown>): RawBuilder<unknown> {
  const beside = besideAreas(o.sight)
  if (!beside) return sql``
  return sql`union all select ${cell}, p.colour, p.state, 1, p.spot_x, p.spot_y from ${beside}
    and p.spot between ${o.range.from}::bigint and ${o.range.to}::bigint ${simple(o.filter)}`
}

function simple({ region, state, colour }: Filter): RawBuilder<unknown> {
  const found = conditions({ region, state, colour })
  return found.length > 0 ? sql`and ${sql.join(found, sql` and `)}` : sql``
}
