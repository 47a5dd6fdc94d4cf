import { type Day, daysBetween } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { holdingsIn } from '../../people/rules/actor.ts'
import { distanceM } from '../../places/rules/locate.ts'
import { covers } from './access.ts'
import type { Act, ActOf, ApprovedBy } from './act.ts'
import type { OnSite, Standards } from './case.ts'
import { canTake, extensionBounds } from './checklist.ts'
import { STANDARDS } from './codes.ts'
import type { Subject } from './env.ts'
import { refuseEvidence, refusePoint } from './forms-evidence.ts'
import { refuseAssign, refusePlan, refuseProgress } from './forms-plan.ts'
import { isBlank } from './given.ts'
import { rowFor } from './paths.ts'
import { refuseUndo } from './undo.ts'

/** What an act itself has to say before it is taken, given that the case stands ready for it; a move without an entry says nothing more. */
export function refuseForm(act: Act, x: Subject): Refusal | undefined {
  const form = FORMS[act.move as keyof typeof FORMS] as ((act: Act, x: Subject) => Refusal | undefined) | undefined
  return form?.(act, x)
}

/** A refusal that names the fields which say nothing, or nothing where all are filled. */
export function refuseBlank(fields: Record<string, string | undefined>): Refusal | undefined {
  const blank = Object.keys(fields).filter((name) => isBlank(fields[name]))
  return blank.length === 0 ? undefined : refuse('invalid', 'cases/fields-missing', { fields: blank.join(', ') })
}

type Forms = { [M in Act['move']]?: (act: ActOf<M>, x: Subject) => Refusal | undefined }

const FORMS = {
  triage: (act, x) =>
    (act.secrecy ?? 0) > x.env.by.clearance
      ? refuse('invalid', 'cases/above-clearance', { found: act.secrecy ?? 0, expected: x.env.by.clearance })
      : x.way.rule.claims && act.pollution.length === 0
        ? refuse('invalid', 'cases/fields-missing', { fields: 'pollution' })
        : refusePoint(act.point),
  decline: ({ reason }) => refuseBlank({ reason }),
  merge: ({ into, reason }, { c, env }) =>
    refuseBlank({ reason }) ?? (canTake(c, into, env.other) ? undefined : refuse('invalid', 'cases/merge-target', { into })),
  assign: refuseAssign,
  return: ({ reason, basis }) => refuseBlank({ reason, basis }),
  arbitrate: ({ reason }) => refuseBlank({ reason }),
  plan: refusePlan,
  reject_plan: ({ reason }) => refuseBlank({ reason }),
  progress: refuseProgress,
  request_extension: refuseRequest,
  decide_extension: (act, x) =>
    refuseBlank({ reason: act.reason }) ??
    (act.grant && x.way.rule.extension?.approver === 'leader' ? refuseApprover(act.approvedBy, x) : undefined),
  suspend: (act, x) => refuseBlank({ reason: act.reason, basis: act.basis }) ?? refuseApprover(act.approvedBy, x),
  resume: ({ reason }) => refuseBlank({ reason }),
  self_check: ({ conclusion, standards }) => refuseBlank({ conclusion }) ?? refuseStandards(standards),
  county_accept: refuseAcceptance,
  county_reject: ({ reason }) => refuseBlank({ reason }),
  city_accept: refuseAcceptance,
  city_reject: ({ reason }) => refuseBlank({ reason }),
  publicise: ({ channel, phone, from }, { env }) =>
    refuseBlank({ channel, phone }) ??
    (from && from < env.today ? refuse('invalid', 'cases/day-past', { field: 'from', day: from, today: env.today }) : undefined),
  object: refuseObjection,
  resolve_objection: ({ finding }) => refuseBlank({ finding }),
  file: ({ docNo, filedWith }) => refuseBlank({ docNo, filedWith }),
  recheck: ({ finding }) => refuseBlank({ finding }),
  reopen: ({ reason }) => refuseBlank({ reason }),
  transfer: ({ to, reason, docNo }) => refuseBlank({ to, reason, docNo }),
  mark_unfounded: (act) => ('confirm' in act ? undefined : refuseBlank({ reason: act.reason })),
  override_colour: (act) => ('confirm' in act ? undefined : refuseBlank({ reason: act.reason })),
  infer: (act) => refuseBlank({ pattern: act.pattern }) ?? refuseCounts(act),
  add_evidence: refuseEvidence,
  remind: ({ text, answerBy }, { env }) =>
    refuseBlank({ text }) ??
    (answerBy && answerBy < env.today
      ? refuse('invalid', 'cases/day-past', { field: 'answerBy', day: answerBy, today: env.today })
      : undefined),
  undo: (_, x) => refuseUndo(x),
  flag: ({ kind, reason, source }) => refuseBlank(kind === 'criticised' ? { reason, source } : { reason }),
} as const satisfies Forms

function refuseRequest(act: ActOf<'request_extension'>, { c, way }: Subject): Refusal | undefined {
  const blank = refuseBlank({ reason: act.reason, progress: act.progress, newPlan: act.newPlan })
  if (blank || !c.due || !way.rule.extension) return blank
  const { most } = extensionBounds(c.due, way.rule.extension)
  return act.toDay > c.due && act.toDay <= most
    ? undefined
    : refuse('invalid', 'cases/extension-day', { found: act.toDay, after: c.due, most })
}

/** An approval counts when the person behind it leads the division and is not the one who enters it. */
function refuseApprover(approvedBy: ApprovedBy | undefined, { c, env }: Subject): Refusal | undefined {
  const approver = env.approver
  const known = approvedBy && approver?.account === approvedBy.account && approver.tenant === c.tenant
  if (!known) return refuse('invalid', 'cases/approver-unknown')
  if (approver.account === env.by.account) return refuse('invalid', 'cases/approver-same')
  const leads = holdingsIn(approver, 'leader').some((holding) => covers(holding.area, c.place))
  return leads ? undefined : refuse('invalid', 'cases/approver-no-leader', { name: approver.name })
}

function refuseAcceptance(act: ActOf<'county_accept'> | ActOf<'city_accept'>, x: Subject): Refusal | undefined {
  return refuseBlank({ conclusion: act.conclusion }) ?? refuseVisit(act.onSite, x) ?? refuseStandards(act.standards)
}

/** Somebody was there, after the self-check and with company (two people: own design), near the place where that can be told. */
function refuseVisit(visit: OnSite, { c, env }: Subject): Refusal | undefined {
  const rule = rowFor(c, 'evidence', env).value
  const from: Day = c.checks.self?.on ?? c.reportedOn
  if (visit.day > env.today || daysBetween(from, visit.day) < 0) {
    return refuse('invalid', 'cases/visit-day', { day: visit.day, from, today: env.today })
  }
  const people = new Set(visit.people.map((name) => name.trim()).filter((name) => name !== ''))
  if (people.size < rule.onSitePeople) {
    return refuse('invalid', 'cases/visit-people', { found: people.size, expected: rule.onSitePeople })
  }
  const distance = visit.point && c.place.point ? Math.round(distanceM(c.place.point, visit.point)) : 0
  return distance <= rule.radiusM
    ? undefined
    : refuse('invalid', 'cases/visit-far', { distanceM: distance, radiusM: rule.radiusM })
}

/** All five standards must be true; what does not apply says why. */
function refuseStandards(standards: Standards): Refusal | undefined {
  for (const standard of STANDARDS) {
    const given = standards[standard]
    if (!given) return refuse('invalid', 'cases/standard-missing', { standard })
    if (given.answer === 'no') return refuse('invalid', 'cases/standard-not-met', { standard })
    if (given.answer === 'na' && isBlank(given.note)) return refuse('invalid', 'cases/standard-note', { standard })
  }
  return undefined
}

function refuseObjection(act: ActOf<'object'>, { c, way }: Subject): Refusal | undefined {
  const blank = refuseBlank({ sealed: act.sealed, text: act.text })
  if (blank) return blank
  const stranger = way.rule.window === 'dispute' && c.reporter !== undefined && c.reporter !== act.sealed
  return stranger ? refuse('never', 'cases/not-the-reporter') : undefined
}

function refuseCounts({ checked, found }: { checked: number; found: number }): Refusal | undefined {
  const holds = Number.isInteger(checked) && Number.isInteger(found) && found >= 0 && checked >= found
  return holds ? undefined : refuse('invalid', 'cases/counts', { checked, found })
}
