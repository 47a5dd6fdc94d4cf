import type { Db } from '../base/db.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import type { Coloured } from './store.ts'
import { findWorst } from './store-pressed.ts'
import { seenBy, sightIn } from './store-sight.ts'

/** The cases longest overdue that this actor may see, for a wall. */
export async function listWorst(ctx: StaffCtx, db: Db, o: { region?: string | undefined; limit: number }): Promise<Coloured[]> {
  const seen = seenBy(await sightIn(ctx, db))
  return findWorst(db, { ...o, today: envOf(ctx).today, seen })
}
