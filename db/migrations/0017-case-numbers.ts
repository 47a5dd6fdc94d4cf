import { type Kysely, sql } from 'kysely'

/**
 * The course of each case as statistics count it: how long it stayed in each stage and how often it came back (derived of its events by
 * `cases/numbers`), whose it is, and its cell of the H3 grid at level 9. It stands beside the case and not in a table of its own: a join
 * under row-level security made every figure six times slower. Where it is missing, as after this migration, the job `cases-courses` makes
 * it. Days stand in arrays in the order of `STAGES`, -1 where nothing is known, so that a spread is one pass over rows of fixed steps.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COUNTERS = ['dispatches', 'returns', 'accepts', 'rejects', 'windows', 'objections', 'closures', 'rebounds']

// The cell at a coarser level is a matter of bits: the level is written anew, the digits below it are filled with ones (7).
const COARSER = `create function cases.coarser_cell(cell bigint, level int) returns bigint language sql immutable parallel safe as $$
  select (cell & ~(15::bigint << 52)) | (level::bigint << 52) | ((1::bigint << (3 * (15 - level))) - 1) $$`

const STATEMENTS = [
  `alter table cases.problem add column course_state text, add column course_since date, add column course_gaps jsonb,
    add column unit uuid, add column cell bigint, ${COUNTERS.map((name) => `add column ${name} smallint`).join(', ')},
    add column natural_days smallint[], add column working_days smallint[], add column suspended_days smallint[]`,
  'create index problem_unit on cases.problem (tenant, unit, reported_on desc, id desc) where unit is not null',
  'create index problem_cell on cases.problem (tenant, cell) where cell is not null',
  'create index problem_behind on cases.problem (tenant, id) where course_state is distinct from state',
  COARSER,
]
