import type { Calendar } from '../../base/rules/calendar.ts'
import type { Day } from '../../base/rules/day.ts'
import { findVersion, type Law, type RuleRow, ruleAt, versionOf } from '../../base/rules/law.ts'
import type { Case, Place } from './case.ts'
import { LINE, type Path, type State } from './codes.ts'
import type { CategoryRule, ColourRule, EvidenceRule, PathRule, ReopenRule, UndoRule } from './path-rule.ts'
import { isVouchedOnly } from './proof.ts'

type Values = {
  path: PathRule
  colour: ColourRule
  evidence: EvidenceRule
  reopen: ReopenRule
  undo: UndoRule
  category: CategoryRule
}
export type RuleKind = keyof Values

const FROZEN_KINDS = ['colour', 'evidence', 'reopen'] as const

/** The row that judges a case: the version frozen at its dispatch, otherwise the one that holds on `today`. */
export function rowFor<K extends Exclude<RuleKind, 'category'>>(c: Judged, kind: K, at: LawToday): RuleRow<Values[K]> {
  const key = kind === 'path' ? c.path : 'default'
  const frozen = c.rules.find((version) => version.startsWith(`${kind}/${key}@`))
  if (!frozen) return ruleAt<Values[K]>(at.law.rules, kind, key, at.today)
  const row = findVersion<Values[K]>(at.law.rules, frozen)
  if (!row) throw new Error(`the rules no longer hold the version ${frozen} that a case was judged by`)
  return row
}

/** What is needed of a case to know which rules judge it. */
export type Judged = { path: Path; rules: readonly string[] }
export type LawToday = { law: Law; today: Day }

/** The versions a case freezes at dispatch: later changes of the law do not move its deadlines or its thresholds. */
export function versionsAt(path: Path, { law, today }: LawToday): string[] {
  const rows = [ruleAt(law.rules, 'path', path, today), ...FROZEN_KINDS.map((kind) => ruleAt(law.rules, kind, 'default', today))]
  return rows.map(versionOf)
}

/** The way of one case: its path's rule, the version of it, and the states that this very case passes. */
export type Way = { rule: PathRule; version: string; line: readonly State[]; calendar: Calendar }

/** The way a case takes under the law of the day, or under the version it froze. */
export function wayOf(c: Case, at: LawToday): Way {
  const row = rowFor(c, 'path', at)
  const cityForced = !needsCity(c, row.value) && isVouchedOnly(c, rowFor(c, 'evidence', at).value)
  const line = lineOf(cityForced ? { ...c, cityForced } : c, row.value)
  return { rule: row.value, version: versionOf(row), line, calendar: at.law.calendar }
}

/** The main line of one case on its path: without the acceptances that this very case does not pass, unless it stands in one. */
export function lineOf(c: Pick<Case, 'place' | 'cityForced'> & { state?: State }, rule: PathRule): readonly State[] {
  const city = needsCity(c, rule)
  const isPassed = (state: State) =>
    state === c.state || (state === 'county_accepted' ? !isCityWide(c.place) : state !== 'city_accepted' || city)
  return LINE.filter((state) => rule.states.includes(state) && isPassed(state))
}

/** Whether a problem is the city's own and lies in no county or zone: its region is the city's code. */
export function isCityWide({ region }: Pick<Place, 'region'>): boolean {
  return /^\d{4}00$/.test(region)
}

/**
 * Whether the city accepts this case too: by its path, by its Qinling zone, since a self-check rested on a photo merely vouched for, or
 * because it stands in no county (市本级) that could accept it: then the city's acceptance unit is the first to look.
 */
export function needsCity(c: Pick<Case, 'place' | 'cityForced'>, rule: PathRule): boolean {
  if (!rule.states.includes('city_accepted')) return false
  if (rule.city === 'always' || c.cityForced || isCityWide(c.place)) return true
  return rule.city === 'core_key' && inCoreOrKey(c)
}

/** Whether a case stands in a core or key zone of the Qinling regulation. */
export function inCoreOrKey(c: Pick<Case, 'place'>): boolean {
  return c.place.qinling === 'core' || c.place.qinling === 'key'
}

/** The state that follows on the case's main line, or undefined at its end and beside it. */
export function nextState(way: Way, state: State): State | undefined {
  const at = way.line.indexOf(state)
  return at < 0 ? undefined : way.line[at + 1]
}

/** The last acceptance that this case passes before the window or the clear-off. */
export function lastAcceptance(way: Way): State {
  return way.line.includes('city_accepted') ? 'city_accepted' : 'county_accepted'
}

/** Whether others may object while the case stands in `state`: on its notice, or after the last acceptance of a disputable path. */
export function isWindowState(state: State, way: Way): boolean {
  return way.rule.window === 'notice' ? state === 'publicising' : way.rule.window === 'dispute' && state === lastAcceptance(way)
}

/** Whether a case in `state` has at least reached `mark` on the main line; loops count as where they return to. */
export function hasReached(state: State, mark: State): boolean {
  const order: readonly State[] = LINE
  const at = state === 'returned' ? 'assigned' : state === 'objected' ? 'county_accepted' : state
  return order.indexOf(at) >= order.indexOf(mark)
}
