import type { Extension, Pause, Step } from './clock.ts'
import { type Day, daysBetween } from './day.ts'

/** A part of a term as a bar shows it: shares of the whole between 0 and 1, and the days it stands for. */
export type SpanPart = { kind: 'run' | 'pause' | 'extension' | 'late'; from: Day; to: Day; at: number; size: number }

/** A term laid out from its start to its last day, or to today where that is later; `today` is a share of it. */
export type ClockSpan = { from: Day; to: Day; parts: SpanPart[]; today?: number }

/** What of a clock is laid out. */
export type Spanned = {
  started: Day
  due?: Day
  stopped?: Day
  pauses: readonly Pause[]
  extensions: readonly Extension[]
  why: readonly Step[]
}

/**
 * The term as parts side by side: what runs, each suspension (an open one lasts until today), what extensions added after the first last
 * day, and what lies past the end. Pauses lie over the rest, since days that do not count move the end.
 */
export function spanOf(clock: Spanned, today: Day): ClockSpan {
  const now = clock.stopped && clock.stopped < today ? clock.stopped : today
  const to = latest(clock.due ?? now, now, clock.started)
  const whole = Math.max(1, daysBetween(clock.started, to))
  const share = (day: Day) => daysBetween(clock.started, day) / whole
  const part = (kind: SpanPart['kind'], from: Day, end: Day): SpanPart[] =>
    from < end ? [{ kind, from, to: end, at: share(from), size: share(end) - share(from) }] : []
  const due = clock.due ?? to
  const first = firstLast(clock, due)
  return {
    ...{ from: clock.started, to },
    parts: [
      ...part('run', clock.started, first),
      ...part('extension', first, due),
      ...part('late', due, to),
      ...clock.pauses.flatMap((pause) => part('pause', latest(pause.from, clock.started), pause.to ?? now)),
    ],
    ...(today >= clock.started && today <= to && { today: share(today) }),
  }
}

// The last day before anything was granted, as the explanation of the term names it.
function firstLast(clock: Spanned, due: Day): Day {
  if (clock.extensions.length === 0) return due
  const start = clock.why.find(({ key }) => key === 'clock/start' || key === 'clock/start-until')
  const last = (start?.params['last'] ?? start?.params['until'] ?? due) as Day
  return last < due ? last : due
}

function latest(...days: Day[]): Day {
  return days.reduce((a, b) => (a > b ? a : b))
}
