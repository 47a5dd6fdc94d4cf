import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Ctx } from '../../base/ctx.ts'
import type { Db } from '../../base/db.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type LayerKind, shapeOf } from '../rules/layer-kinds.ts'
import { provinceOf } from '../rules/province.ts'
import type { DemSummary } from '../terrain/read-dem.ts'
import { copyBlob, demFile, dropDem, withScratch } from './files.ts'
import { addFindings, emptyTally, type Tally } from './findings.ts'
import type { LayerOrder, LayerReport } from './layer.ts'
import { refusedLayer } from './problems.ts'
import type { FeatureLine, ReadSummary } from './read/read-layer.ts'
import { type Progress, runReader } from './read/run-reader.ts'
import { findWaiting, insertLayer, type Loaded, makeCurrent } from './store.ts'
import { divideFeatures, insertFeatures } from './store-features.ts'
import { warningsOf } from './warnings.ts'

/** How far a load has come, and in which of its two halves. */
export type LoadProgress = (phase: 'reading' | 'writing', done: number, total: number) => void

/** What was read of a file and waits in `lines` to be written. */
type Read = { summary: ReadSummary | DemSummary; lines: string; sha: string | null }

/**
 * 加载图层 of a file on this machine: read in a process of its own, then written in one transaction. Nothing is left of a file that is
 * refused; throws the Problem that says why.
 */
export async function addLayer(ctx: Ctx, o: LayerOrder & { file: string }, progress: LoadProgress): Promise<string> {
  const id = randomUUID()
  const sha = o.kind === 'elevation' ? (await ctx.blobs.put(createReadStream(o.file))).sha256 : null
  await withScratch(ctx, async (lines) => {
    const file = sha ? await demFile(ctx, sha) : o.file
    const summary = await runReader({ ...o, name: o.fileName, file, out: lines }, reading(progress))
    if (isRefusal(summary)) {
      if (sha) await dropDem(ctx, sha)
      throw refusedLayer(summary)
    }
    await ctx.tx(async (db) => {
      await insertLayer(db, { ...o, id, sha, now: ctx.now, by: ctx.actor.account })
      orThrow(await writeLayer(ctx, db, { id, kind: o.kind, read: { summary, lines, sha }, progress }))
    })
  })
  return id
}

/** Reads and writes a version that waits, whose file is a blob; a refusal is answered, for its row. Undefined: it does not wait any more. */
export async function loadWaitingLayer(ctx: Ctx, id: string, watch: Watch): Promise<Refusal | 'loaded' | undefined> {
  const order = await ctx.tx((db) => findWaiting(db, id))
  if (!order?.sha) return undefined
  const { sha } = order
  return withScratch(ctx, (lines) =>
    withScratch(ctx, async (copy) => {
      const file = order.kind === 'elevation' ? await demFile(ctx, sha) : copy
      if (file === copy) await copyBlob(ctx, sha, copy)
      const summary = await runReader({ ...order, ...named(order), file, out: lines }, reading(watch.progress))
      if (isRefusal(summary)) {
        if (order.kind === 'elevation') await dropDem(ctx, sha)
        return summary
      }
      await watch.beforeWriting()
      return writeWaiting(ctx, { id, kind: order.kind, read: { summary, lines, sha }, progress: watch.progress })
    }),
  )
}

/** Who looks on while a waiting version is loaded: `beforeWriting` ends before the transaction begins that nobody can look into. */
export type Watch = { progress: LoadProgress; beforeWriting(): Promise<void> }

// Columns hold null where an order has nothing.
const named = (order: LayerOrder) => ({ crs: order.crs ?? undefined, layer: order.layer ?? undefined, name: order.fileName })

type Writing = { id: string; kind: LayerKind; read: Read; progress: LoadProgress }

// A refusal while writing must undo what was written: it leaves the transaction as an error and arrives here again.
async function writeWaiting(ctx: Ctx, o: Writing): Promise<Refusal | 'loaded' | undefined> {
  try {
    return await ctx.tx(async (db) => {
      if (!(await findWaiting(db, o.id))) return undefined
      const refusal = await writeLayer(ctx, db, o)
      if (refusal) throw new Refused(refusal)
      return 'loaded'
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

function orThrow(refusal: Refusal | undefined): void {
  if (refusal) throw refusedLayer(refusal)
}

async function writeLayer(ctx: Ctx, db: Db, { id, kind, read, progress }: Writing): Promise<Refusal | undefined> {
  const { summary, lines, sha } = read
  if (summary.format === 'geotiff') {
    await makeCurrent(db, id, demLoaded(ctx, summary, sha))
    return undefined
  }
  const tally = await writeFeatures(db, { id, kind, lines, total: summary.features, box: provinceOf(ctx.law.rules), progress })
  if (summary.features > 0 && tally.kept === 0) return nothingUsable(summary.features, tally, kind)
  await makeCurrent(db, id, vectorLoaded(ctx, summary, { tally, sha }))
  return undefined
}

function vectorLoaded(ctx: Ctx, summary: ReadSummary, { tally, sha }: { tally: Tally; sha: string | null }): Loaded {
  const report: LayerReport = { counts: tally.counts, findings: tally.findings, warnings: warningsOf(summary) }
  return {
    ...{ format: summary.format, crs: summary.crs, vertices: summary.vertices, repaired: tally.repaired, leftOut: tally.leftOut },
    ...{ raster: null, sha, report, now: ctx.now },
  }
}

function demLoaded(ctx: Ctx, { dem, voids }: DemSummary, sha: string | null): Loaded {
  const crs = { code: dem.crs.code || null, name: dem.crs.name, said: false, told: null, offByM: null }
  const warnings = voids > 0 ? [{ zh: `${voids} 个像元没有高程值`, en: `${voids} cells have no value` }] : []
  return {
    ...{ format: 'geotiff', crs, vertices: 0, repaired: 0, leftOut: 0, raster: dem, sha },
    ...{ report: { counts: {}, findings: [], warnings }, now: ctx.now },
  }
}

function nothingUsable(found: number, tally: Tally, kind: LayerKind): Refusal {
  const expected = { area: '面 / polygons', ridge: '线或面 / lines or polygons', any: '点、线、面 / any', raster: 'GeoTIFF' }[
    shapeOf(kind)
  ]
  return refuse('invalid', 'places/layer-nothing-usable', { found, expected, why: Object.keys(tally.counts).join(', ') })
}

type FeatureJob = {
  id: string
  kind: LayerKind
  lines: string
  total: number
  box: { west: number; south: number; east: number; north: number }
  progress: LoadProgress
}

// Few enough vertices that a statement ends within a second or two on the embedded engine, which answers nobody meanwhile.
const BATCH = { vertices: 20_000, features: 500 } as const

async function writeFeatures(db: Db, o: FeatureJob): Promise<Tally> {
  const tally = emptyTally()
  let batch: FeatureLine[] = []
  let vertices = 0
  const flush = async () => {
    if (batch.length > 0) await writeBatch(db, batch, { ...o, tally })
    batch = []
    vertices = 0
  }
  for await (const text of createInterface({ input: createReadStream(o.lines), crlfDelay: Infinity })) {
    const line = JSON.parse(text) as FeatureLine
    if (vertices + line.vertices > BATCH.vertices || batch.length >= BATCH.features) await flush()
    batch.push(line)
    vertices += line.vertices
    if (line.n % 100 === 0) o.progress('writing', line.n, o.total)
  }
  await flush()
  o.progress('writing', o.total, o.total)
  return tally
}

async function writeBatch(db: Db, batch: readonly FeatureLine[], o: FeatureJob & { tally: Tally }): Promise<void> {
  const lines = batch.filter((line) => line.geometry !== null)
  const written = lines.length > 0 ? await insertFeatures(db, { layer: o.id, lines, box: o.box }) : []
  if (lines.length > 0) await divideFeatures(db, { layer: o.id, kind: o.kind, from: lines[0]!.n, to: lines[lines.length - 1]!.n })
  addFindings(o.tally, { kind: o.kind, lines: batch, written })
}

function reading(progress: LoadProgress): Progress {
  return (done, total) => progress('reading', done, total)
}
