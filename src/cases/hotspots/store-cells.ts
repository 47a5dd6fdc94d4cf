import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { conditions, type Filter } from '../store-list.ts'

/** How many cases were reported in a cell in a month. */
export type CellMonth = { cell: string; month: string; n: number }

/** Whose a cell mostly is, and what mostly happens there. */
export type CellFacts = { cell: string; region: string; town: string | null; unit: string | null; category: string | null }

type Where = { filter: Filter; seen?: RawBuilder<unknown> | undefined; level: number }

/** Cases by cell of a level and month of the report, the ones without a place left out. */
export async function countCells(db: Db, tenant: number, o: Where): Promise<CellMonth[]> {
  const { rows } = await sql<CellMonth>`select cell::text as cell, to_char(month, 'YYYY-MM') as month, n from (
      select cases.coarser_cell(p.cell, ${o.level}) as cell, date_trunc('month', p.reported_on)::date as month, count(*)::int as n
      ${from(tenant, o)} and p.cell is not null group by 1, 2) t order by 1, 2`.execute(db)
  return rows
}

/** The commonest county, town, unit and category of each of these cells. */
export async function describeCells(db: Db, tenant: number, o: Where & { cells: readonly string[] }): Promise<CellFacts[]> {
  if (o.cells.length === 0) return []
  const { rows } = await sql<CellFacts>`select cell::text as cell, mode() within group (order by region) as region,
      mode() within group (order by town) as town, mode() within group (order by unit)::text as unit,
      mode() within group (order by category) as category
    from (select cases.coarser_cell(p.cell, ${o.level}) as cell, p.region, p.town, p.unit, p.category ${from(tenant, o)} and p.cell is not null) t
    where cell = any (${o.cells}::bigint[]) group by 1`.execute(db)
  return rows
}

/** How many cases of the period have no place. */
export async function countUnplaced(db: Db, tenant: number, o: Where): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n ${from(tenant, o)} and p.cell is null`.execute(db)
  return rows[0]!.n
}

function from(tenant: number, { filter, seen }: Where): RawBuilder<unknown> {
  const where = [sql`p.tenant = ${tenant}`, ...conditions(filter), ...(seen ? [seen] : [])]
  return sql`from cases.problem p where ${sql.join(where, sql` and `)}`
}
