import { type Day, daysBetween } from '../../../src/base/rules/day.ts'
import { useText } from '../../shell/language.tsx'
import type { Waits } from './queries-work.ts'
import { today } from './today.ts'

const NEAR = 3

/** Until when something waits, in words: working days where the clock counts these. */
export function WaitsDue({ waits }: { waits: Waits }) {
  const t = useText()
  const { due, left, unit } = waits
  if (due === undefined || left === undefined) return <span className="muted">{t.due.none}</span>
  const words =
    left < 0 ? t.due.over(-left) : left === 0 ? t.due.today : unit === 'working' ? t.myWork.workingLeft(left) : t.due.left(left)
  return (
    <span className="number">
      <strong className={`nowrap ${left < 0 ? 'late' : left <= NEAR ? 'soon' : 'plain'}`}>{words}</strong>{' '}
      <span className="nowrap muted small">{due}</span>
    </span>
  )
}

/** Since when it waits. */
export function WaitsSince({ waits }: { waits: Waits }) {
  const t = useText()
  const days = daysBetween(waits.since, today() as Day)
  return (
    <span className="nowrap number muted" title={waits.since}>
      {days <= 0 ? t.myWork.sinceToday : t.myWork.sinceDays(days)}
    </span>
  )
}
