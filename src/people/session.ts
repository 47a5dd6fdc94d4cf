import { createHash, createHmac, randomBytes } from 'node:crypto'
import { TooManyHashes, verifyPassword } from '../base/auth/password.ts'
import { type Attempt, countAttempt, forgetAttempt, forgiveAccount, throttleKeys } from '../base/auth/throttle.ts'
import type { House } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import type { Visitor } from '../base/http/router.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { problem } from './problems.ts'
import type { Actor } from './rules/actor.ts'
import { scopeOf } from './rules/scope.ts'
import { deleteSession, findCredential, findSession, insertSession, touchSession } from './store.ts'

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
 * Signs in: the same answer and the same work for an unknown account as for a wrong password; throttled per account and per
 * source prefix. The attempt is counted before the password is looked at and given back when it was right. Each step is a
 * transaction of its own, as a hash takes half a second that must not hold the database.
 */
export async function signIn(house: House, o: SigningIn): Promise<SignedIn> {
  const { database, tenant } = house
  const keys = throttleKeys(o.secret, o)
  const { attempt, credential } = await database.begin(tenant, async (db) => ({
    attempt: await countAttempt(db, keys, house.clock()),
    credential: await findCredential(db, o.username),
  }))
  const right = await checkPassword(house, attempt, { password: o.password, hash: credential?.hash })
  const signedIn = await database.begin(tenant, async (db) => {
    if (!right || !credential) return undefined
    await forgiveAccount(db, attempt)
    if (o.before) await signOut(db, o.before)
    return openSession(db, { account: credential.account, secret: o.secret, now: house.clock() })
  })
  await database.barrier()
  if (!signedIn) throw problem('wrong-password')
  return signedIn
}

async function checkPassword(
  house: House,
  attempt: Attempt,
  o: { password: string; hash: string | undefined },
): Promise<boolean> {
  try {
    return await verifyPassword(o.password, o.hash)
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
  if (o.touch !== false && o.now.getTime() - session.seenAt.getTime() > 60_000) await touchSession(db, { tokenHash, now: o.now })
  const { actor, areas } = session
  return { actor, scope: scopeOf(actor, areas), csrf: csrfOf(o.secret, o.token) }
}

/** Ends the session of a token. */
export async function signOut(db: Db, token: string): Promise<void> {
  await deleteSession(db, hashOf(token))
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()
const csrfOf = (secret: string, token: string) => createHmac('sha256', secret).update(`csrf:${token}`).digest('base64url')
