import type { Ctx } from '../../base/ctx.ts'
import type { LayerReport } from './layer.ts'
import { layerProblem } from './problems.ts'
import { findLayer } from './store.ts'

/** A layer with the report of its load; 404 when there is none. */
export async function showLayer(ctx: Ctx, id: string) {
  const found = await ctx.tx((db) => findLayer(db, id))
  if (!found) throw layerProblem('no-layer')
  const { report, ...layer } = found
  return { layer, ...blank, ...report }
}

const blank: LayerReport = { counts: {}, findings: [], warnings: [] }
