import { daysBetween } from '../../../src/base/rules/day.ts'
import type { ClockView } from '../../../src/cases/rules/deadlines.ts'
import { useText } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { ClockViews } from './case-view.ts'
import { ClockBar } from './clock-bar.tsx'
import { DaysLeft } from './due.tsx'
import { today } from './today.ts'

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
      <ClockBar clock={clock} today={today()} />
      <p className="number small">
        {clock.started} → {clock.due ?? '…'}{' '}
        <span className="mark">
          {clock.until ? t.casePage.bar.setDay : t.casePage.bar.length(clock.rule.length, t.casePage.bar[clock.rule.unit])}
        </span>
      </p>
      {clock.pauses.map((pause) => (
        <p className="small" key={pause.from}>
          <span className="mark mark-paused">{t.clock.pauses}</span> {pause.from} → {pause.to ?? t.clock.pauseOpen}{' '}
          {t.casePage.bar.pauseDays(daysBetween(pause.from, pause.to ?? today()))} · {t.casePage.bar.approvedBy(pause.by)} ·{' '}
          {pause.reason}
        </p>
      ))}
      {clock.extensions.map((extension) => (
        <p className="small" key={extension.granted}>
          <span className="mark">{t.clock.extensions}</span> {'to' in extension ? extension.to : `+${extension.add}`} ·{' '}
          {t.casePage.bar.granted(extension.granted)} · {t.casePage.bar.approvedBy(extension.by)} · {extension.reason}
        </p>
      ))}
      <WhyDue clock={clock} />
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
