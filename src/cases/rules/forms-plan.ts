import type { Day } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Term } from '../../base/rules/term.ts'
import { boundOrgs } from './access.ts'
import type { ActOf } from './act.ts'
import type { Duty, Measure } from './case.ts'
import type { Subject } from './env.ts'
import { isBlank } from './given.ts'

/** 交办 names a responsible unit, a leader and a term (Code art. 29); who accepts is not among those who rectify. */
export function refuseAssign(act: ActOf<'assign'>, x: Subject): Refusal | undefined {
  const responsible = act.duties.some((duty) => duty.as === 'responsible' && !isBlank(duty.org) && !isBlank(duty.orgName))
  const missing = [
    ...(responsible ? [] : ['responsible']),
    ...(isBlank(act.leader.name) || isBlank(act.leader.title) ? ['leader'] : []),
    ...(act.term.kind === 'unknown' || isBlank(act.term.words) ? ['term'] : []),
  ]
  if (missing.length > 0) return refuse('invalid', 'cases/assign-fields', { missing: missing.join(', ') })
  return refuseJudgeInOwnCause(act.duties) ?? refuseTerm(act.term, x)
}

/** 整改方案 holds the five fields of Code art. 29, within the term of the dispatch, accepted by nobody who rectifies. */
export function refusePlan(act: ActOf<'plan'>, x: Subject): Refusal | undefined {
  const missing = [
    ...(isBlank(act.implementer) || isBlank(act.implementerName) ? ['implementer'] : []),
    ...(isBlank(act.goal) ? ['goal'] : []),
    ...(act.term.kind === 'unknown' || isBlank(act.term.words) ? ['term'] : []),
    ...(act.measures.length === 0 || act.measures.some((measure) => isBlank(measure.text)) ? ['measures'] : []),
    ...(isBlank(act.acceptanceUnit) || isBlank(act.acceptanceUnitName) ? ['acceptanceUnit'] : []),
  ]
  if (missing.length > 0) return refuse('invalid', 'cases/plan-fields', { missing: missing.join(', ') })
  return refuseAcceptanceUnit(act, x) ?? refuseMeasures(act, x)
}

/** 进展 says something, and names only what is there. */
export function refuseProgress(act: ActOf<'progress'>, { c }: Subject): Refusal | undefined {
  if (isBlank(act.text)) return refuse('invalid', 'cases/fields-missing', { fields: 'text' })
  if (act.percent !== undefined && !(act.percent >= 0 && act.percent <= 100)) {
    return refuse('invalid', 'cases/percent', { found: act.percent })
  }
  const spent = act.spentFen?.find(({ fen }) => !isMoney(fen))
  if (spent) return refuse('invalid', 'cases/money', { found: spent.fen })
  const unexplained = act.explained?.find(({ why }) => isBlank(why))
  if (unexplained) return refuse('invalid', 'cases/fields-missing', { fields: 'explained' })
  const measures = c.plan?.measures ?? []
  const known = {
    measure: measures.map((measure) => measure.id),
    milestone: measures.flatMap((measure) => measure.milestones.map((milestone) => milestone.id)),
    claim: c.claims.map((claim) => claim.id),
  }
  const named = [
    ...(act.measuresDone ?? []),
    ...(act.explained ?? []).map((e) => e.measure),
    ...(act.spentFen ?? []).map((s) => s.measure),
  ]
  return (
    refuseUnknown('measure', named, known.measure) ??
    refuseUnknown('milestone', act.milestonesDone ?? [], known.milestone) ??
    refuseUnknown(
      'claim',
      (act.findings ?? []).map((finding) => finding.claim),
      known.claim,
    )
  )
}

/** Names that must belong to the case: the first that does not is refused. */
export function refuseUnknown(what: string, named: readonly string[], known: readonly string[]): Refusal | undefined {
  const stray = named.find((id) => !known.includes(id))
  return stray === undefined ? undefined : refuse('invalid', 'cases/unknown-id', { what, id: stray })
}

function refuseJudgeInOwnCause(duties: readonly Duty[]): Refusal | undefined {
  const accepting = boundOrgs({ duties: [...duties] }, 'acceptance')
  const both = duties.find((duty) => isRectifying(duty) && accepting.includes(duty.org))
  return both && refuse('invalid', 'cases/acceptor-rectifies', { org: both.orgName })
}

function isRectifying(duty: Duty): boolean {
  return duty.as === 'responsible' || duty.as === 'lead' || duty.as === 'supporting'
}

// The last day of a complaint is set by statute; an assignment may shorten it, never lengthen it.
function refuseTerm(term: Term, { c, env, way, filling }: Subject): Refusal | undefined {
  if (!term.day || filling) return undefined
  if (term.day < env.today) return refuse('invalid', 'cases/day-past', { field: 'term', day: term.day, today: env.today })
  const statutory = way.rule.caseClock.from === 'triage' ? c.due : undefined
  return statutory && term.day > statutory ? refuse('invalid', 'cases/term-beyond', { day: term.day, due: statutory }) : undefined
}

function refuseAcceptanceUnit(act: ActOf<'plan'>, { c }: Subject): Refusal | undefined {
  const rectifying = [act.implementer, ...boundOrgs(c, 'responsible', 'lead', 'supporting')]
  if (rectifying.includes(act.acceptanceUnit)) {
    return refuse('invalid', 'cases/acceptor-rectifies', { org: act.acceptanceUnitName })
  }
  const bound = boundOrgs(c, 'acceptance')
  const differs = bound.length > 0 && !bound.includes(act.acceptanceUnit)
  return differs ? refuse('invalid', 'cases/acceptance-unit-differs', { org: act.acceptanceUnitName }) : undefined
}

function refuseMeasures(act: ActOf<'plan'>, { c }: Subject): Refusal | undefined {
  const milestones = act.measures.flatMap((measure) => measure.milestones)
  const ids = [...act.measures, ...milestones].map(({ id }) => id)
  if (ids.some(isBlank) || new Set(ids).size < ids.length) return refuse('invalid', 'cases/ids-repeat')
  const money = act.measures.find((measure) => !isMoney(measure.moneyFen ?? 0) || !isMoney(measure.spentFen ?? 0))
  if (money) return refuse('invalid', 'cases/money', { found: money.moneyFen ?? 0 })
  return refuseLate(act.measures, { term: act.term, due: c.due })
}

function refuseLate(measures: readonly Measure[], { term, due }: { term: Term; due: Day | undefined }): Refusal | undefined {
  if (term.day && due && term.day > due) return refuse('invalid', 'cases/term-beyond', { day: term.day, due })
  const last = term.day ?? due
  const days = measures.flatMap((measure) => [...(measure.due ? [measure.due] : []), ...measure.milestones.map((m) => m.due)])
  const late = last ? days.find((day) => day > last) : undefined
  return late && last ? refuse('invalid', 'cases/term-beyond', { day: late, due: last }) : undefined
}

function isMoney(fen: number): boolean {
  return Number.isSafeInteger(fen) && fen >= 0
}
