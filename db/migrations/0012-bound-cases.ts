import { type Kysely, sql } from 'kysely'

/**
 * What somebody sees by being bound to it, or in a town or village, and which look-backs are due, without reading the whole list.
 * Row-level security keeps an index of arrays out of use (its operators may leak), so a function of the owner's looks there. It gives what
 * row-level security would give of the caller's own tenant, organisations and clearance, and only what is counted; the case itself is
 * read under row-level security.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create function cases.bound_to_me(orgs uuid[], most int) returns table (id uuid, spot bigint, spot_x int, spot_y int, region text,
      town text, village text, state text, colour text, secrecy int)
    language sql stable security definer rows 1000 set search_path = pg_catalog as $$
    select p.id, p.spot, p.spot_x, p.spot_y, p.region, p.town, p.village, p.state, p.colour, p.secrecy from cases.problem p
    where p.tenant = base.tenant() and p.secrecy <= base.clearance() and p.bound_orgs && orgs and p.bound_orgs && base.orgs() limit most $$`,
  'revoke all on function cases.bound_to_me(uuid[], int) from public',
  'grant execute on function cases.bound_to_me(uuid[], int) to qinba_app',
  `alter table cases.problem
    add column recheck_due text generated always as (case when state = 'closed' then doc #>> '{recheck,due}' end) stored`,
  'create index problem_recheck on cases.problem (tenant, recheck_due) where recheck_due is not null',
  'create index problem_town on cases.problem (tenant, town, reported_on desc, id desc) where town is not null',
  'create index problem_village on cases.problem (tenant, village, reported_on desc, id desc) where village is not null',
]
