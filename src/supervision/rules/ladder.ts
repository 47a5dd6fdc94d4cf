import { UnknownYear } from '../../base/rules/calendar.ts'
import { type Clock, dueOf } from '../../base/rules/clock.ts'
import type { Day, Instant } from '../../base/rules/day.ts'
import { type Law, NoSingleRule, versionOf } from '../../base/rules/law.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type Actor, byOf, type Holding, type Role } from '../../people/rules/actor.ts'
import { canSeeItem, isAddressee, sitsOver } from './access.ts'
import { ITEM_MOVES, type ItemMove, type ItemState, isOver, type Kind } from './codes.ts'
import { refuseForm } from './forms.ts'
import type { Act, Draft, Effect, Hand, Item, ItemEvent } from './item.ts'
import { documentNo, stepRow } from './rows.ts'

export { evolve, fold } from './evolve.ts'

/** Who makes a move: an office of the area, whoever signs the step, whoever lifts it, the organisation it was sent to. */
type Who = 'office' | 'signer' | 'lifter' | 'addressee'
/** Whose hand it must not be. */
type Apart = 'drafter' | 'reviewer' | 'addressee'

/** One row of the ladder's moves. */
export type Rule = { from: readonly ItemState[]; to: ItemState; by: readonly Who[]; notBy?: readonly Apart[]; answerable?: true }

/** The life of an item: each move, from where, to where, by whom, by whom not. What was sent is never undone, only lifted. */
export const LADDER: Readonly<Record<Exclude<ItemMove, 'draft'>, Rule>> = {
  revise: { from: ['draft', 'reviewed'], to: 'draft', by: ['office'] },
  review: { from: ['draft'], to: 'reviewed', by: ['office'] },
  send_back: { from: ['reviewed', 'signed'], to: 'draft', by: ['office', 'signer'] },
  sign: { from: ['reviewed'], to: 'signed', by: ['signer'], notBy: ['drafter', 'reviewer'] },
  send: { from: ['signed'], to: 'sent', by: ['office'] },
  answer: { from: ['sent', 'not_accepted'], to: 'answered', by: ['addressee'], answerable: true },
  accept: { from: ['answered'], to: 'accepted', by: ['office'], notBy: ['addressee'] },
  reject: { from: ['answered'], to: 'not_accepted', by: ['office'], notBy: ['addressee'] },
  lift: { from: ['sent', 'answered', 'accepted', 'not_accepted'], to: 'lifted', by: ['lifter'], notBy: ['addressee'] },
  withdraw: { from: ['draft', 'reviewed', 'signed'], to: 'withdrawn', by: ['office', 'signer'] },
}

/** Who signs and who lifts each step: the office may sign and lift a reminder and lift a letter, everything above is a leader's. */
export const STEPS: Readonly<Record<Kind, { sign: readonly Role[]; lift: readonly Role[] }>> = {
  reminder: { sign: ['office', 'leader'], lift: ['office', 'leader'] },
  supervision: { sign: ['leader'], lift: ['office', 'leader'] },
  listed: { sign: ['leader'], lift: ['leader'] },
  circular: { sign: ['leader'], lift: ['leader'] },
  interview: { sign: ['leader'], lift: ['leader'] },
  referral: { sign: ['leader'], lift: ['leader'] },
}

/** The system itself drafts at night; it makes no other move. */
export const SYSTEM: Hand = { account: 'system', name: '系统' }

/** All that a decision takes from outside. `id` belongs to a new item, `seq` is the number taken for one that is sent. */
export type Env = {
  by: Actor | 'system'
  at: Instant
  today: Day
  law: Law
  tenant: number
  cityName: string
  id?: string
  seq?: number
}

/**
 * The law's answer to an act: the event that happens, or why not. In this order: may this post ever (never), does the state allow it
 * (not-now), is it another hand than the one it checks (never), does the act say what it must (invalid).
 */
export function decide(item: Item | undefined, act: Act, env: Env): ItemEvent | Refusal {
  return underLaw(() => {
    if (act.move === 'draft') return item ? refuse('not-now', 'supervision/exists') : begin(act, env)
    if (!item) return refuse('invalid', 'supervision/no-such-item')
    const by = openTo(item, act.move, env)
    if (isRefusal(by)) return by
    const wrong = refuseForm(act)
    if (wrong) return wrong
    const { to } = LADDER[act.move]
    const effect = act.move === 'send' ? sending(item, env) : {}
    return eventOf({ item: item.id, from: item.state, to, version: item.version + 1 }, { act, env, by, effect })
  })
}

export type Option = { move: ItemMove; allowed: boolean; why?: Refusal }

/** For every move whether this actor may make it now, and for the rest why not; the act's own fields are not judged. */
export function whatNow(item: Item, env: Omit<Env, 'seq'>): Option[] {
  return ITEM_MOVES.filter((move) => move !== 'draft').map((move) => {
    const by = underLaw(() => openTo(item, move, env))
    return isRefusal(by) ? { move, allowed: false, why: by } : { move, allowed: true }
  })
}

function openTo(item: Item, move: Exclude<ItemMove, 'draft'>, env: Env): Hand | Refusal {
  const rule = LADDER[move]
  const holding = env.by === 'system' ? undefined : postFor(item, rule, env.by)
  if (env.by === 'system' || !holding) return refuse('never', 'supervision/not-yours', { roles: rolesOf(item, rule).join(', ') })
  if (!canSeeItem(env.by, item)) return refuse('never', 'supervision/outside-scope')
  if (rule.answerable && item.sent && !item.clock && !isOver(item.state))
    return refuse('not-now', 'supervision/no-answer-asked', { kind: item.kind })
  if (!rule.from.includes(item.state)) return refuse('not-now', 'supervision/not-in-this-state', { state: item.state, move })
  const by = byOf(env.by, holding)
  const same = (rule.notBy ?? []).find((apart) => isHand(item, apart, env.by as Actor))
  return same ? refuse('never', 'supervision/same-hand', { apart: same }) : by
}

function postFor(item: Item, rule: Rule, actor: Actor): Holding | undefined {
  if (actor.tenant !== item.tenant) return undefined
  return actor.holdings.find((h) => rule.by.some((who) => isWho(item, who, h)))
}

function isWho(item: Item, who: Who, holding: Holding): boolean {
  if (who === 'addressee') return isAddressee(holding, item)
  const roles: readonly Role[] = who === 'office' ? ['office'] : STEPS[item.kind][who === 'signer' ? 'sign' : 'lift']
  return roles.includes(holding.role) && sitsOver(holding, item.region)
}

function rolesOf(item: Item, rule: Rule): string[] {
  const of = (who: Who): readonly string[] =>
    who === 'addressee' ? ['addressee'] : who === 'office' ? ['office'] : STEPS[item.kind][who === 'signer' ? 'sign' : 'lift']
  return [...new Set(rule.by.flatMap(of))]
}

function isHand(item: Item, apart: Apart, actor: Actor): boolean {
  if (apart === 'addressee') return actor.holdings.some((h) => h.org === item.org)
  const hands = apart === 'reviewer' ? [item.reviewed?.by] : [item.drafted.by, ...item.revised]
  return hands.some((hand) => hand?.account === actor.account)
}

function begin(act: Draft, env: Env): ItemEvent | Refusal {
  if (env.by !== 'system') {
    const holding = env.by.holdings.find((h) => h.role === 'office' && sitsOver(h, act.region))
    if (!holding || env.by.tenant !== env.tenant) return refuse('never', 'supervision/not-yours', { roles: 'office' })
    return refuseForm(act) ?? begun(act, env, byOf(env.by, holding))
  }
  return refuseForm(act) ?? begun(act, env, SYSTEM)
}

function begun(act: Draft, env: Env, by: Hand): ItemEvent {
  stepRow(env.law, act.kind, env.today) // a step without a rule of the day is none
  return eventOf({ item: env.id ?? '', from: null, to: 'draft', version: 1 }, { act, env, by, effect: {} })
}

// The number and the term of the answer belong to the day it leaves.
function sending(item: Item, env: Env): Effect {
  const row = stepRow(env.law, item.kind, env.today)
  const number = { year: Number(env.today.slice(0, 4)), seq: env.seq ?? 0 }
  const no = documentNo(row.value.mark, { cityName: env.cityName, ...number })
  if (!row.value.answer) return { no, number }
  const clock: Clock = { rule: { ...row.value.answer, version: versionOf(row) }, started: env.today, pauses: [], extensions: [] }
  const due = dueOf(clock, env.law.calendar)
  return { no, number, clock, ...(due && { due }) }
}

type Step = { item: string; from: ItemState | null; to: ItemState; version: number }

function eventOf(step: Step, o: { act: Act; env: Env; by: Hand; effect: Effect }): ItemEvent {
  const { from, to, item, version } = step
  const data = { from, to, on: o.env.today, act: o.act, effect: o.effect }
  return { type: o.act.move, tenant: o.env.tenant, item, version, at: o.env.at, by: o.by, data }
}

// A year without a published calendar, or a day without a rule, is an answer too.
function underLaw<T>(judge: () => T): T | Refusal {
  try {
    return judge()
  } catch (error) {
    if (error instanceof UnknownYear) return refuse('not-now', 'supervision/calendar-year', { year: error.year })
    if (error instanceof NoSingleRule)
      return refuse('not-now', 'supervision/no-rule', { rule: `${error.kind}/${error.key}`, day: error.day })
    throw error
  }
}
