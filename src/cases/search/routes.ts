import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { COLOURS, STATES } from '../rules/codes.ts'
import { quickSearch } from './find.ts'

const route = routeOf<Actor>()

const Found = z.object({
  ...{ id: z.uuid(), no: z.string(), title: z.string(), state: z.enum(STATES), colour: z.enum(COLOURS) },
  ...{ reportedOn: z.string(), place: z.string() },
  /** Where the words stand, as it is written there. */
  piece: z.object({ before: z.string(), match: z.string(), after: z.string() }).optional(),
})

/** What is typed into the box on top of every page. */
export const searchRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/search',
    permission: 'case.read',
    summary: { zh: '快速查找', en: 'Quick search' },
    query: z.object({ q: z.string().trim().min(1).max(100), limit: z.coerce.number().int().min(1).max(20).default(8) }),
    reply: z.object({
      cases: z.array(Found),
      organisations: z.array(z.object({ id: z.uuid(), name: z.string() })),
      areas: z.array(z.object({ code: z.string(), name: z.string(), level: z.string() })),
      more: z.boolean(),
    }),
    run: (ctx, { query }) => quickSearch(ctx, query),
  }),
]
