import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import { closeOrganisation, createOrganisation, renameOrganisation } from './organisations.ts'
import type { Actor } from './rules/actor.ts'
import { listOrganisations } from './store-directory.ts'

const route = routeOf<Actor>()
const Uuid = z.uuid()
const Id = z.object({ id: Uuid })
const Text = z.string().trim().min(1).max(200)
const Organisation = z.object({
  id: Uuid,
  name: z.string(),
  kind: z.string(),
  area: z.string(),
  version: z.number(),
  closedOn: z.string().nullable(),
  mergedInto: z.string().nullable(),
})
const Changed = z.object({ id: Uuid, name: z.string(), version: z.number(), closed: z.string().optional() })

/** Organisations: each with a life cycle of its own. */
export const organisationRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/organisations',
    permission: 'directory.read',
    summary: { zh: '单位名录', en: 'Organisations' },
    query: z.object({ closed: z.enum(['yes']).optional() }),
    reply: z.object({ items: z.array(Organisation) }),
    run: (ctx, { query }) => ctx.tx(async (db) => ({ items: await listOrganisations(db, { closed: query.closed === 'yes' }) })),
  }),
  route({
    method: 'POST',
    path: '/api/organisations',
    permission: 'people.manage',
    summary: { zh: '新增单位', en: 'Create an organisation' },
    body: z.object({ name: Text, kind: Text, area: z.string().max(20) }),
    reply: z.object({ id: Uuid }),
    status: 201,
    run: async (ctx, { body }) => ({ id: await createOrganisation(ctx, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/organisations/{id}/rename',
    permission: 'people.manage',
    summary: { zh: '单位更名', en: 'Rename an organisation' },
    params: Id,
    body: z.object({ name: Text, reason: Text }),
    reply: Changed,
    ifMatch: true,
    run: (ctx, { params, body, version }) => renameOrganisation(ctx, { id: params.id, version, ...body }),
  }),
  route({
    method: 'POST',
    path: '/api/organisations/{id}/close',
    permission: 'people.manage',
    summary: { zh: '撤销单位，或并入另一单位', en: 'Close an organisation, or merge it into another' },
    params: Id,
    body: z.object({ reason: Text, into: Uuid.optional() }),
    reply: Changed,
    ifMatch: true,
    run: (ctx, { params, body, version }) => closeOrganisation(ctx, { id: params.id, version, ...body }),
  }),
]
