import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Asked, Columns } from '../../base/ogc/collection.ts'
import type { Box } from '../../base/ogc/rules/crs.ts'
import { conditionOf } from '../../base/ogc/store-filter.ts'
import { baseProblem } from '../../base/problem.ts'
import { rangesOver } from '../map/rules/tile.ts'
import { inSpots } from '../store-list.ts'
import { CASE_QUERYABLES, NOTICE_QUERYABLES } from './queryables.ts'

/** A case as a feature: what a row of the list shows, without what has to be dug out of the whole case. */
export interface CaseRow {
  id: string
  lng: number | null
  lat: number | null
  spot: string | null
  no: string
  title: string
  state: string
  colour: string
  path: string
  source: string
  outcome: string | null
  batch: string | null
  category: string | null
  region: string
  town: string | null
  village: string | null
  secrecy: number
  reportedOn: string
  due: string | null
  closedOn: string | null
  incomplete: boolean
  sample: boolean
}

const ROW = sql`p.id, st_x(p.geom) as lng, st_y(p.geom) as lat, p.spot, p.no, p.title, p.state, p.colour, p.path, p.source, p.outcome,
  p.batch, p.category, p.region, p.town, p.village, p.secrecy, p.reported_on::text as "reportedOn", p.due::text as due,
  p.closed_on::text as "closedOn", p.incomplete, p.sample`

const CASES: Columns = {
  kinds: CASE_QUERYABLES,
  of: {
    geometry: sql`p.geom`,
    ...Object.fromEntries(
      [
        'no',
        'title',
        'state',
        'colour',
        'path',
        'source',
        'outcome',
        'batch',
        'category',
        'region',
        'town',
        'village',
        'secrecy',
        'due',
      ].map((name) => [name, sql`p.${sql.ref(name)}`]),
    ),
    reportedOn: sql`p.reported_on`,
    closedOn: sql`p.closed_on`,
    incomplete: sql`p.incomplete`,
    sample: sql`p.sample`,
  },
  inShape: (shape, box) => sql`(${inSpots(box)} and st_intersects(${shape}, p.geom))`,
}

type Page = Pick<Asked, 'limit' | 'after' | 'boxes' | 'filter'> & { seen: RawBuilder<unknown> | undefined }

/**
 * A page of cases and the cursor of the next, in one query. In a box they come in the order of their spots, range by range, so that a page
 * reads little more than its own rows of the index, however large the box is; without one in the order of the list.
 */
export async function pageOfFeatures(db: Db, tenant: number, o: Page): Promise<{ rows: CaseRow[]; next: string | null }> {
  const rows = await (o.boxes ? inBoxes(db, tenant, { ...o, boxes: o.boxes }) : inOrder(db, tenant, o))
  const shown = rows.slice(0, o.limit)
  const last = shown.at(-1)
  if (!last || rows.length <= o.limit) return { rows: shown, next: null }
  return { rows: shown, next: o.boxes ? `${last.spot}_${last.id}` : `${last.reportedOn}_${last.id}` }
}

/** One case, if it is seen. */
export async function findFeature(
  db: Db,
  tenant: number,
  o: { id: string; seen: RawBuilder<unknown> | undefined },
): Promise<CaseRow | undefined> {
  const { rows } = await sql<CaseRow>`select ${ROW} from cases.problem p where p.tenant = ${tenant} and p.id = ${o.id}::uuid
    and ${o.seen ?? sql`true`}`.execute(db)
  return rows[0]
}

async function inOrder(db: Db, tenant: number, o: Page): Promise<CaseRow[]> {
  const [day, id] = cursor(o.after, /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/)
  const after = day ? sql`(p.reported_on, p.id) < (${day}::date, ${id}::uuid)` : sql`true`
  const { rows } =
    await sql<CaseRow>`select ${ROW} from cases.problem p where p.tenant = ${tenant} and ${after} and ${narrowed(o)}
    order by p.reported_on desc, p.id desc limit ${o.limit + 1}`.execute(db)
  return rows
}

async function inBoxes(db: Db, tenant: number, o: Page & { boxes: Box[] }): Promise<CaseRow[]> {
  const [spot, id] = cursor(o.after, /^(\d{1,16})_([0-9a-f-]{36})$/)
  const from = Number(spot ?? 0)
  const ranges = joined(o.boxes.flatMap(rangesOver)).filter((range) => range.to >= from)
  const after = spot ? sql`(p.spot, p.id) > (${spot}::bigint, ${id}::uuid)` : sql`true`
  if (ranges.length === 0) return []
  const arms = ranges.map(
    (range) => sql`(select ${ROW} from cases.problem p where p.tenant = ${tenant}
      and p.spot between ${Math.max(range.from, from)}::bigint and ${range.to}::bigint and ${after} and ${exactly(o.boxes)} and ${narrowed(o)}
      order by p.spot, p.id limit ${o.limit + 1})`,
  )
  // Each arm is in order, so their rows are merged and no arm is read further than is asked for.
  const { rows } =
    await sql<CaseRow>`select * from (${sql.join(arms, sql` union all `)}) p order by spot, id limit ${o.limit + 1}`.execute(db)
  return rows
}

// Each arm costs time to plan; what lies in the smaller gaps between ranges is read and left out.
const ARMS = 4

/** Ranges of several boxes, lowest first and none twice, those that lie nearest to one another joined until there are few. */
function joined(ranges: { from: number; to: number }[]): { from: number; to: number }[] {
  const all = ranges.toSorted((a, b) => a.from - b.from)
  const gaps = all.slice(1).map((range, i) => range.from - Math.max(...all.slice(0, i + 1).map((r) => r.to)))
  const least = Math.max(1, gaps.toSorted((a, b) => b - a)[ARMS - 2] ?? 1)
  const few: { from: number; to: number }[] = []
  for (const [i, range] of all.entries()) {
    const last = few.at(-1)
    if (last && (gaps[i - 1]! < least || gaps[i - 1]! <= 1)) last.to = Math.max(last.to, range.to)
    else few.push({ ...range })
  }
  return few
}

// As a case the planner takes it for something that half the rows hold; as comparisons of numbers it has no statistics of, for something rare,
// and would sort whatever lies in the ranges instead of reading it in order.
function exactly(boxes: readonly Box[]): RawBuilder<unknown> {
  const parts = boxes.map(
    ([west, south, east, north]) =>
      sql`(st_x(p.geom) between ${west}::float8 and ${east}::float8 and st_y(p.geom) between ${south}::float8 and ${north}::float8)`,
  )
  return sql`(case when ${sql.join(parts, sql` or `)} then true else false end)`
}

function narrowed({ filter, seen }: Page): RawBuilder<unknown> {
  return sql.join([...(filter ? [conditionOf(filter, CASES)] : []), ...(seen ? [seen] : []), sql`true`], sql` and `)
}

function cursor(after: string | undefined, pattern: RegExp): [string | undefined, string | undefined] {
  if (after === undefined) return [undefined, undefined]
  const found = pattern.exec(after)
  if (!found) throw baseProblem('malformed', { where: 'query.after', found: after.slice(0, 60) })
  return [found[1], found[2]]
}

const NOTICES: Columns = {
  kinds: NOTICE_QUERYABLES,
  of: { state: sql`p.state`, from: sql`p.public_from`, no: sql`p.no` },
}

// What a stranger may see is what everybody sees here, whoever asks.
const onNotice = (tenant: number, today: string) => sql`p.tenant = ${tenant} and p.secrecy = 0 and p.public_from <= ${today}::date
  and p.state in ('publicising','objected','filed','closed')`

/** A page of what is or was on public notice, newest first. */
export async function pageOfNotices<C>(
  db: Db,
  tenant: number,
  o: Pick<Asked, 'limit' | 'after' | 'filter'> & { today: string },
): Promise<{ docs: C[]; next: string | null }> {
  const [day, id] = cursor(o.after, /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/)
  const after = day ? sql`(p.public_from, p.id) < (${day}::date, ${id}::uuid)` : sql`true`
  const { rows } = await sql<{
    doc: C
    day: string
    id: string
  }>`select p.doc, p.public_from::text as day, p.id from cases.problem p
    where ${onNotice(tenant, o.today)} and ${after} and ${o.filter ? conditionOf(o.filter, NOTICES) : sql`true`}
    order by p.public_from desc, p.id desc limit ${o.limit + 1}`.execute(db)
  const last = rows[o.limit - 1]
  return {
    docs: rows.slice(0, o.limit).map((row) => row.doc),
    next: rows.length > o.limit && last ? `${last.day}_${last.id}` : null,
  }
}
