import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { baseProblem } from '../problem.ts'

/** A write that was answered before: the same answer goes out again. */
export interface Answered {
  status: number
  reply: unknown
}

/** The identity of a request's content under the server's secret: kept for a week, it must not let a reader of the table test a guess. */
export function contentHash(secret: string, parts: unknown[]): Buffer {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest()
}

/** Reads the header; throws 400 when it is missing or not 1–200 visible characters. */
export function readKey(header: unknown): string {
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) throw baseProblem('key-missing')
  return header
}

/**
 * Claims the key in the transaction of the write. Returns the earlier answer when the same content was answered before;
 * a concurrent request with the same key waits here for the first to commit. Throws 422 when the content differs.
 */
export async function claimKey(db: Db, account: string, key: string, hash: Buffer): Promise<Answered | undefined> {
  const claimed = await sql`insert into base.idempotency (tenant, account, key, request_hash)
    values (base.tenant(), ${account}, ${key}, ${hash}) on conflict do nothing`.execute(db)
  if (claimed.numAffectedRows === 1n) return undefined
  const { rows } = await sql<{ request_hash: Buffer; status: number; reply: unknown }>`select request_hash, status, reply
    from base.idempotency where tenant = base.tenant() and account = ${account} and key = ${key}`.execute(db)
  const found = rows[0]
  if (!found?.request_hash.equals(hash)) throw baseProblem('key-reused')
  return { status: found.status, reply: found.reply }
}

/** Keeps the answer beside the write it belongs to. */
export async function keepAnswer(db: Db, account: string, key: string, answer: Answered): Promise<void> {
  await sql`update base.idempotency set status = ${answer.status}, reply = ${JSON.stringify(answer.reply ?? null)}::jsonb
    where tenant = base.tenant() and account = ${account} and key = ${key}`.execute(db)
}

/** Keys are kept for a week, longer than any client retries. */
export async function forgetOldKeys(db: Db, now: Date): Promise<void> {
  await sql`delete from base.idempotency where tenant = base.tenant() and created_at < ${new Date(now.getTime() - 7 * 86_400_000)}`.execute(
    db,
  )
}
