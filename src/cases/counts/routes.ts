import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { showBoard } from './board.ts'
import { showMonths } from './months.ts'
import { NUMBERS } from './rules/numbers.ts'
import { DIMENSIONS } from './store-board.ts'

const route = routeOf<Actor>()
const Cell = z.object({ n: z.number(), query: z.string() })
const Cells = z.record(z.enum(NUMBERS), Cell)
const Region = z.string().max(20).optional()
const MonthCells = z.object({ month: z.string(), green: Cell, yellow: Cell, red: Cell, manual: z.number() })

/** 作战图 over HTTP: each number comes with the query of `/cases?…` that lists exactly its cases. */
export const countRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/board',
    permission: 'case.read',
    summary: { zh: '作战图（按县区、路径、来源或批次）', en: 'The operations board (by county, path, source or batch)' },
    query: z.object({ by: z.enum(DIMENSIONS).default('region'), region: Region }),
    reply: z.object({
      today: z.string(),
      month: z.string(),
      colouredOn: z.string().nullable(),
      by: z.enum(DIMENSIONS),
      numbers: z.array(
        z.object({
          code: z.enum(NUMBERS),
          label: z.string(),
          text: z.string(),
          clause: z.object({ version: z.string(), source: z.string() }).optional(),
        }),
      ),
      rows: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), cells: Cells })),
      total: Cells,
    }),
    run: (ctx, { query, language }) => showBoard(ctx, { ...query, language }),
  }),
  route({
    method: 'GET',
    path: '/api/board/months',
    permission: 'case.read',
    summary: { zh: '月度快照（已冻结的三色）', en: 'The frozen colours of the months' },
    query: z.object({ months: z.coerce.number().int().min(1).max(24).default(6), region: Region }),
    reply: z.object({
      today: z.string(),
      months: z.array(z.object({ month: z.string(), ended: z.boolean(), frozenOn: z.string().nullable() })),
      rows: z.array(z.object({ key: z.string(), name: z.string(), months: z.array(MonthCells) })),
      total: z.array(MonthCells),
    }),
    run: (ctx, { query }) => showMonths(ctx, query),
  }),
]
