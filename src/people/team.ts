import type { Ctx } from '../base/ctx.ts'
import { type Day, dayOf, daysBetween, type Instant } from '../base/rules/day.ts'
import { ruleAt } from '../base/rules/law.ts'
import { createAccount, ONE_TIME_COST, oneTimePassword } from './accounts.ts'
import { createOrganisation } from './organisations.ts'
import { createPost, givePost } from './posts.ts'
import { problem } from './problems.ts'
import type { Role } from './rules/actor.ts'
import { findOrganisations } from './store-directory.ts'

export interface NewTeam {
  /** Its name is the name of its organisation. */
  team: string
  /** User names are made of it: `xunshi-01`. */
  prefix: string
  /** The people by name: what they read is on record under it. */
  members: readonly string[]
  role: Role
  area: string
  clearance: number
  validFrom: Day
  validTo: Day
}

export interface Member {
  id: string
  username: string
  name: string
  password: string | null
}

/**
 * 检查组: an account for each member, with a post that sees what the role sees, for some days, reading only. All or nothing. The
 * passwords are in this answer and nowhere else, and open nothing but their own change.
 */
export async function makeTeam(ctx: Ctx, o: NewTeam): Promise<{ org: string; items: Member[] }> {
  refuseTooMuch(ctx, o)
  return ctx.tx(async (db) => {
    const known = (await findOrganisations(db, [o.team])).get(o.team)
    const org = known ?? (await createOrganisation(ctx, { name: o.team, kind: 'inspection-team', area: o.area }))
    const items: Member[] = []
    for (const [i, name] of o.members.entries()) items.push(await makeMember(ctx, { ...o, org, name, n: i + 1 }))
    return { org, items }
  })
}

function refuseTooMuch(ctx: Ctx, o: NewTeam): void {
  const today = dayOf(ctx.now.toISOString() as Instant)
  const { value } = ruleAt<{ most: number; longestDays: number }>(ctx.law.rules, 'team', 'limits', today)
  const days = daysBetween(o.validFrom, o.validTo)
  if (days < 0 || o.validTo < today) throw problem('window-inverted')
  if (days >= value.longestDays) throw problem('team-too-long', { days: value.longestDays })
  if (o.members.length > value.most) throw problem('team-too-large', { n: value.most })
}

async function makeMember(ctx: Ctx, o: NewTeam & { org: string; name: string; n: number }): Promise<Member> {
  const username = `${o.prefix}-${String(o.n).padStart(2, '0')}`
  const password = oneTimePassword()
  const { name, clearance, validFrom, validTo } = o
  const limits = { readOnly: true as const, mustChange: true as const, validFrom, validTo }
  const id = await createAccount(ctx, { username, name, clearance, password, ...limits, cost: ONE_TIME_COST })
  const title = `${o.team}成员${o.n}`
  const post = await createPost(ctx, { org: o.org, title, role: o.role, area: o.area })
  await givePost(ctx, { post, account: id, standIn: false })
  return { id, username, name, password }
}
