import { spanOf } from '../../../src/base/rules/clock-span.ts'
import type { Day } from '../../../src/base/rules/day.ts'
import type { ClockView } from '../../../src/cases/rules/deadlines.ts'
import { useText } from '../../shell/language.tsx'
import { isWindow } from './due.tsx'

/** The term as a bar: suspensions hatched, what was extended lighter, today marked; its words stand below it. */
export function ClockBar({ clock, today }: { clock: ClockView; today: Day }) {
  const t = useText().casePage.bar
  const span = spanOf(clock, today)
  const said = span.parts.map((part) => `${t[part.kind]} ${part.from} – ${part.to}`).join('; ')
  return (
    <div className="clock-bar" role="img" aria-label={`${t.label(span.from, span.to)}. ${said}`}>
      {span.parts.map((part) => (
        <span
          key={`${part.kind} ${part.from}`}
          className={`clock-part clock-${part.kind === 'late' && isWindow(clock) ? 'run' : part.kind}`}
          style={{ left: percent(part.at), width: percent(part.size) }}
          title={`${t[part.kind]} ${part.from} – ${part.to}`}
        />
      ))}
      {span.today !== undefined && !clock.stopped && (
        <>
          <span className="clock-gone" style={{ width: percent(span.today) }} />
          <span className="clock-today" style={{ left: percent(span.today) }} title={t.today} />
        </>
      )}
    </div>
  )
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`
