import { z } from 'zod'
import type { Ctx, Principal } from '../../base/ctx.ts'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { currentElevations } from '../layers/store.ts'
import { terrainJson } from '../terrain/serve-tile.ts'
import { listImagery, openImagery } from './imagery.ts'
import { makeStyle } from './rules/style.ts'
import type { MapStyle } from './rules/style-json.ts'
import { readShipped } from './shipped.ts'
import { listSpreads } from './store.ts'

const route = routeOf<Principal>()

/** The map's own parts: how it is drawn, and the operator's imagery. */
export const baseMapRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/tiles/style.json',
    permission: 'signed-in',
    summary: { zh: '地图样式（MapLibre）', en: 'The style of the map (MapLibre)' },
    reply: z.looseObject({ version: z.literal(8) }),
    run: (ctx, { language }) => styleOf(ctx, language),
  }),
  route({
    method: 'GET',
    path: '/tiles/base/{file}',
    permission: 'signed-in',
    summary: { zh: '底图影像文件（PMTiles，支持 Range）', en: "A file of the operator's imagery (PMTiles, with ranges)" },
    params: z.object({ file: z.string().max(100).endsWith('.pmtiles') }),
    run: (ctx, { params, range }) => openImagery(ctx.settings.mapDir, params.file.slice(0, -'.pmtiles'.length), range),
  }),
]

async function styleOf(ctx: Ctx, language: 'zh' | 'en'): Promise<MapStyle> {
  const counties = await ctx.tx((db) => listSpreads(db, ctx.actor.tenant))
  const heights = await ctx.tx(currentElevations)
  return makeStyle({
    ...{ language, cityName: ctx.settings.cityName, counties },
    ...(await readShipped(ctx.actor.tenant)),
    terrain: heights.length > 0 ? await terrainJson(ctx) : undefined,
    imagery: await listImagery(ctx.settings.mapDir),
    tiandituKey: ctx.settings.tiandituKey,
  })
}
