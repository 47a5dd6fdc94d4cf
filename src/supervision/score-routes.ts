import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { COLOURS } from '../cases/rules/codes.ts'
import type { Actor } from '../people/index.ts'
import { MonthText, ScoreCasesReply, ScoresReply } from './schema.ts'
import { exportScores, showScoreCases, showScores } from './scores.ts'

const route = routeOf<Actor>()

/** The monthly scores over HTTP. */
export const scoreRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/supervision/scores',
    permission: 'supervision.read',
    summary: { zh: '月度得分', en: 'Scores of a month' },
    query: z.object({ month: MonthText.optional() }),
    reply: ScoresReply,
    run: (ctx, { query }) => showScores(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/scores/cases',
    permission: 'supervision.read',
    summary: { zh: '得分背后的问题', en: 'The cases behind a score' },
    query: z.object({
      month: MonthText,
      region: z.string().max(20).optional(),
      org: z.uuid().optional(),
      colour: z.enum(COLOURS).optional(),
    }),
    reply: ScoreCasesReply,
    run: (ctx, { query }) => showScoreCases(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/scores/file',
    permission: 'supervision.read',
    summary: { zh: '月度得分（导出）', en: 'Scores of a month, as a file' },
    query: z.object({ month: MonthText, format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    run: (ctx, { query }) => exportScores(ctx, query),
  }),
]
