import { type Day, dayOf, type Instant } from '../../../src/base/rules/day.ts'

/** The day in Hanzhong now, whatever the clock of this machine is set to. */
export function today(): Day {
  return dayOf(new Date().toISOString() as Instant)
}
