import { type Kysely, sql } from 'kysely'

/**
 * The problem list. `doc` is the whole aggregate, equal to the fold of its events; the other columns repeat what lists filter by.
 * The colour is derived (rules + day), recomputed by a job, and therefore never part of `doc` nor of the version.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema cases`.execute(db)
  await sql`grant usage on schema cases to qinba_app`.execute(db)
  for (const statement of [...TABLES, ...POLICIES, ...GRANTS]) await sql.raw(statement).execute(db)
}

const STATES = `'reported','triaged','assigned','returned','signed','plan_submitted','rectifying','self_checked','county_accepted',
  'city_accepted','publicising','objected','filed','closed','declined','merged','unfounded','transferred'`

const TABLES = [
  `create table cases.problem (
    tenant int not null, id uuid not null, no text not null, version int not null check (version > 0),
    path text not null check (path in ('inspection','petition','complaint','patrol','lead')), source text not null,
    state text not null check (state in (${STATES})),
    outcome text check (outcome in ('rectified','unfounded','declined','merged','transferred')),
    title text not null, region text not null, town text, village text, geom geometry(Point, 4326),
    category text, pollution text[] not null, secrecy int not null check (secrecy between 0 and 3),
    reported_on date not null, due date, closed_on date, public_from date, bound_orgs uuid[] not null,
    batch text, original_no text, source_key text, incomplete boolean not null, sample boolean not null,
    colour text not null default 'green' check (colour in ('green','yellow','red')), colour_why jsonb not null default '[]', colour_on date,
    doc jsonb not null,
    check (state <> 'closed' or closed_on is not null),
    primary key (tenant, id), unique (tenant, no), unique (tenant, source_key),
    foreign key (tenant, region) references places.area (tenant, code),
    foreign key (tenant, town) references places.area (tenant, code),
    foreign key (tenant, village) references places.area (tenant, code))`,
  'create index problem_list on cases.problem (tenant, reported_on desc, id desc)',
  'create index problem_region on cases.problem (tenant, region, reported_on desc, id desc)',
  'create index problem_state on cases.problem (tenant, state, reported_on desc, id desc)',
  'create index problem_colour on cases.problem (tenant, colour, reported_on desc, id desc)',
  'create index problem_orgs on cases.problem using gin (bound_orgs)',
  'create index problem_geom on cases.problem using gist (geom)',
  `create table cases.colour_snapshot (
    tenant int not null, month text not null check (month ~ '^\\d{4}-\\d{2}$'), case_id uuid not null,
    colour text not null check (colour in ('green','yellow','red')), manual boolean not null, why jsonb not null,
    primary key (tenant, month, case_id), foreign key (tenant, case_id) references cases.problem (tenant, id))`,
  `create table cases.sealed (
    tenant int not null, id uuid not null, case_id uuid not null, box bytea not null,
    primary key (tenant, id), foreign key (tenant, case_id) references cases.problem (tenant, id))`,
]

/** In scope: the whole city, or a division of the actor's, or a case that binds one of the actor's organisations; and cleared for its label. */
const VISIBLE = `tenant = base.tenant() and secrecy <= (select base.clearance()) and ((select base.whole_city())
  or region = any ((select base.areas())::text[]) or town = any ((select base.areas())::text[])
  or village = any ((select base.areas())::text[]) or bound_orgs && (select base.orgs())::uuid[])`

const OF_VISIBLE_CASE = (table: string) =>
  `tenant = base.tenant() and exists (select 1 from cases.problem p where p.tenant = ${table}.tenant and p.id = ${table}.case_id)`

const POLICIES = [
  ...['problem', 'colour_snapshot', 'sealed'].map((t) => `alter table cases.${t} enable row level security`),
  `create policy scope on cases.problem using (${VISIBLE}) with check (tenant = base.tenant())`,
  `create policy notice on cases.problem for select using (tenant = base.tenant() and secrecy = 0 and public_from is not null
    and coalesce(current_setting('app.areas', true), '') = 'public')`,
  `create policy scope on cases.colour_snapshot using (${OF_VISIBLE_CASE('colour_snapshot')}) with check (tenant = base.tenant())`,
  'create policy append on cases.sealed for insert with check (tenant = base.tenant())',
  `create policy of_visible_case on journal.event for select using (tenant = base.tenant() and context = 'cases'
    and exists (select 1 from cases.problem p where p.tenant = event.tenant and p.id = event.subject))`,
]

const GRANTS = [
  'grant select, insert, update on cases.problem to qinba_app',
  'grant select, insert on cases.colour_snapshot to qinba_app',
  'grant insert on cases.sealed to qinba_app', // written by the application, read by nobody who is only the application
]
