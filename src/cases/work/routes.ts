import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { COLOURS, STATES } from '../rules/codes.ts'
import { findWork, findWorkGroup } from './find.ts'
import { WORK_GROUPS } from './rules/groups.ts'

const route = routeOf<Actor>()
const MOST = 100

const Item = z.looseObject({
  ...{ id: z.uuid(), no: z.string(), title: z.string(), state: z.enum(STATES), colour: z.enum(COLOURS) },
  /** Since when it waits, until when, and how many days are left as the clock behind it counts them (negative: over). */
  waits: z.object({
    since: z.string(),
    due: z.string().optional(),
    left: z.number().optional(),
    unit: z.enum(['natural', 'working']).optional(),
  }),
})
const Group = z.object({ group: z.enum(WORK_GROUPS), items: z.array(Item), next: z.string().nullable() })

/** The work list of whoever asks. */
export const workRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/work',
    permission: 'case.read',
    summary: { zh: '我的工作', en: 'What I must do today' },
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
    reply: z.object({ soonDays: z.number(), groups: z.array(Group.extend({ total: z.number() })) }),
    run: (ctx, { query }) => findWork(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/work/{group}',
    permission: 'case.read',
    summary: { zh: '我的工作：一类事项', en: 'What I must do today, one kind of it' },
    params: z.object({ group: z.enum(WORK_GROUPS) }),
    query: z.object({ after: z.string().max(60).optional(), limit: z.coerce.number().int().min(1).max(MOST).default(50) }),
    reply: Group.extend({ total: z.number().nullable() }),
    run: (ctx, { params, query }) => findWorkGroup(ctx, { ...params, ...query }),
  }),
]
