import { envOf, type StaffCtx } from './ctx.ts'
import { getCase } from './move.ts'
import { colourHistory } from './rules/colour-history.ts'
import { findEvents, findSnapshots } from './store.ts'

/** 三色变化: every change of colour computed of what happened, and the frozen months beside it; three statements. */
export async function showColours(ctx: StaffCtx, id: string) {
  const { today, law } = envOf(ctx)
  return ctx.tx(async (db) => {
    await getCase(ctx, db, id)
    const events = await findEvents(db, ctx.actor.tenant, id)
    const months = (await findSnapshots(db, [id])).get(id) ?? []
    return { today, ...colourHistory(events, { today, law }, months), months }
  })
}
