import { Alert, Button, Form, message } from 'antd'
import { useState } from 'react'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { asApiProblem } from '../../shell/api-problem.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { actOfForm } from './act-of-form.ts'
import type { Detail } from './case-view.ts'
import { FieldItem } from './fields/field-item.tsx'
import { useFailed } from './fields/use-failed.ts'
import { initialValues } from './initial-values.ts'
import { MoveContext } from './move-context.tsx'
import { type Field, type FormMove, fieldsOf } from './move-forms.ts'
import { useCase } from './queries.ts'
import { today } from './today.ts'
import { useUndo } from './use-undo.tsx'

type Values = Record<string, unknown>

/** The form of one move. What is typed outlives a closed form, a reload and a changed case; it ends when the move is made. */
export function MoveSheet({ c, move, onClose }: { c: Detail; move: FormMove; onClose(): void }) {
  const { language, t } = useLanguage()
  const title = MOVE_LABELS[move][language]
  const fields = fieldsOf(move, { pending: c.pending?.kind })
  const draft = useDraft<Values>(`move.${c.id}.${move}`)
  const undo = useUndo()
  const send = useSend<Detail>({
    onDone: (after) => {
      draft.clear()
      undo.tell(t.moves.done(title), after)
      onClose()
    },
  })
  const submit = (values: Values) =>
    send.mutate({ path: `/api/cases/${c.id}/moves`, body: { move, ...actOfForm(fields, values) }, version: c.version })
  return (
    <Sheet title={`${title} · ${c.no}`} open onClose={onClose} wide={WIDE.includes(move)}>
      <p className="muted sheet-case">{c.title}</p>
      <MoveContext c={c} move={move} />
      <MoveForm c={c} move={move} fields={fields} draft={draft} submit={submit} busy={send.isPending}>
        <div className="sheet-foot">
          {send.error && <Refusal id={c.id} error={send.error} forget={send.reset} />}
          {!send.error && <NotNow c={c} move={move} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.common.submit}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
          <span className="muted small">{t.moves.draftKept}</span>
        </div>
      </MoveForm>
    </Sheet>
  )
}

const WIDE: readonly FormMove[] = [
  'plan',
  'triage',
  'assign',
  'progress',
  'approve_plan',
  'reject_plan',
  'county_accept',
  'city_accept',
]

type FormProps = {
  c: Detail
  move: FormMove
  fields: readonly Field[]
  draft: { read(): Values | undefined; write(values: Values): void; clear(): void }
  submit(values: Values): void
  busy: boolean
  children: React.ReactNode
}

function MoveForm({ c, move, fields, draft, submit, busy, children }: FormProps) {
  const { t } = useLanguage()
  const [form] = Form.useForm<Values>()
  const [kept] = useState(draft.read)
  const [start] = useState(() => initialValues(move, c, today()))
  const { failed, onFinishFailed } = useFailed()
  const [fromDraft, setFromDraft] = useState(kept !== undefined)
  const discard = () => {
    draft.clear()
    form.setFieldsValue(Object.fromEntries(fields.map((field) => [field.name, start[field.name]])))
    setFromDraft(false)
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={kept ?? start}
      onValuesChange={() => draft.write(form.getFieldsValue(true))}
      onFinish={() => submit(form.getFieldsValue(true))}
      onFinishFailed={onFinishFailed}
      validateTrigger={failed ? 'onChange' : 'onSubmit'}
      disabled={busy}
      scrollToFirstError={{ focus: true }}
    >
      {fromDraft && (
        <p className="hint row">
          {t.moves.draft}
          <Button size="small" onClick={discard}>
            {t.moves.discard}
          </Button>
        </p>
      )}
      {fields.map((field) => (
        <FieldItem key={field.name} field={field} />
      ))}
      {children}
    </Form>
  )
}

// A refusal in the server's words; a case that changed meanwhile can be read again without losing the form.
function Refusal({ id, error, forget }: { id: string; error: Error; forget(): void }) {
  const { t } = useLanguage()
  const fresh = useCase(id)
  if (asApiProblem(error).code !== 'base/version-changed') return <ProblemAlert error={error} />
  const refresh = async () => {
    await fresh.refetch()
    forget()
    message.info(t.moves.refreshed)
  }
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="problem-alert"
      title={t.moves.conflict}
      description={
        <Button onClick={refresh} loading={fresh.isFetching}>
          {t.moves.refresh}
        </Button>
      }
    />
  )
}

// After a refresh the move may no longer be open: say so above the button, keep what was typed.
function NotNow({ c, move }: { c: Detail; move: FormMove }) {
  const answer = c.moves.find((each) => each.move === move)
  if (!answer || answer.allowed || !answer.why) return null
  return <Alert type="warning" showIcon className="problem-alert" title={answer.why.text} />
}
