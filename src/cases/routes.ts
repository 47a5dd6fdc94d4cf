import { z } from 'zod'
import type { Inspected } from '../base/files/inspect.ts'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { isRefusal } from '../base/rules/refusal.ts'
import type { Actor } from '../people/index.ts'
import { parsePoint } from '../places/rules/point.ts'
import { EvidenceBody, MoveBody, ReportBody, UndoBody } from './act-schema.ts'
import { archiveRoutes } from './archive/routes.ts'
import { besideRoutes } from './beside-routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { completeAct } from './complete-act.ts'
import { countRoutes } from './counts/routes.ts'
import { STANDING } from './counts/standing-schema.ts'
import { addEvidence, openEvidence, prepareEvidence } from './evidence.ts'
import { exportRoutes } from './export/routes.ts'
import { Bbox, FilterQuery } from './filter-schema.ts'
import { describeCase, findCases, showCase, showEvents } from './find.ts'
import { historyRoutes } from './history/routes.ts'
import { hotspotRoutes } from './hotspots/routes.ts'
import { letterRoutes } from './letters/routes.ts'
import { mapRoutes } from './map/routes.ts'
import { meetingRoutes } from './meetings/routes.ts'
import { moveCase } from './move.ts'
import { bulletinRoutes } from './numbers/bulletin/routes.ts'
import { numberRoutes } from './numbers/routes.ts'
import { refused } from './problems.ts'
import { publicRoutes } from './public-routes.ts'
import { reportCase } from './report.ts'
import type { ActOf } from './rules/act.ts'
import { COLOURS, STATES } from './rules/codes.ts'
import { SORTS } from './rules/list-view.ts'
import { searchRoutes } from './search/routes.ts'
import { undoLast } from './undo.ts'
import { viewRoutes } from './views/routes.ts'
import { waitingRoute } from './waiting.ts'
import { workRoutes } from './work/routes.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Colour = z.object({ colour: z.enum(COLOURS), why: z.array(z.unknown()) })
const Item = z.looseObject({ id: z.uuid(), no: z.string(), title: z.string(), state: z.enum(STATES), colour: z.enum(COLOURS) })
const Move = z.object({
  move: z.string(),
  allowed: z.boolean(),
  needs: z.array(z.string()),
  lacks: z.array(z.object({ gate: z.string(), text: z.string() })),
  after: z.array(z.string()).optional(),
  why: z.looseObject({ code: z.string(), text: z.string() }).optional(),
})
const Detail = z.looseObject({
  id: z.uuid(),
  no: z.string(),
  version: z.number(),
  state: z.enum(STATES),
  colour: Colour,
  moves: z.array(Move),
})
const Query = FilterQuery.extend({
  ...STANDING,
  bbox: Bbox.optional(),
  sort: z.enum(SORTS).default('reported'),
  after: z.string().max(90).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The problem list over HTTP. */
export const routes: AnyRoute[] = [
  waitingRoute,
  ...workRoutes,
  ...searchRoutes,
  route({
    method: 'GET',
    path: '/api/cases',
    permission: 'case.read',
    summary: { zh: '问题清单', en: 'The problem list' },
    query: Query,
    reply: z.object({ items: z.array(Item), next: z.string().nullable(), total: z.number().nullable() }),
    run: (ctx, { query: { sort, after, limit, ...filter } }) => findCases(ctx, { filter, sort, after, limit }),
  }),
  route({
    method: 'POST',
    path: '/api/cases',
    permission: 'case.report',
    summary: { zh: '登记问题', en: 'Report a problem' },
    body: ReportBody,
    reply: Detail,
    status: 201,
    run: async (ctx, { body, language }) =>
      describeCase(ctx, await reportCase(ctx, { move: 'report', ...body } as ActOf<'report'>), language),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}',
    permission: 'case.read',
    summary: { zh: '问题详情', en: 'One problem' },
    params: Id,
    reply: Detail,
    run: (ctx, { params, language }) => showCase(ctx, params.id, language),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/events',
    permission: 'case.read',
    summary: { zh: '办理经过', en: 'The story of a problem' },
    params: Id,
    reply: z.object({
      events: z.array(z.looseObject({ version: z.number(), type: z.string(), at: z.string() })),
      undo: z.object({ version: z.number(), until: z.string() }).optional(),
    }),
    run: (ctx, { params }) => showEvents(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/cases/{id}/moves',
    permission: 'case.move',
    summary: { zh: '办理（全部环节）', en: 'Move a problem' },
    params: Id,
    body: MoveBody,
    reply: Detail,
    ifMatch: true,
    run: async (ctx, { params, body, version, language }) =>
      describeCase(ctx, await moveCase(ctx, params.id, { act: await completeAct(ctx, params.id, body), version }), language),
  }),
  route({
    method: 'POST',
    path: '/api/cases/{id}/undo',
    permission: 'case.move',
    summary: { zh: '撤销刚才的办理', en: 'Take the last act back' },
    params: Id,
    body: UndoBody,
    reply: Detail,
    ifMatch: true,
    run: async (ctx, { params, body, version, language }) =>
      describeCase(ctx, await undoLast(ctx, params.id, { reason: body.reason, version }), language),
  }),
  route({
    method: 'POST',
    path: '/api/cases/{id}/evidence',
    permission: 'case.evidence',
    summary: { zh: '上传证据', en: 'Add evidence' },
    params: Id,
    body: EvidenceBody,
    multipart: { bytes: 30_000_000, files: 1 },
    prepare: prepareEvidence,
    reply: Detail,
    run: async (ctx, { params, body, files, prepared, language }) => {
      const { lng, lat, crs, docNo, docTitle, docIssuer, docIssuedOn, ...words } = body
      const point = lng !== undefined && lat !== undefined ? parsePoint({ lng, lat, crs }) : undefined
      if (isRefusal(point)) throw refused(point)
      const doc =
        docNo && docTitle && docIssuer && docIssuedOn
          ? { no: docNo, title: docTitle, issuer: docIssuer, issuedOn: docIssuedOn }
          : undefined
      return describeCase(
        ctx,
        await addEvidence(ctx, params.id, {
          file: files[0],
          found: prepared as Inspected | undefined,
          words: { ...words, point, doc },
        }),
        language,
      )
    },
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/evidence/{evidence}',
    permission: 'case.read',
    summary: { zh: '证据原件（下载）', en: 'The original of a piece of evidence' },
    params: z.object({ id: z.uuid(), evidence: z.uuid() }),
    run: async (ctx, { params }) => {
      const { item, stream, type } = await openEvidence(ctx, { ...params, thumb: false })
      const name = encodeURIComponent(item.name)
      return { type, body: stream, headers: { ...SANDBOX, 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
    },
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/evidence/{evidence}/thumb',
    permission: 'case.read',
    summary: { zh: '证据缩略图', en: 'A small clean copy of a photo' },
    params: z.object({ id: z.uuid(), evidence: z.uuid() }),
    run: async (ctx, { params }) => {
      const { stream, type } = await openEvidence(ctx, { ...params, thumb: true })
      return { type, body: stream, headers: SANDBOX }
    },
  }),
  ...bulkRoutes,
  ...viewRoutes,
  ...meetingRoutes,
  ...archiveRoutes,
  ...mapRoutes,
  ...countRoutes,
  ...numberRoutes,
  ...bulletinRoutes,
  ...hotspotRoutes,
  ...historyRoutes,
  ...besideRoutes,
  ...letterRoutes,
  ...exportRoutes,
  ...calendarRoutes,
  ...publicRoutes,
]

// What came from outside runs nothing, whatever it turns out to be.
const SANDBOX = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' }
