import { Button } from 'antd'
import type { Move } from '../../../src/cases/rules/codes.ts'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Detail, MoveAnswer } from './case-view.ts'
import { type FormMove, hasForm } from './move-forms.ts'
import { useRecords } from './use-records.ts'

/** 可办事项: every move; those that can be made open their form, the others say why not. */
export function MovesPanel({ c, open }: { c: Detail; open(move: FormMove): void }) {
  const { t } = useLanguage()
  const allowed = c.moves.filter((answer) => answer.allowed && hasForm(answer.move))
  const others = c.moves.filter((answer) => !answer.allowed || !hasForm(answer.move))
  const near = others.filter((answer) => !isOthersBusiness(answer))
  const far = others.filter(isOthersBusiness)
  const records = useRecords(c)
  return (
    <Panel title={t.case.moves}>
      {allowed.length === 0 && <p className="muted">{t.moves.noneAllowed}</p>}
      <ul className="moves-open">
        {allowed.map((answer) => (
          <li key={answer.move} className={LEADING.includes(answer.move) ? 'leading' : undefined}>
            <OpenMove move={answer.move as FormMove} open={open} leading={LEADING.includes(answer.move)} />
          </li>
        ))}
        {records.map((move) => (
          <li key={move}>
            <OpenMove move={move} open={open} leading={false} />
          </li>
        ))}
      </ul>
      <Refused answers={near} title={t.moves.others(near.length)} />
      <Refused answers={far} title={t.moves.far(far.length)} />
    </Panel>
  )
}

function OpenMove({ move, open, leading }: { move: FormMove; open(move: FormMove): void; leading: boolean }) {
  const { language } = useLanguage()
  return (
    <Button block type={leading ? 'primary' : 'default'} onClick={() => open(move)} data-move={move}>
      {MOVE_LABELS[move][language]}
    </Button>
  )
}

function Refused({ answers, title }: { answers: readonly MoveAnswer[]; title: string }) {
  const { language } = useLanguage()
  if (answers.length === 0) return null
  return (
    <details className="moves-refused">
      <summary>{title}</summary>
      <ul>
        {answers.map((answer) => (
          <li key={answer.move} data-move={answer.move}>
            <button type="button" disabled className="refused-name">
              {MOVE_LABELS[answer.move as Move]?.[language] ?? answer.move}
            </button>
            <WhyNot answer={answer} />
          </li>
        ))}
      </ul>
    </details>
  )
}

// The reason, and what would make the move possible: what the case lacks, or what comes first.
function WhyNot({ answer }: { answer: MoveAnswer }) {
  const { language, t } = useLanguage()
  const more = answer.lacks.filter(({ text }) => text !== answer.why?.text)
  return (
    <>
      <p className="muted small">{answer.why?.text ?? t.moves.elsewhere}</p>
      {more.map(({ gate, text }) => (
        <p key={gate} className="muted small">
          {t.casePage.next.lacks}
          {t.colon}
          {text}
        </p>
      ))}
      {answer.after && answer.after.length > 0 && (
        <p className="muted small">
          {t.casePage.next.first}
          {t.colon}
          {answer.after.map((move) => MOVE_LABELS[move][language]).join(' → ')}
        </p>
      )}
    </>
  )
}

// Moves that carry the case on; the rest (suspend, transfer …) stand beside them.
const LEADING: readonly string[] = [
  ...['triage', 'assign', 'arbitrate', 'sign', 'plan', 'approve_plan', 'progress', 'self_check', 'county_accept', 'city_accept'],
  ...['publicise', 'resolve_objection', 'file', 'close', 'recheck', 'decide_extension'],
]

function isOthersBusiness(answer: MoveAnswer): boolean {
  return answer.why?.code === 'cases/role-never'
}
