import type { ClockBrief } from '../../../src/cases/rules/deadlines.ts'
import { useText } from '../../shell/language.tsx'
import type { ListItem } from './case-view.ts'

/** The last day of the whole term and how far it is, in words. */
export function Due({ item }: { item: Pick<ListItem, 'due' | 'term' | 'clocks'> }) {
  const t = useText()
  const clock = item.clocks.case
  if (clock) return <DayAndDays clock={clock} />
  if (item.due) return <span className="nowrap number">{item.due}</span>
  return <span className="muted">{item.term?.kind === 'long_term' ? t.due.longTerm : t.due.none}</span>
}

/** The last day for the present step. */
export function StageDue({ item }: { item: Pick<ListItem, 'clocks'> }) {
  const t = useText()
  return item.clocks.stage ? <DayAndDays clock={item.clocks.stage} /> : <span className="muted">{t.due.none}</span>
}

/** Days to or past the last day of a clock, in words. */
export function DaysLeft({ clock }: { clock: ClockBrief }) {
  const t = useText()
  const { daysLeft: left, stopped, missingYear } = clock
  if (missingYear) return <span className="soon">{t.clock.missingYear(missingYear)}</span>
  if (left === undefined) return <span className="muted nowrap">{t.due.suspended}</span>
  if (stopped)
    return <span className={left < 0 ? 'late nowrap' : 'muted nowrap'}>{left < 0 ? t.due.overThen(-left) : t.due.met}</span>
  if (isWindow(clock)) return <span className="muted nowrap">{left < 0 ? t.due.run : t.due.runsIn(left)}</span>
  if (left < 0) return <strong className="late nowrap">{t.due.over(-left)}</strong>
  return <span className={`nowrap ${left <= 7 ? 'soon' : 'muted'}`}>{left === 0 ? t.due.today : t.due.left(left)}</span>
}

/** Whether a clock is a window that has to run out (notice, dispute), so that its end is no lateness. */
export function isWindow(clock: ClockBrief): boolean {
  return clock.rule.id.endsWith('/notice') || clock.rule.id.endsWith('/dispute')
}

function DayAndDays({ clock }: { clock: ClockBrief }) {
  return (
    <span className="number">
      {clock.due && <span className="nowrap">{clock.due}</span>} <DaysLeft clock={clock} />
    </span>
  )
}
