import { type Kysely, sql } from 'kysely'

/** The unprivileged role, the functions that row-level security reads, idempotency keys, dated rules, throttling, settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists postgis`.execute(db)
  await sql`do $$ begin
    if not exists (select 1 from pg_roles where rolname = 'qinba_app') then
      create role qinba_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
  exception when duplicate_object or unique_violation then null; end $$`.execute(db)
  // The connecting user must be able to become the role; where a DBA made the role, the DBA grants it.
  await sql`do $$ begin grant qinba_app to current_user; exception when insufficient_privilege then null; end $$`.execute(db)
  await sql`create schema base`.execute(db)
  await sql`grant usage on schema base to qinba_app`.execute(db)
  for (const statement of FUNCTIONS) await sql.raw(statement).execute(db)
  await sql`create table base.idempotency (
    tenant int not null, account text not null, key text not null, request_hash bytea not null,
    status int, reply jsonb, created_at timestamptz not null default now(),
    primary key (tenant, account, key))`.execute(db)
  await sql`create index idempotency_age on base.idempotency (created_at)`.execute(db)
  await sql`create table base.rule (
    tenant int not null, kind text not null, key text not null, valid_from date not null, valid_to date,
    value jsonb not null, source text not null, confidence text not null check (confidence in ('V','M','S','O','D')),
    confirmed_by text, check (valid_to is null or valid_to >= valid_from),
    primary key (tenant, kind, key, valid_from))`.execute(db)
  await sql`create table base.throttle (
    tenant int not null, key text not null, failures int not null, window_start timestamptz not null,
    primary key (tenant, key))`.execute(db)
  await sql`create table base.number (tenant int not null, year int not null, name text not null, last int not null,
    primary key (tenant, year, name))`.execute(db)
  for (const table of ['idempotency', 'rule', 'throttle', 'number']) {
    await sql.raw(`alter table base.${table} enable row level security`).execute(db)
    await sql
      .raw(`create policy tenant on base.${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`)
      .execute(db)
    await sql.raw(`grant select, insert, update, delete on base.${table} to qinba_app`).execute(db)
  }
}

// Read once per statement through `(select base.x())`, so that the planner does not call them row by row.
const FUNCTIONS = [
  `create function base.tenant() returns int language sql stable
     as $$ select nullif(current_setting('app.tenant', true), '')::int $$`,
  `create function base.whole_city() returns boolean language sql stable
     as $$ select coalesce(current_setting('app.areas', true), '') = '*' $$`,
  `create function base.areas() returns text[] language sql stable
     as $$ select string_to_array(coalesce(current_setting('app.areas', true), ''), ',') $$`,
  `create function base.orgs() returns uuid[] language sql stable
     as $$ select string_to_array(nullif(current_setting('app.orgs', true), ''), ',')::uuid[] $$`,
  `create function base.clearance() returns int language sql stable
     as $$ select coalesce(nullif(current_setting('app.clearance', true), ''), '-1')::int $$`,
]
