import { randomBytes } from 'node:crypto'
import type { Ctx } from '../base/ctx.ts'
import { createAccount } from './accounts.ts'
import { createOrganisation } from './organisations.ts'
import { createPost, givePost } from './posts.ts'
import { problem } from './problems.ts'
import { findOrganisations, listAccounts } from './store-directory.ts'

/**
 * The first account of a new city: a security administrator, who creates all others. Refused once any account exists, so that the
 * command line is no way round the three administrators. The password is shown once and stored nowhere.
 */
export async function createFirstAdmin(ctx: Ctx, o: { username: string; name: string }): Promise<{ password: string }> {
  if ((await ctx.tx(listAccounts)).length > 0) throw problem('not-first')
  const password = `${randomBytes(12).toString('base64url')}-Aa1`
  const { office } = ctx.settings
  const known = await ctx.tx((db) => findOrganisations(db, [office]))
  const area = String(ctx.actor.tenant)
  const org = known.get(office) ?? (await createOrganisation(ctx, { name: office, kind: 'office', area }))
  const account = await createAccount(ctx, { ...o, clearance: 0, password, mustChange: true })
  const post = await createPost(ctx, { org, title: '安全管理员', role: 'secadmin', area })
  await givePost(ctx, { post, account, standIn: false })
  return { password }
}
