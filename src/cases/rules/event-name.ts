import type { Label } from '../../people/rules/actor.ts'
import type { Move } from './codes.ts'
import { EVENT_OF_RECORD } from './event.ts'
import { MOVE_LABELS } from './labels.ts'

/** The name of the act behind a kind of event, for telling of an event by its code alone. */
export function nameOfEvent(type: string): Label {
  const record = Object.entries(EVENT_OF_RECORD).find(([, event]) => event === type)?.[0]
  return MOVE_LABELS[(record ?? type) as Move] ?? { zh: type, en: type }
}
