import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { isDay } from '../day-schema.ts'
import { COLOURS, STATES } from '../rules/codes.ts'
import { listAsOf } from './as-of.ts'
import { exportAsOf } from './export-as-of.ts'

const route = routeOf<Actor>()
const Params = z.object({ day: isDay })
const Region = z.string().max(20).optional()
const Item = z.looseObject({ id: z.uuid(), no: z.string(), title: z.string(), state: z.enum(STATES), colour: z.enum(COLOURS) })

/** The problem list as it stood at the end of a day. */
export const historyRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/as-of/{day}',
    permission: 'case.read',
    summary: { zh: '某日的问题清单（截至当日 24 时）', en: 'The problem list as of the end of a day' },
    params: Params,
    query: z.object({
      region: Region,
      after: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ day: z.string(), items: z.array(Item), next: z.string().nullable(), total: z.number().nullable() }),
    run: (ctx, { params, query }) => listAsOf(ctx, { ...params, ...query }),
  }),
  route({
    method: 'GET',
    path: '/api/cases/as-of/{day}/file',
    permission: 'case.read',
    summary: { zh: '某日的问题清单（导出）', en: 'The problem list as of the end of a day, as a file' },
    params: Params,
    query: z.object({ region: Region, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    run: (ctx, { params, query }) => exportAsOf(ctx, { ...params, ...query }),
  }),
]
