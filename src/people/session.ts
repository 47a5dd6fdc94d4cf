import { createHash, createHmac, randomBytes } from 'node:crypto'
import { TooManyHashes, verifyPassword } from '../base/auth/password.ts'
import { type Attempt, countAttempt, forgetAttempt, forgiveAccount, prefixOf, throttleKeys } from '../base/auth/throttle.ts'
import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import type { Visitor } from '../base/http/router.ts'
import { type Day, dayOf, type Instant } from '../base/rules/day.ts'
import { problem } from './problems.ts'
import type { Actor } from './rules/actor.ts'
import { scopeOf } from './rules/scope.ts'
import { type Credential, deleteSession, findCredential, findSession, insertSession, touchSession } from './store.ts'
import { insertAccess } from './store-access.ts'

export const COOKIE = 'qinba_session'

/** Idle minutes after which a session ends: staff 30, the three administrators 15 (等保三级 8.1.4.1 [K], a setting). */
const IDLE = { staff: 30, administrator: 15 }
const LONGEST_HOURS = 12

export interface SignedIn {
  token: string
  csrfToken: string
  visitor: Visitor<Actor>
}

export interface SigningIn {
  secret: string
  username: string
  password: string
  address: string
  /** The session that the browser had: signing in ends it. */
  before?: string | undefined
}

/**
 * Signs in by password: the same answer and the same work for an unknown account as for a wrong password; throttled per account and
 * per source prefix. The attempt is counted before the password is looked at and given back when it was right. Each step is a
 * transaction of its own, as a hash takes half a second that must not hold the database.
 */
export async function signIn(house: House, o: SigningIn): Promise<SignedIn> {
  const { database, tenant } = house
  const keys = throttleKeys(o.secret, o)
  const { attempt, credential } = await database.begin(tenant, async (db) => ({
    attempt: await countAttempt(db, keys, house.clock()),
    credential: await findCredential(db, { username: o.username }),
  }))
  const right = await checkPassword(house, attempt, { password: o.password, credential })
  const answer = await database.begin(tenant, async (db) => {
    const why = refusedWhy(credential, { right, day: dayOf(house.clock().toISOString() as Instant) })
    if (why) await noteRefusal(db, house, { address: o.address, account: credential?.account, why })
    if (why || !credential) return { why }
    await forgiveAccount(db, attempt)
    return enter(db, house, { ...o, account: credential.account, way: 'password' })
  })
  await database.barrier()
  if ('why' in answer) throw problem(answer.why === 'window' ? 'outside-window' : 'wrong-password')
  return answer
}

// Only who knows the password is told that the account's days have not come or are over; a disabled one is as if it were not there.
function refusedWhy(c: Credential | undefined, o: { right: boolean; day: Day }) {
  if (!c) return 'unknown'
  if (!o.right) return 'password'
  if (c.disabled) return 'disabled'
  return (c.validFrom && o.day < c.validFrom) || (c.validTo && c.validTo < o.day) ? 'window' : undefined
}

// Of an account that does not exist not even the name is kept: people type passwords into the wrong field.
async function noteRefusal(
  db: Db,
  house: House,
  o: { address: string; account: string | undefined; why: string },
): Promise<void> {
  const { account, why: what } = o
  await insertAccess(db, { at: house.clock(), kind: 'sign_in_refused', account, what, source: prefixOf(o.address) })
}

/**
 * Lets somebody in whom another step has proved to be this account: by password today; a second way (OpenID Connect) proves the
 * account by its own means and calls this. `way` is what the record says.
 */
export async function enter(
  db: Db,
  house: House,
  o: { account: string; secret: string; address: string; way: string; before?: string | undefined },
): Promise<SignedIn> {
  if (o.before) await signOut(db, o.before)
  const opened = await openSession(db, { account: o.account, secret: o.secret, now: house.clock() })
  if (!opened) throw problem('wrong-password')
  await insertAccess(db, {
    ...{ at: house.clock(), kind: 'signed_in', account: o.account },
    ...{ source: prefixOf(o.address), what: o.way },
  })
  return opened
}

/** Whether the password is right. Gives the attempt back when too many wait. */
export async function checkPassword(
  house: House,
  attempt: Attempt,
  o: { password: string; credential: Credential | undefined },
): Promise<boolean> {
  try {
    const right = await verifyPassword(o.password, o.credential?.hash)
    // The hash of a one-time password is cheap: without the usual work the time would tell that there is such an account.
    if (o.credential?.mustChange) await verifyPassword(o.password, undefined)
    return right
  } catch (e) {
    if (!(e instanceof TooManyHashes)) throw e
    await house.database.begin(house.tenant, (db) => forgetAttempt(db, attempt))
    throw problem('busy', {}, { 'retry-after': '5' })
  }
}

async function openSession(db: Db, o: { account: string; secret: string; now: Date }): Promise<SignedIn | undefined> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(o.now.getTime() + LONGEST_HOURS * 3_600_000)
  await insertSession(db, { tokenHash: hashOf(token), account: o.account, now: o.now, idleMinutes: IDLE.staff, expiresAt })
  const visitor = await recognise(db, { token, secret: o.secret, now: o.now })
  if (!visitor) return undefined
  if (visitor.actor.holdings.some((h) => ['sysadmin', 'secadmin', 'auditor'].includes(h.role)))
    await touchSession(db, { tokenHash: hashOf(token), now: o.now, idleMinutes: IDLE.administrator })
  return { token, csrfToken: csrfOf(o.secret, token), visitor }
}

export interface Token {
  token: string
  secret: string
  now: Date
  /** False on a full disk: reading works there, and noting that somebody was seen would not. */
  touch?: boolean
}

/** Who a session token belongs to now, with the posts held today; undefined when it is unknown, idle too long or expired. */
export async function recognise(db: Db, o: Token): Promise<Visitor<Actor> | undefined> {
  const tokenHash = hashOf(o.token)
  const session = await findSession(db, { tokenHash, now: o.now, day: dayOf(o.now.toISOString() as Instant) })
  if (!session) return undefined
  const { actor, areas, seenAt, readOnly, mustChange } = session
  if (o.touch !== false && seenAt && o.now.getTime() - seenAt.getTime() > 60_000)
    await touchSession(db, { tokenHash, now: o.now })
  const bounds = { ...(readOnly ? { readOnly } : {}), ...(mustChange ? { mustChange } : {}) }
  return { actor, scope: scopeOf(actor, areas), csrf: csrfOf(o.secret, o.token), bounds }
}

/** Ends the session of a token. */
export async function signOut(db: Db, token: string): Promise<void> {
  await deleteSession(db, hashOf(token))
}

/** What the database keeps of a session's token. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const csrfOf = (secret: string, token: string) => createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url')
