import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import { parseDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Actor } from '../../people/index.ts'
import { allRuleChanges, decideRuleChange, proposeChange, withdrawChange } from './rule-changes.ts'
import type { Proposal } from './rules/change.ts'

const route = routeOf<Actor>()
const Id = z.object({ id: z.uuid() })
const Words = z.string().trim().min(1).max(500)
const Name = z.string().min(1).max(60)
const Confidence = z.enum(['V', 'M', 'S', 'O', 'D'])
const DayText = z.string().refine((text) => !isRefusal(parseDay(text)), 'expected a day, YYYY-MM-DD')
const Person = z.object({ account: z.string(), name: z.string() })
const Row = { validFrom: z.string(), value: z.unknown(), source: z.string(), confidence: Confidence }
const Change = z.object({
  id: z.uuid(),
  version: z.number(),
  state: z.enum(['proposed', 'approved', 'refused', 'withdrawn']),
  proposal: z.object({
    op: z.enum(['replace', 'confirm']),
    kind: z.string(),
    key: z.string(),
    reason: z.string(),
    ...z.object(Row).partial().shape,
  }),
  was: z.object(Row),
  proposedBy: Person,
  proposedOn: z.string(),
  decidedBy: Person.optional(),
  decidedOn: z.string().optional(),
  words: z.string().optional(),
})
const Body = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('replace'),
    kind: Name,
    key: Name,
    reason: Words,
    validFrom: DayText,
    value: z.json(),
    source: Words,
    confidence: Confidence,
  }),
  z.object({ op: z.literal('confirm'), kind: Name, key: Name, reason: Words }),
])

/** Changing the rules: proposed by one person, decided by another. */
export const ruleChangeRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/rule-changes',
    permission: 'rule.read',
    summary: { zh: '规则变更', en: 'Changes of the rules' },
    reply: z.object({ items: z.array(Change) }),
    run: async (ctx) => ({ items: await allRuleChanges(ctx) }),
  }),
  route({
    method: 'POST',
    path: '/api/rule-changes',
    permission: 'rule.propose',
    summary: { zh: '提出规则变更', en: 'Propose a change of a rule' },
    body: Body,
    reply: Change,
    status: 201,
    run: (ctx, { body }) => proposeChange(ctx, body as Proposal),
  }),
  route({
    method: 'POST',
    path: '/api/rule-changes/{id}/decision',
    permission: 'rule.decide',
    summary: { zh: '审定规则变更', en: 'Approve or refuse a change of a rule' },
    params: Id,
    body: z.object({ approve: z.boolean(), words: Words }),
    reply: Change,
    ifMatch: true,
    run: (ctx, { params, body, version }) => decideRuleChange(ctx, { ...params, ...body, version }),
  }),
  route({
    method: 'POST',
    path: '/api/rule-changes/{id}/withdraw',
    permission: 'rule.propose',
    summary: { zh: '撤回规则变更', en: 'Take a proposed change back' },
    params: Id,
    body: z.object({}),
    reply: Change,
    ifMatch: true,
    run: (ctx, { params, version }) => withdrawChange(ctx, { ...params, version }),
  }),
]
