import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { STANDING } from '../counts/standing-schema.ts'
import { Bbox, FilterQuery } from '../filter-schema.ts'
import { exportCases } from './export-cases.ts'
import { EXPORT_FORMATS, EXPORT_LAYOUTS, isSheet } from './rules/kinds.ts'

const route = routeOf<Actor>()

// Strict: a filter that is not understood would let out more rows than the list shows.
const Query = z.strictObject({
  ...FilterQuery.shape,
  ...STANDING,
  bbox: Bbox.optional(),
  layout: z.enum(EXPORT_LAYOUTS).default('list'),
  encoding: z.enum(['utf-8', 'gbk']).default('utf-8'),
})

/** The problem list as a file. */
export const exportRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/export.{format}',
    permission: 'case.read',
    summary: {
      zh: '导出问题清单（xlsx、csv、GeoJSON、GeoPackage、Shapefile、KML）',
      en: 'The problem list as a file; filters are those of the list, encoding=gbk is for Shapefile',
    },
    params: z.object({ format: z.enum(EXPORT_FORMATS) }),
    query: Query,
    run: (ctx, { params: { format }, query: { layout, encoding, ...filter } }) =>
      exportCases(ctx, { format, encoding, filter, layout: isSheet(format) ? layout : 'list' }),
  }),
]
