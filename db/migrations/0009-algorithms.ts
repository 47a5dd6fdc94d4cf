import { type Kysely, sql } from 'kysely'

/**
 * The journal says what it is hashed with, from its birth and for ever: the application may move the head and not rename its hash.
 * A sealed box says by its first byte what it was closed with; those of 0.1.0 were all AES-256-GCM (1).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table journal.head add column hash text not null default 'sha256' check (hash in ('sha256', 'sm3'))`.execute(db)
  await sql`revoke update on journal.head from qinba_app`.execute(db)
  await sql`grant update (size, frontier) on journal.head to qinba_app`.execute(db)
  await sql`update cases.sealed set box = '\\x01'::bytea || box`.execute(db)
}
