import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { FilterQuery } from '../filter-schema.ts'
import { problem } from '../problems.ts'
import { drawTile } from './draw-tile.ts'

const route = routeOf<Actor>()
const DEEPEST = 22
const whole = z.coerce.number().int().min(0)

/** The map of the problem list: vector tiles with clusters made on the server. */
export const mapRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/tiles/cases/{z}/{x}/{y}.mvt',
    permission: 'case.read',
    summary: { zh: '问题分布矢量瓦片', en: 'A vector tile of the problem list' },
    params: z.object({ z: whole.max(DEEPEST), x: whole, y: whole }),
    query: FilterQuery,
    run: async (ctx, { params: tile, query }) => {
      if (tile.x >= 2 ** tile.z || tile.y >= 2 ** tile.z) throw problem('no-tile', { z: tile.z, x: tile.x, y: tile.y })
      const body = await drawTile(ctx, { tile, filter: query })
      return { type: 'application/vnd.mapbox-vector-tile', body, headers: { 'content-encoding': 'gzip' } }
    },
  }),
  route({
    method: 'GET',
    path: '/tiles/cases.json',
    permission: 'case.read',
    summary: { zh: '瓦片说明（TileJSON）', en: 'TileJSON of the problem list' },
    reply: z.looseObject({ tilejson: z.string(), tiles: z.array(z.string()) }),
    run: async (ctx) => ({
      tilejson: '3.0.0',
      name: `${ctx.settings.cityName} 问题清单`,
      tiles: ['/tiles/cases/{z}/{x}/{y}.mvt'],
      minzoom: 0,
      maxzoom: DEEPEST,
      vector_layers: [
        { id: 'clusters', fields: fieldsOf(CLUSTER, 'Number') },
        { id: 'cases', fields: fieldsOf(CASE, 'String') },
      ],
    }),
  }),
]

const CLUSTER = ['n', 'green', 'yellow', 'red', 'open', 'closed', 'west', 'south', 'east', 'north']
const CASE = ['id', 'no', 'title', 'state', 'colour', 'due', 'region']
const fieldsOf = (names: string[], type: string) => Object.fromEntries(names.map((name) => [name, type]))
