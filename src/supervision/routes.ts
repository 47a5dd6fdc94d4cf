import { z } from 'zod'
import type { Inspected } from '../base/files/inspect.ts'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import type { Actor } from '../people/index.ts'
import { answerItem, openAnswerFile, prepareAnswer } from './answer.ts'
import { BULK_MOVES, moveMany } from './bulk.ts'
import { draftByRule, planByRule } from './by-rule.ts'
import { draftByHand } from './draft.ts'
import { describeItem, findItems, findItemWork, showItem, showItemEvents } from './find.ts'
import { letterFile } from './letter-file.ts'
import { moveItem } from './move.ts'
import type { Draft, Item } from './rules/item.ts'
import { Brief, DetailReply, EventsReply, HandBody, ListQuery, MoveBody, PlanReply, WallReply } from './schema.ts'
import { scoreRoutes } from './score-routes.ts'
import { showWall } from './wall.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })

/** Supervision over HTTP. */
export const routes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/supervision',
    permission: 'supervision.read',
    summary: { zh: '督办件', en: 'Items of supervision' },
    query: ListQuery,
    reply: z.object({ items: z.array(Brief), next: z.string().nullable() }),
    run: (ctx, { query: { after, limit, ...filter } }) => findItems(ctx, { filter, after, limit }),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/work',
    permission: 'supervision.read',
    summary: { zh: '我的督办事项', en: 'What waits for me in supervision' },
    reply: z.object({ groups: z.array(z.object({ move: z.string(), total: z.number(), items: z.array(Brief) })) }),
    run: (ctx) => findItemWork(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/wall',
    permission: 'supervision.read',
    summary: { zh: '作战图大屏', en: 'The wall' },
    query: z.object({ region: z.string().max(20).optional() }),
    reply: WallReply,
    run: (ctx, { query }) => showWall(ctx, query),
  }),
  ...scoreRoutes,
  route({
    method: 'POST',
    path: '/api/supervision',
    permission: 'supervision.draft',
    summary: { zh: '人工拟稿', en: 'Draft by hand' },
    body: HandBody,
    reply: DetailReply,
    status: 201,
    run: async (ctx, { body, language }) => describeItem(ctx, await draftByHand(ctx, body), language),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/by-rule',
    permission: 'supervision.draft',
    summary: { zh: '按规则拟稿', en: 'Draft by rule' },
    body: z.object({ dryRun: z.boolean() }),
    reply: PlanReply,
    run: async (ctx, { body: { dryRun } }) => ({
      dryRun,
      drafts: (dryRun ? await planByRule(ctx) : await draftByRule(ctx)).map(planned),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/bulk',
    permission: 'supervision.sign',
    summary: { zh: '批量审核、签发、发出', en: 'Review, sign or send many' },
    body: z.object({
      move: z.enum(BULK_MOVES),
      items: z
        .array(z.object({ id: z.uuid(), version: z.number().int().min(1) }))
        .min(1)
        .max(100),
      dryRun: z.boolean(),
    }),
    reply: z.object({
      dryRun: z.boolean(),
      results: z.array(z.object({ id: z.uuid(), done: z.boolean(), why: z.string().nullable() })),
    }),
    run: (ctx, { body, language }) => moveMany(ctx, { ...body, language }),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/{id}',
    permission: 'supervision.read',
    summary: { zh: '督办件详情', en: 'One item of supervision' },
    params: Id,
    reply: DetailReply,
    run: (ctx, { params, language }) => showItem(ctx, params.id, language),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/{id}/events',
    permission: 'supervision.read',
    summary: { zh: '督办经过', en: 'The story of an item' },
    params: Id,
    reply: EventsReply,
    run: (ctx, { params }) => showItemEvents(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/{id}/letter.{format}',
    permission: 'supervision.read',
    summary: { zh: '督办文书（下载）', en: 'The letter of an item' },
    params: Id.extend({ format: z.enum(['docx', 'pdf']) }),
    run: (ctx, { params }) => letterFile(ctx, params),
  }),
  route({
    method: 'POST',
    path: '/api/supervision/{id}/moves',
    permission: 'supervision.sign',
    summary: { zh: '办理督办件', en: 'Move an item' },
    params: Id,
    body: MoveBody,
    reply: DetailReply,
    ifMatch: true,
    run: async (ctx, { params, body, version, language }) => {
      const act = body.move === 'accept' ? { move: body.move, ...(body.reason && { reason: body.reason }) } : body
      return describeItem(ctx, await moveItem(ctx, params.id, { act, version }), language)
    },
  }),
  route({
    method: 'POST',
    path: '/api/supervision/{id}/answer',
    permission: 'supervision.answer',
    summary: { zh: '回复（可附文件）', en: 'Answer, with files' },
    params: Id,
    body: z.object({ text: z.string().trim().min(1).max(6000) }),
    multipart: { bytes: 30_000_000, files: 5 },
    prepare: prepareAnswer,
    reply: DetailReply,
    ifMatch: true,
    run: async (ctx, { params, body, files, prepared, version, language }) =>
      describeItem(
        ctx,
        await answerItem(ctx, params.id, { ...body, files, found: (prepared ?? []) as Inspected[], version }),
        language,
      ),
  }),
  route({
    method: 'GET',
    path: '/api/supervision/{id}/files/{file}',
    permission: 'supervision.read',
    summary: { zh: '回复的附件（下载）', en: 'A file of an answer' },
    params: z.object({ id: z.uuid(), file: z.uuid() }),
    run: async (ctx, { params }) => {
      const { file, stream } = await openAnswerFile(ctx, params)
      const name = encodeURIComponent(file.name)
      return {
        type: file.mime,
        body: stream,
        headers: { ...SANDBOX, 'content-disposition': `attachment; filename*=UTF-8''${name}` },
      }
    },
  }),
]

// What came from outside runs nothing, whatever it turns out to be.
const SANDBOX = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' }

function planned(d: Draft | Item) {
  return {
    ...{ id: 'id' in d ? d.id : null, kind: d.kind, orgName: d.orgName, title: d.title },
    triggers: [...new Set(d.grounds.map((g) => g.trigger))],
    cases: d.cases.map(({ id, no, title, colour }) => ({ id, no, title, colour })),
    grounds: d.grounds.map((g) => ({ ...g, case: g.case ?? null, rule: g.rule ?? null, source: g.source ?? null })),
  }
}
