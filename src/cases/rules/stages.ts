import { type Day, dayOf, type Instant } from '../../base/rules/day.ts'
import type { State } from './codes.ts'
import type { EventType } from './event.ts'

/** What of an event is needed to tell it in its place. */
export type Told = { version: number; type: EventType; at: Instant; data: { from: State | null; to: State } }

/** What happened while a case stood in one state: the event that brought it there is the first of it. */
export type Stage<E extends Told = Told> = { state: State; from: Day; to?: Day; events: E[] }

/** The story in stages, oldest first; a stage ends on the day the next one begins, and the last one is open. */
export function stagesOf<E extends Told>(events: readonly E[]): Stage<E>[] {
  const stages: Stage<E>[] = []
  for (const event of events) {
    const open = stages.at(-1)
    const day = dayOf(event.at)
    if (open && open.state === event.data.to && event.data.from === event.data.to) open.events.push(event)
    else {
      if (open) open.to = day
      stages.push({ state: event.data.to, from: day, events: [event] })
    }
  }
  return stages
}

// Reports of the work and what is added to the file; everything else somebody decided.
const NO_DECISIONS: readonly EventType[] = ['progress', 'evidence_added', 'infer', 'request_extension']

/** Whether somebody decided something by it, rather than told of the work. */
export function isDecision(event: Pick<Told, 'type'>): boolean {
  return !NO_DECISIONS.includes(event.type)
}
