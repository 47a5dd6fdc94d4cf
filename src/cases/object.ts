import { randomUUID } from 'node:crypto'
import { widen } from '../base/db.ts'
import { baseProblem } from '../base/problem.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { withCourse } from './numbers/keep.ts'
import { problem, refused } from './problems.ts'
import { recolour } from './recolour.ts'
import { decide, evolve } from './rules/lifecycle.ts'
import { insertSealed, updateCase } from './store.ts'
import { listNotices } from './store-list.ts'

/**
 * 异议: anyone may object to a public notice under their name. The name and contact are sealed; the journal keeps a reference and
 * the text. The stranger sees only what is on notice; the write is done with the city's scope once that was checked.
 */
export async function objectToNotice(
  ctx: StaffCtx,
  id: string,
  o: { name: string; contact: string; text: string },
): Promise<{ receipt: string }> {
  return ctx.tx(async (db) => {
    const before = (await listNotices(db, ctx.actor.tenant, { today: envOf(ctx).today, id, limit: 1 }))[0]
    if (!before) throw problem('no-such-case')
    const [receipt, sealed] = [randomUUID(), randomUUID()]
    const event = decide(before, { move: 'object', id: receipt, sealed, text: o.text }, envOf(ctx))
    if (isRefusal(event)) throw refused(event)
    await widen(db, { tenant: ctx.actor.tenant, areas: '*', orgs: [], clearance: 0 })
    await insertSealed(db, { id: sealed, caseId: id, box: ctx.seal({ name: o.name, contact: o.contact }) })
    const after = evolve(before, event)
    if (!(await updateCase(db, await withCourse(db, { case: after, event }, ctx.law))))
      throw baseProblem('version-changed', { found: before.version, expected: before.version + 1 })
    await recolour(ctx, db, after)
    return { receipt }
  })
}
