import type { ClockView } from '../../../src/cases/rules/deadlines.ts'
import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ClockViews } from './case-view.ts'
import { DaysLeft, isWindow } from './due.tsx'

/** 计时: both clocks with their suspensions and extensions, and how each last day came about. */
export function ClockPanel({ clocks }: { clocks: ClockViews }) {
  const t = useText()
  return (
    <Panel title={t.case.clocks}>
      {clocks.case && <ClockFacts title={t.clock.case} clock={clocks.case} />}
      {clocks.stage && <ClockFacts title={t.clock.stage} clock={clocks.stage} />}
      {!clocks.case && !clocks.stage && <p className="muted">{t.clock.none}</p>}
    </Panel>
  )
}

function ClockFacts({ title, clock }: { title: string; clock: ClockView }) {
  const t = useText()
  return (
    <div className="clock">
      <p className="clock-head">
        <strong>{title}</strong>
        <DaysLeft clock={clock} />
      </p>
      <Elapsed clock={clock} />
      <p className="number small">
        {clock.started} → {clock.due ?? '…'}
      </p>
      {clock.pauses.map((pause) => (
        <p className="small" key={pause.from}>
          <span className="mark">{t.clock.pauses}</span> {pause.from} → {pause.to ?? t.clock.pauseOpen} {pause.reason}
        </p>
      ))}
      {clock.extensions.map((extension) => (
        <p className="small" key={extension.granted}>
          <span className="mark">{t.clock.extensions}</span> {'to' in extension ? extension.to : `+${extension.add}`}{' '}
          {extension.reason}
        </p>
      ))}
      <WhyDue clock={clock} />
    </div>
  )
}

function Elapsed({ clock }: { clock: ClockView }) {
  if (clock.share === undefined) return null
  const percent = Math.max(0, Math.min(100, Math.round(clock.share * 100)))
  return (
    <div className={`elapsed ${clock.overdue && !isWindow(clock) ? 'elapsed-late' : ''}`} role="presentation">
      <span style={{ width: `${percent}%` }} />
    </div>
  )
}

function WhyDue({ clock }: { clock: ClockView }) {
  const t = useText()
  const steps = clock.why.map((step) => t.clockSteps[step.key as keyof typeof t.clockSteps]?.(step.params) ?? step.key)
  return (
    <details className="why-due small">
      <summary>{t.clock.why}</summary>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {clock.cite && (
        <p className="muted">
          {t.clock.source}
          {t.colon}
          {clock.cite.source} {clock.cite.unverified && <span className="mark mark-sample">{t.clock.unverified}</span>}
        </p>
      )}
    </details>
  )
}
