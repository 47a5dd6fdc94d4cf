import { sql } from 'kysely'
import type { Db } from '../base/db.ts'
import type { Colour } from '../cases/rules/codes.ts'

/** A frozen colour with whom it counts for: the unit that was responsible when the month was taken over. */
export interface Scored {
  case: string
  region: string
  org: string | null
  orgName: string | null
  colour: Colour
  manual: boolean
  secrecy: number
}

/** The months that were taken over for scoring, oldest first, as far as something of them is in scope. */
export async function listScoredMonths(db: Db): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`select distinct month from supervision.scored where tenant = base.tenant()
    order by month`.execute(db)
  return rows.map((r) => r.month)
}

/** Takes colours of a month over; what is there already stays as it is. */
export async function insertScored(db: Db, month: string, rows: Scored[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into supervision.scored (tenant, month, case_id, region, org, org_name, colour, manual, secrecy)
    select base.tenant(), ${month}, r.case, r.region, r.org, r."orgName", r.colour, r.manual, r.secrecy
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r ("case" uuid, region text, org uuid, "orgName" text, colour text, manual boolean, secrecy int)
    on conflict do nothing`.execute(db)
}

/** What a score may count: the same conditions as row-level security, so that it stands without it. */
export interface ScoreSight {
  areas: { regions: '*' | string[]; most: number }[]
  orgs: string[]
  clearance: number
}

export interface ScoreCount {
  month: string
  key: string | null
  name: string | null
  colour: Colour
  n: number
  manual: number
}

/** How many cases had each colour in these months, by county or by responsible unit. */
export async function countScored(
  db: Db,
  o: { by: 'region' | 'org'; from: string; to: string; seen: ScoreSight | undefined },
): Promise<ScoreCount[]> {
  const key = o.by === 'region' ? sql`s.region` : sql`s.org`
  const name = o.by === 'region' ? sql`null` : sql`max(s.org_name)`
  const { rows } = await sql<ScoreCount>`select s.month, ${key}::text as key, ${name} as name, s.colour, count(*)::int as n,
      (count(*) filter (where s.manual))::int as manual
    from supervision.scored s where s.tenant = base.tenant() and s.month between ${o.from} and ${o.to} and ${seenBy(o.seen)}
    group by s.month, ${key}, s.colour order by 1, 2, 4`.execute(db)
  return rows
}

/** The cases behind a number of the scores. */
export async function listScored(
  db: Db,
  o: {
    month: string
    region?: string | undefined
    org?: string | undefined
    colour?: Colour | undefined
    limit: number
    seen: ScoreSight | undefined
  },
): Promise<{ case: string; colour: Colour; manual: boolean; orgName: string | null }[]> {
  const { rows } = await sql<{ case: string; colour: Colour; manual: boolean; orgName: string | null }>`
    select s.case_id as case, s.colour, s.manual, s.org_name as "orgName" from supervision.scored s
    where s.tenant = base.tenant() and s.month = ${o.month} and (${o.region ?? null}::text is null or s.region = ${o.region ?? null})
      and (${o.org ?? null}::uuid is null or s.org = ${o.org ?? null}::uuid)
      and (${o.colour ?? null}::text is null or s.colour = ${o.colour ?? null}) and ${seenBy(o.seen)}
    order by case s.colour when 'red' then 0 when 'yellow' then 1 else 2 end, s.case_id limit ${o.limit}`.execute(db)
  return rows
}

function seenBy(seen: ScoreSight | undefined) {
  if (!seen) return sql`true`
  const parts = seen.areas.map(
    ({ regions, most }) =>
      sql`(s.secrecy <= ${most} and ${regions === '*' ? sql`true` : sql`s.region = any (${regions}::text[])`})`,
  )
  const own = sql`(s.secrecy <= ${seen.clearance} and s.org = any (${seen.orgs}::uuid[]))`
  return sql`(${sql.join([...parts, own], sql` or `)})`
}
