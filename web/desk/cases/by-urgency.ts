import { COLOURS } from '../../../src/cases/rules/codes.ts'
import type { ListItem } from './case-view.ts'

/** The most urgent first: red before yellow before green, then by the day that comes first, of this step or of the whole term. */
export function byUrgency(a: ListItem, b: ListItem): number {
  const colour = COLOURS.indexOf(b.colour) - COLOURS.indexOf(a.colour)
  return colour || (nextDay(a) < nextDay(b) ? -1 : Number(nextDay(a) > nextDay(b)))
}

function nextDay({ clocks }: ListItem): string {
  const running = [clocks.case, clocks.stage].flatMap((clock) => (clock?.due && !clock.stopped ? [clock.due as string] : []))
  return running.sort()[0] ?? '9999'
}
