import { UnknownYear } from '../../base/rules/calendar.ts'
import { addDays, type Day, dayOf } from '../../base/rules/day.ts'
import { type Law, NoSingleRule } from '../../base/rules/law.ts'
import type { Case } from './case.ts'
import { type Colour, isEnded } from './codes.ts'
import { type ColourWhy, colourOf, type Snapshot } from './colours.ts'
import type { CaseEvent, EventType } from './event.ts'
import { evolve } from './evolve.ts'

/** A day on which the colour became another one: which, why, and by which of that day's events where something happened on it. */
export type ColourChange = { day: Day; from?: Colour; colour: Colour; why: ColourWhy[]; by?: EventType }

/**
 * How a case was coloured from its first day to today, computed of its events and the law of each day, as a case stands in the evening.
 * `unknown` is the first day that cannot be judged (a year whose working days are not published, a day without a rule). Nothing is read
 * that was written down as a colour, but the frozen months: two yellow ones make a red, and a red one stands.
 */
export type ColourHistory = { from: Day; changes: ColourChange[]; unknown?: Day }

/** The colours of a case that was begun at most this many days ago; of an older one those of its last days. */
export const MOST_DAYS = 2000

export function colourHistory(
  events: readonly CaseEvent[],
  at: { today: Day; law: Law },
  past: readonly Snapshot[] = [],
): ColourHistory {
  const first = dayOf(events[0]!.at)
  const earliest = addDays(at.today, -MOST_DAYS)
  const history: ColourHistory = { from: first < earliest ? earliest : first, changes: [] }
  let c: Case | undefined
  let next = 0
  for (let day = first; day <= at.today; ) {
    const before = next
    for (; next < events.length && dayOf(events[next]!.at) <= day; next++) c = evolve(c, events[next]!)
    if (c && day >= history.from) judge(history, c, { day, law: at.law, past, by: events.slice(before, next) })
    day = dayAfter(c!, { day, waits: events[next] && dayOf(events[next]!.at), from: history.from, today: at.today })
  }
  return history
}

// Of an ended case, and of days before those that are told, only the next event matters.
function dayAfter(c: Case, o: { day: Day; waits: Day | undefined; from: Day; today: Day }): Day {
  const tomorrow = addDays(o.day, 1)
  if (isEnded(c.state)) return o.waits ?? addDays(o.today, 1)
  if (tomorrow >= o.from) return tomorrow
  return o.waits && o.waits < o.from ? o.waits : o.from
}

type Evening = { day: Day; law: Law; past: readonly Snapshot[]; by: readonly CaseEvent[] }

function judge(history: ColourHistory, c: Case, { day, law, past, by }: Evening): void {
  const judged = judgedOn(c, { day, law, past })
  if (!judged) {
    history.unknown ??= day
    return
  }
  const last = history.changes.at(-1)
  if (last?.colour === judged.colour) return
  const event = by.at(-1)?.type
  history.changes.push({ day, ...(last && { from: last.colour }), ...judged, ...(event && { by: event }) })
}

function judgedOn(c: Case, { day, law, past }: Omit<Evening, 'by'>): { colour: Colour; why: ColourWhy[] } | undefined {
  try {
    const { colour, why } = colourOf(c, { today: day, law }, past)
    return { colour, why }
  } catch (error) {
    if (error instanceof UnknownYear || error instanceof NoSingleRule) return undefined
    throw error
  }
}
