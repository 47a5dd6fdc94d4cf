import { z } from 'zod'
import type { Principal } from '../base/ctx.ts'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import { baseMapRoutes } from './base-map/routes.ts'
import { lookupRoutes } from './layers/lookup-routes.ts'
import { layerRoutes } from './layers/routes.ts'
import { problem } from './problems.ts'
import { LEVELS } from './rules/area.ts'
import { parsePoint } from './rules/point.ts'
import { findCountyAt, listAreas, listBoundaries } from './store.ts'

const route = routeOf<Principal>()
const Area = z.object({ code: z.string(), name: z.string(), level: z.enum(LEVELS), parent: z.string().nullable() })
const Coordinate = z.string().min(1).max(40)

/** Divisions, boundaries, and which county a point lies in. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/areas',
    permission: 'signed-in',
    summary: { zh: '行政区划', en: 'Divisions' },
    query: z.object({ parent: z.string().max(20).optional(), level: z.enum(LEVELS).optional() }),
    reply: z.object({ items: z.array(Area) }),
    run: (ctx, { query }) =>
      ctx.tx(async (db) => ({
        items: await listAreas(db, ctx.actor.tenant, { parent: query.parent, levels: query.level && [query.level] }),
      })),
  }),
  route({
    method: 'GET',
    path: '/api/places/county',
    permission: 'signed-in',
    summary: { zh: '按坐标找县区（crs=gcj02 可用）', en: 'The county of a point (crs=gcj02 accepted)' },
    query: z.object({ lng: Coordinate, lat: Coordinate, crs: z.string().max(20).optional() }),
    reply: z.object({ code: z.string(), name: z.string(), point: z.object({ lng: z.number(), lat: z.number() }) }),
    run: async (ctx, { query }) => {
      const point = parsePoint(query)
      if (isRefusal(point))
        throw problem('bad-point', {
          found: `${query.lng}, ${query.lat}`,
          expected: String(point.params['expected'] ?? point.code),
        })
      const county = await ctx.tx((db) => findCountyAt(db, ctx.actor.tenant, point))
      if (!county) throw problem('no-county', { ...point })
      return { ...county, point }
    },
  }),
  route({
    method: 'GET',
    path: '/api/places/boundaries',
    permission: 'signed-in',
    summary: { zh: '县区边界（WGS 84，未附审图号）', en: 'County boundaries (WGS 84)' },
    reply: z.object({
      type: z.literal('FeatureCollection'),
      features: z.array(
        z.object({ type: z.literal('Feature'), properties: z.record(z.string(), z.string()), geometry: z.unknown() }),
      ),
    }),
    run: (ctx) =>
      ctx.tx(async (db) => ({
        type: 'FeatureCollection' as const,
        features: (await listBoundaries(db, ctx.actor.tenant)).map(({ code, name, geometry }) => ({
          type: 'Feature' as const,
          properties: { code, name },
          geometry,
        })),
      })),
  }),
  ...baseMapRoutes,
  ...layerRoutes,
  ...lookupRoutes,
]
