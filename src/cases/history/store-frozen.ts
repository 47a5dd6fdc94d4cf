import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { HashName } from '../../base/crypto/algorithms.ts'
import type { Db } from '../../base/db.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import type { Colour } from '../rules/codes.ts'
import type { Coloured } from '../store.ts'
import type { Begun } from './store-history.ts'

/** How many cases had each colour. */
export type ColourCounts = Record<Colour, number>

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

/** Whether a month is frozen. */
export async function isFrozen(db: Db, month: string): Promise<boolean> {
  const { rows } = await sql`select 1 from cases.frozen_month where tenant = base.tenant() and month = ${month}`.execute(db)
  return rows.length > 0
}

/** From here on the month takes no further row. */
export async function insertFrozenMonth(db: Db, m: FrozenMonth): Promise<void> {
  await sql`insert into cases.frozen_month (tenant, id, month, frozen_at, hash)
    values (base.tenant(), ${m.id}, ${m.month}, ${m.frozenAt}::timestamptz, ${m.hash})`.execute(db)
}

/** Freezes, as those of `month`, the colours of open cases that nobody has coloured since `first`, the first day after it. */
export async function freezeUntouched(db: Db, month: string, first: Day): Promise<void> {
  await sql`insert into cases.colour_snapshot (tenant, month, case_id, region, colour, manual, why)
    select tenant, ${month}, id, region, colour, doc ? 'manualColour', colour_why from cases.problem p
    where tenant = base.tenant() and colour_on < ${first}::date
      and state not in ('closed','declined','merged','unfounded','transferred')`.execute(db)
}

/** Cases that began before `first` and were coloured again since, in the order of their ids: something happened to them meanwhile. */
export async function pageOfRecoloured(db: Db, o: { first: Day; after?: string | undefined; limit: number }): Promise<Begun[]> {
  const { rows } = await sql<{ doc: Begun['case'] }>`select doc from cases.problem
    where tenant = base.tenant() and begun_on < ${o.first} and colour_on >= ${o.first}::date
      and (${o.after ?? null}::uuid is null or id > ${o.after ?? null}::uuid) order by id limit ${o.limit}`.execute(db)
  return rows.map(({ doc }) => ({ case: doc, touched: true }))
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
