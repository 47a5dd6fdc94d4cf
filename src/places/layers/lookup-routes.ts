import { z } from 'zod'
import type { Principal } from '../../base/ctx.ts'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { problem } from '../problems.ts'
import { CRS } from '../rules/crs.ts'
import { parsePoint } from '../rules/point.ts'
import { lookupParcel, lookupPoint, parcelOf } from './lookup.ts'
import { DayText, dayAsked } from './routes.ts'
import { wireOf } from './wire.ts'

const route = routeOf<Principal>()
const Coordinate = z.string().min(1).max(40)
const Reply = z.looseObject({
  day: z.string(),
  zone: z.looseObject({ zone: z.string(), why: z.array(z.unknown()) }),
  check: z.looseObject({}),
  hits: z.array(z.unknown()),
})

/** What lies at a place, over HTTP: a point by its degrees, a parcel by its GeoJSON. */
export const lookupRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/places/lookup',
    permission: 'signed-in',
    summary: { zh: '按坐标查图层与秦岭分区', en: 'Layers and Qinling zone of a point' },
    query: z.object({ lng: Coordinate, lat: Coordinate, crs: z.string().max(20).optional(), day: DayText.optional() }),
    reply: Reply,
    run: async (ctx, { query }) => {
      const point = parsePoint(query)
      if (isRefusal(point))
        throw problem('bad-point', {
          found: `${query.lng}, ${query.lat}`,
          expected: String(point.params['expected'] ?? point.code),
        })
      return { point, ...wireOf(await lookupPoint(ctx, point, dayAsked(ctx.now, query.day))) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/places/lookup',
    permission: 'signed-in',
    summary: {
      zh: '按地块查图层与秦岭分区（不超过 20000 个顶点）',
      en: 'Layers and Qinling zones of a parcel (at most 20,000 vertices)',
    },
    query: z.object({ crs: z.enum(CRS).default('wgs84'), day: DayText.optional() }),
    body: z.looseObject({ type: z.string().max(40) }),
    reply: Reply,
    run: async (ctx, { query, body }) =>
      wireOf(await lookupParcel(ctx, parcelOf(shapeIn(body), query.crs), dayAsked(ctx.now, query.day))),
  }),
]

// A Feature is taken for its geometry, and a collection of one for its feature: that is what a drawing tool hands out.
function shapeIn(body: Record<string, unknown>): unknown {
  if (body['type'] === 'Feature') return body['geometry'] ?? null
  const features = body['features']
  if (body['type'] === 'FeatureCollection' && Array.isArray(features) && features.length === 1)
    return shapeIn((features[0] ?? {}) as Record<string, unknown>)
  return body
}
