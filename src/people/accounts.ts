import { randomBytes, randomUUID } from 'node:crypto'
import { hashPassword, type PasswordCost } from '../base/auth/password.ts'
import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { type Day, dayOf, type Instant } from '../base/rules/day.ts'
import { orThrow, refuseStale, tell } from './journal.ts'
import { problem } from './problems.ts'
import {
  type AccountAct,
  type AccountEvent,
  type AccountState,
  type Around,
  decideAccount,
  evolveAccount,
} from './rules/accounts.ts'
import { isStrong } from './rules/passwords.ts'
import { deleteSessionsOf, insertAccount } from './store.ts'
import { countOtherSecadmins, findAccountState, updateAccount, updateCredential } from './store-accounts.ts'
import { findAccount } from './store-directory.ts'
import { revokeTokensOf } from './tokens.ts'

/** What a new account is made of; `mustChange` where the password was chosen by somebody else. */
export interface NewAccount {
  username: string
  name: string
  clearance: number
  password: string
  mustChange?: true
  readOnly?: true
  validFrom?: Day
  validTo?: Day
}

/** Creates an account that holds no post yet; the password is checked, hashed and forgotten. */
export async function createAccount(ctx: Ctx, o: NewAccount & { sample?: boolean; cost?: PasswordCost }): Promise<string> {
  const { password, sample = false, cost, ...begun } = o
  if (!isStrong(password) || password === o.username) throw problem('weak-password')
  const id = randomUUID()
  const hash = await hashPassword(password, cost)
  const event: AccountEvent = { type: 'account_created', ...begun }
  await ctx.tx(async (db) => {
    await insertAccount(db, { id, state: evolveAccount(undefined, event), hash, sample, now: ctx.now })
    await tell(ctx, db, { context: 'accounts', told: [{ id, version: 1, event }] })
  })
  return id
}

/** Costs little to check: nobody guesses 16 random bytes, and many of them are made at once. */
export const ONE_TIME_COST: PasswordCost = { memory: 8192, passes: 1 }

/** A password that is shown once and opens nothing but its own change. */
export const oneTimePassword = (): string => `${randomBytes(16).toString('base64url')}-Aa1`

/** Changes somebody's account; what closes it, and a new password, ends its sessions at once. Gives the new password of a reset. */
export async function changeAccount(
  ctx: Ctx,
  o: { id: string; version: number; act: AccountAct },
): Promise<{ state: AccountState; password: string | null }> {
  const password = o.act.act === 'reset' ? oneTimePassword() : null
  const hash = password && (await hashPassword(password, ONE_TIME_COST))
  const state = await ctx.tx(async (db) => {
    const before = await getAccountState(db, o.id)
    refuseStale(o.version, before.version)
    const event = orThrow(decideAccount(before, o.act, await around(ctx, db, o.id)))
    const after = evolveAccount(before, event)
    if (['reset', 'disable', 'limit', 'clear'].includes(o.act.act)) await deleteSessionsOf(db, o.id)
    if (o.act.act === 'reset' || o.act.act === 'disable') await revokeTokensOf(ctx, db, { account: o.id, reason: o.act.reason })
    if (hash) await updateCredential(db, { account: o.id, hash, now: ctx.now, times: after.passwords, mustChange: true })
    await saveAccount(ctx, db, { id: o.id, state: after, event })
    return after
  })
  return { state, password }
}

/** Writes the next state of an account with its event. */
export async function saveAccount(ctx: Ctx, db: Db, o: { id: string; state: AccountState; event: AccountEvent }): Promise<void> {
  if (!(await updateAccount(db, o.id, o.state)))
    throw baseProblem('version-changed', { found: o.state.version - 1, expected: o.state.version })
  await tell(ctx, db, { context: 'accounts', told: [{ id: o.id, version: o.state.version, event: o.event }] })
}

/** The state of an account; 404 where there is none. */
export async function getAccountState(db: Db, id: string): Promise<AccountState> {
  const state = await findAccountState(db, id)
  if (!state) throw problem('no-such', { what: id })
  return state
}

/** What an act on an account is judged by besides the account. */
export async function around(ctx: Ctx, db: Db, id: string): Promise<Around> {
  const today = dayOf(ctx.now.toISOString() as Instant)
  const administers = (await findAccount(db, id))?.posts.some((p) => p.role === 'secadmin') ?? false
  const lastAdministrator = administers && (await countOtherSecadmins(db, { account: id, day: today })) === 0
  return { today, own: ctx.actor.account === id, lastAdministrator }
}
