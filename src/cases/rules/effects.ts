import { addMonths, type Day } from '../../base/rules/day.ts'
import { byOf } from '../../people/rules/actor.ts'
import type { Act } from './act.ts'
import type { Approval, Case, Notice } from './case.ts'
import { FIVE_DISORDERS, isEnded, type State } from './codes.ts'
import { colourOf } from './colours.ts'
import { clocksAfter, dueAfter, openWindow } from './deadlines.ts'
import type { Env, Subject } from './env.ts'
import type { Effect } from './event.ts'
import { given } from './given.ts'
import { inCoreOrKey, lastAcceptance, rowFor, versionsAt, type Way, wayOf } from './paths.ts'
import { isVouchedOnly } from './proof.ts'

/** What the law makes of an act on the day it is done: clocks, deadline, window, frozen rules, the look-back drawn, the approval looked up. */
export function effectOf(act: Act, to: State, x: Subject): Effect {
  const { c, env, by } = x
  const cityForced = forcesCity(act, x)
  const way = cityForced ? wayOf({ ...c, cityForced: true }, env) : x.way
  const notice = noticeOf(act, to, { way, today: env.today })
  const approval = approvalOf(act, env)
  const turn = { act, to, today: env.today, way, by: approval?.name ?? by.name, filling: x.filling, ...given({ notice }) }
  const clocks = clocksAfter(c, turn)
  const due = clocks.case || c.clocks.case ? { due: isEnded(to) ? (c.due ?? null) : dueAfter(clocks, way.calendar) } : {}
  return {
    clocks,
    ...due,
    ...given({
      notice,
      approval,
      cityForced,
      rules: frozenBy(act, to, x),
      claims: claimsOf(act, x),
    }),
    ...given({ recheck: to === 'closed' && act.move === 'close' ? lookBack(x) : undefined }),
    ...given({ colourWas: act.move === 'decide_extension' ? colourOf(c, env).colour : undefined }),
  }
}

// The self-check or the county's acceptance rests on a photo that was only vouched for: from here on the city must go and look.
function forcesCity(act: Act, { c, env }: Subject): true | undefined {
  const judged = act.move === 'self_check' || act.move === 'county_accept'
  return judged && isVouchedOnly(c, rowFor(c, 'evidence', env).value) ? true : undefined
}

function noticeOf(act: Act, to: State, { way, today }: { way: Way; today: Day }): Notice | undefined {
  if (act.move === 'publicise') {
    const { channel, phone, url, from = today } = act
    return openWindow(way, { kind: 'notice', from, channel, phone, ...given({ url }) })
  }
  const accepted = act.move === 'county_accept' || act.move === 'city_accept'
  const opens = accepted && way.rule.window === 'dispute' && to === lastAcceptance(way)
  return opens ? openWindow(way, { kind: 'dispute', from: today }) : undefined
}

function frozenBy(act: Act, to: State, { c, env }: Subject): string[] | undefined {
  return act.move === 'assign' && to === 'assigned' ? versionsAt(c.path, env) : undefined
}

function claimsOf(act: Act, { c, way, filling }: Subject): Case['claims'] | undefined {
  if (act.move !== 'triage' || filling || !way.rule.claims) return undefined
  const named = act.claims ?? c.claims
  return named.length > 0 ? undefined : [{ id: '1', text: c.originalText, pollution: act.pollution }]
}

function approvalOf(act: Act, { approver }: Env): Approval | undefined {
  if ((act.move !== 'suspend' && act.move !== 'decide_extension') || !act.approvedBy || !approver) return undefined
  const leader = approver.holdings.find((holding) => holding.role === 'leader')
  return {
    account: approver.account,
    name: approver.name,
    title: byOf(approver, leader).title ?? '',
    ...given({ docNo: act.approvedBy.docNo }),
  }
}

/** 回头看: all of the five disorders in core and key zones, of the rest a share by lot; no lot drawn means not selected. */
function lookBack({ c, env, way }: Subject): Effect['recheck'] {
  const { share, months, fiveDisorders } = way.rule.recheck
  const due = addMonths(env.today, months)
  const five = fiveDisorders && inCoreOrKey(c) && c.category !== undefined && FIVE_DISORDERS.includes(c.category)
  if (five) return { due, selected: 'all' }
  return env.draw !== undefined && env.draw < share ? { due, selected: 'sample' } : { selected: 'none' }
}
