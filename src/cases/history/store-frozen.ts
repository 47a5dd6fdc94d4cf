import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { HashName } from '../../base/crypto/algorithms.ts'
import type { Db } from '../../base/db.ts'
import { type Day, dayOf, type Instant } from '../../base/rules/day.ts'
import type { Colour } from '../rules/codes.ts'
import type { Coloured } from '../store.ts'
import type { Begun } from './store-history.ts'

/** How many cases had each colour. */
export type ColourCounts = Record<Colour, number>
export const NO_COLOURS: ColourCounts = { green: 0, yellow: 0, red: 0 }

/** A month that is frozen: the journal's subject of it, when, and what its rows hashed to (`sha256:…`; older ones were only counted). */
export interface FrozenMonth {
  id: string
  month: string
  frozenAt: Instant
  hash: string | null
}

/** The frozen months, oldest first. */
export async function allFrozenMonths(db: Db): Promise<FrozenMonth[]> {
  const { rows } = await sql<{ id: string; month: string; frozen_at: Date; hash: string | null }>`
    select id, month, frozen_at, hash from cases.frozen_month where tenant = base.tenant() order by month`.execute(db)
  return rows.map(({ frozen_at, ...same }) => ({ ...same, frozenAt: frozen_at.toISOString() as Instant }))
}

/** The day of the first thing that ever happened to a case. */
export async function findFirstEventDay(db: Db): Promise<Day | undefined> {
  const { rows } = await sql<{ at: Date }>`select at from journal.event where tenant = base.tenant() and context = 'cases'
    order by seq limit 1`.execute(db)
  return rows[0] && dayOf(rows[0].at.toISOString() as Instant)
}

/** From here on the month takes no further row. */
export async function insertFrozenMonth(db: Db, m: FrozenMonth): Promise<void> {
  await sql`insert into cases.frozen_month (tenant, id, month, frozen_at, hash)
    values (base.tenant(), ${m.id}, ${m.month}, ${m.frozenAt}::timestamptz, ${m.hash})`.execute(db)
}

/** Freezes, as those of `month`, the colours of open cases that were coloured on its last day and not since. */
export async function freezeUntouched(db: Db, month: string, last: Day): Promise<void> {
  await sql`insert into cases.colour_snapshot (tenant, month, case_id, region, colour, manual, why)
    select tenant, ${month}, id, region, colour, doc ? 'manualColour', colour_why from cases.problem p
    where tenant = base.tenant() and colour_on = ${last}::date and ${OPEN}`.execute(db)
}

const OPEN = sql`state not in ('closed','declined','merged','unfounded','transferred')`

/**
 * Cases that began before `first` and whose colour is not that of `last`, the day before it, in the order of their ids: coloured again
 * since, as something may have happened to them; or open and last coloured on an earlier day. All of them where not `inTime`.
 */
export async function pageOfOthers(
  db: Db,
  o: { first: Day; last: Day; inTime: boolean; after?: string | undefined; limit: number },
): Promise<Begun[]> {
  const { rows } = await sql<Begun>`select doc as case, colour_on >= ${o.first}::date as touched from cases.problem
    where tenant = base.tenant() and begun_on < ${o.first}
      and (colour_on >= ${o.first}::date or ${OPEN} and (not ${o.inTime}::boolean or colour_on < ${o.last}::date))
      and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid) order by id limit ${o.limit}`.execute(db)
  return rows
}

/** Freezes these colours as those of `month`. */
export async function freezeThese(db: Db, month: string, cases: Coloured[]): Promise<void> {
  if (cases.length === 0) return
  const rows = cases.map(({ case: c, colour, colourWhy }) => ({
    ...{ id: c.id, region: c.place.region, colour, manual: c.manualColour !== undefined, why: colourWhy },
  }))
  await sql`insert into cases.colour_snapshot (tenant, month, case_id, region, colour, manual, why)
    select base.tenant(), ${month}, r.id, r.region, r.colour, r.manual, r.why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, region text, colour text, manual boolean, why jsonb)`.execute(
    db,
  )
}

/** How many rows of each colour every month has. */
export async function countsByMonth(db: Db): Promise<Map<string, ColourCounts>> {
  const { rows } = await sql<{ month: string } & ColourCounts>`select month,
    (count(*) filter (where colour = 'green'))::int as green, (count(*) filter (where colour = 'yellow'))::int as yellow,
    (count(*) filter (where colour = 'red'))::int as red
    from cases.colour_snapshot where tenant = base.tenant() group by month`.execute(db)
  return new Map(rows.map(({ month, ...counts }) => [month, counts]))
}

const PAGE = 1000

/** The hash of every row of a month in the order of the cases (RFC 8785), as `sha256:…` or `sm3:…`; read in pages. */
export async function hashOfMonth(db: Db, month: string, name: HashName): Promise<string> {
  const state = createHash(name)
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: { case_id: string }[] } = await sql<{ case_id: string }>`
      select case_id, region, colour, manual, why from cases.colour_snapshot
      where tenant = base.tenant() and month = ${month} and (${after}::uuid is null or case_id > ${after}::uuid)
      order by case_id limit ${PAGE}`.execute(db)
    for (const row of rows) state.update(`${canonicalize(row)}\n`)
    if (rows.length < PAGE) return `${name}:${state.digest('hex')}`
    after = rows[rows.length - 1]!.case_id
  }
}
