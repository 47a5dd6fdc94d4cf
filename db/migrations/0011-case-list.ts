import { type Kysely, sql } from 'kysely'

/** The list of a county in one state, newest report first, without reading the county's other cases. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index problem_region_state on cases.problem (tenant, region, state, reported_on desc, id desc)`.execute(db)
}
