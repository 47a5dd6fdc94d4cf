import type { Calendar } from '../../base/rules/calendar.ts'
import { UnknownYear } from '../../base/rules/calendar.ts'
import { type Clock, daysLeft, dueDay, dueOf, elapsedShare, explainDue, isOverdue, type Step } from '../../base/rules/clock.ts'
import type { Day } from '../../base/rules/day.ts'
import { type Cited, isUnverified, type Law } from '../../base/rules/law.ts'
import type { Term } from '../../base/rules/term.ts'
import type { Act, ActOf } from './act.ts'
import type { Case, Clocks, Notice } from './case.ts'
import { waitingExtension } from './checklist.ts'
import { isEnded, type State } from './codes.ts'
import { without } from './given.ts'
import type { CitedClock, PathRule } from './path-rule.ts'
import { hasReached, isWindowState, rowFor, type Way } from './paths.ts'

/** A step of a case as its clocks see it. */
export type Turn = { act: Act; to: State; today: Day; way: Way; by: string; filling: boolean; notice?: Notice }

/**
 * The clocks after a step: the case clock from dispatch (or 受理) until the work is done, the stage clock of the new state. A ruling
 * that overrules a return gives the signing clock back as it was at dispatch; neither clock is ever derived from an edit.
 */
export function clocksAfter(c: Case, turn: Turn): Clocks {
  const whole = caseClockAfter(c, turn)
  const stage = stageClockAfter(c, turn)
  return { ...(whole && { case: whole }), ...(stage && { stage }) }
}

/** The last day of the case clock; null where there is none or an open suspension hides it. */
export function dueAfter(clocks: Clocks, calendar: Calendar): Day | null {
  return (clocks.case && dueOf(clocks.case, calendar)) ?? null
}

/** A clock of a rule; with `until` the term ends on the day that a term's words name. */
export function startClock(rule: CitedClock, o: { version: string; on: Day; until?: Day | undefined }): Clock {
  const { id, unit, length, countFrom, roll } = rule
  const clock = { rule: { id, unit, length, countFrom, roll, version: o.version }, started: o.on, pauses: [], extensions: [] }
  return o.until ? { ...clock, until: o.until } : clock
}

/** The window that opens with a notice or with the last acceptance; `lastDay` counts as its statute says. */
export function openWindow(way: Way, o: Omit<Notice, 'lastDay' | 'objections'>): Notice {
  const rule = way.rule.windowClock
  if (!rule) throw new Error('a path with a window has a clock for it')
  return { ...o, lastDay: dueDay(rule, o.from, way.calendar), objections: [] }
}

/** The case clock that a term's words start: their day, the path's own length for 立行立改, none for 长期坚持. */
export function clockOfTerm(term: Term, way: Way, on: Day): Clock | undefined {
  const { rule } = way.rule.caseClock
  if (term.kind === 'by_day') return startClock(rule, { version: way.version, on, until: term.day })
  return term.kind === 'at_once' ? startClock(rule, { version: way.version, on }) : undefined
}

/** A clock in a list: where it stands. */
export type ClockBrief = Pick<Clock, 'stopped'> & {
  rule: Pick<Clock['rule'], 'id'>
  due?: Day
  daysLeft?: number
  overdue: boolean
  /** The year whose working days are not published yet, where the end cannot be named for that. */
  missingYear?: number
}

/** A clock on its case's page: where it stands, why, and how far the rule behind it may be trusted. */
export type ClockView = ClockBrief &
  Pick<Clock, 'rule' | 'started' | 'until' | 'pauses' | 'extensions'> & {
    share?: number
    why: Step[]
    cite?: Cited & { unverified: boolean }
  }

/** Both clocks of a case, as a list shows them. */
export function clockBriefs(c: Pick<Case, 'clocks'>, today: Day, { calendar }: Law): { case?: ClockBrief; stage?: ClockBrief } {
  return bothClocks(c, (clock) => briefOf(clock, today, calendar))
}

/** Both clocks of a case on a day; pure display, so a year without a calendar is named instead of thrown. */
export function clockView(c: Case, today: Day, law: Law): { case?: ClockView; stage?: ClockView } {
  const rule = rowFor(c, 'path', { law, today }).value
  return bothClocks(c, (clock) => viewOf(clock, today, { rule, calendar: law.calendar }))
}

function bothClocks<T>({ clocks }: Pick<Case, 'clocks'>, view: (clock: Clock) => T): { case?: T; stage?: T } {
  return { ...(clocks.case && { case: view(clocks.case) }), ...(clocks.stage && { stage: view(clocks.stage) }) }
}

function caseClockAfter(c: Case, turn: Turn): Clock | undefined {
  const clock = extended(moved(started(c, turn), turn), c, turn)
  if (!clock) return undefined
  const met = isEnded(turn.to) || hasReached(turn.to, turn.way.rule.caseClock.stops)
  if (!met) return without(clock, 'stopped')
  return clock.stopped ? clock : { ...clock, stopped: turn.today }
}

function started(c: Case, { act, to, today, way, filling }: Turn): Clock | undefined {
  const running = c.clocks.case
  const { from, rule } = way.rule.caseClock
  const fresh = () => startClock(rule, { version: way.version, on: today })
  if (act.move === 'triage' && from === 'triage') return running ?? fresh()
  if (act.move === 'assign') return startedByAssign(c, { term: act.term, way, today, filling })
  // 长期坚持 at dispatch, but the plan names a day: that day is the term, counted from the dispatch all the same.
  if (act.move === 'plan' && !filling && c.term?.kind === 'long_term') return clockOfTerm(act.term, way, c.assigned?.on ?? today)
  if (act.move === 'arbitrate' && to === 'triaged' && from === 'assign') return undefined
  if (act.move === 'reopen' && to === 'reported') return undefined
  const back = c.state === 'closed' && to === 'rectifying'
  return back ? startClock(way.rule.rework, { version: way.version, on: today }) : running
}

function startedByAssign(c: Case, o: { term: Term; way: Way; today: Day; filling: boolean }): Clock | undefined {
  const running = c.clocks.case
  if (o.filling) return running ?? (c.due ? undefined : clockOfTerm(o.term, o.way, o.today))
  if (o.way.rule.caseClock.from === 'assign' || !running) return clockOfTerm(o.term, o.way, o.today)
  return o.term.kind === 'by_day' && o.term.day ? { ...running, until: o.term.day } : running
}

function moved(clock: Clock | undefined, { act, today, by }: Turn): Clock | undefined {
  if (!clock) return undefined
  if (act.move === 'suspend') return paused(clock, act, { today, by })
  if (act.move === 'resume') return resumed(clock, today)
  return clock
}

function extended(clock: Clock | undefined, c: Case, { act, today, by }: Turn): Clock | undefined {
  const asked = waitingExtension(c)
  if (!clock || act.move !== 'decide_extension' || !act.grant || !asked) return clock
  return { ...clock, extensions: [...clock.extensions, { granted: today, by, reason: act.reason, to: asked.toDay }] }
}

function paused(clock: Clock, act: ActOf<'suspend'>, { today, by }: { today: Day; by: string }): Clock {
  return { ...clock, pauses: [...clock.pauses, { from: today, by, reason: act.reason }] }
}

function resumed(clock: Clock, today: Day): Clock {
  return { ...clock, pauses: clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: today })) }
}

function stageClockAfter(c: Case, turn: Turn): Clock | undefined {
  const { to, today, way, act } = turn
  if (to === c.state) return moved(c.clocks.stage, turn)
  if (isEnded(to)) return undefined
  const notice = turn.notice ?? c.notice
  if (notice && isWindowState(to, way) && way.rule.windowClock) {
    return startClock(way.rule.windowClock, { version: way.version, on: notice.from })
  }
  const again = to === 'rectifying' && hasReached(c.state, 'self_checked')
  const rule = again ? way.rule.rework : way.rule.stages[to]
  const on = act.move === 'arbitrate' && to === 'assigned' ? (c.assigned?.on ?? today) : today
  return rule && startClock(rule, { version: way.version, on })
}

function viewOf(clock: Clock, today: Day, { rule, calendar }: { rule: PathRule; calendar: Calendar }): ClockView {
  const cite = citeOf(rule, clock.rule.id)
  const shown = { ...clock, ...(cite && { cite }) }
  return countable<ClockView>({
    known: () => ({
      ...{ ...shown, ...reckon(clock, today, calendar) },
      ...{ share: elapsedShare(clock, today, calendar), why: explainDue(clock, calendar).steps },
    }),
    unknown: (missingYear) => ({ ...shown, overdue: false, why: [], missingYear }),
  })
}

function briefOf(clock: Clock, today: Day, calendar: Calendar): ClockBrief {
  const shown = { rule: { id: clock.rule.id }, ...(clock.stopped && { stopped: clock.stopped }) }
  return countable<ClockBrief>({
    known: () => ({ ...shown, ...reckon(clock, today, calendar) }),
    unknown: (missingYear) => ({ ...shown, overdue: false, missingYear }),
  })
}

function reckon(clock: Clock, today: Day, calendar: Calendar): Pick<ClockBrief, 'due' | 'daysLeft' | 'overdue'> {
  const due = dueOf(clock, calendar)
  const left = daysLeft(clock, today, calendar)
  return { ...(due && { due }), ...(left !== undefined && { daysLeft: left }), overdue: isOverdue(clock, today, calendar) }
}

// Days of a year whose working days are not published cannot be counted.
function countable<T>({ known, unknown }: { known(): T; unknown(year: number): T }): T {
  try {
    return known()
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error
    return unknown(error.year)
  }
}

function citeOf(rule: PathRule, id: string): (Cited & { unverified: boolean }) | undefined {
  const all = [rule.windowClock, rule.caseClock.rule, rule.rework, ...Object.values(rule.stages)]
  const found = all.find((clock) => clock?.id === id)
  return found && { source: found.source, confidence: found.confidence, unverified: isUnverified(found) }
}
