import { Alert, Button, Form, type FormInstance, message } from 'antd'
import { useEffect } from 'react'
import { MOVE_LABELS } from '../../../src/cases/rules/labels.ts'
import { asApiProblem } from '../../shell/api-problem.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { actOfForm } from './act-of-form.ts'
import { saysSame } from './base-of-form.ts'
import type { Detail } from './case-view.ts'
import { ChangedSince } from './changed-since.tsx'
import { FieldItem } from './fields/field-item.tsx'
import { useFailed } from './fields/use-failed.ts'
import { formatMoment } from './format.ts'
import { MoveContext } from './move-context.tsx'
import { type Field, type FormMove, fieldsOf } from './move-forms.ts'
import { useCase } from './queries.ts'
import { type Kept, useKeptForm } from './use-kept-form.ts'
import { useUndo } from './use-undo.tsx'

type Values = Record<string, unknown>

/** The form of one move. What is typed outlives a closed form, a reload, the end of a session and a changed case; it ends when the move is made. */
export function MoveSheet({ c, move, onClose }: { c: Detail; move: FormMove; onClose(): void }) {
  const { language, t } = useLanguage()
  const title = MOVE_LABELS[move][language]
  const fields = fieldsOf(move, { pending: c.pending?.kind })
  const [form] = Form.useForm<Values>()
  const kept = useKeptForm(c, move)
  const undo = useUndo()
  const send = useSend<Detail>({
    onDone: (after) => {
      kept.clear()
      undo.tell(t.moves.done(title), after)
      onClose()
    },
  })
  const stale = kept.base.version !== c.version
  const checkFirst = () => void message.warning(t.casePage.changed.wait)
  const submit = (values: Values) => {
    if (stale) return checkFirst()
    send.mutate({ path: `/api/cases/${c.id}/moves`, body: { move, ...actOfForm(fields, values) }, version: kept.base.version })
  }
  const rebase = () => {
    takeOver(form, fields, { from: kept.base.start, to: kept.newest.start })
    kept.rebase(form.getFieldsValue(true))
    send.reset()
    message.info(t.moves.refreshed)
  }
  return (
    <Sheet title={`${title} · ${c.no}`} open onClose={onClose} wide={WIDE.includes(move)}>
      <p className="muted sheet-case">{c.title}</p>
      <MoveContext c={c} move={move} />
      <MoveForm
        form={form}
        fields={fields}
        kept={kept}
        submit={submit}
        refused={stale ? checkFirst : undefined}
        busy={send.isPending}
      >
        {stale && <Changed c={c} fields={fields} kept={kept} form={form} rebase={rebase} />}
        <div className="sheet-foot">
          {send.error && !stale && <Refusal id={c.id} error={send.error} />}
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
  form: FormInstance<Values>
  fields: readonly Field[]
  kept: Kept
  submit(values: Values): void
  /** Told when a filled form does not hold. */
  refused: (() => void) | undefined
  busy: boolean
  children: React.ReactNode
}

function MoveForm({ form, fields, kept, submit, refused, busy, children }: FormProps) {
  const { t } = useLanguage()
  const { failed, onFinishFailed } = useFailed()
  const discard = () => {
    kept.discard()
    form.setFieldsValue(Object.fromEntries(fields.map((field) => [field.name, kept.newest.start[field.name]])))
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={kept.first}
      onValuesChange={() => kept.write(form.getFieldsValue(true))}
      onFinish={() => submit(form.getFieldsValue(true))}
      onFinishFailed={() => {
        onFinishFailed()
        refused?.()
      }}
      validateTrigger={failed ? 'onChange' : 'onSubmit'}
      disabled={busy}
      scrollToFirstError={{ focus: true }}
    >
      {kept.restored && (
        <p className="hint row" role="status">
          {t.casePage.draft.found(formatMoment(kept.restored))}
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

// What nobody touched follows the case; what was typed stays.
function takeOver(form: FormInstance<Values>, fields: readonly Field[], { from, to }: { from: Values; to: Values }): void {
  for (const { name } of fields)
    if (saysSame(form.getFieldValue(name), from[name]) && !saysSame(from[name], to[name])) form.setFieldValue(name, to[name])
}

type ChangedProps = { c: Detail; fields: readonly Field[]; kept: Kept; form: FormInstance<Values>; rebase(): void }

// Somebody was faster: what they did, old beside new, and only the reader's word takes the form on to it.
function Changed({ c, fields, kept, form, rebase }: ChangedProps) {
  const { t } = useLanguage()
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="problem-alert"
      title={t.moves.conflict}
      description={
        <>
          <ChangedSince {...{ c, fields }} base={kept.base} now={kept.newest} values={form.getFieldsValue(true)} />
          <Button onClick={rebase}>{t.casePage.changed.rebase}</Button>
        </>
      }
    />
  )
}

// A refusal in the server's words; a case that changed meanwhile is read again, and the comparison takes the place of this.
function Refusal({ id, error }: { id: string; error: Error }) {
  const { t } = useLanguage()
  const { refetch, isFetching } = useCase(id)
  const changed = asApiProblem(error).code === 'base/version-changed'
  useEffect(() => {
    if (changed) void refetch()
  }, [changed, refetch])
  if (!changed) return <ProblemAlert error={error} />
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="problem-alert"
      title={t.moves.conflict}
      description={
        <Button onClick={() => refetch()} loading={isFetching}>
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
