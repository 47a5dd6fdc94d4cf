import { useText } from '../../shell/language.tsx'
import type { ListItem } from './case-view.ts'

/** The last day of the whole term and how far it is, in words. */
export function Due({ item }: { item: Pick<ListItem, 'due' | 'term' | 'clocks' | 'state'> }) {
  const t = useText()
  const clock = item.clocks.case
  const day = clock?.due ?? item.due
  if (!day)
    return (
      <span className="muted">{clock ? t.due.suspended : item.term?.kind === 'long_term' ? t.due.longTerm : t.due.none}</span>
    )
  return (
    <span className="number">
      <span className="nowrap">{day}</span> {clock && <DaysLeft left={clock.daysLeft} stopped={clock.stopped !== undefined} />}
    </span>
  )
}

/** Days to or past the last day of a clock, in words. */
export function DaysLeft({ left, stopped }: { left: number | undefined; stopped: boolean }) {
  const t = useText()
  if (left === undefined) return <span className="muted nowrap">{t.due.suspended}</span>
  if (stopped)
    return <span className={left < 0 ? 'late nowrap' : 'muted nowrap'}>{left < 0 ? t.due.overThen(-left) : t.due.met}</span>
  if (left < 0) return <strong className="late nowrap">{t.due.over(-left)}</strong>
  return <span className={`nowrap ${left <= 7 ? 'soon' : 'muted'}`}>{left === 0 ? t.due.today : t.due.left(left)}</span>
}
