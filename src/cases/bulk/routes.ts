import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { MoveBody } from '../act-schema.ts'
import { STANDING } from '../counts/standing-schema.ts'
import { FilterQuery } from '../filter-schema.ts'
import { BULK_RESULTS, isForMany, MOST_DONE, MOST_TRIED } from '../rules/bulk.ts'
import { doMany, tryMany } from './bulk.ts'

const route = routeOf<Actor>()

const Cases = z
  .array(z.object({ id: z.uuid(), version: z.number().int().min(1).optional() }))
  .min(1)
  .max(MOST_TRIED)
  .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, 'expected every case once')

const Body = z
  .object({
    act: MoveBody.refine(isForMany, 'expected an act that says the same of every case'),
    dryRun: z.boolean(),
    cases: Cases.optional(),
    filter: FilterQuery.extend(STANDING).optional(),
  })
  .refine((o) => (o.cases === undefined) !== (o.filter === undefined), 'expected cases or a filter')
  .refine((o) => o.dryRun || (o.cases?.length ?? MOST_TRIED) <= MOST_DONE, `expected 1 to ${MOST_DONE} cases by name`)

const Line = z.object({
  id: z.uuid(),
  result: z.enum(BULK_RESULTS),
  no: z.string().optional(),
  title: z.string().optional(),
  state: z.string().optional(),
  version: z.number().optional(),
  why: z.object({ code: z.string(), text: z.string() }).optional(),
})

/** One act on many cases. */
export const bulkRoutes: AnyRoute[] = [
  route({
    method: 'POST',
    path: '/api/cases/bulk',
    permission: 'case.move',
    summary: { zh: '批量办理（可先试算）', en: 'One act on many cases, or what it would do' },
    body: Body,
    reply: z.object({ lines: z.array(Line) }),
    apart: true,
    run: (ctx, { body: { act, cases, filter, dryRun }, key, language }) =>
      dryRun
        ? tryMany(ctx, { body: act, cases, filter, language })
        : doMany(ctx, { body: act, cases: cases ?? [], key, language }),
  }),
]
