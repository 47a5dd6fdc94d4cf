import { z } from 'zod'
import { COLOURS } from '../cases/rules/codes.ts'
import { ITEM_MOVES, ITEM_STATES, KINDS, TRIGGERS } from './rules/codes.ts'

/** What may be sent to supervision, and what leaves it. */

const Text = (most: number) => z.string().trim().min(1).max(most)
const Reason = Text(2000)
export const Leader = z.object({ name: Text(100), title: z.string().trim().max(100) })
export const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected YYYY-MM')

export const HandBody = z.object({
  kind: z.enum(KINDS),
  org: z.uuid(),
  cases: z.array(z.uuid()).min(1).max(200),
  reason: Reason,
  leader: Leader.optional(),
  title: Text(300).optional(),
  text: Text(8000).optional(),
  follows: z.uuid().optional(),
})

export const MoveBody = z.discriminatedUnion('move', [
  z.object({ move: z.literal('revise'), title: Text(300), text: Text(8000) }),
  z.object({ move: z.literal('review') }),
  z.object({ move: z.literal('sign') }),
  z.object({ move: z.literal('send') }),
  z.object({ move: z.literal('send_back'), reason: Reason }),
  z.object({ move: z.literal('accept'), reason: z.string().trim().max(2000).optional() }),
  z.object({ move: z.literal('reject'), reason: Reason }),
  z.object({ move: z.literal('lift'), reason: Reason }),
  z.object({ move: z.literal('withdraw'), reason: Reason }),
])

export const ListQuery = z.object({
  state: z
    .string()
    .max(200)
    .transform((s) => s.split(','))
    .pipe(z.array(z.enum(ITEM_STATES)))
    .optional(),
  kind: z.enum(KINDS).optional(),
  case: z.uuid().optional(),
  region: z.string().max(20).optional(),
  org: z.uuid().optional(),
  open: z
    .literal('true')
    .transform(() => true as const)
    .optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} [0-9a-f-]{36}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable()
const Person = z.object({
  name: z.string(),
  role: nullable(z.string()),
  title: nullable(z.string()),
  orgName: nullable(z.string()),
})
const StampShape = { on: z.string(), at: z.string(), by: Person }
const StampReply = z.object(StampShape)
const WithReason = z.object({ ...StampShape, reason: z.string() })
const CaseBrief = z.object({ id: z.uuid(), no: z.string(), title: z.string(), colour: z.enum(COLOURS) })
const Inputs = z.record(z.string(), z.union([z.string(), z.number()]))
const RuleCited = { version: z.string(), source: z.string(), unverified: z.boolean() }

const BRIEF = {
  id: z.uuid(),
  version: z.number(),
  kind: z.enum(KINDS),
  state: z.enum(ITEM_STATES),
  origin: z.enum(['rule', 'hand']),
  region: z.string(),
  org: z.uuid(),
  orgName: z.string(),
  title: z.string(),
  no: nullable(z.string()),
  due: nullable(z.string()),
  leader: nullable(Leader),
  draftedOn: z.string(),
  sentOn: nullable(z.string()),
  triggers: z.array(z.enum(TRIGGERS)),
  daysLeft: nullable(z.number()),
}
export const Brief = z.object({ ...BRIEF, cases: z.array(CaseBrief) })

const GroundReply = z.object({
  trigger: z.enum(TRIGGERS),
  case: nullable(z.uuid()),
  rule: nullable(z.string()),
  source: nullable(z.string()),
  unverified: z.boolean().optional(),
  inputs: Inputs,
})
const CaseReply = CaseBrief.extend({
  region: z.string(),
  why: z.array(z.object({ rule: z.string(), clause: z.string(), inputs: Inputs })),
  due: nullable(z.string()),
  leader: nullable(Leader),
})

export const DetailReply = z.object({
  ...BRIEF,
  cases: z.array(CaseReply),
  text: z.string(),
  grounds: z.array(GroundReply),
  follows: nullable(z.uuid()),
  drafted: nullable(StampReply),
  reviewed: nullable(StampReply),
  signed: nullable(StampReply),
  sentBack: nullable(WithReason),
  sent: nullable(StampReply),
  lifted: nullable(WithReason),
  withdrawn: nullable(WithReason),
  answers: z.array(
    z.object({
      ...StampShape,
      text: z.string(),
      files: z.array(z.object({ id: z.uuid(), name: z.string(), mime: z.string(), bytes: z.number() })),
      decided: nullable(z.object({ ...StampShape, accepted: z.boolean(), reason: z.string() })),
    }),
  ),
  moves: z.array(
    z.object({
      move: z.enum(ITEM_MOVES),
      allowed: z.boolean(),
      why: z.object({ code: z.string(), text: z.string(), params: Inputs }).optional(),
    }),
  ),
  clock: nullable(
    z.object({
      started: z.string(),
      stopped: nullable(z.string()),
      due: nullable(z.string()),
      steps: z.array(z.object({ key: z.string(), params: Inputs })),
    }),
  ),
  step: z.object({ ...RuleCited, value: z.looseObject({}) }),
})

export const EventsReply = z.object({
  events: z.array(
    z.object({
      type: z.enum(ITEM_MOVES),
      version: z.number(),
      at: z.string(),
      from: nullable(z.enum(ITEM_STATES)),
      to: z.enum(ITEM_STATES),
      on: z.string(),
      by: Person,
      reason: nullable(z.string()),
    }),
  ),
})

export const PlanReply = z.object({
  dryRun: z.boolean(),
  drafts: z.array(
    z.object({
      id: nullable(z.uuid()),
      kind: z.enum(KINDS),
      orgName: z.string(),
      title: z.string(),
      triggers: z.array(z.enum(TRIGGERS)),
      cases: z.array(CaseBrief),
      grounds: z.array(GroundReply),
    }),
  ),
})

const Counts = z.object({ green: z.number(), yellow: z.number(), red: z.number() })
const MonthScore = { month: z.string(), score: z.number(), raw: z.number(), counts: Counts }
const ScoreRow = z.object({
  ...MonthScore,
  key: nullable(z.string()),
  name: nullable(z.string()),
  points: Counts,
  manual: z.number(),
  change: nullable(z.number()),
  trend: z.array(z.object(MonthScore)),
})
const ScoreRuleReply = z.object({
  ...RuleCited,
  value: z.object({ full: z.number(), green: z.number(), yellow: z.number(), red: z.number(), floor: z.number() }),
})
export const ScoresReply = z.object({
  month: nullable(z.string()),
  months: z.array(z.string()),
  rule: ScoreRuleReply,
  regions: z.array(ScoreRow),
  orgs: z.array(ScoreRow),
})
export const ScoreCasesReply = z.object({
  month: z.string(),
  hidden: z.number(),
  items: z.array(
    CaseBrief.extend({
      manual: z.boolean(),
      orgName: nullable(z.string()),
      points: z.number(),
      why: z.array(z.looseObject({ rule: z.string(), clause: z.string() })),
    }),
  ),
})

export const WallReply = z.object({
  today: z.string(),
  at: z.string(),
  worst: z.array(
    CaseBrief.extend({
      region: z.string(),
      sample: z.boolean(),
      due: nullable(z.string()),
      days: z.number(),
      unit: nullable(z.string()),
      leader: nullable(z.string()),
    }),
  ),
  steps: z.array(z.object({ kind: z.enum(KINDS), drafts: z.number(), sent: z.number(), late: z.number() })),
  scores: z.object({
    month: nullable(z.string()),
    rule: ScoreRuleReply,
    rows: z.array(
      z.object({
        key: nullable(z.string()),
        name: nullable(z.string()),
        score: z.number(),
        change: nullable(z.number()),
        counts: Counts,
        trend: z.array(z.object(MonthScore)),
      }),
    ),
  }),
})
