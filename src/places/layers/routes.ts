import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Principal } from '../../base/ctx.ts'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { dayOf, type Instant, isDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { CRS } from '../rules/crs.ts'
import { crsSaid } from '../rules/crs-of-file.ts'
import { LAYER_KINDS } from '../rules/layer-kinds.ts'
import { serveTerrainTile, terrainJson } from '../terrain/serve-tile.ts'
import { LAYER_QUEUE } from './jobs.ts'
import { layerProblem, refusedLayer } from './problems.ts'
import { LIMITS } from './read/limits.ts'
import { showLayer } from './show.ts'
import { insertLayer, listLayers, removeLayer } from './store.ts'
import { layerTile } from './tiles.ts'

const route = routeOf<Principal>()
const Id = z.object({ id: z.uuid() })
export const DayText = z.string().refine(isDay, 'expected YYYY-MM-DD')
const Bbox = z.array(z.number()).length(4).nullable()
const Item = z.looseObject({
  id: z.uuid(),
  name: z.string(),
  version: z.number(),
  kind: z.enum(LAYER_KINDS),
  state: z.enum(['waiting', 'loaded', 'refused']),
  current: z.boolean(),
  features: z.number(),
  repaired: z.number(),
  bbox: Bbox,
})
const TileParams = z.object({ z: z.coerce.number().int(), x: z.coerce.number().int(), y: z.coerce.number().int() })
const Name = z.string().trim().min(1).max(100)

/** Layers over HTTP: load, list, report, remove, and their tiles. */
export const layerRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/layers',
    permission: 'signed-in',
    summary: { zh: '图层（history=true 含历史版本）', en: 'Layers (history=true: every version)' },
    query: z.object({ history: z.enum(['true', 'false']).default('false') }),
    reply: z.object({ items: z.array(Item) }),
    run: (ctx, { query }) => ctx.tx(async (db) => ({ items: await listLayers(db, { history: query.history === 'true' }) })),
  }),
  route({
    method: 'POST',
    path: '/api/layers',
    permission: 'layer.manage',
    summary: {
      zh: '加载图层（GeoJSON、Shapefile zip、GeoPackage、GeoTIFF 高程）',
      en: 'Load a layer; it is read in the background',
    },
    multipart: { bytes: LIMITS.bytes, files: 1 },
    body: z.object({
      name: Name,
      kind: z.enum(LAYER_KINDS),
      crs: z.string().trim().min(1).max(60).optional(),
      layer: z.string().min(1).max(200).optional(),
      source: z.string().max(500).optional(),
      date: DayText.optional(),
    }),
    status: 201,
    reply: z.object({ id: z.uuid(), state: z.literal('waiting') }),
    run: async (ctx, { body, files }) => {
      const [file] = files
      if (!file) throw layerProblem('layer-no-upload')
      const said = body.crs === undefined ? undefined : crsSaid(body.crs)
      if (isRefusal(said)) throw refusedLayer(said)
      const id = randomUUID()
      await ctx.tx(async (db) => {
        await insertLayer(db, { ...body, id, fileName: file.name, sha: file.sha256, now: ctx.now, by: ctx.actor.account })
        await ctx.jobs.send(db, LAYER_QUEUE, { layer: id }, { key: id })
      })
      return { id, state: 'waiting' as const }
    },
  }),
  route({
    method: 'GET',
    path: '/api/layers/{id}/report',
    permission: 'signed-in',
    summary: { zh: '图层的加载报告', en: 'What loading a layer found' },
    params: Id,
    reply: z.looseObject({
      layer: Item,
      counts: z.record(z.string(), z.number()),
      findings: z.array(z.looseObject({ n: z.number() })),
    }),
    run: (ctx, { params }) => showLayer(ctx, params.id),
  }),
  route({
    method: 'DELETE',
    path: '/api/layers/{id}',
    permission: 'layer.manage',
    summary: { zh: '停用图层（历史保留）', en: 'Take a layer out of use; its history stays' },
    params: Id,
    reply: z.object({ removed: z.literal(true) }),
    run: async (ctx, { params }) => {
      const done = await ctx.tx((db) => removeLayer(db, params.id, { now: ctx.now, by: ctx.actor.account }))
      if (!done) throw layerProblem('no-layer')
      return { removed: true as const }
    },
  }),
  route({
    method: 'GET',
    path: '/tiles/layers/{id}/{z}/{x}/{y}.mvt',
    permission: 'signed-in',
    summary: {
      zh: '图层的矢量瓦片（attributes=要带的属性，逗号分隔）',
      en: 'Vector tiles of a layer (attributes: names, by comma)',
    },
    params: Id.extend(TileParams.shape),
    query: z.object({ attributes: z.string().max(500).default('') }),
    run: async (ctx, { params: { id, ...tile }, query }) => {
      const attributes = query.attributes.split(',').filter((name) => name !== '')
      const { body, truncated } = await layerTile(ctx, { id, tile, attributes })
      const headers = { 'content-encoding': 'gzip', ...(truncated && { 'x-truncated': 'true' }) }
      return { type: 'application/vnd.mapbox-vector-tile', body, headers }
    },
  }),
  route({
    method: 'GET',
    path: '/tiles/terrain.json',
    permission: 'signed-in',
    summary: { zh: '地形瓦片说明（TileJSON）', en: 'TileJSON of the terrain' },
    reply: z.looseObject({ tilejson: z.string(), tiles: z.array(z.string()), encoding: z.literal('terrarium') }),
    run: (ctx) => terrainJson(ctx),
  }),
  route({
    method: 'GET',
    path: '/tiles/terrain/{z}/{x}/{y}.png',
    permission: 'signed-in',
    summary: { zh: '地形瓦片（terrarium）', en: 'Terrain tiles (terrarium)' },
    params: TileParams,
    run: async (ctx, { params }) => ({
      type: 'image/png',
      body: await serveTerrainTile(ctx, params),
      headers: { 'cache-control': 'private, max-age=86400' },
    }),
  }),
]

/** The day that a question is about: the one said, or today in Shanghai. */
export function dayAsked(now: Date, said: string | undefined) {
  if (said === undefined) return dayOf(now.toISOString() as Instant)
  if (!isDay(said)) throw layerProblem('bad-day', { found: said })
  return said
}

export const CrsName = z.enum(CRS).default('wgs84')
