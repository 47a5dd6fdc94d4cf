import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { baseProblem } from '../problem.ts'

/** Five failures in fifteen minutes, per account and per source prefix (等保三级 身份鉴别); then wait, never a lasting lock. */
export const LIMIT = { failures: 5, minutes: 15 }

/** The stored key tells neither the account nor the address. */
export function throttleKey(secret: string, kind: 'account' | 'source', value: string): string {
  return createHmac('sha256', secret).update(`${kind}:${value}`).digest('base64url').slice(0, 32)
}

/** An address is counted by its /24 (IPv4) or /56 (IPv6) prefix. */
export function prefixOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/.exec(address)
  return v4 ? v4[1]! : address.split(':').slice(0, 4).join(':').slice(0, 17)
}

/** Throws 429 with the seconds to wait when any of the keys has used up its failures. */
export async function refuseThrottled(db: Db, keys: string[], now: Date): Promise<void> {
  const since = new Date(now.getTime() - LIMIT.minutes * 60_000)
  const { rows } = await sql<{ window_start: Date }>`select window_start from base.throttle where tenant = base.tenant()
    and key = any (${keys}) and failures >= ${LIMIT.failures} and window_start > ${since} order by window_start desc limit 1`.execute(
    db,
  )
  if (!rows[0]) return
  const seconds = Math.ceil((rows[0].window_start.getTime() - since.getTime()) / 1000)
  throw baseProblem('too-many', { seconds }, { 'retry-after': String(seconds) })
}

/** Counts one failure for each key; a window that is over starts anew. */
export async function countFailure(db: Db, keys: string[], now: Date): Promise<void> {
  const since = new Date(now.getTime() - LIMIT.minutes * 60_000)
  for (const key of keys) {
    await sql`insert into base.throttle (tenant, key, failures, window_start) values (base.tenant(), ${key}, 1, ${now})
      on conflict (tenant, key) do update set
        failures = case when throttle.window_start > ${since} then throttle.failures + 1 else 1 end,
        window_start = case when throttle.window_start > ${since} then throttle.window_start else ${now} end`.execute(db)
  }
}

export async function forgetFailures(db: Db, keys: string[]): Promise<void> {
  await sql`delete from base.throttle where tenant = base.tenant() and key = any (${keys})`.execute(db)
}
