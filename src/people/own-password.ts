import { hashPassword, TooManyHashes } from '../base/auth/password.ts'
import { countAttempt, forgiveAccount, prefixOf, throttleKeys } from '../base/auth/throttle.ts'
import { type House, within } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import type { Visitor } from '../base/http/router.ts'
import { baseProblem } from '../base/problem.ts'
import { getAccountState, saveAccount } from './accounts.ts'
import { problem } from './problems.ts'
import { evolveAccount } from './rules/accounts.ts'
import type { Actor } from './rules/actor.ts'
import { isStrong } from './rules/passwords.ts'
import { checkPassword, hashOf, recognise } from './session.ts'
import { deleteSessionsOf, findCredential } from './store.ts'
import { insertAccess } from './store-access.ts'
import { updateCredential } from './store-accounts.ts'

export interface ChangingPassword {
  secret: string
  visitor: Visitor<Actor>
  token: string
  old: string
  wanted: string
  address: string
}

/**
 * Another password of one's own: the old one is asked for and throttled like a sign-in, the new one is strong and another, and every
 * other session of the account ends. The hashes are made between two transactions.
 */
export async function changePassword(house: House, o: ChangingPassword): Promise<void> {
  const { database, tenant } = house
  const { account } = o.visitor.actor
  if (!isStrong(o.wanted)) throw problem('weak-password')
  if (o.wanted === o.old) throw problem('same-password')
  const keys = throttleKeys(o.secret, { username: `password of ${account}`, address: o.address })
  const { attempt, credential } = await database.begin(tenant, async (db) => ({
    attempt: await countAttempt(db, keys, house.clock()),
    credential: await findCredential(db, { account }),
  }))
  const right = await checkPassword(house, attempt, { password: o.old, credential })
  const hash = right ? await hashOrWait(o.wanted) : undefined
  const done = await database.begin(tenant, async (db) => {
    if (hash) await forgiveAccount(db, attempt)
    if (hash) return setPassword(db, house, { ...o, hash })
    await insertAccess(db, { at: house.clock(), kind: 'password_refused', account, source: prefixOf(o.address) })
    return false
  })
  await database.barrier()
  if (!done) throw problem('wrong-old-password')
}

async function hashOrWait(password: string): Promise<string> {
  try {
    return await hashPassword(password)
  } catch (e) {
    if (e instanceof TooManyHashes) throw problem('busy', {}, { 'retry-after': '5' })
    throw e
  }
}

async function setPassword(db: Db, house: House, o: ChangingPassword & { hash: string }): Promise<true> {
  const now = house.clock()
  const { actor, scope } = o.visitor
  // Between the two transactions somebody may have closed the account or ended the session.
  if (!(await recognise(db, { token: o.token, secret: o.secret, now, touch: false }))) throw baseProblem('not-signed-in')
  await deleteSessionsOf(db, actor.account, hashOf(o.token))
  const before = await getAccountState(db, actor.account)
  const state = evolveAccount(before, { type: 'password_changed' })
  await updateCredential(db, { account: actor.account, hash: o.hash, now, times: state.passwords, mustChange: false })
  await saveAccount(within(house, actor, scope, db), db, { id: actor.account, state, event: { type: 'password_changed' } })
  return true
}
