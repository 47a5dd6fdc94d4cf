import { type Kysely, sql } from 'kysely'

/** The journal: one gap-free sequence of events per tenant, each with its RFC 6962 leaf hash; the head keeps the tree's frontier. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema journal`.execute(db)
  await sql`grant usage on schema journal to qinba_app`.execute(db)
  // Milliseconds only: what the hash does not cover must not be storable.
  await sql`create table journal.event (
    tenant int not null, seq bigint not null, context text not null, subject uuid not null, subject_seq int not null,
    kind text not null, at timestamptz(3) not null, by jsonb not null, data jsonb not null, leaf bytea not null,
    primary key (tenant, seq), unique (tenant, context, subject, subject_seq))`.execute(db)
  await sql`create table journal.head (
    tenant int primary key, size bigint not null, frontier bytea not null)`.execute(db)
  await sql`alter table journal.event enable row level security`.execute(db)
  await sql`alter table journal.head enable row level security`.execute(db)
  await sql`create policy whole_city on journal.event for select using (tenant = base.tenant() and (select base.whole_city())
    and (context <> 'cases' or (select base.clearance()) >= 3))`.execute(db)
  await sql`create policy append on journal.event for insert with check (tenant = base.tenant())`.execute(db)
  await sql`create policy tenant on journal.head using (tenant = base.tenant()) with check (tenant = base.tenant())`.execute(db)
  // No update and no delete for the application: the journal only grows.
  await sql`grant select, insert on journal.event to qinba_app`.execute(db)
  await sql`grant select, insert, update on journal.head to qinba_app`.execute(db)
}
