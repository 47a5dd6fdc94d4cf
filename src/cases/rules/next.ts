import type { Day } from '../../base/rules/day.ts'
import { isRefusal, type Refusal } from '../../base/rules/refusal.ts'
import type { Actor, Role } from '../../people/rules/actor.ts'
import type { Case } from './case.ts'
import { waitingExtension } from './checklist.ts'
import type { DutyKind, Move, State } from './codes.ts'
import { clockBriefs } from './deadlines.ts'
import type { Env } from './env.ts'
import { openGatesOf, underLaw } from './lifecycle.ts'
import { type LawToday, type Way, wayOf } from './paths.ts'
import { type Apart, type Bond, PROCEDURE } from './procedure.ts'

/** Whose hands a move is in: the role, what ties it to the case, and the organisations so tied, where they are named. */
export type Turn = { role: Role; bond: Bond; orgs: { id: string; name: string }[] }

/**
 * One move of what lies before a case. `waits` is what it waits for: nothing (`now`), the moves before it (`after` names the one just
 * before it), or the second word of somebody else. `since` and `until` are the days of the present stage; `opens` is the day after a
 * window that has to run out. `lacks` is what the case itself still lacks for it.
 */
export type NextMove = {
  move: Move
  to?: State
  waits: 'now' | 'later'
  after?: Move
  by: Turn[]
  notBy: Apart[]
  since?: Day
  until?: Day
  overdue: boolean
  opens?: Day
  lacks: { gate: string; why: Refusal }[]
}

/**
 * Who has the turn on a case and who has it after that: the moves that carry it along its own line, and before them the decisions that
 * wait beside the line. Nobody in particular asks, so what keeps one person from a move is not told here. Ends with the clear-off.
 */
export function nextOf(c: Case, env: Omit<Env, 'by'>): NextMove[] {
  const way = underLaw(() => wayOf(c, { law: env.law, today: env.today }))
  if (isRefusal(way)) return []
  const x: Looking = { c, env: { ...env, by: NOBODY(c.tenant) }, way }
  const now = [...beside(x), ...carrying(x, c.state).map((move) => present(x, move))]
  return [...now, ...ahead(x, now)]
}

/** The moves that come before one that the state does not allow yet, first to last; empty where the line does not lead to it. */
export function movesBefore(c: Case, move: Move, at: LawToday): Move[] {
  const way = underLaw(() => wayOf(c, at))
  return isRefusal(way) ? [] : before(c, move, way)
}

function before(c: Case, move: Move, way: Way): Move[] {
  const at = way.line.indexOf(c.state)
  const goal = way.line.findIndex((state, i) => i > at && startsFrom(move, state, way))
  if (at < 0 || goal < 0) return []
  return way.line.slice(at, goal).flatMap((state) => carrying({ way }, state).slice(0, 1))
}

// From several states a move starts only where the line leads on to where it goes.
function startsFrom(move: Move, state: State, { line }: Way): boolean {
  const { from, to, before } = PROCEDURE[move]
  const next = line[line.indexOf(state) + 1]
  const wanted = before ? [before] : to.kind === 'next' ? to.among : undefined
  return from.includes(state) && (!wanted || (next !== undefined && wanted.includes(next)))
}

type Looking = { c: Case; env: Env; way: Way }

const NOBODY = (tenant: number): Actor => ({ tenant, account: '', name: '', clearance: 0, holdings: [] })

// Forward along the line, in the order of the procedure; ways out of it and back on it are choices, not turns.
const CARRYING: readonly Move[] = [
  ...(['triage', 'assign', 'arbitrate', 'sign', 'plan', 'approve_plan', 'self_check', 'county_accept', 'city_accept'] as const),
  ...(['publicise', 'resolve_objection', 'file', 'close'] as const),
]

function carrying({ way }: Pick<Looking, 'way'>, state: State): Move[] {
  const next = way.line[way.line.indexOf(state) + 1]
  return CARRYING.filter((move) => {
    const { from, to } = PROCEDURE[move]
    if (!from.includes(state)) return false
    if (to.kind === 'next') return next !== undefined && way.line.includes(state) && to.among.includes(next)
    return to.kind === 'either' || (to.kind === 'state' && (to.state === next || !way.line.includes(state)))
  })
}

// Decisions that wait for somebody while the case stands where it is.
function beside(x: Looking): NextMove[] {
  const { c } = x
  const asked = waitingExtension(c)
  const found: [Move, Day][] = [
    ...(asked ? [['decide_extension', asked.on] as [Move, Day]] : []),
    ...(c.suspension ? [['resume', c.suspension.on] as [Move, Day]] : []),
    ...(c.pending ? [[c.pending.kind === 'unfounded' ? 'mark_unfounded' : 'override_colour', c.pending.on] as [Move, Day]] : []),
  ]
  return found.map(([move, since]) => ({ ...bare(x, move), waits: 'now', since, by: turnsOf(c, move, c.pending !== undefined) }))
}

function present(x: Looking, move: Move): NextMove {
  const { c, env, way } = x
  const since = sinceOf(c)
  return {
    ...bare(x, move),
    ...(since && { since }),
    ...endOf(c, env, way),
    waits: 'now',
    lacks: openGatesOf(c, move, env),
  }
}

// The days of the stage, or where it has none those of the whole term; a window is not late but has to run out.
function endOf(c: Case, env: Env, way: Way): Pick<NextMove, 'until' | 'overdue' | 'opens'> {
  const clocks = clockBriefs(c, env.today, env.law)
  const stops = way.line.indexOf(way.rule.caseClock.stops)
  const clock = clocks.stage ?? (way.line.indexOf(c.state) < stops ? clocks.case : undefined)
  if (!clock?.due || clock.stopped) return { overdue: false }
  const window = clock.rule.id === way.rule.windowClock?.id
  return window ? { overdue: false, opens: clock.due } : { until: clock.due, overdue: clock.overdue }
}

// What comes after: of every state still to be passed the move that leads on, each after the one before it.
function ahead(x: Looking, now: readonly NextMove[]): NextMove[] {
  const at = x.way.line.indexOf(x.c.state)
  if (at < 0) return []
  const rest = x.way.line.slice(at + 1).flatMap((state) => carrying(x, state).slice(0, 1))
  const first = now.findLast(({ move }) => CARRYING.includes(move))?.move
  return rest.map((move, i) => {
    const after = rest[i - 1] ?? first
    return { ...bare(x, move), waits: 'later', ...(after && { after }) }
  })
}

function bare({ c, way }: Looking, move: Move): NextMove {
  const { to, notBy } = PROCEDURE[move]
  const next = way.line.find((state) => to.kind === 'next' && to.among.includes(state) && hasLeft(way, c, state))
  const leads = to.kind === 'state' ? to.state : next
  return {
    move,
    ...(leads && { to: leads }),
    waits: 'later',
    by: turnsOf(c, move, false),
    notBy: [...(notBy ?? [])],
    overdue: false,
    lacks: [],
  }
}

function hasLeft(way: Way, c: Case, state: State): boolean {
  return way.line.indexOf(state) > way.line.indexOf(c.state)
}

const BOUND_AS: Partial<Record<Bond, readonly DutyKind[]>> = {
  rectifier: ['responsible', 'lead'],
  contributor: ['responsible', 'lead', 'supporting'],
  acceptance: ['acceptance'],
}

function turnsOf(c: Case, move: Move, second: boolean): Turn[] {
  const { by, confirmedBy } = PROCEDURE[move]
  const asked = second && confirmedBy ? confirmedBy.map((role) => [role, 'area'] as const) : Object.entries(by)
  return asked
    .filter(([role]) => role !== 'public')
    .map(([role, bond]) => ({ role: role as Role, bond: bond as Bond, orgs: orgsOf(c, bond as Bond) }))
}

function orgsOf(c: Case, bond: Bond): Turn['orgs'] {
  const bound = c.duties.filter((duty) => BOUND_AS[bond]?.includes(duty.as))
  return [...new Map(bound.map(({ org, orgName }) => [org, { id: org, name: orgName }])).values()]
}

// Since when it stands where it stands: the day the stage's clock began, else the last day on which something moved it.
function sinceOf(c: Case): Day | undefined {
  if (c.clocks.stage) return c.clocks.stage.started
  const { self, county, city } = c.checks
  const stamps = [c.accepted, c.assigned, c.returned, c.plan?.submitted, c.plan?.approved, c.rejected, c.filing, c.imported]
  const days = [...stamps, self, county, city, c.reopenings.at(-1)].map((stamp) => stamp?.on)
  return [...days, c.notice?.from, c.closedOn, c.reportedOn]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)
}
