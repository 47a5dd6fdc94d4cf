import { UnknownYear } from '../../../base/rules/calendar.ts'
import { type Clock, dueOf } from '../../../base/rules/clock.ts'
import { addDays, type Day, dayOf } from '../../../base/rules/day.ts'
import { NoSingleRule } from '../../../base/rules/law.ts'
import type { Capacity } from '../../../people/rules/actor.ts'
import { boundOrgs } from '../../rules/access.ts'
import type { Case } from '../../rules/case.ts'
import { authorsOf, rectifyingOrgs, sitePhotos, waitingExtension } from '../../rules/checklist.ts'
import { isEnded, type Move } from '../../rules/codes.ts'
import { reportingSince } from '../../rules/colours.ts'
import { isReady, PROCEDURE, proposalOf } from '../../rules/lifecycle.ts'
import { type LawToday, rowFor, wayOf } from '../../rules/paths.ts'
import type { Bond } from '../../rules/procedure.ts'

/** Moves that wait for somebody: the ones a day at the desk consists of. */
export const DUTIES = [
  'triage',
  'assign',
  'arbitrate',
  'sign',
  'plan',
  'approve_plan',
  'progress',
  'decide_extension',
  'self_check',
  'county_accept',
  'city_accept',
  'publicise',
  'resolve_objection',
  'file',
  'close',
  'mark_unfounded',
  'override_colour',
  'recheck',
] as const satisfies readonly Move[]
export type DutyMove = (typeof DUTIES)[number]

/** What a case may wait with: a move, its last day (`deadline`), or work that was sent back (`returned`). */
export type TurnName = DutyMove | 'deadline' | 'returned'

/**
 * Whose turn it is: each of the organisations, where '' stands for whoever answers for the division; from the day `since` on; by `due`
 * where a day is set. The accounts and organisations named must leave it to another hand.
 */
export type Turn = { turn: TurnName; orgs: string[]; since: Day; due?: Day; notAccounts: string[]; notOrgs: string[] }

/** By whom each turn is taken: the capacities and what has to bind them to the case. */
export const TAKEN_BY: Readonly<Record<TurnName, Readonly<Partial<Record<Capacity, Bond>>>>> = {
  ...(Object.fromEntries(DUTIES.map((move) => [move, takersOf(move)])) as Record<DutyMove, Partial<Record<Capacity, Bond>>>),
  deadline: { office: 'area', county_office: 'area', leader: 'area', chief: 'area', unit: 'rectifier' },
  returned: { unit: 'rectifier' },
}

/**
 * What waits on a case, whoever looks at it: the part of the procedure that is about the case alone. Nothing in it has to be made anew at
 * midnight: a day that has to come first is the day it waits from. Only a change of the law does.
 */
export function turnsOf(c: Case, at: LawToday): Turn[] {
  try {
    return [...DUTIES.flatMap((move) => dutyOf(c, move, at)), ...deadlineOf(c), ...returnedOf(c, at)]
  } catch (error) {
    if (error instanceof UnknownYear || error instanceof NoSingleRule) return [] // then nobody may move it either
    throw error
  }
}

function takersOf(move: Move): Partial<Record<Capacity, Bond>> {
  const { by, confirmedBy } = PROCEDURE[move]
  return confirmedBy ? Object.fromEntries(confirmedBy.map((role) => [role, 'area'])) : by
}

function dutyOf(c: Case, move: DutyMove, at: LawToday): Turn[] {
  const from = opensOn(c, move, at)
  if (from === undefined) return []
  const today = from > at.today ? from : at.today // a day that is still to come is waited for, all else must hold already
  const confirming = proposalOf(move) !== undefined
  if (!isReady(c, move, { law: at.law, today, confirming })) return []
  return [{ turn: move, orgs: orgsFor(c, move), since: from, ...dated(dueFor(c, move, at)), ...apartFrom(c, move, at) }]
}

// The day from which a move waits; undefined where it waits for nobody.
function opensOn(c: Case, move: DutyMove, at: LawToday): Day | undefined {
  const since = standingSince(c, at)
  if (move === 'recheck') return c.state === 'closed' ? c.recheck?.due : undefined
  if (move === 'progress') return reportDue(c, at)
  if (move === 'decide_extension') return waitingExtension(c)?.on
  if (proposalOf(move)) return c.pending?.kind === proposalOf(move) ? c.pending?.on : undefined
  const waitsForWindow = PROCEDURE[move].needs?.includes('window_run') && wayOf(c, at).rule.window !== 'none'
  const run = waitsForWindow && c.notice ? addDays(c.notice.lastDay, 1) : since
  return run > since ? run : since
}

/** The day on which the next progress report is due; undefined where the path asks for none or the case does not stand in work. */
function reportDue(c: Case, at: LawToday): Day | undefined {
  if (c.state !== 'rectifying' || c.suspension) return undefined
  const every = rowFor(c, 'path', at).value.reportEveryDays
  const since = reportingSince(c)
  return every && since ? addDays(since, every) : undefined
}

const STOOD: Partial<Record<Case['state'], (c: Case) => Day | undefined>> = {
  triaged: (c) => c.accepted?.on,
  assigned: (c) => c.returned?.ruling?.on ?? c.assigned?.on,
  returned: (c) => c.returned?.on,
  signed: (c) => c.plan?.rejected?.on,
  plan_submitted: (c) => c.plan?.submitted.on,
  rectifying: (c) => (c.roundSince ? dayOf(c.roundSince) : c.plan?.approved?.on),
  self_checked: (c) => c.checks.self?.on,
  county_accepted: (c) => c.checks.county?.on,
  city_accepted: (c) => c.checks.city?.on,
  publicising: (c) => c.notice?.from,
  objected: (c) => c.notice?.objections.map(({ at }) => dayOf(at)).at(-1),
  filed: (c) => c.filing?.on,
  closed: (c) => c.closedOn,
}

// The day since which a case stands in its state, as near as its stamps tell: never a day to come.
function standingSince(c: Case, { today }: LawToday): Day {
  const since = STOOD[c.state]?.(c) ?? c.clocks.stage?.started ?? c.assigned?.on ?? c.imported?.on ?? c.reportedOn
  return since < today ? since : today
}

function orgsFor(c: Case, turn: TurnName): string[] {
  const bonds = new Set(Object.values(TAKEN_BY[turn]))
  const accepting = boundOrgs(c, 'acceptance')
  const orgs = [
    ...(bonds.has('area') || (bonds.has('acceptance') && accepting.length === 0) ? [''] : []),
    ...(bonds.has('acceptance') ? accepting : []),
    ...(bonds.has('rectifier') || bonds.has('contributor') ? boundOrgs(c, 'responsible', 'lead') : []),
    ...(bonds.has('contributor') ? boundOrgs(c, 'supporting') : []),
  ]
  return [...new Set(orgs)]
}

function apartFrom(c: Case, move: DutyMove, at: LawToday): Pick<Turn, 'notAccounts' | 'notOrgs'> {
  const apart = PROCEDURE[move].notBy ?? []
  const site = move === 'assign' ? wayOf(c, at).rule.verification : undefined
  const accounts = [
    ...apart.flatMap((who) => authorsOf(who, c)),
    ...(site?.reviewerApart ? sitePhotos(c, site.radiusM).map((photo) => photo.by.account) : []),
    ...(proposalOf(move) ? [c.pending?.by.account] : []),
  ].filter((account): account is string => account !== undefined)
  return { notAccounts: [...new Set(accounts)], notOrgs: apart.includes('rectifier') ? [...new Set(rectifyingOrgs(c))] : [] }
}

// The last day of the whole term, as long as its clock runs: overdue from the day after, near before.
function deadlineOf(c: Case): Turn[] {
  const { due } = c
  if (!due || isEnded(c.state) || !c.clocks.case || c.clocks.case.stopped) return []
  const orgs = orgsFor(c, 'deadline')
  return [{ turn: 'deadline', orgs, since: c.clocks.case.started, due, notAccounts: [], notOrgs: [] }]
}

// 退回重办: the last word went against the unit, and the work stands with it again.
function returnedOf(c: Case, at: LawToday): Turn[] {
  if (!isSentBack(c)) return []
  const orgs = orgsFor(c, 'returned')
  return [{ turn: 'returned', orgs, since: standingSince(c, at), ...dated(runningDue(c, at)), notAccounts: [], notOrgs: [] }]
}

function isSentBack(c: Case): boolean {
  if (c.state === 'assigned') return c.returned?.ruling?.uphold === false
  if (c.state === 'signed') return c.plan?.rejected !== undefined
  return c.state === 'rectifying' && c.roundSince !== undefined
}

function dueFor(c: Case, move: DutyMove, at: LawToday): Day | undefined {
  if (move === 'recheck') return c.recheck?.due
  return move === 'progress' ? reportDue(c, at) : runningDue(c, at)
}

// The nearer of the two clocks; a window that has to run out is no term to be met.
function runningDue({ clocks }: Case, { law }: LawToday): Day | undefined {
  const running = [clocks.stage, clocks.case].filter((clock) => clock !== undefined && !clock.stopped && !isWindow(clock))
  const days = running.flatMap((clock) => knownDue(clock!, law) ?? [])
  return days.sort()[0]
}

const isWindow = ({ rule }: Clock) => rule.id.endsWith('/notice') || rule.id.endsWith('/dispute')

function knownDue(clock: Clock, { calendar }: LawToday['law']): Day | undefined {
  try {
    return dueOf(clock, calendar)
  } catch (error) {
    if (error instanceof UnknownYear) return undefined
    throw error
  }
}

const dated = (due: Day | undefined) => (due ? { due } : {})
