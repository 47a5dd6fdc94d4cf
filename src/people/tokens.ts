import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { addDays, type Day, dayOf, type Instant } from '../base/rules/day.ts'
import { ruleAt } from '../base/rules/law.ts'
import { orThrow, tell } from './journal.ts'
import { problem } from './problems.ts'
import type { Actor } from './rules/actor.ts'
import { permissionsOf } from './rules/permissions.ts'
import { decideToken, evolveToken, type Scope, type TokenEvent, type TokenRule } from './rules/tokens.ts'
import { findToken, insertToken, listTokens, revokeTokenRow, type TokenRow } from './store-tokens.ts'

/** What a token begins with, so that a scanner for secrets knows one in a file. */
export const TOKEN_PREFIX = 'qg_'

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A token of one's own for a machine: the secret is in this answer and nowhere else. */
export async function makeToken(
  ctx: Ctx<Actor>,
  o: { name: string; scopes: readonly Scope[]; readOnly: boolean; expires?: Day | undefined },
): Promise<{ token: string; row: TokenRow }> {
  const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
  const id = randomUUID()
  return ctx.tx(async (db) => {
    const { account } = ctx.actor
    const today = dayOf(ctx.now.toISOString() as Instant)
    const { value: rule } = ruleAt<TokenRule>(ctx.law.rules, 'token', 'limits', today)
    const live = (await listTokens(db, account)).filter((t) => isLive(t, today)).length
    const around = { today, latest: addDays(today, rule.longestDays), held: permissionsOf(ctx.actor), live, rule }
    const event = orThrow(decideToken({ account, ...o }, around))
    await insertToken(db, { id, state: evolveToken(undefined, event), hash: hashOfToken(token), now: ctx.now })
    await tell(ctx, db, { context: 'tokens', told: [{ id, version: 1, event }] })
    return { token, row: (await listTokens(db, account)).find((t) => t.id === id)! }
  })
}

const isLive = (t: TokenRow, today: Day) => !t.revokedAt && (!t.expiresOn || t.expiresOn >= today)

/** Ends a token: one's own, or anybody's for who administers accounts. Another's is as if it were not there. */
export async function revokeToken(ctx: Ctx<Actor>, o: { id: string; reason: string; anybodys?: true }): Promise<{ id: string }> {
  return ctx.tx(async (db) => {
    const before = await findToken(db, o.id)
    if (!before || (!o.anybodys && before.account !== ctx.actor.account)) throw problem('no-such', { what: o.id })
    if (!(await endToken(ctx, db, { id: o.id, version: before.version, reason: o.reason }))) throw problem('token-ended')
    return { id: o.id }
  })
}

/** Ends every token of an account: who leaves or is disabled for good leaves no machine behind. */
export async function revokeTokensOf(ctx: Ctx, db: Db, o: { account: string; reason: string }): Promise<void> {
  for (const { id, version, revokedAt } of await listTokens(db, o.account))
    if (!revokedAt) await endToken(ctx, db, { id, version, reason: o.reason })
}

async function endToken(ctx: Ctx, db: Db, o: { id: string; version: number; reason: string }): Promise<boolean> {
  const event: TokenEvent = { type: 'token_revoked', reason: o.reason }
  if (!(await revokeTokenRow(db, { id: o.id, version: o.version + 1, now: ctx.now }))) return false
  await tell(ctx, db, { context: 'tokens', told: [{ id: o.id, version: o.version + 1, event }] })
  return true
}
