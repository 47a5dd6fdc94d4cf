import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { PAPER_TYPES, paperFile } from '../../base/paper/paper-file.ts'
import type { Actor } from '../../people/index.ts'
import { renderDocument } from './render.ts'
import { sampleData, TEMPLATE_KINDS } from './rules/kinds.ts'
import { confirmTemplate, listTemplates, resetTemplate, saveTemplate, showTemplate } from './templates.ts'

const route = routeOf<Actor>()
const Kind = z.object({ kind: z.enum(TEMPLATE_KINDS) })
const Summary = z.object({
  kind: z.enum(TEMPLATE_KINDS),
  label: z.object({ zh: z.string(), en: z.string() }),
  version: z.number(),
  confirmed: z.boolean(),
  act: z.string().optional(),
  by: z.string().optional(),
  at: z.string().optional(),
})
const Version = z.object({ version: z.number(), act: z.string(), by: z.string(), at: z.string(), text: z.string() })
const Template = Summary.extend({ text: z.string(), shipped: z.string(), versions: z.array(Version) })
const PATH = '/api/templates/{kind}'

/** The wording of letters and lists: an office writes it, a leader confirms it, every version is kept. */
export const templateRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/templates',
    permission: 'template.read',
    summary: { zh: '文书模板', en: 'Templates of letters and lists' },
    reply: z.object({ items: z.array(Summary) }),
    run: (ctx) => listTemplates(ctx),
  }),
  route({
    method: 'GET',
    path: PATH,
    permission: 'template.read',
    summary: { zh: '一种文书的模板及历次版本', en: 'One template with its versions' },
    params: Kind,
    reply: Template,
    run: (ctx, { params }) => showTemplate(ctx, params.kind),
  }),
  route({
    method: 'POST',
    path: PATH,
    permission: 'template.edit',
    summary: { zh: '保存模板', en: 'Save a template' },
    params: Kind,
    body: z.object({ text: z.string().min(1).max(50_000) }),
    reply: Template,
    ifMatch: true,
    run: (ctx, { params, body, version }) => saveTemplate(ctx, params.kind, { ...body, version }),
  }),
  route({
    method: 'POST',
    path: `${PATH}/confirm`,
    permission: 'template.confirm',
    summary: { zh: '核定样式（另一人）', en: 'Confirm a specimen (a second person)' },
    params: Kind,
    reply: Template,
    ifMatch: true,
    run: (ctx, { params, version }) => confirmTemplate(ctx, params.kind, { version }),
  }),
  route({
    method: 'POST',
    path: `${PATH}/default`,
    permission: 'template.edit',
    summary: { zh: '恢复默认文本', en: 'Back to the default text' },
    params: Kind,
    reply: Template,
    ifMatch: true,
    run: (ctx, { params, version }) => resetTemplate(ctx, params.kind, { version }),
  }),
  route({
    method: 'GET',
    path: `${PATH}/preview.{format}`,
    permission: 'template.read',
    summary: { zh: '用示例数据预览', en: 'A preview with example data' },
    params: Kind.extend({ format: z.enum(PAPER_TYPES) }),
    run: async (ctx, { params }) => {
      const document = await ctx.tx((db) => renderDocument(db, params.kind, sampleData(params.kind)))
      return paperFile({ ...document, specimen: true }, { format: params.format, name: `${document.title}-样式` })
    },
  }),
]
