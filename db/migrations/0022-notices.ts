import { type Kysely, sql } from 'kysely'

/** What a person is told: the inbox of each account, and where mail and short messages reach it, if the person wants them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table people.notice (
    tenant int not null, id uuid not null, account uuid not null, context text not null, subject uuid not null, seq bigint not null,
    kind text not null, words jsonb not null, at timestamptz(3) not null, read_at timestamptz(3),
    primary key (tenant, id), unique (tenant, account, subject, kind, seq),
    foreign key (tenant, account) references people.account (tenant, id))`,
  'create index notice_inbox on people.notice (tenant, account, at desc, id desc)',
  'create index notice_unread on people.notice (tenant, account) where read_at is null',
  'create index notice_subject on people.notice (tenant, subject, at desc)',
  `create table people.contact (
    tenant int not null, account uuid not null, channel text not null check (channel in ('mail','sms')), address text not null,
    since timestamptz(3) not null, primary key (tenant, account, channel),
    foreign key (tenant, account) references people.account (tenant, id))`,
  ...['notice', 'contact'].flatMap((table) => [
    `alter table people.${table} enable row level security`,
    `create policy tenant on people.${table} using (tenant = base.tenant()) with check (tenant = base.tenant())`,
    `grant select, insert, delete on people.${table} to qinba_app`,
  ]),
  'grant update (read_at) on people.notice to qinba_app',
  'grant update (address, since) on people.contact to qinba_app',
]
