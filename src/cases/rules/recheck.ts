import type { Day } from '../../base/rules/day.ts'
import type { Case } from './case.ts'

/**
 * Whether the look-back (回头看) of a case waits to be made: the lot of its last clear-off fell on it and the day has come. Each clear-off
 * has its own: looking takes the day away and a rebound too, so what was found earlier says nothing here.
 */
export function isRecheckDue({ state, recheck }: Pick<Case, 'state' | 'recheck'>, today: Day): boolean {
  return state === 'closed' && recheck?.due !== undefined && recheck.due <= today
}
