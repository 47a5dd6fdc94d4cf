import { UnknownYear } from '../../base/rules/calendar.ts'
import { NoSingleRule } from '../../base/rules/law.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type Actor, byOf } from '../../people/rules/actor.ts'
import { canSee, capacityFor } from './access.ts'
import type { Act } from './act.ts'
import { begin } from './begin.ts'
import type { Case } from './case.ts'
import { GATES, refuseSamePerson } from './checklist.ts'
import { isEnded, MOVES, type Move, type RecordAct, type State } from './codes.ts'
import { effectOf } from './effects.ts'
import type { Env, Subject } from './env.ts'
import { type CaseEvent, EVENT_OF_RECORD } from './event.ts'
import { evolve } from './evolve.ts'
import { refuseForm } from './forms.ts'
import { missingFields } from './incomplete.ts'
import { type LawToday, lastAcceptance, nextState, wayOf } from './paths.ts'
import { type Rule, ruleOf } from './procedure.ts'
import { undoing } from './undo.ts'

export type { Env } from './env.ts'
export { evolve, fold } from './evolve.ts'
export { PROCEDURE } from './procedure.ts'

/**
 * The law's answer to an act on a case: the event that happens, or the reason why not. In this order: may this post ever (never), does
 * the state allow it (not-now), is it another hand than the one it checks (never), does the case stand ready (not-now), does the act
 * say what it must (invalid). A term that needs a year without a published calendar is refused, not guessed.
 */
export function decide(c: Case | undefined, act: Act, env: Env): CaseEvent | Refusal {
  return underLaw(() => {
    if (!c) return act.move === 'report' || act.move === 'import' ? begin(act, env) : refuse('invalid', 'cases/no-such-case')
    return act.move === 'report' || act.move === 'import'
      ? refuse('not-now', 'cases/exists', { no: c.no })
      : decideOn(c, act, env)
  })
}

/** What one actor may do with a case now: each move with its answer, and which conditions of the case are still open. */
export type Option = { move: Move; allowed: boolean; why?: Refusal; needs: string[]; lacks: OpenGate[] }

/** A condition of the case that is still open, and what it says. */
export type OpenGate = { gate: string; why: Refusal }

/** For every move of the procedure whether this actor may make it now, and for the rest why not; the act's own fields are not judged. */
export function whatNow(c: Case, actor: Actor, env: Omit<Env, 'by'>): Option[] {
  const asked = { ...env, by: actor }
  return MOVES.filter((move) => move !== 'report').map((move) => {
    const confirming = PROPOSALS[move] !== undefined && c.pending?.kind === PROPOSALS[move]
    const open = underLaw(() => openOn(c, { move, confirming }, asked))
    if (isRefusal(open)) return { move, allowed: false, why: open, needs: [], lacks: [] }
    const first = open[0]
    return { move, allowed: !first, ...(first && { why: first.why }), needs: open.map(({ gate }) => gate), lacks: open }
  })
}

/** What a case itself still lacks for a move, whoever makes it. */
export function openGatesOf(c: Case, move: Move, env: Env): OpenGate[] {
  const judged = underLaw(() => openGates(ruleOf(move), { c, env, by: byOf(env.by), way: wayOf(c, env), filling: false }))
  return isRefusal(judged) ? [{ gate: 'complete', why: judged }] : judged
}

/**
 * Whether the case itself stands ready for a move, whoever comes to make it; `confirming` for the second word of two. What only certain
 * people may not do (another hand) is not asked here. No where the law says nothing of the day.
 */
export function isReady(c: Case, move: Move, o: LawToday & { confirming: boolean }): boolean {
  const ready = underLaw(() => {
    const env: Env = { by: nobody(c), at: `${o.today}T00:00:00.000Z` as Env['at'], today: o.today, law: o.law }
    const rule = ruleOf(move)
    const x: Subject = { c, env, by: byOf(env.by), way: wayOf(c, env), filling: canFill(c, rule) }
    return refuseState(move, rule, x) ?? refuseSecond({ move, confirming: o.confirming }, x) ?? openGates(rule, x).length === 0
  })
  return ready === true
}

const nobody = ({ tenant }: Case): Actor => ({ tenant, account: '', name: '', clearance: 0, holdings: [] })

/** The kind of proposal that a move of two persons makes and confirms; undefined for every other move. */
export const proposalOf = (move: Move) => PROPOSALS[move]

// Moves that two persons make, and the kind of proposal that waits between them.
const PROPOSALS: Partial<Record<Move | RecordAct, NonNullable<Case['pending']>['kind']>> = {
  mark_unfounded: 'unfounded',
  override_colour: 'colour',
}

/** A year without a published calendar, or a day without a rule, is an answer too. */
export function underLaw<T>(judge: () => T): T | Refusal {
  try {
    return judge()
  } catch (error) {
    if (error instanceof UnknownYear) return refuse('not-now', 'cases/calendar-year', { year: error.year })
    if (error instanceof NoSingleRule)
      return refuse('not-now', 'cases/no-rule', { rule: `${error.kind}/${error.key}`, day: error.day })
    throw error
  }
}

function openOn(c: Case, asked: Asked, env: Env): OpenGate[] | Refusal {
  const x = subjectOf(c, asked, env)
  return isRefusal(x) ? x : openGates(ruleOf(asked.move), x)
}

function decideOn(c: Case, act: Act, env: Env): CaseEvent | Refusal {
  const x = subjectOf(c, { move: act.move, confirming: 'confirm' in act }, env)
  if (isRefusal(x)) return x
  const refusal = openGates(ruleOf(act.move), x)[0]?.why ?? refuseForm(act, x)
  return refusal ?? eventOf(act, x)
}

type Asked = { move: Move | RecordAct; confirming: boolean }

// The case as the asker may touch it: right city, right post, right state, another hand; or the first reason why not.
function subjectOf(c: Case, asked: Asked, env: Env): Subject | Refusal {
  const rule = ruleOf(asked.move)
  if (env.by.tenant !== c.tenant) return refuse('never', 'cases/other-city')
  const capacity = capacityFor(rule, c, { actor: env.by, post: env.post, confirming: asked.confirming })
  if (isRefusal(capacity)) return capacity
  if (capacity.holding && !canSee(env.by, c)) return refuse('never', 'cases/outside-scope')
  const filling = canFill(c, rule)
  const x: Subject = { c, env, by: byOf(env.by, capacity.holding), way: wayOf(c, env), filling }
  return refuseState(asked.move, rule, x) ?? refuseHand(rule, x) ?? refuseSecond(asked, x) ?? x
}

// An imported row that lacks fields is completed where it stands, without going back to the state where they belong.
function canFill(c: Case, rule: Rule): boolean {
  if (rule.from.includes(c.state) || isEnded(c.state)) return false
  return rule.fills?.some((field) => c.incomplete.includes(field)) ?? false
}

function refuseState(move: Move | RecordAct, rule: Rule, { c, way, filling }: Subject): Refusal | undefined {
  if (filling) return undefined
  if (!rule.from.includes(c.state)) return refuse('not-now', 'cases/not-in-this-state', { move, state: c.state })
  if (c.suspension && !rule.whileSuspended) return refuse('not-now', 'cases/suspended', { since: c.suspension.on })
  const next = nextState(way, c.state)
  const wanted = rule.before ? [rule.before] : rule.to.kind === 'next' ? rule.to.among : undefined
  const leads = !wanted || (next !== undefined && wanted.includes(next))
  return leads ? undefined : refuse('not-now', 'cases/not-on-this-path', { move, path: c.path, next: next ?? '' })
}

function refuseHand(rule: Rule, x: Subject): Refusal | undefined {
  for (const apart of rule.notBy ?? []) {
    const refusal = refuseSamePerson(apart, x)
    if (refusal) return refusal
  }
  return undefined
}

// Two persons: nothing is confirmed that nobody proposed, proposed twice, or confirmed by its proposer.
function refuseSecond({ move, confirming }: Asked, { c, env }: Subject): Refusal | undefined {
  const kind = PROPOSALS[move]
  if (!kind) return undefined
  if (!confirming) return c.pending ? refuse('not-now', 'cases/proposal-waits', { kind: c.pending.kind }) : undefined
  if (c.pending?.kind !== kind) return refuse('not-now', 'cases/nothing-proposed')
  return c.pending.by.account === env.by.account ? refuse('never', 'cases/same-hand', { apart: 'proposer' }) : undefined
}

function openGates(rule: Rule, x: Subject): OpenGate[] {
  if (x.filling) return []
  return (rule.needs ?? []).flatMap((gate) => {
    const why = GATES[gate](x)
    return why ? [{ gate, why }] : []
  })
}

function eventOf(act: Act, x: Subject): CaseEvent {
  if (act.move === 'undo') return undoing(act, x)
  const { c, env, by } = x
  const to = x.filling ? c.state : targetOf(act, x)
  const type = act.move in EVENT_OF_RECORD ? EVENT_OF_RECORD[act.move as RecordAct] : act.move
  const data = { from: c.state, to, on: env.today, act, effect: effectOf(act, to, x) }
  const event = { type, tenant: c.tenant, case: c.id, version: c.version + 1, at: env.at, by, data } as CaseEvent
  return c.imported ? withMissing(event, evolve(c, event), env) : event
}

function withMissing(event: CaseEvent, after: Case, env: Env): CaseEvent {
  const effect = { ...event.data.effect, incomplete: missingFields(after, wayOf(after, env)) }
  return { ...event, data: { ...event.data, effect } } as CaseEvent
}

function targetOf(act: Act, { c, way }: Subject): State {
  const { to } = ruleOf(act.move)
  if (to.kind === 'state') return to.state
  if (to.kind === 'stay') return c.state
  if (to.kind === 'next') return nextState(way, c.state) ?? c.state
  const chosen = saysYes(act, c) ? to.yes : to.no
  if (chosen === 'back') return c.notice?.kind === 'notice' ? 'publicising' : lastAcceptance(way)
  return chosen === 'stay' ? c.state : chosen
}

function saysYes(act: Act, c: Case): boolean {
  if (act.move === 'arbitrate') return act.uphold
  if (act.move === 'resolve_objection') return act.upheld
  if (act.move === 'recheck') return act.result === 'rebound'
  if (act.move === 'reopen') return c.state === 'closed'
  return 'confirm' in act && act.confirm
}
