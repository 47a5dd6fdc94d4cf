import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { isDay } from '../day-schema.ts'
import { STATES } from '../rules/codes.ts'
import { addMeeting, changeMeeting, closeMinutes, findMeetings, showMeeting } from './meetings.ts'
import { DECISIONS } from './rules/meeting.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Line = z.string().trim().min(1).max(200)

const Words = z.object({
  heldOn: isDay,
  place: Line,
  chair: Line,
  attendees: z.array(Line).max(100),
  minutes: z.string().trim().max(20_000),
  items: z
    .array(
      z.object({ case: z.uuid(), decision: z.enum(DECISIONS).optional(), words: z.string().trim().min(1).max(2000).optional() }),
    )
    .max(300)
    .refine((items) => new Set(items.map((item) => item.case)).size === items.length, 'expected every case once'),
})

const Facts = { id: z.uuid(), version: z.number(), heldOn: z.string(), place: z.string(), chair: z.string() }
const Meeting = z.object({
  ...Facts,
  attendees: z.array(z.string()),
  minutes: z.string().optional(),
  closedAt: z.string().optional(),
  closedBy: z.object({ name: z.string(), title: z.string().optional(), orgName: z.string().optional() }).optional(),
  hidden: z.number(),
  items: z.array(
    z.object({
      case: z.uuid(),
      no: z.string(),
      title: z.string(),
      responsible: z.string(),
      region: z.string(),
      state: z.enum(STATES),
      now: z.enum(STATES),
      version: z.number(),
      decision: z.enum(DECISIONS).optional(),
      words: z.string().optional(),
    }),
  ),
})

/** 集中验收 over HTTP. */
export const meetingRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/meetings',
    permission: 'meeting.read',
    summary: { zh: '集中验收会', en: 'Acceptance meetings' },
    reply: z.object({ items: z.array(z.object({ ...Facts, size: z.number(), closedAt: z.string().optional() })) }),
    run: (ctx) => findMeetings(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/meetings',
    permission: 'meeting.manage',
    summary: { zh: '新建集中验收会', en: 'Prepare an acceptance meeting' },
    body: Words,
    reply: Meeting,
    status: 201,
    run: (ctx, { body }) => addMeeting(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/meetings/{id}',
    permission: 'meeting.read',
    summary: { zh: '一次集中验收会', en: 'One acceptance meeting' },
    params: Id,
    reply: Meeting,
    run: (ctx, { params }) => showMeeting(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: '/api/meetings/{id}',
    permission: 'meeting.manage',
    summary: { zh: '修改议程和意见', en: 'Change agenda and decisions' },
    params: Id,
    body: Words,
    reply: Meeting,
    ifMatch: true,
    run: (ctx, { params, body, version }) => changeMeeting(ctx, params.id, { words: body, version }),
  }),
  route({
    method: 'POST',
    path: '/api/meetings/{id}/close',
    permission: 'meeting.manage',
    summary: { zh: '纪要定稿', en: 'Close the minutes' },
    params: Id,
    body: z.object({}),
    reply: Meeting,
    ifMatch: true,
    run: (ctx, { params, version }) => closeMinutes(ctx, params.id, version),
  }),
]
