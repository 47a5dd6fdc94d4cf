import type { Clock } from '../../base/rules/clock.ts'
import type { Day } from '../../base/rules/day.ts'
import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { ImportedStart } from './act.ts'
import type { Case, Clocks, Notice } from './case.ts'
import { ENDS, isEnded, SOURCE_PATHS, SOURCE_TYPES, type State } from './codes.ts'
import { clockOfTerm, dueAfter, openWindow, startClock } from './deadlines.ts'
import type { Env } from './env.ts'
import type { Effect } from './event.ts'
import { refuseBlank } from './forms.ts'
import { refusePoint } from './forms-evidence.ts'
import { given } from './given.ts'
import { hasReached, lastAcceptance, lineOf, rowFor, versionsAt, type Way, wayOf } from './paths.ts'

/** Why a row proves no state: no text, no key, a state its path does not pass, or a state without the day that makes it. */
export function refuseImport(start: ImportedStart, env: Env): Refusal | undefined {
  const { key, title, originalText, source, place } = start
  if (!SOURCE_TYPES.includes(source)) return refuse('invalid', 'cases/unknown-id', { what: 'source', id: source })
  return (
    refuseBlank({ key, title, originalText, region: place.region }) ??
    refusePoint(place.point) ??
    refuseState(start, env) ??
    refuseDays(start, env.today)
  )
}

/**
 * What the law makes of an imported row on the day of the import: the rules it will be judged by, and clocks that start today. Only the
 * day its own words set stays its deadline; work that is already done met it as far as the row can tell.
 */
export function effectOfImport(draft: Case, env: Env): Effect {
  const way = wayOf(draft, env)
  const notice = missingWindow(draft, way, env.today)
  const clocks = isEnded(draft.state) ? {} : clocksOf({ ...draft, ...given({ notice }) }, way, env.today)
  const due = (clocks.case && dueAfter(clocks, way.calendar)) ?? draft.due ?? draft.term?.day
  const rules = hasReached(draft.state, 'assigned') ? versionsAt(draft.path, env) : undefined
  return { clocks, ...given({ due, rules, notice }) }
}

function refuseState({ state, source, path, place, closedOn, notice }: ImportedStart, env: Env): Refusal | undefined {
  const judged = { path: path ?? SOURCE_PATHS[source], rules: [] }
  const may: readonly State[] = [...lineOf({ place }, rowFor(judged, 'path', env).value), ...ENDS]
  if (!may.includes(state)) {
    return refuse('invalid', 'cases/import-state', { state, path: judged.path })
  }
  if (state === 'closed' && !closedOn) return refuse('invalid', 'cases/fields-missing', { fields: 'closedOn' })
  return state === 'publicising' && !notice ? refuse('invalid', 'cases/fields-missing', { fields: 'notice' }) : undefined
}

function refuseDays(start: ImportedStart, today: Day): Refusal | undefined {
  const { reportedOn, closedOn, foundOn, assignedOn, ended, filing } = start
  const days = { reportedOn, closedOn, foundOn, assignedOn, 'ended.on': ended?.on, 'filing.on': filing?.on }
  const future = Object.entries(days).find(([, day]) => day && day > today)
  if (future) return refuse('invalid', 'cases/day-future', { field: future[0], day: future[1] ?? '', today })
  const inverted = closedOn && closedOn < reportedOn
  return inverted ? refuse('invalid', 'cases/day-past', { field: 'closedOn', day: closedOn, today: reportedOn }) : undefined
}

// A complaint that was accepted before it came to us: its reporter may still dispute, from today on.
function missingWindow(c: Case, way: Way, today: Day): Notice | undefined {
  const opens = way.rule.window === 'dispute' && c.state === lastAcceptance(way) && !c.notice
  return opens ? openWindow(way, { kind: 'dispute', from: today }) : undefined
}

function clocksOf(c: Case, way: Way, today: Day): Clocks {
  const whole = caseClockOf(c, way, today)
  const inWindow = c.notice && way.rule.windowClock && (c.state === 'publicising' || c.notice.kind === 'dispute')
  const rule = inWindow ? way.rule.windowClock : way.rule.stages[c.state]
  const on = inWindow && c.notice ? c.notice.from : today
  const stage = rule && startClock(rule, { version: way.version, on })
  return { ...(whole && { case: whole }), ...(stage && { stage }) }
}

function caseClockOf(c: Case, way: Way, today: Day): Clock | undefined {
  const { from, rule, stops } = way.rule.caseClock
  if (!hasReached(c.state, from === 'triage' ? 'triaged' : 'assigned')) return undefined
  const day = c.due ?? c.term?.day
  const set = day && startClock(rule, { version: way.version, on: today, until: day })
  const clock = set ?? (c.term && clockOfTerm(c.term, way, today)) ?? statutory(c, way, today)
  if (!clock || !hasReached(c.state, stops)) return clock
  const { self, county, city } = c.checks
  return { ...clock, stopped: self?.on ?? county?.on ?? city?.on ?? day ?? today }
}

function statutory(c: Case, { rule, version }: Way, today: Day): Clock | undefined {
  const counts = rule.caseClock.from === 'triage' && c.term?.kind !== 'long_term'
  return counts ? startClock(rule.caseClock.rule, { version, on: today }) : undefined
}
