import { type Kysely, sql } from 'kysely'
import { appendEvents, type Happening } from '../../src/base/journal/store.ts'

/**
 * Accounts and organisations with life cycles, tokens of machine clients, and a trail of who came in. What stood here before has no
 * story: each row gets one first event that says it was taken over as it was found, here and never again, so that a row which somebody
 * slips in later shows as a state without events.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of ['token', 'access']) {
    await sql.raw(`alter table people.${table} enable row level security`).execute(db)
  }
  for (const statement of WALLS) await sql.raw(statement).execute(db)
  const { rows } = await sql<{ tenant: number }>`select tenant from journal.head order by tenant`.execute(db)
  for (const { tenant } of rows) await takeOver(db, tenant)
}

const STATEMENTS = [
  'alter table people.organisation add column version int not null default 1, add column merged_into uuid',
  `alter table people.organisation add constraint organisation_merged_into foreign key (tenant, merged_into)
    references people.organisation (tenant, id)`,
  `alter table people.account add column read_only boolean not null default false, add column valid_from date,
    add column valid_to date, add column left_on date, add constraint account_window check (valid_to >= valid_from)`,
  'alter table people.credential add column times int not null default 1, add column must_change boolean not null default false',
  `create table people.token (
    tenant int not null, id uuid not null, account uuid not null, name text not null, token_hash bytea not null, scopes text[] not null,
    read_only boolean not null, expires_on date, created_at timestamptz(3) not null, revoked_at timestamptz(3), seen_at timestamptz(3),
    version int not null default 1,
    primary key (tenant, id), unique (tenant, token_hash), foreign key (tenant, account) references people.account (tenant, id))`,
  'create index token_account on people.token (tenant, account)',
  `create table people.access (
    tenant int not null, id uuid not null, at timestamptz(3) not null, kind text not null, account uuid, token uuid,
    source text not null, what text not null default '',
    primary key (tenant, id), foreign key (tenant, account) references people.account (tenant, id))`,
  'create index access_at on people.access (tenant, at desc, id desc)',
  'create index access_account on people.access (tenant, account, at desc, id desc)',
  'create index event_at on journal.event (tenant, at desc, seq desc)',
  "create index event_by on journal.event (tenant, (by ->> 'account'), at desc, seq desc)",
]

/** `app.audits` is on for an auditor's request only. */
const WALLS = [
  `create function base.audits() returns boolean language sql stable
    as $$ select coalesce(current_setting('app.audits', true), '') = 'on' $$`,
  'create policy tenant on people.token using (tenant = base.tenant()) with check (tenant = base.tenant())',
  'create policy audit on people.access for select using (tenant = base.tenant() and (select base.audits()))',
  'create policy append on people.access for insert with check (tenant = base.tenant())',
  'grant select, insert on people.token to qinba_app',
  'grant update (revoked_at, seen_at, version) on people.token to qinba_app',
  'grant select, insert on people.access to qinba_app',
  'grant update (name, version, closed_on, merged_into) on people.organisation to qinba_app',
  `grant update (name, clearance, disabled_on, left_on, valid_from, valid_to, version) on people.account to qinba_app`,
  'grant update (hash, changed_at, times, must_change) on people.credential to qinba_app',
  'grant update (closed_on) on people.post to qinba_app',
  // Who did what and when, of every event, for the auditor; never what it says. A view of the owner's, as an auditor sees no case.
  `create view journal.trail with (security_barrier) as
    select seq, at, context, subject, subject_seq, kind, by ->> 'account' as account, by ->> 'name' as name, by ->> 'role' as role,
      by ->> 'title' as title from journal.event where tenant = base.tenant() and (select base.audits())`,
  'grant select on journal.trail to qinba_app',
]

async function takeOver(db: Kysely<unknown>, tenant: number): Promise<void> {
  const organisations = await sql<Found>`select id, jsonb_strip_nulls(jsonb_build_object('name', name, 'kind', kind, 'area', area,
    'parent', parent, 'closed', closed_on)) as data from people.organisation where tenant = ${tenant} order by id`.execute(db)
  const accounts = await sql<Found>`select id, jsonb_strip_nulls(jsonb_build_object('username', username, 'name', name,
    'clearance', clearance, 'disabled', disabled_on)) as data from people.account where tenant = ${tenant} order by id`.execute(
    db,
  )
  await sql`update people.account set version = 1 where tenant = ${tenant} and version <> 1`.execute(db)
  const at = new Date().toISOString()
  const happened = (context: string, kind: string, { id, data }: Found): Happening => ({
    ...{ tenant, context, subject: id, subjectSeq: 1, kind, at, data },
    by: { account: 'system', name: '升级' },
  })
  await appendEvents(db as Parameters<typeof appendEvents>[0], tenant, [
    ...organisations.rows.map((row) => happened('organisations', 'organisation_taken_over', row)),
    ...accounts.rows.map((row) => happened('accounts', 'account_taken_over', row)),
  ])
}

interface Found {
  id: string
  data: object
}
