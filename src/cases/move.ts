import { randomUUID } from 'node:crypto'
import type { Db } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import type { Instant } from '../base/rules/day.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { findActor } from '../people/index.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { hasLeft } from './left.ts'
import { locate } from './locate.ts'
import { withCourse } from './numbers/keep.ts'
import { problem, refused } from './problems.ts'
import { recolour } from './recolour.ts'
import { canSee } from './rules/access.ts'
import type { Act, ActOf } from './rules/act.ts'
import type { Case, Place } from './rules/case.ts'
import type { Env } from './rules/env.ts'
import { given } from './rules/given.ts'
import { decide, evolve } from './rules/lifecycle.ts'
import { undoUntil } from './rules/undo.ts'
import { type Coloured, findCase, updateCase } from './store.ts'

/** A case after an act, and until when its author may take it back. */
export type Moved = Coloured & { undoUntil?: Instant | undefined }

/** One act on one case: load, decide, save. `version` is what the caller read; without it (evidence) the newest is taken. */
export async function moveCase(ctx: StaffCtx, id: string, o: { act: Act; version?: number }): Promise<Moved> {
  return ctx.tx(async (db) => {
    const before = (await getCase(ctx, db, id, { lock: o.version === undefined })).case
    if (o.version !== undefined && o.version !== before.version)
      throw baseProblem('version-changed', { found: o.version, expected: before.version })
    if (o.act.move === 'triage') await locate(ctx, db, placeAfter(before.place, o.act))
    return save(ctx, db, before, { act: o.act, env: await lookUp(ctx, db, { ...o, id }) })
  })
}

/** What the law makes of an act, written with its event and the colour it leads to; a refusal is thrown as its problem. */
export async function save(ctx: StaffCtx, db: Db, before: Case, { act, env }: { act: Act; env: Env }): Promise<Moved> {
  const event = decide(before, act, env)
  if (isRefusal(event)) throw refused(event)
  const step = await withCourse(db, { case: evolve(before, event), event }, ctx.law)
  if (!(await updateCase(db, step))) throw baseProblem('version-changed', { found: before.version, expected: before.version + 1 })
  const left = await hasLeft(db, event)
  return { ...(await recolour(ctx, db, step.case)), undoUntil: undoUntil(step.case, { event, before, left }, env) }
}

// The place as triage would leave it.
function placeAfter(place: Place, { town, village, point }: ActOf<'triage'>): Place {
  return { ...place, ...given({ town, village, point }) }
}

/** A case that the actor may see; the same 404 for what is not there and for what is outside the scope. */
export async function getCase(ctx: StaffCtx, db: Db, id: string, o: { lock?: boolean } = {}): Promise<Coloured> {
  const found = await findCase(db, ctx.actor.tenant, id, o)
  if (!found || (ctx.policy && !canSee(ctx.actor, found.case))) throw problem('no-such-case')
  return found
}

// What a decision needs from outside the case: the person behind an approval, the case to merge into, a lot for the sample.
export async function lookUp(ctx: StaffCtx, db: Db, o: { act: Act; id: string }): Promise<Env> {
  const env = envOf(ctx)
  const { act } = o
  const draw = Math.random()
  if ('approvedBy' in act && act.approvedBy) {
    const approver = await findActor(db, act.approvedBy.account, env.today)
    return approver ? { ...env, approver, draw } : { ...env, draw }
  }
  if (act.move === 'merge') {
    const { tenant, id, state } = (await getCase(ctx, db, act.into)).case
    return { ...env, other: { tenant, id, state }, draw }
  }
  return { ...env, draw, id: randomUUID() }
}
