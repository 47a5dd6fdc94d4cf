import { type House, standing } from '../../base/ctx.ts'
import type { Job } from '../../base/jobs.ts'
import { say } from '../../base/problem.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Layer, LayerReport } from './layer.ts'
import { loadWaitingLayer } from './load.ts'
import { refusedLayer } from './problems.ts'
import { findLayer, listWaiting, markRefused, setProgress } from './store.ts'

/** The queue that an upload rings. */
export const LAYER_QUEUE = 'places-layers'

/** Reads the layers that wait; every ten minutes too, for a bell that a crash swallowed. */
export function jobsOf(house: House): Job[] {
  return [{ name: LAYER_QUEUE, cron: '*/10 * * * *', run: () => loadWaitingLayers(house) }]
}

/** Loads every version that waits, one after the other; what is refused keeps its reason. */
export async function loadWaitingLayers(house: House): Promise<void> {
  const scope = { tenant: house.tenant, areas: '*' as const, orgs: [], clearance: 3 }
  const ctx = standing(house, { tenant: house.tenant, account: 'system', name: '系统' }, scope)
  for (const id of await ctx.tx(listWaiting)) {
    const before = await ctx.tx((db) => findLayer(db, id))
    // Whoever was writing is gone, or took the engine with it: a second try would do the same.
    const answer = before?.progress?.phase === 'writing' ? refuse('invalid', 'places/layer-interrupted') : await loadOne(ctx, id)
    if (typeof answer === 'object') await ctx.tx((db) => markRefused(db, id, reportOf(answer)))
    house.log.info({ layer: id, answer: typeof answer === 'object' ? answer.code : answer }, 'layer')
  }
}

type Standing = ReturnType<typeof standing>

// Progress is written at most once a second. That writing began is on disk before it begins: see above.
async function loadOne(ctx: Standing, id: string): Promise<Refusal | 'loaded' | undefined> {
  let last = 0
  let telling: Promise<void> = Promise.resolve()
  const tell = (progress: Layer['progress']) => ctx.tx((db) => setProgress(db, id, progress))
  return loadWaitingLayer(ctx, id, {
    progress: (phase, done, total) => {
      if (phase === 'writing' || Date.now() - last < 1000) return
      last = Date.now()
      telling = telling.then(() => tell({ phase, done, total })).catch(() => undefined)
    },
    beforeWriting: () => telling.then(() => tell({ phase: 'writing', done: 0, total: 0 })),
  })
}

function reportOf(refusal: Refusal): LayerReport {
  const { text, params } = refusedLayer(refusal)
  const words = { zh: say(text, params, 'zh'), en: say(text, params, 'en') }
  return { refused: { code: refusal.code, params, ...words }, counts: {}, findings: [], warnings: [] }
}
