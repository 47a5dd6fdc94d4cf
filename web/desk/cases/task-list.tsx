import type { Measure, Plan } from '../../../src/cases/rules/case.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Detail } from './case-view.ts'
import { nameOf } from './closed-lists.ts'
import { formatYuan } from './format.ts'
import { today } from './today.ts'

/** 任务清单: the plan with its measures, milestones and money. */
export function TaskList({ c }: { c: Detail }) {
  const { t } = useLanguage()
  if (!c.plan) return <p className="muted">{t.tasks.none}</p>
  return (
    <>
      <PlanFacts plan={c.plan} />
      <h3>{t.fields.measures}</h3>
      <MeasureTable measures={c.plan.measures} />
      <Money measures={c.plan.measures} />
    </>
  )
}

function PlanFacts({ plan }: { plan: Plan }) {
  const { t } = useLanguage()
  const stamp = (made: Plan['submitted'] | undefined) => made && `${made.on} ${made.by.name}`
  return (
    <Facts
      facts={[
        { label: t.tasks.goal, value: plan.goal, wide: true },
        { label: t.tasks.implementer, value: plan.implementerName },
        { label: t.tasks.acceptanceUnit, value: plan.acceptanceUnitName },
        { label: t.tasks.term, value: plan.term.words },
        { label: t.tasks.docNo, value: plan.docNo },
        { label: t.tasks.submitted, value: stamp(plan.submitted) },
        plan.rejected && !plan.approved
          ? { label: t.tasks.rejected, value: `${stamp(plan.rejected)} ${plan.rejected.reason}` }
          : { label: t.tasks.approved, value: stamp(plan.approved) },
      ]}
    />
  )
}

function MeasureTable({ measures }: { measures: readonly Measure[] }) {
  const { language, t } = useLanguage()
  return (
    <DataTable
      caption={t.fields.measures}
      rows={measures}
      rowKey={(measure) => measure.id}
      columns={[
        { key: 'text', title: t.tasks.measure, phone: 'head', render: (measure) => <MeasureText measure={measure} /> },
        {
          key: 'evidence',
          title: t.tasks.evidence,
          width: '96px',
          render: (measure) => nameOf('evidenceKind', measure.evidence, language),
        },
        { key: 'due', title: t.tasks.due, width: '104px', render: (measure) => <span className="nowrap">{measure.due}</span> },
        { key: 'money', title: t.tasks.money, width: '124px', render: (measure) => formatYuan(measure.moneyFen) },
        { key: 'spent', title: t.tasks.spent, width: '124px', render: (measure) => formatYuan(measure.spentFen) },
        { key: 'status', title: t.tasks.status, width: '160px', render: (measure) => <Status measure={measure} /> },
      ]}
    />
  )
}

function Money({ measures }: { measures: readonly Measure[] }) {
  const { t } = useLanguage()
  const sum = (of: (measure: Measure) => number | undefined) => measures.reduce((total, measure) => total + (of(measure) ?? 0), 0)
  const planned = sum((measure) => measure.moneyFen)
  if (planned === 0) return null
  const spent = sum((measure) => measure.spentFen)
  return <p className="task-total number">{t.tasks.total(formatYuan(planned) ?? '', formatYuan(spent) ?? '')}</p>
}

function MeasureText({ measure }: { measure: Measure }) {
  const { t } = useLanguage()
  return (
    <>
      {measure.text}
      {measure.standard && <p className="muted small">{`${t.tasks.standard}${t.colon}${measure.standard}`}</p>}
      {measure.milestones.length > 0 && (
        <ul className="milestones small" aria-label={t.tasks.milestones}>
          {measure.milestones.map((milestone) => (
            <li key={milestone.id} className={milestone.doneOn ? 'done' : undefined}>
              <span className="number">{milestone.due}</span> {milestone.text} <span className="muted">{milestone.standard}</span>{' '}
              {milestone.doneOn && <span className="mark mark-good">{t.tasks.doneOn(milestone.doneOn)}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Status({ measure }: { measure: Measure }) {
  const { t } = useLanguage()
  if (measure.doneOn) return <span className="mark mark-good">{t.tasks.doneOn(measure.doneOn)}</span>
  if (measure.explained) return <span>{t.tasks.explained(measure.explained)}</span>
  const late = measure.due !== undefined && measure.due < today()
  return <span className={late ? 'mark mark-warn' : 'mark'}>{late ? t.tasks.late : t.tasks.open}</span>
}
