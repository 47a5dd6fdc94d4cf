import { type Kysely, sql } from 'kysely'

/**
 * What ties cases to each other, as columns whose comparison an index may serve under row-level security: a key inside of `doc` could not
 * be one, since the operators that reach into JSON may leak. Each index gives the newest of its kind first, so that a page reads ten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const LINK = (name: string) => `text generated always as (doc #>> '{links,${name}}') stored`
const NEWEST = 'reported_on desc, id desc'

const STATEMENTS = [
  `alter table cases.problem
    add column enterprise text generated always as (nullif(btrim(doc->>'enterprise'), '')) stored,
    add column responsible_org text generated always as
      (jsonb_path_query_first(doc, '$.duties[*] ? (@.as == "responsible").org') #>> '{}') stored,
    add column merged_into ${LINK('mergedInto')},
    add column rebound_of ${LINK('reboundOf')},
    add column inferred_from ${LINK('inferredFrom')}`,
  `create index problem_enterprise on cases.problem (tenant, enterprise, ${NEWEST}) where enterprise is not null`,
  `create index problem_responsible on cases.problem (tenant, responsible_org, ${NEWEST}) where responsible_org is not null`,
  ...['merged_into', 'rebound_of', 'inferred_from'].map(
    (link) => `create index problem_${link} on cases.problem (tenant, ${link}, ${NEWEST}) where ${link} is not null`,
  ),
]
