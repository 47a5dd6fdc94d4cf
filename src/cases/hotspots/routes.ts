import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { MonthText, STANDING } from '../counts/standing-schema.ts'
import { FilterQuery } from '../filter-schema.ts'
import { exportTasks } from './export.ts'
import { findHotspots, type HotspotOrder } from './hotspots.ts'

const route = routeOf<Actor>()
const Point = z.object({ lng: z.number(), lat: z.number() })
const Text = z.string().nullable()
const NAMES = {
  ...{ region: Text, regionName: Text, town: Text, townName: Text, unit: Text, unitName: Text },
  ...{ category: Text, categoryName: Text },
}
const Clause = z.object({ version: z.string(), source: z.string(), unverified: z.boolean() })

/** What of the list is looked at, and how. A scan of the same cases with the same seed finds the same. */
export const HotspotQuery = FilterQuery.omit({ reportedFrom: true, reportedTo: true, cells: true }).extend({
  ...STANDING,
  level: z.coerce.number().int().min(4).max(8).default(6),
  months: z.coerce.number().int().min(2).max(36).default(24),
  until: MonthText.optional(),
  windows: z.enum(['alive', 'all']).default('all'),
  runs: z.coerce.number().int().min(99).max(1999).default(999),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(20_260_801),
})

// Which clusters, by their ranks; none means all.
const Ranks = z
  .string()
  .max(200)
  .default('')
  .transform((text) => (text === '' ? [] : text.split(',').map(Number)))
  .pipe(z.array(z.number().int().min(1)).max(50))

const Cell = z.object({
  ...{ cell: z.string(), centre: Point, ring: z.array(z.tuple([z.number(), z.number()])), n: z.number(), recent: z.number() },
  ...{ expected: z.number(), byMonth: z.array(z.number()), ...NAMES, query: z.string() },
})
const Cluster = z.object({
  ...{ rank: z.number(), centre: Point, radius: z.number(), cells: z.array(z.string()), from: z.string(), to: z.string() },
  ...{ byMonth: z.array(z.number()), n: z.number(), expected: z.number(), ratio: z.number(), llr: z.number(), p: z.number() },
  ...{ frequent: z.boolean(), visits: z.number(), monthsAtRisk: z.array(z.number()), ...NAMES, query: z.string() },
})

/** 热点 over HTTP: the scan runs beside the server; who asks again hears how far it has come. */
export const hotspotRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/hotspots',
    permission: 'case.read',
    summary: { zh: '热点（六边形计数与时空扫描）', en: 'Hot spots (counts by hexagon and a space–time scan)' },
    query: HotspotQuery,
    reply: z.object({
      ...{ today: z.string(), level: z.number(), km2: z.number(), months: z.array(z.string()), total: z.number() },
      unplaced: z.number(),
      rule: z.object({
        ...{ minCases: z.number(), months: z.number(), maxP: z.number(), clause: Clause },
        visits: z.object({ frequent: z.number(), other: z.number() }),
      }),
      cells: z.array(Cell),
      scan: z.object({
        state: z.enum(['running', 'done', 'failed', 'busy', 'few']),
        ...{ done: z.number(), ms: z.number(), runs: z.number(), seed: z.number(), alive: z.boolean(), longest: z.number() },
        clusters: z.array(Cluster),
      }),
    }),
    run: (ctx, { query, language }) => findHotspots(ctx, orderOf(query, language)),
  }),
  route({
    method: 'GET',
    path: '/api/hotspots/file',
    permission: 'case.read',
    summary: { zh: '排查任务清单（导出）', en: 'The inspection task list as a file' },
    query: HotspotQuery.extend({ ranks: Ranks, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    run: (ctx, { query: { ranks, format, ...query }, language }) =>
      exportTasks(ctx, { ...orderOf(query, language), ranks, format }),
  }),
]

function orderOf(query: z.infer<typeof HotspotQuery>, language: HotspotOrder['language']): HotspotOrder {
  const { level, months, until, windows, runs, seed, ...filter } = query
  return { filter, level, months, until, alive: windows === 'alive', runs, seed, language }
}
