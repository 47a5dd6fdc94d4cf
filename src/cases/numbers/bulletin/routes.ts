import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../../base/http/route.ts'
import type { Actor } from '../../../people/index.ts'
import { MonthText } from '../../counts/standing-schema.ts'
import { bulletinFile, showBulletin } from './bulletin.ts'

const route = routeOf<Actor>()
const Named = z.object({ no: z.string(), title: z.string(), unit: z.string(), why: z.string() })
const County = z.object({
  ...{ name: z.string(), open: z.number(), done: z.number(), overdue: z.number(), green: z.number(), yellow: z.number() },
  red: z.number(),
})
const Data = z.object({
  ...{ month: z.string(), summary: z.string(), progressText: z.string(), problemsText: z.string(), nextText: z.string() },
  ...{ counties: z.array(County), redCases: z.array(Named), goodCases: z.array(Named) },
})
const Cell = z.object({
  ...{ text: z.string(), across: z.number().optional(), down: z.number().optional(), bold: z.literal(true).optional() },
  align: z.enum(['left', 'center', 'right']).optional(),
})
const Block = z.union([
  z.object({ kind: z.literal('heading'), level: z.number(), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    ...{ kind: z.literal('table'), widths: z.array(z.number()), head: z.number().optional() },
    rows: z.array(z.array(Cell)),
  }),
])

/** 月通报 over HTTP. */
export const bulletinRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/numbers/bulletin/{month}',
    permission: 'case.read',
    summary: { zh: '月通报（预览）', en: 'The monthly bulletin (preview)' },
    params: z.object({ month: MonthText }),
    reply: z.object({
      month: z.string(),
      data: Data,
      document: z.object({
        ...{
          title: z.string(),
          issuer: z.string(),
          to: z.string().optional(),
          body: z.array(Block),
          signedBy: z.string().optional(),
          signedOn: z.string().optional(),
        },
        specimen: z.boolean(),
      }),
    }),
    run: (ctx, { params }) => showBulletin(ctx, params.month),
  }),
  route({
    method: 'GET',
    path: '/api/numbers/bulletin/{month}/file.{format}',
    permission: 'case.read',
    summary: { zh: '月通报（下载）', en: 'The monthly bulletin as a file' },
    params: z.object({ month: MonthText, format: z.enum(['docx', 'pdf']) }),
    run: (ctx, { params }) => bulletinFile(ctx, params),
  }),
]
