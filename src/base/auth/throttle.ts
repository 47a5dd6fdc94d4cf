import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { baseProblem } from '../problem.ts'

/**
 * Failures in fifteen minutes (等保三级 身份鉴别), then wait, never a lasting lock. A source may have more than an account, as a
 * whole bureau stands behind one address.
 */
export const LIMIT = { account: 5, source: 30, minutes: 15 }

export interface ThrottleKeys {
  account: string
  source: string
}

/** An attempt that was counted as a failure before it was tried; a success gives it back. */
export interface Attempt {
  keys: ThrottleKeys
  /** When the windows began that it was counted in. */
  windows: Record<keyof ThrottleKeys, Date>
}

/** The stored keys tell neither the account nor the address. */
export function throttleKeys(secret: string, o: { username: string; address: string }): ThrottleKeys {
  const key = (kind: string, value: string) =>
    createHmac('sha256', secret).update(`${kind}:${value}`).digest('base64url').slice(0, 32)
  return { account: key('account', o.username), source: key('source', prefixOf(o.address)) }
}

/** An address is counted by its /24 (IPv4, also when mapped into IPv6) or /56 (IPv6) prefix. */
export function prefixOf(address: string): string {
  const v4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address)
  if (v4) return v4[1]!
  if (!isIPv6(address)) return address
  const groups = groupsOf(address.replace(/%.*$/, ''))
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number]
  if (f === 0xffff && [a, b, c, d, e].every((group) => group === 0)) return [g >> 8, g & 255, h >> 8].join('.')
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}/56`
}

// The eight groups of an IPv6 address, `::` filled up and a dotted tail read as two groups.
function groupsOf(address: string): number[] {
  const [head, tail] = address.split('::').map((half) => half.split(':').filter(Boolean).flatMap(groupOf))
  if (!tail) return head!
  return [...head!, ...Array<number>(8 - head!.length - tail.length).fill(0), ...tail]
}

function groupOf(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)]
  const [a, b, c, d] = text.split('.').map(Number) as [number, number, number, number]
  return [a * 256 + b, c * 256 + d]
}

/**
 * Counts the attempt as a failure for the account and the source in one statement, before the password is looked at: however many
 * come at once, no more than the limit are tried. Throws 429 with the seconds to wait when a limit is passed; the transaction
 * that it undoes takes the count with it. A window that is over starts anew.
 */
export async function countAttempt(db: Db, keys: ThrottleKeys, now: Date): Promise<Attempt> {
  const since = new Date(now.getTime() - LIMIT.minutes * 60_000)
  const { rows } = await sql<{ key: string; failures: number; window_start: Date }>`
    insert into base.throttle (tenant, key, failures, window_start)
    values (base.tenant(), ${keys.account}, 1, ${now}), (base.tenant(), ${keys.source}, 1, ${now})
    on conflict (tenant, key) do update set
      failures = case when throttle.window_start > ${since} then throttle.failures + 1 else 1 end,
      window_start = case when throttle.window_start > ${since} then throttle.window_start else ${now} end
    returning key, failures, window_start`.execute(db)
  const full = rows.filter((r) => r.failures > (r.key === keys.account ? LIMIT.account : LIMIT.source))
  if (full.length > 0) {
    const seconds = Math.ceil((Math.max(...full.map((r) => r.window_start.getTime())) - since.getTime()) / 1000)
    throw baseProblem('too-many', { seconds }, { 'retry-after': String(seconds) })
  }
  const windowOf = (key: string) => rows.find((r) => r.key === key)!.window_start
  return { keys, windows: { account: windowOf(keys.account), source: windowOf(keys.source) } }
}

/** The password was right: the account starts anew; the source gets this attempt back and keeps its failures. */
export async function forgiveAccount(db: Db, attempt: Attempt): Promise<void> {
  await sql`delete from base.throttle where tenant = base.tenant() and key = ${attempt.keys.account}`.execute(db)
  await giveBack(db, attempt, 'source')
}

/** The password was not looked at: the attempt does not count. */
export async function forgetAttempt(db: Db, attempt: Attempt): Promise<void> {
  await giveBack(db, attempt, 'account')
  await giveBack(db, attempt, 'source')
}

async function giveBack(db: Db, { keys, windows }: Attempt, kind: keyof ThrottleKeys): Promise<void> {
  await sql`update base.throttle set failures = failures - 1 where tenant = base.tenant() and key = ${keys[kind]}
    and failures > 0 and window_start = ${windows[kind]}`.execute(db)
}

/** Counts whose window is over say nothing any more. */
export async function forgetOldCounts(db: Db, now: Date): Promise<void> {
  await sql`delete from base.throttle where tenant = base.tenant() and window_start < ${new Date(now.getTime() - 86_400_000)}`.execute(
    db,
  )
}
