import { z } from 'zod'
import { isRefusal } from '../base/rules/refusal.ts'
import { parseTerm } from '../base/rules/term.ts'
import { parsePoint } from '../places/rules/point.ts'
import { isDay, isInstantText } from './day-schema.ts'
import {
  ANSWERS,
  CATEGORIES,
  COLOURS,
  DUTIES,
  EVIDENCE_KINDS,
  FINDINGS,
  FLAGS,
  POLLUTION,
  QINLING,
  SCOPES,
  SEVERITIES,
  SOURCE_TYPES,
  type SourceType,
  STANDARDS,
  THINGS,
} from './rules/codes.ts'

/** What may be sent for each move. The rules say what it then needs; here is only the shape, with lengths that bound memory. */

const Line = z.string().trim().min(1).max(500)
const Long = z.string().trim().min(1).max(20_000)
const Uuid = z.uuid()
const Area = z.string().max(20)
const Count = z.number().int().min(0).max(1_000_000)
const Fen = z.number().int().min(0).max(1e14)
const Percent = z.number().min(0).max(100)
const Secrecy = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
const SourceCode = z.enum(SOURCE_TYPES as [SourceType, ...SourceType[]])

export { isInstantText as Instant }
export const Day = isDay

/** Coordinates in any of the accepted systems, turned into WGS 84 at the door. */
export const Point = z
  .object({
    lng: z.union([z.number(), z.string().max(40)]),
    lat: z.union([z.number(), z.string().max(40)]),
    crs: z.string().max(20).optional(),
  })
  .transform((raw, check) => {
    const point = parsePoint(raw)
    if (!isRefusal(point)) return { lng: point.lng, lat: point.lat }
    check.addIssue({ code: 'custom', message: `${point.code} ${JSON.stringify(point.params)}` })
    return z.NEVER
  })

/** A deadline in the words of the document; the words are kept and read (2025年12月底前, 立行立改, 长期坚持). */
const Term = z.object({ words: z.string().trim().min(1).max(200) }).transform(({ words }) => parseTerm(words))

const Claim = z.object({
  id: z.string().max(20).optional(),
  text: Long,
  pollution: z.array(z.enum(POLLUTION)).max(10).default([]),
})
const Claims = z
  .array(Claim)
  .max(50)
  .transform((claims) => claims.map((c, i) => ({ ...c, id: c.id ?? `c${i + 1}` })))
  .refine((claims) => new Set(claims.map((c) => c.id)).size === claims.length, 'expected claims with ids of their own')
const Pollution = z.array(z.enum(POLLUTION)).max(10)
const Duties = z.array(z.object({ org: Uuid, as: z.enum(DUTIES) })).max(30)
const Leader = z.object({ name: Line, title: Line, post: Uuid.optional() })

const Milestone = z.object({ id: z.string().max(20).optional(), text: Line, due: Day, standard: Line })
const Measure = z.object({
  id: z.string().max(20).optional(),
  text: Long,
  standard: Line.optional(),
  evidence: z.enum(EVIDENCE_KINDS).optional(),
  due: Day.optional(),
  moneyFen: Fen.optional(),
  milestones: z.array(Milestone).max(50).default([]),
})
const Measures = z
  .array(Measure)
  .min(1)
  .max(100)
  .transform((measures) =>
    measures.map((m, i) => ({
      ...m,
      id: m.id ?? `m${i + 1}`,
      milestones: m.milestones.map((s, j) => ({ ...s, id: s.id ?? `m${i + 1}.${j + 1}` })),
    })),
  )

const Standards = z.object(
  Object.fromEntries(STANDARDS.map((s) => [s, z.object({ answer: z.enum(ANSWERS), note: Line.optional() })])) as Record<
    (typeof STANDARDS)[number],
    z.ZodObject<{ answer: z.ZodEnum<{ yes: 'yes'; no: 'no'; na: 'na' }>; note: z.ZodOptional<typeof Line> }>
  >,
)
const OnSite = z.object({ day: Day, people: z.array(Line).min(1).max(20), point: Point.optional() })
const Acceptance = { onSite: OnSite, standards: Standards, conclusion: Long, opinionNo: Line.optional() }
const Approver = z.object({ account: Uuid, docNo: Line.optional() })

const Place = z.object({
  region: Area,
  town: Area.optional(),
  village: Area.optional(),
  address: Line.optional(),
  point: Point.optional(),
})

/** 登记 by a member of staff. */
export const ReportBody = z.object({
  source: SourceCode,
  title: Line,
  originalText: Long,
  place: Place,
  thing: z.enum(THINGS).optional(),
  severity: z.enum(SEVERITIES).optional(),
  category: z.enum(CATEGORIES).optional(),
  pollution: Pollution.optional(),
  claims: Claims.optional(),
  secrecy: Secrecy.optional(),
  foundOn: Day.optional(),
  batch: Line.optional(),
  originalNo: Line.optional(),
  planDocNo: Line.optional(),
  enterprise: Line.optional(),
  common: z.boolean().optional(),
})

const act = <M extends string, S extends z.ZodRawShape>(move: M, shape: S) => z.object({ move: z.literal(move), ...shape })

// Two persons: the first proposes with a reason, the second confirms or drops.
const FIRST_OR_SECOND = 'expected what is proposed with its reason, or confirm'

/** Every move that staff may send, by its code; `report` has a route of its own. `object` is entered for somebody who objected, by name. */
export const MoveBody = z.discriminatedUnion('move', [
  act('triage', {
    category: z.enum(CATEGORIES),
    pollution: Pollution,
    thing: z.enum(THINGS),
    severity: z.enum(SEVERITIES),
    qinling: z.enum(QINLING).optional(),
    claims: Claims.optional(),
    title: Line.optional(),
    common: z.boolean().optional(),
    enterprise: Line.optional(),
    secrecy: Secrecy.optional(),
    point: Point.optional(),
    town: Area.optional(),
    village: Area.optional(),
    address: Line.optional(),
  }),
  act('decline', { reason: Line }),
  act('merge', { into: Uuid, reason: Line }),
  act('assign', {
    duties: Duties,
    leader: Leader,
    term: Term,
    contact: Line.optional(),
    planDocNo: Line.optional(),
    note: Line.optional(),
  }),
  act('sign', { contact: Line.optional() }),
  act('return', { reason: Line, basis: Line, suggested: Line.optional() }),
  act('arbitrate', { uphold: z.boolean(), reason: Line }),
  act('plan', { implementer: Uuid, goal: Long, term: Term, acceptanceUnit: Uuid, measures: Measures, docNo: Line.optional() }),
  act('approve_plan', { note: Line.optional() }),
  act('reject_plan', { reason: Line }),
  act('progress', {
    text: Long,
    percent: Percent.optional(),
    measuresDone: z.array(z.string().max(20)).max(100).optional(),
    milestonesDone: z.array(z.string().max(20)).max(500).optional(),
    explained: z
      .array(z.object({ measure: z.string().max(20), why: Line }))
      .max(100)
      .optional(),
    spentFen: z
      .array(z.object({ measure: z.string().max(20), fen: Fen }))
      .max(100)
      .optional(),
    findings: z
      .array(z.object({ claim: z.string().max(20), finding: z.enum(FINDINGS), text: Line.optional() }))
      .max(50)
      .optional(),
  }),
  act('request_extension', { reason: Line, progress: Long, newPlan: Long, toDay: Day }),
  act('decide_extension', { grant: z.boolean(), reason: Line, approvedBy: Approver.optional() }),
  act('suspend', { reason: Line, basis: Line, approvedBy: Approver }),
  act('resume', { reason: Line }),
  act('self_check', { conclusion: Long, standards: Standards }),
  act('county_accept', Acceptance),
  act('county_reject', { reason: Line, falseEvidence: z.boolean().optional() }),
  act('city_accept', Acceptance),
  act('city_reject', { reason: Line, falseEvidence: z.boolean().optional() }),
  act('publicise', { channel: Line, phone: Line, url: z.url().max(500).optional(), from: Day.optional() }),
  act('resolve_objection', { upheld: z.boolean(), finding: Long }),
  act('file', { docNo: Line, filedWith: Line }),
  act('close', { note: Line.optional() }),
  act('recheck', { result: z.enum(['confirmed', 'rebound']), finding: Long }),
  act('reopen', { reason: Line }),
  act('transfer', { to: Line, reason: Line, docNo: Line }),
  act('mark_unfounded', { reason: Line.optional(), confirm: z.boolean().optional() }).refine(
    (a) => a.reason || a.confirm !== undefined,
    FIRST_OR_SECOND,
  ),
  act('infer', { pattern: Long, scope: z.enum(SCOPES), checked: Count, found: Count, ruleMade: Line.optional() }),
  act('override_colour', {
    colour: z.enum([...COLOURS, 'auto']).optional(),
    reason: Line.optional(),
    confirm: z.boolean().optional(),
  }).refine((a) => (a.colour && a.reason) || a.confirm !== undefined, FIRST_OR_SECOND),
  act('object', { name: Line, contact: Line, text: z.string().trim().min(5).max(2000) }),
  act('flag', { kind: z.enum(FLAGS), reason: Line, source: Line.optional() }),
  act('remind', { text: Line, answerBy: Day.optional() }),
  act('acknowledge', { text: Line.optional() }),
])
export type MoveBody = z.infer<typeof MoveBody>

/** 撤销, with a reason if one is given. */
export const UndoBody = z.object({ reason: Line.optional() })

/** The fields beside an uploaded file; a form carries text only. */
export const EvidenceBody = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  attestation: Line.optional(),
  measure: z.string().max(20).optional(),
  claim: z.string().max(20).optional(),
  takenAt: isInstantText.optional(),
  lng: z.string().max(40).optional(),
  lat: z.string().max(40).optional(),
  crs: z.string().max(20).optional(),
  docNo: Line.optional(),
  docTitle: Line.optional(),
  docIssuer: Line.optional(),
  docIssuedOn: Day.optional(),
})

/** An objection to a public notice, by anyone who gives a name; it is sealed. */
export const ObjectionBody = z.object({ name: Line, contact: Line, text: z.string().trim().min(5).max(2000) })
