import { randomUUID } from 'node:crypto'
import { hashPassword, type PasswordCost } from '../base/auth/password.ts'
import type { Ctx } from '../base/ctx.ts'
import { problem } from './problems.ts'
import { insertAccount, insertOrganisations } from './store.ts'

/** Creates an account that holds no post yet; the password is checked, hashed and forgotten. */
export async function createAccount(
  ctx: Ctx,
  o: { username: string; name: string; clearance: number; password: string; sample?: boolean; cost?: PasswordCost },
): Promise<string> {
  if (!isStrong(o.password)) throw problem('weak-password')
  const id = randomUUID()
  const hash = await hashPassword(o.password, o.cost)
  await ctx.tx((db) => insertAccount(db, { ...o, id, hash, sample: o.sample ?? false, now: ctx.now }))
  return id
}

/** Twelve characters of three classes (等保三级; a setting of the city). */
export function isStrong(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((c) => c.test(password)).length
  return password.length >= 12 && classes >= 3
}

export async function createOrganisation(ctx: Ctx, o: { name: string; kind: string; area: string }): Promise<string> {
  const [id] = await createOrganisations(ctx, [o])
  return id!
}

/** Creates organisations together; their ids in the same order. */
export async function createOrganisations(
  ctx: Ctx,
  orgs: readonly { name: string; kind: string; area: string }[],
): Promise<string[]> {
  const rows = orgs.map(({ name, kind, area }) => ({ id: randomUUID(), name, kind, area }))
  await ctx.tx((db) => insertOrganisations(db, rows))
  return rows.map(({ id }) => id)
}
