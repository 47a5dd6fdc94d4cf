import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { COUNTED_LEVELS, SPOT_BITS } from './rules/tile.ts'

const LEVELS = sql.raw(COUNTED_LEVELS.map((level) => `(${level}, ${2 * (SPOT_BITS - level)})`).join(', '))

// What has no place is counted at level 0 alone.
const CELL = sql`coalesce(spot >> shift, 0)`
const PLACED = sql`(spot is not null or level = 0)`

/** Moves up to `most` changes into the counts of their cells; nobody else may at the same time, who tries adds nothing. */
export async function addChanges(db: Db, most: number): Promise<number> {
  const turn = await sql<{
    mine: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('cases.spot_count'), base.tenant()) as mine`.execute(db)
  if (!turn.rows[0]!.mine) return 0
  const { rows } = await sql<{ n: number }>`with
    taken as (delete from cases.spot_change where tenant = base.tenant() and id in
      (select id from cases.spot_change where tenant = base.tenant() limit ${most})
      returning sign, spot, x, y, region, state, colour, secrecy),
    sums as (select level, ${CELL} as cell, region, state, colour, secrecy, sum(sign) as n,
        sum(sign * coalesce(x, 0)::bigint) as sum_x, sum(sign * coalesce(y, 0)::bigint) as sum_y
      from taken cross join (values ${LEVELS}) as levels (level, shift) where ${PLACED} group by 1, 2, 3, 4, 5, 6),
    added as (insert into cases.spot_count as c (tenant, level, cell, region, state, colour, secrecy, n, sum_x, sum_y)
      select base.tenant(), level, cell, region, state, colour, secrecy, n, sum_x, sum_y from sums where (n, sum_x, sum_y) <> (0, 0, 0)
      on conflict (tenant, level, cell, region, state, colour, secrecy)
      do update set n = c.n + excluded.n, sum_x = c.sum_x + excluded.sum_x, sum_y = c.sum_y + excluded.sum_y)
    select count(*)::int as n from taken`.execute(db)
  await sql`delete from cases.spot_count where tenant = base.tenant() and n = 0 and sum_x = 0 and sum_y = 0`.execute(db)
  return rows[0]!.n
}

/** Cells whose counts differ from the cases that lie in them: empty, unless something wrote past this context. */
export async function wrongCells(db: Db): Promise<{ level: number; cell: string; counted: number; found: number }[]> {
  const { rows } = await sql<{ level: number; cell: string; counted: number; found: number }>`
    with levels as (select * from (values ${LEVELS}) as l (level, shift)),
    kept as (select level, cell, region, state, colour, secrecy, n, sum_x, sum_y from cases.spot_count where tenant = base.tenant()
      union all select level, ${CELL}, region, state, colour, secrecy, sign, sign * coalesce(x, 0)::bigint, sign * coalesce(y, 0)::bigint
      from cases.spot_change cross join levels where tenant = base.tenant() and ${PLACED}),
    counted as (select level, cell, region, state, colour, secrecy, sum(n) as n, sum(sum_x) as sum_x, sum(sum_y) as sum_y from kept group by 1, 2, 3, 4, 5, 6),
    found as (select level, ${CELL} as cell, region, state, colour, secrecy, count(*) as n, sum(coalesce(spot_x, 0)::bigint) as sum_x,
        sum(coalesce(spot_y, 0)::bigint) as sum_y
      from cases.problem cross join levels where tenant = base.tenant() and ${PLACED} group by 1, 2, 3, 4, 5, 6)
    select level, cell::text as cell, coalesce(counted.n, 0)::int as counted, coalesce(found.n, 0)::int as found
    from counted full join found using (level, cell, region, state, colour, secrecy)
    where (coalesce(counted.n, 0), coalesce(counted.sum_x, 0), coalesce(counted.sum_y, 0))
      is distinct from (coalesce(found.n, 0), coalesce(found.sum_x, 0), coalesce(found.sum_y, 0)) limit 100`.execute(db)
  return rows
}

/** Throws the counts away and notes every case as a change, which the next fold adds; whoever writes a case meanwhile waits. */
export async function recount(db: Db): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('cases.spot_count'), base.tenant())`.execute(db)
  await sql`select count(*) from (select 1 from cases.problem where tenant = base.tenant() order by id for update) locked`.execute(
    db,
  )
  await sql`delete from cases.spot_change where tenant = base.tenant()`.execute(db)
  await sql`delete from cases.spot_count where tenant = base.tenant()`.execute(db)
  const { numAffectedRows } = await sql`insert into cases.spot_change (tenant, sign, spot, x, y, region, state, colour, secrecy)
    select tenant, 1, spot, spot_x, spot_y, region, state, colour, secrecy from cases.problem where tenant = base.tenant()`.execute(
    db,
  )
  return Number(numAffectedRows)
}
