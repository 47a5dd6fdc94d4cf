import { z } from 'zod'
import { type AnyRoute, routeOf } from '../base/http/route.ts'
import type { Actor } from '../people/index.ts'
import { showColours } from './colours.ts'
import { showNext } from './next.ts'
import { showRelated } from './related.ts'
import { COLOURS, STATES } from './rules/codes.ts'
import { RELATED_KINDS } from './rules/related.ts'

const route = routeOf<Actor>()
const params = z.object({ id: z.uuid() })
const Kind = z.enum(RELATED_KINDS)
const Colour = z.enum(COLOURS)
const Day = z.string()

const Related = z.object({
  id: z.uuid(),
  no: z.string(),
  title: z.string(),
  state: z.enum(STATES),
  region: z.string(),
  reportedOn: Day,
  due: Day.optional(),
  closedOn: Day.optional(),
  colour: Colour,
  sample: z.boolean(),
  why: z.array(z.object({ why: Kind, distanceM: z.number().optional(), name: z.string().optional() })),
})

const Turn = z.object({
  role: z.string(),
  bond: z.string(),
  orgs: z.array(z.object({ id: z.string(), name: z.string() })),
  holders: z.array(z.object({ name: z.string(), title: z.string(), orgName: z.string(), standIn: z.boolean() })),
})

const Next = z.object({
  move: z.string(),
  to: z.enum(STATES).optional(),
  waits: z.enum(['now', 'later']),
  after: z.string().optional(),
  by: z.array(Turn),
  notBy: z.array(z.string()),
  since: Day.optional(),
  until: Day.optional(),
  overdue: z.boolean(),
  opens: Day.optional(),
  lacks: z.array(z.object({ gate: z.string(), text: z.string() })),
})

const Change = z.object({
  day: Day,
  from: Colour.optional(),
  colour: Colour,
  why: z.array(z.looseObject({ rule: z.string(), clause: z.string() })),
  by: z.string().optional(),
})

/** What stands beside one case on its page. */
export const besideRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/{id}/related',
    permission: 'case.read',
    summary: { zh: '相关问题：同一地点、同一企业或单位、并案、反弹、举一反三、同一批次', en: 'Related problems, each with why' },
    params,
    reply: z.object({ radiusM: z.number(), items: z.array(Related), more: z.array(Kind) }),
    run: (ctx, { params: { id } }) => showRelated(ctx, id),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/next',
    permission: 'case.read',
    summary: { zh: '下一步由谁办理', en: 'Who has the turn, and who after that' },
    params,
    reply: z.object({ moves: z.array(Next) }),
    run: (ctx, { params: { id }, language }) => showNext(ctx, id, language),
  }),
  route({
    method: 'GET',
    path: '/api/cases/{id}/colours',
    permission: 'case.read',
    summary: { zh: '三色变化及月度快照', en: 'Every change of colour, and the frozen months' },
    params,
    reply: z.object({
      today: Day,
      from: Day,
      unknown: Day.optional(),
      changes: z.array(Change),
      months: z.array(z.object({ month: z.string(), colour: Colour })),
    }),
    run: (ctx, { params: { id } }) => showColours(ctx, id),
  }),
]
