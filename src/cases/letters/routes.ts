import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { PAPER_TYPES } from '../../base/paper/paper-file.ts'
import type { Actor } from '../../people/index.ts'
import { STANDING } from '../counts/standing-schema.ts'
import { FilterQuery } from '../filter-schema.ts'
import { draftLetter, issueLetter, listLetters, openLetter } from './letters.ts'
import { officialList } from './lists.ts'
import { LETTER_KINDS, LIST_KINDS } from './rules/kinds.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Kind = z.enum(LETTER_KINDS)
const Issued = z.object({
  id: z.uuid(),
  kind: Kind,
  number: z.string(),
  title: z.string(),
  docx: z.string(),
  pdf: z.string(),
  by: z.string(),
  at: z.string(),
})

/** Letters of a case and official lists: drafts as files, and letters that were issued with a number. */
export const letterRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/{id}/letters',
    permission: 'case.read',
    summary: { zh: '可出的文书及已印发的文书', en: 'Letters that can be made, and those that were issued' },
    params: Id,
    reply: z.object({
      kinds: z.array(z.object({ kind: Kind, label: z.string(), ready: z.boolean(), why: z.string().optional() })),
      issued: z.array(Issued),
    }),
    run: (ctx, { params, language }) => listLetters(ctx, params.id, language),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/letters/{kind}.{format}',
    permission: 'case.read',
    summary: { zh: '文书草稿（下载）', en: 'A draft of a letter' },
    params: Id.extend({ kind: Kind, format: z.enum(PAPER_TYPES) }),
    run: (ctx, { params, language }) => draftLetter(ctx, params.id, { ...params, language }),
  }),
  route({
    method: 'POST',
    path: '/api/cases/{id}/letters',
    permission: 'letter.issue',
    summary: { zh: '编号印发文书', en: 'Issue a letter with a number' },
    params: Id,
    body: z.object({ kind: Kind }),
    reply: Issued,
    status: 201,
    run: (ctx, { params, body, language }) => issueLetter(ctx, params.id, { ...body, language }),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/letters/issued/{letter}.{format}',
    permission: 'case.read',
    summary: { zh: '已印发的文书（下载）', en: 'The file of an issued letter' },
    params: Id.extend({ letter: z.uuid(), format: z.enum(['docx', 'pdf']) }),
    run: (ctx, { params }) => openLetter(ctx, params.id, params),
  }),
  route({
    method: 'GET',
    path: '/api/cases/lists/{kind}.{format}',
    permission: 'case.read',
    summary: { zh: '规定格式的清单（下载）', en: 'An official list' },
    params: z.object({ kind: z.enum(LIST_KINDS), format: z.enum(PAPER_TYPES) }),
    query: FilterQuery.extend(STANDING),
    run: (ctx, { params, query }) => officialList(ctx, { ...params, filter: query }),
  }),
]
