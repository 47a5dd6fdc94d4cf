import { type Kysely, sql } from 'kysely'

/** Organisations, posts, who holds them (A 角 main, B 角 stand-in), duties, accounts with their secrets apart, sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema people`.execute(db)
  await sql`grant usage on schema people to qinba_app`.execute(db)
  for (const statement of TABLES) await sql.raw(statement).execute(db)
  for (const table of ['organisation', 'post', 'account', 'credential', 'holding', 'duty', 'session']) {
    await sql.raw(`alter table people.${table} enable row level security`).execute(db)
    await sql
      .raw(`create policy tenant on people.${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`)
      .execute(db)
    await sql.raw(`grant select, insert, update on people.${table} to qinba_app`).execute(db)
  }
  await sql`grant delete on people.session to qinba_app`.execute(db)
}

const TABLES = [
  `create table people.organisation (
    tenant int not null, id uuid not null, name text not null, kind text not null, area text not null, parent uuid, closed_on date,
    primary key (tenant, id), unique (tenant, name),
    foreign key (tenant, area) references places.area (tenant, code),
    foreign key (tenant, parent) references people.organisation (tenant, id))`,
  `create table people.post (
    tenant int not null, id uuid not null, org uuid not null, title text not null, role text not null, area text not null,
    version int not null default 1, closed_on date,
    primary key (tenant, id), foreign key (tenant, org) references people.organisation (tenant, id),
    foreign key (tenant, area) references places.area (tenant, code))`,
  `create table people.account (
    tenant int not null, id uuid not null, username text not null, name text not null, clearance int not null default 1,
    sample boolean not null default false, disabled_on date, version int not null default 1,
    primary key (tenant, id), unique (tenant, username), check (clearance between 0 and 3))`,
  `create table people.credential (
    tenant int not null, account uuid not null, hash text not null, changed_at timestamptz not null,
    primary key (tenant, account), foreign key (tenant, account) references people.account (tenant, id))`,
  `create table people.holding (
    tenant int not null, id uuid not null, post uuid not null, account uuid not null, stand_in boolean not null default false,
    from_day date not null, to_day date, handed_to uuid,
    primary key (tenant, id), check (to_day is null or to_day >= from_day),
    foreign key (tenant, post) references people.post (tenant, id),
    foreign key (tenant, account) references people.account (tenant, id),
    foreign key (tenant, handed_to) references people.account (tenant, id))`,
  `create unique index holding_main on people.holding (tenant, post) where to_day is null and not stand_in`,
  `create unique index holding_stand_in on people.holding (tenant, post) where to_day is null and stand_in`,
  `create index holding_account on people.holding (tenant, account)`,
  `create table people.duty (
    tenant int not null, id uuid not null, name text not null, post uuid not null, stand_in_post uuid, area text not null,
    from_day date not null, to_day date,
    primary key (tenant, id), check (stand_in_post is distinct from post),
    foreign key (tenant, post) references people.post (tenant, id),
    foreign key (tenant, stand_in_post) references people.post (tenant, id),
    foreign key (tenant, area) references places.area (tenant, code))`,
  `create table people.session (
    tenant int not null, token_hash bytea not null, account uuid not null, created_at timestamptz not null,
    seen_at timestamptz not null, idle_minutes int not null, expires_at timestamptz not null,
    primary key (tenant, token_hash), foreign key (tenant, account) references people.account (tenant, id))`,
  `create index session_account on people.session (tenant, account)`,
]
