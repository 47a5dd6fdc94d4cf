import { type Kysely, sql } from 'kysely'

/**
 * What leaves the house: readers of the journal with how far each has read, deliveries with every attempt's outcome, the targets (webhooks
 * and robots of chat groups) that an office set up, and the inbox of each account.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'create schema if not exists admin',
  'grant usage on schema admin to qinba_app',
  'create table base.reader (tenant int not null, name text not null, seq bigint not null, primary key (tenant, name))',
  `create table base.delivery (
    tenant int not null, id uuid not null, channel text not null check (channel in ('webhook','wecom','dingtalk','mail','sms')),
    target uuid not null, seq bigint not null, subject uuid, body jsonb not null, made_at timestamptz(3) not null,
    status text not null default 'waiting' check (status in ('waiting','sent','given_up')), attempts int not null default 0,
    next_at timestamptz(3) not null, tried_at timestamptz(3), code int, error text, again_of uuid, primary key (tenant, id))`,
  'create unique index delivery_once on base.delivery (tenant, channel, target, seq, subject) where again_of is null',
  `create index delivery_due on base.delivery (tenant, next_at) where status = 'waiting'`,
  'create index delivery_log on base.delivery (tenant, target, made_at desc, id desc)',
  `create table admin.target (
    tenant int not null, id uuid not null, kind text not null check (kind in ('webhook','wecom','dingtalk')), name text not null,
    host text not null, box bytea not null, kinds text[] not null, secrecy int not null check (secrecy between 0 and 1),
    org uuid, region text, version int not null default 1, made_by uuid not null, made_by_name text not null, made_at timestamptz(3) not null,
    stopped_at timestamptz(3), stopped_why text,
    primary key (tenant, id), unique (tenant, name),
    foreign key (tenant, org) references people.organisation (tenant, id),
    foreign key (tenant, region) references places.area (tenant, code),
    foreign key (tenant, made_by) references people.account (tenant, id))`,
  ...['base.reader', 'base.delivery', 'admin.target'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy tenant on ${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`,
    `grant select, insert on ${table} to qinba_app`,
  ]),
  'grant update (seq) on base.reader to qinba_app',
  'grant update (status, attempts, next_at, tried_at, code, error) on base.delivery to qinba_app',
  'grant delete on base.delivery to qinba_app',
  'grant update (name, host, box, kinds, secrecy, org, region, version, stopped_at, stopped_why) on admin.target to qinba_app',
]
