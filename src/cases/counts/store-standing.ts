import { type RawBuilder, sql } from 'kysely'
import { addMonths, type Month, toDay } from '../../base/rules/day.ts'
import type { Colour } from '../rules/codes.ts'
import type { BoardDays } from './rules/numbers.ts'

/** How a case stands on a day: what the numbers of the board count and the list can be narrowed by. */
export interface Standing {
  open?: boolean | undefined
  overdue?: boolean | undefined
  soon?: boolean | undefined
  reopened?: boolean | undefined
  rebound?: boolean | undefined
  /** The month (`YYYY-MM`) of the clear-off. */
  cleared?: string | undefined
  source?: string | undefined
  batch?: string | undefined
  noBatch?: boolean | undefined
  /** A frozen month, and the colour the case had in it. */
  month?: string | undefined
  monthColour?: Colour | undefined
  /** Needed by `overdue` and `soon`. */
  days?: BoardDays | undefined
}

/** What of a case depends on the day, as expressions or as columns that already hold them. */
export interface DayFacts {
  late: RawBuilder<unknown>
  soon: RawBuilder<unknown>
  thisMonth: RawBuilder<unknown>
}

/** Whether a case `p` has not ended. */
export const OPEN = sql`p.state not in ('closed','declined','merged','unfounded','transferred')`

/** The facts of a case `p` on a day, by the last day and the end of its case clock (colours.ts says the same of one case). */
export function dayFacts({ today, soonUntil, month }: BoardDays): DayFacts {
  return {
    late: sql`coalesce(p.clock_due < coalesce(p.clock_met::date, ${today}::date), false)`,
    soon: sql`coalesce(p.clock_met is null and p.clock_due between ${today}::date and ${soonUntil}::date, false)`,
    thisMonth: closedIn(month),
  }
}

/** The conditions on `p` that the list and the board share. */
export const CONDITIONS = {
  overdue: ({ late }: Pick<DayFacts, 'late'>) => sql`(${OPEN} and ${late})`,
  soon: ({ soon }: Pick<DayFacts, 'soon'>) => sql`(${OPEN} and ${soon})`,
  cleared: ({ thisMonth }: Pick<DayFacts, 'thisMonth'>) => sql`(p.state = 'closed' and ${thisMonth})`,
  reopened: sql`(${OPEN} and p.reopened)`,
  rebound: sql`(${OPEN} and p.rebound)`,
}

/** The filter as conditions on `cases.problem p`. */
export function standingConditions(f: Standing): RawBuilder<unknown>[] {
  const found = [
    f.open && OPEN,
    f.overdue && CONDITIONS.overdue(factsOf(f)),
    f.soon && CONDITIONS.soon(factsOf(f)),
    f.reopened && CONDITIONS.reopened,
    f.rebound && CONDITIONS.rebound,
    f.cleared && CONDITIONS.cleared({ thisMonth: closedIn(f.cleared as Month) }),
    f.source && sql`p.source = ${f.source}`,
    f.batch && sql`p.batch = ${f.batch}`,
    f.noBatch && sql`p.batch is null`,
    (f.month || f.monthColour) && inMonth(f),
  ]
  return found.filter((c): c is RawBuilder<unknown> => Boolean(c))
}

function factsOf({ days }: Standing): DayFacts {
  if (!days) throw new Error('overdue and soon are asked of a day')
  return dayFacts(days)
}

function closedIn(month: Month | string): RawBuilder<unknown> {
  const first = toDay(`${month}-01`)
  return sql`coalesce(p.closed_on >= ${first}::date and p.closed_on < ${addMonths(first, 1)}::date, false)`
}

// With a colour alone: the case had it in some frozen month.
function inMonth({ month, monthColour }: Standing): RawBuilder<unknown> {
  return sql`exists (select 1 from cases.colour_snapshot s where s.tenant = p.tenant and s.case_id = p.id
    ${month ? sql`and s.month = ${month}` : sql``} ${monthColour ? sql`and s.colour = ${monthColour}` : sql``})`
}
