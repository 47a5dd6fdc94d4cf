import { type Clock, daysLeft, dueOf, elapsedShare, isOverdue } from '../../base/rules/clock.ts'
import { addMonths, type Day, daysBetween, monthOf, toDay } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { versionOf } from '../../base/rules/law.ts'
import type { Params } from '../../base/rules/refusal.ts'
import type { Case, Milestone } from './case.ts'
import { type Colour, isEnded } from './codes.ts'
import type { ColourRule } from './path-rule.ts'
import { hasReached, rowFor } from './paths.ts'

/** One reason of a colour: the trigger, the rule row behind it, the figures it was judged on. */
export type ColourWhy = { rule: ColourTrigger; clause: string; inputs: Params }
export type ColourTrigger = (typeof COLOUR_TRIGGERS)[number]

/** Every trigger, in the order in which it is looked at: red before yellow. */
export const COLOUR_TRIGGERS = [
  'manual',
  'rebound',
  'flagged',
  'rejected_twice',
  'overdue',
  'milestone_very_late',
  'yellow_running',
  'red_stands',
  'due_soon_behind',
  'milestone_late',
  'reports_missing',
  'rejected_once',
  'extended',
] as const

/** The colour of a month that was frozen for scoring. */
export type Snapshot = { month: string; colour: Colour }

/**
 * The colour of a case on a day with every reason for it: first match red, yellow, green; all thresholds from the rule
 * version the case froze. What has ended is green without pressure; a manual colour stands until it is lifted and says so.
 */
export function colourOf(
  c: Case,
  at: { today: Day; law: Law },
  past: readonly Snapshot[] = [],
): { colour: Colour; why: ColourWhy[]; manual?: true } {
  if (isEnded(c.state)) return { colour: 'green', why: [] }
  const row = rowFor(c, 'colour', at)
  const x: Judging = { c, ...at, rule: row.value, past }
  const say = ([rule, inputs]: Found): ColourWhy => ({ rule, clause: `${versionOf(row)} (${row.source})`, inputs })
  if (c.manualColour) {
    const { colour, reason, on, proposedBy, confirmedBy } = c.manualColour
    return {
      colour,
      manual: true,
      why: [say(['manual', { reason, on, proposedBy: proposedBy.name, confirmedBy: confirmedBy.name }])],
    }
  }
  const red = RED.flatMap((trigger) => trigger(x))
  if (red.length > 0) return { colour: 'red', why: red.map(say) }
  const yellow = YELLOW.flatMap((trigger) => trigger(x))
  return { colour: yellow.length > 0 ? 'yellow' : 'green', why: yellow.map(say) }
}

type Judging = { c: Case; today: Day; law: Law; rule: ColourRule; past: readonly Snapshot[] }
type Found = [ColourTrigger, Params]
type Trigger = (x: Judging) => Found[]

const RED: readonly Trigger[] = [
  ({ c }) => {
    const last = c.reopenings.at(-1)
    return last?.rebound ? [['rebound', { on: last.on, reason: last.reason }]] : []
  },
  ({ c, rule }) => {
    const flag = c.flags.find(({ kind }) => rule.redFlags.includes(kind))
    return flag ? [['flagged', { kind: flag.kind, on: flag.on, reason: flag.reason }]] : []
  },
  ({ c, rule }) =>
    c.acceptanceRejects >= rule.redRejects ? [['rejected_twice', { times: c.acceptanceRejects, limit: rule.redRejects }]] : [],
  ({ c, today, law }) => {
    const clock = c.clocks.case
    return clock && isOverdue(clock, today, law.calendar)
      ? [['overdue', { due: dueOf(clock, law.calendar) ?? '', days: -(daysLeft(clock, today, law.calendar) ?? 0) }]]
      : []
  },
  (x) => lateMilestones(x, { over: x.rule.redMilestoneLateDays }, 'milestone_very_late'),
  yellowRunning,
  redStands,
]

const YELLOW: readonly Trigger[] = [
  dueSoonAndBehind,
  (x) => lateMilestones(x, { over: 0 }, 'milestone_late'),
  reportsMissing,
  ({ c, rule }) => (c.acceptanceRejects >= rule.yellowRejects ? [['rejected_once', { times: c.acceptanceRejects }]] : []),
  ({ c, rule }) => {
    const granted = lastGranted(c)
    const kept = rule.extensionKeepsYellow && granted && granted.colourWas !== 'green'
    return kept ? [['extended', { on: granted.on, colourWas: granted.colourWas }]] : []
  },
]

function lateMilestones(x: Judging, { over }: { over: number }, trigger: ColourTrigger): Found[] {
  if (hasReached(x.c.state, 'self_checked')) return []
  const late = openMilestones(x.c).flatMap((milestone) => {
    const due = milestoneDue(x, milestone)
    const days = due ? daysBetween(due, x.today) : 0
    return days > over ? [{ milestone, days, due: due ?? '' }] : []
  })
  const worst = late.sort((a, b) => b.days - a.days)[0]
  return worst ? [[trigger, { milestone: worst.milestone.text, due: worst.due, days: worst.days, over }]] : []
}

function milestonesOf(c: Case): Milestone[] {
  return (c.plan?.measures ?? []).filter((measure) => !measure.explained).flatMap((measure) => measure.milestones)
}

function openMilestones(c: Case): Milestone[] {
  return milestonesOf(c).filter((milestone) => !milestone.doneOn)
}

// A milestone moves with the suspensions of the case clock, like every day that was set.
function milestoneDue({ c, law }: Judging, { due }: Milestone): Day | undefined {
  const clock = c.clocks.case
  if (!clock) return due
  const { rule, started, pauses } = clock
  return dueOf({ rule, started, until: due, pauses, extensions: [] }, law.calendar)
}

// Two monthly snapshots in a row, the last month being one of them; a new plan or a new beginning starts the count again.
function yellowRunning(x: Judging): Found[] {
  const wanted = x.rule.redYellowMonths
  const months = Array.from({ length: wanted }, (_, i) => monthOf(addMonths(firstOf(x.today), -1 - i)))
  const since = newStartOf(x.c)
  const held = months.every((month) => snapshotOf(x, month) === 'yellow' && (since === undefined || month >= since))
  return wanted > 0 && held ? [['yellow_running', { months: months.toReversed().join(', ') }]] : []
}

// Red is lowered only by a new plan that was approved, not by time passing.
function redStands(x: Judging): Found[] {
  const before = x.past.filter(({ month }) => month < monthOf(x.today)).sort((a, b) => (a.month < b.month ? 1 : -1))
  const last = before[0]
  const since = newStartOf(x.c)
  const lowered = since !== undefined && last !== undefined && since > last.month
  return x.rule.redStands && last?.colour === 'red' && !lowered ? [['red_stands', { month: last.month }]] : []
}

function snapshotOf({ past }: Judging, month: string): Colour | undefined {
  return past.find((snapshot) => snapshot.month === month)?.colour
}

function newStartOf(c: Case): string | undefined {
  const days = [lastGranted(c)?.on, c.reopenings.at(-1)?.on].filter((day) => day !== undefined).sort()
  const last = days.at(-1)
  return last && monthOf(last)
}

function lastGranted(c: Case): NonNullable<Case['extensions'][number]['decision']> | undefined {
  return c.extensions.findLast(({ decision }) => decision?.grant)?.decision
}

function dueSoonAndBehind(x: Judging): Found[] {
  const clock = x.c.clocks.case
  if (!clock || hasReached(x.c.state, 'self_checked')) return []
  const left = daysLeft(clock, x.today, x.law.calendar)
  if (left === undefined) return [] // suspended: how long the term will be may depend on a year that nobody has published
  const share = elapsedShare(clock, x.today, x.law.calendar)
  if (!isDueSoon(x, { clock, left, share })) return []
  const { done, expected } = progressOf(x, share)
  const percent = (part: number) => Math.round(part * 100)
  return done < expected ? [['due_soon_behind', { daysLeft: left, done: percent(done), expected: percent(expected) }]] : []
}

// Terms of 60 days or less are judged by the share of the term that is gone, longer ones by the days that are left.
function isDueSoon({ rule, law }: Judging, { clock, left, share }: { clock: Clock; left: number; share: number }): boolean {
  const due = dueOf(clock, law.calendar)
  const isShort = due !== undefined && daysBetween(clock.started, due) <= rule.shortTermDays
  return isShort ? share >= rule.shortTermShare : left <= rule.yellowDaysToDue
}

// Expected is the share of the term that is gone, unless milestones say otherwise: then the share of them that is due.
function progressOf(x: Judging, share: number): { done: number; expected: number } {
  const milestones = milestonesOf(x.c)
  const part = (count: number) => count / milestones.length
  if (milestones.length > 0) {
    const due = milestones.filter((milestone) => (milestoneDue(x, milestone) ?? x.today) < x.today).length
    return { done: part(milestones.length - openMilestones(x.c).length), expected: part(due) }
  }
  return { done: reportedProgress(x.c), expected: Math.min(1, share) }
}

function reportedProgress(c: Case): number {
  const percent = c.progress.findLast((progress) => progress.percent !== undefined)?.percent
  if (percent !== undefined) return percent / 100
  const measures = c.plan?.measures ?? []
  return measures.length === 0 ? 0 : measures.filter((measure) => measure.doneOn ?? measure.explained).length / measures.length
}

// Counted from the last report, the start of work, the import or the last suspension, whichever is latest: no clock runs for the past.
function reportsMissing(x: Judging): Found[] {
  const every = rowFor(x.c, 'path', x).value.reportEveryDays
  if (!every || x.c.state !== 'rectifying' || x.c.suspension) return []
  const since = reportingSince(x.c)
  const missing = since ? Math.floor((daysBetween(since, x.today) - 1) / every) : 0
  return missing >= x.rule.yellowMissingReports && since ? [['reports_missing', { missing, since, every }]] : []
}

/** The day from which the next progress report is counted. */
export function reportingSince(c: Case): Day | undefined {
  const resumed = c.clocks.case?.pauses.at(-1)?.to
  const began = c.plan?.approved?.on ?? c.assigned?.on
  const again = [c.rejected?.on, c.reopenings.at(-1)?.on]
  const days = [c.progress.at(-1)?.on, began, c.imported?.on, resumed, ...again].filter((day) => day !== undefined)
  return days.sort().at(-1)
}

function firstOf(day: Day): Day {
  return toDay(`${monthOf(day)}-01`)
}
