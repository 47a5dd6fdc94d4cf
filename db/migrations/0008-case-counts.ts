import { type Kysely, sql } from 'kysely'

/**
 * What the operations board counts and the list as of a day needs, derived from the aggregate by the database itself. And which months
 * are frozen: a month that stands in `frozen_month` takes no further row, and its rows can be neither changed nor removed by the
 * application. `region` is the county a frozen colour counted for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...COLUMNS, ...TABLES, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
}

const COLUMNS = [
  `alter table cases.problem
    add column begun_on text generated always as (coalesce(doc #>> '{imported,on}', doc ->> 'reportedOn')) stored,
    add column clock_due date generated always as (case when doc #> '{clocks,case}' is not null then due end) stored,
    add column clock_met text generated always as (doc #>> '{clocks,case,stopped}') stored,
    add column reopened boolean generated always as (doc -> 'reopenings' -> 0 is not null) stored,
    add column rebound boolean generated always as (coalesce(doc -> 'reopenings' -> -1 ->> 'rebound' = 'true', false)) stored`,
  'alter table cases.colour_snapshot add column region text',
  'update cases.colour_snapshot s set region = p.region from cases.problem p where p.tenant = s.tenant and p.id = s.case_id',
  'alter table cases.colour_snapshot alter column region set not null',
  // A move reads the frozen colours of its case: the key alone begins with the month.
  'create index snapshot_case on cases.colour_snapshot (tenant, case_id, month)',
]

const TABLES = [
  `create table cases.frozen_month (
    tenant int not null, id uuid not null, month text not null check (month ~ '^\\d{4}-\\d{2}$'), frozen_at timestamptz(3) not null,
    hash text, primary key (tenant, id), unique (tenant, month))`,
  // Months frozen before this table was: the first event of a month is its freezing; its rows were counted then, not hashed.
  `insert into cases.frozen_month (tenant, id, month, frozen_at)
    select distinct on (tenant, data ->> 'month') tenant, subject, data ->> 'month', at from journal.event
    where context = 'colours' order by tenant, data ->> 'month', seq`,
]

const POLICIES = [
  'alter table cases.frozen_month enable row level security',
  'create policy see on cases.frozen_month for select using (tenant = base.tenant())',
  'create policy add on cases.frozen_month for insert with check (tenant = base.tenant())',
  'drop policy scope on cases.colour_snapshot',
  `create policy see on cases.colour_snapshot for select using (tenant = base.tenant() and exists
    (select 1 from cases.problem p where p.tenant = colour_snapshot.tenant and p.id = colour_snapshot.case_id))`,
  `create policy add on cases.colour_snapshot for insert with check (tenant = base.tenant() and not exists
    (select 1 from cases.frozen_month f where f.tenant = colour_snapshot.tenant and f.month = colour_snapshot.month))`,
]

const GRANTS = ['grant select, insert on cases.frozen_month to qinba_app']
