import { type Kysely, sql } from 'kysely'

/**
 * The list as a tool: an index for each order and for what it is narrowed by, saved views of a person, and the acceptance meetings (集中验收).
 * `bound_to` and `reminded` find what row-level security keeps the indexes of arrays and of JSON from finding; cases are still read under it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...LIST, ...VIEWS, ...MEETINGS]) await sql.raw(statement).execute(db)
}

const ENDED = `('closed','declined','merged','unfounded','transferred')`

const LIST = [
  `alter table cases.problem add column reminded boolean generated always as
    (jsonb_path_exists(doc, '$.reminders[*] ? (!exists(@.acknowledged))')) stored`,
  // What is urgent: red, yellow, green, and what has ended last; no last day is the latest of all.
  `create index problem_urgency on cases.problem (tenant, (case when state in ${ENDED} then 3 when colour = 'red' then 0
    when colour = 'yellow' then 1 else 2 end), (case when due is null then '9999-12-31'::date else due end), id)`,
  `create index problem_due on cases.problem (tenant, (case when due is null then '9999-12-31'::date else due end), id)`,
  'create index problem_source on cases.problem (tenant, source, reported_on desc, id desc)',
  'create index problem_category on cases.problem (tenant, category, reported_on desc, id desc)',
  'create index problem_batch on cases.problem (tenant, batch, reported_on desc, id desc) where batch is not null',
  'create index problem_reminded on cases.problem (tenant, reported_on desc, id desc) where reminded',
  'create index problem_incomplete on cases.problem (tenant, reported_on desc, id desc) where incomplete',
  `create function cases.bound_to(org uuid) returns table (id uuid)
    language sql stable security definer rows 200 set search_path = pg_catalog as $$
    select p.id from cases.problem p where p.tenant = base.tenant() and p.secrecy <= base.clearance() and p.bound_orgs && array[org] $$`,
  'revoke all on function cases.bound_to(uuid) from public',
  'grant execute on function cases.bound_to(uuid) to qinba_app',
]

const ACCOUNT = `coalesce(current_setting('app.account', true), '')`

const VIEWS = [
  `create table cases.saved_view (
    tenant int not null, id uuid not null, account text not null, author text not null, name text not null, version int not null,
    filters jsonb not null, sort text not null, columns text[] not null, shared_with uuid, first boolean not null,
    primary key (tenant, id))`,
  'create index saved_view_account on cases.saved_view (tenant, account)',
  'create index saved_view_shared on cases.saved_view (tenant, shared_with) where shared_with is not null',
  'alter table cases.saved_view enable row level security',
  `create policy own on cases.saved_view using (tenant = base.tenant() and account = ${ACCOUNT})
    with check (tenant = base.tenant() and account = ${ACCOUNT})`,
  `create policy of_my_organisation on cases.saved_view for select using (tenant = base.tenant()
    and shared_with = any (string_to_array(nullif(current_setting('app.my_orgs', true), ''), ',')::uuid[]))`,
  'grant select, insert, update, delete on cases.saved_view to qinba_app',
]

// What was held is closed for good: nothing of it is changed by the application, and its minutes are journalled.
const OPEN_MEETING = `exists (select 1 from cases.meeting m where m.tenant = meeting_item.tenant and m.id = meeting_item.meeting
  and m.closed_at is null)`
const VISIBLE_CASE = 'exists (select 1 from cases.problem p where p.tenant = meeting_item.tenant and p.id = meeting_item.case_id)'

const MEETINGS = [
  `create table cases.meeting (
    tenant int not null, id uuid not null, version int not null check (version > 0), held_on date not null, place text not null,
    chair text not null, attendees text[] not null, minutes text not null, size int not null, closed_at timestamptz(3), closed_by jsonb,
    primary key (tenant, id))`,
  'create index meeting_day on cases.meeting (tenant, held_on desc, id desc)',
  `create table cases.meeting_item (
    tenant int not null, meeting uuid not null, case_id uuid not null, place int not null, state text not null,
    decision text check (decision in ('accept','reject','postpone')), words text,
    primary key (tenant, meeting, case_id), foreign key (tenant, meeting) references cases.meeting (tenant, id),
    foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  ...['meeting', 'meeting_item'].map((t) => `alter table cases.${t} enable row level security`),
  'create policy see on cases.meeting for select using (tenant = base.tenant())',
  'create policy add on cases.meeting for insert with check (tenant = base.tenant() and closed_at is null)',
  'create policy change on cases.meeting for update using (tenant = base.tenant() and closed_at is null) with check (tenant = base.tenant())',
  `create policy see on cases.meeting_item for select using (tenant = base.tenant() and ${VISIBLE_CASE})`,
  `create policy add on cases.meeting_item for insert with check (tenant = base.tenant() and ${OPEN_MEETING} and ${VISIBLE_CASE})`,
  `create policy remove on cases.meeting_item for delete using (tenant = base.tenant() and ${OPEN_MEETING})`,
  'grant select, insert, update on cases.meeting to qinba_app',
  'grant select, insert, delete on cases.meeting_item to qinba_app',
]
