import { randomUUID } from 'node:crypto'
import type { Ctx } from '../base/ctx.ts'
import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import type { Refusal } from '../base/rules/refusal.ts'
import { orThrow, refuseStale, tell } from './journal.ts'
import { problem } from './problems.ts'
import {
  decideClose,
  decideRename,
  evolveOrganisation,
  type OrganisationEvent,
  type OrganisationState,
} from './rules/organisations.ts'
import { insertOrganisations } from './store.ts'
import { countOpenPosts, organisationStates, updateOrganisation } from './store-accounts.ts'

interface New {
  name: string
  kind: string
  area: string
}

export async function createOrganisation(ctx: Ctx, o: New): Promise<string> {
  const [id] = await createOrganisations(ctx, [o])
  return id!
}

/** Creates organisations together; their ids in the same order. */
export async function createOrganisations(ctx: Ctx, orgs: readonly New[]): Promise<string[]> {
  const rows = orgs.map(({ name, kind, area }) => ({ id: randomUUID(), name, kind, area }))
  await ctx.tx(async (db) => {
    await insertOrganisations(db, rows)
    const told = rows.map(({ id, ...rest }) => ({ id, version: 1, event: { type: 'organisation_created', ...rest } }))
    await tell(ctx, db, { context: 'organisations', told })
  })
  return rows.map(({ id }) => id)
}

/** 更名: posts and cases keep pointing at the same organisation. */
export async function renameOrganisation(
  ctx: Ctx,
  o: { id: string; version: number; name: string; reason: string },
): Promise<OrganisationState & { id: string }> {
  return ctx.tx(async (db) => save(ctx, db, { ...o, decide: (before) => decideRename(before, o) }))
}

/** 撤销或并入: its posts are closed before; what once bound it stays bound to it and shows where it went. */
export async function closeOrganisation(
  ctx: Ctx,
  o: { id: string; version: number; reason: string; into?: string | undefined },
): Promise<OrganisationState & { id: string }> {
  return ctx.tx(async (db) => {
    const into = o.into ? { id: o.into, ...(await getOrganisation(db, o.into)) } : undefined
    const openPosts = await countOpenPosts(db, o.id)
    const day = dayOf(ctx.now.toISOString() as Instant)
    const how = { day, reason: o.reason, openPosts, own: o.into === o.id, into }
    return save(ctx, db, { ...o, decide: (before) => decideClose(before, how) })
  })
}

async function save(
  ctx: Ctx,
  db: Db,
  o: { id: string; version: number; decide(before: OrganisationState): OrganisationEvent | Refusal },
): Promise<OrganisationState & { id: string }> {
  const before = await getOrganisation(db, o.id)
  refuseStale(o.version, before.version)
  const event: OrganisationEvent = orThrow(o.decide(before))
  const after = evolveOrganisation(before, event)
  if (!(await updateOrganisation(db, o.id, after)))
    throw baseProblem('version-changed', { found: o.version, expected: after.version })
  await tell(ctx, db, { context: 'organisations', told: [{ id: o.id, version: after.version, event }] })
  return { id: o.id, ...after }
}

async function getOrganisation(db: Db, id: string): Promise<OrganisationState> {
  const [found] = await organisationStates(db, id)
  if (!found) throw problem('no-such', { what: id })
  return found.state
}
