import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { isUnverified } from '../base/rules/law.ts'
import type { Actor } from '../people/index.ts'
import { ruleChangeRoutes } from './rule-changes/routes.ts'
import { targetRoutes } from './targets/routes.ts'
import { templateRoutes } from './templates/routes.ts'

const route = routeOf<Actor>()

/** The dated rules as they stand, each with its source and whether anybody has verified it. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/rules',
    permission: 'rule.read',
    summary: { zh: '规则（有效期、出处、核实情况）', en: 'Rules with validity, source and verification' },
    query: z.object({ kind: z.string().max(40).optional() }),
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          key: z.string(),
          validFrom: z.string(),
          validTo: z.string().nullable(),
          value: z.unknown(),
          source: z.string(),
          confidence: z.string(),
          confirmedBy: z.string().nullable(),
          unverified: z.boolean(),
        }),
      ),
    }),
    run: async (ctx, { query }) => ({
      items: ctx.law.rules
        .filter((row) => !query.kind || row.kind === query.kind)
        .map((row) => ({
          ...row,
          validTo: row.validTo ?? null,
          confirmedBy: row.confirmedBy ?? null,
          unverified: isUnverified(row),
        })),
    }),
  }),
  ...ruleChangeRoutes,
  ...targetRoutes,
  ...templateRoutes,
]
