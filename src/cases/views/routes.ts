import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { COLUMNS, LIST_FILTERS, SORTS } from '../rules/list-view.ts'
import { addView, changeView, dropView, findViews } from './views.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })

const Words = z.object({
  name: z.string().trim().min(1).max(60),
  filters: z.partialRecord(z.enum(LIST_FILTERS), z.string().min(1).max(500)),
  sort: z.enum(SORTS),
  columns: z
    .array(z.enum(COLUMNS))
    .max(COLUMNS.length)
    .refine((columns) => new Set(columns).size === columns.length, 'expected every column once'),
  shared: z.boolean(),
  first: z.boolean(),
})
const View = Words.extend({ id: z.uuid(), version: z.number(), mine: z.boolean(), author: z.string() })

/** Saved views of the list. */
export const viewRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/views',
    permission: 'case.read',
    summary: { zh: '清单视图', en: 'Saved views of the list' },
    reply: z.object({ items: z.array(View) }),
    run: (ctx) => findViews(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/views',
    permission: 'case.read',
    summary: { zh: '新建视图', en: 'Save a view' },
    body: Words,
    reply: View,
    status: 201,
    run: (ctx, { body }) => addView(ctx, body),
  }),
  route({
    method: 'PUT',
    path: '/api/views/{id}',
    permission: 'case.read',
    summary: { zh: '修改视图', en: 'Change a view' },
    params: Id,
    body: Words,
    reply: View,
    ifMatch: true,
    run: (ctx, { params, body, version }) => changeView(ctx, params.id, { words: body, version }),
  }),
  route({
    method: 'DELETE',
    path: '/api/views/{id}',
    permission: 'case.read',
    summary: { zh: '删除视图', en: 'Delete a view' },
    params: Id,
    reply: View,
    ifMatch: true,
    run: (ctx, { params, version }) => dropView(ctx, params.id, version),
  }),
]
