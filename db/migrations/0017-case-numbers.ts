import { type Kysely, sql } from 'kysely'

/**
 * The course of each case as statistics count it: how long it stayed in each stage and how often it came back (derived of its events by
 * `cases/numbers`), whose it is, and its cell of the H3 grid at level 9. A row that is missing, as after this migration, is made by the
 * job `cases-courses`. The days stand in arrays in the order of `STAGES`, so that a spread is one pass over narrow rows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COUNTERS = ['dispatches', 'returns', 'accepts', 'rejects', 'windows', 'objections', 'closures', 'rebounds']

// The cell at a coarser level is a matter of bits: the level is written anew, the digits below it are filled with ones (7).
const COARSER = `create function cases.coarser_cell(cell bigint, level int) returns bigint language sql immutable parallel safe as $$
  select (cell & ~(15::bigint << 52)) | (level::bigint << 52) | ((1::bigint << (3 * (15 - level))) - 1) $$`

const STATEMENTS = [
  `create table cases.course (
    tenant int not null, case_id uuid not null, state text not null, since date, gaps jsonb not null, unit uuid, cell bigint,
    ${COUNTERS.map((name) => `${name} int not null`).join(', ')},
    natural_days int[] not null, working_days int[] not null, suspended_days int[] not null,
    primary key (tenant, case_id), foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  'create index course_unit on cases.course (tenant, unit)',
  'create index course_cell on cases.course (tenant, cell) where cell is not null',
  COARSER,
  'alter table cases.course enable row level security',
  `create policy see on cases.course for select using (tenant = base.tenant()
    and exists (select 1 from cases.problem p where p.tenant = course.tenant and p.id = course.case_id))`,
  'create policy add on cases.course for insert with check (tenant = base.tenant())',
  'create policy change on cases.course for update using (tenant = base.tenant()) with check (tenant = base.tenant())',
  'grant select, insert, update on cases.course to qinba_app',
]
