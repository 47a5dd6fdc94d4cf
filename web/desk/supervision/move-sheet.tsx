import { Alert, Button, Form, Input, message } from 'antd'
import type { ItemMove } from '../../../src/supervision/rules/codes.ts'
import { ITEM_MOVE_LABELS } from '../../../src/supervision/rules/labels.ts'
import { asApiProblem } from '../../shell/api-problem.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { type ItemDetail, useItem } from './queries.ts'

type Values = { reason?: string; title?: string; text?: string }

const WITH_REASON: readonly ItemMove[] = ['send_back', 'reject', 'lift', 'withdraw']

/** The form of one move on an item: a reason, a new wording, or nothing but the decision. */
export function MoveSheet({ item, move, onClose }: { item: ItemDetail; move: Exclude<ItemMove, 'answer'>; onClose(): void }) {
  const { t, language } = useLanguage()
  const [form] = Form.useForm<Values>()
  const name = ITEM_MOVE_LABELS[move][language]
  const draft = useDraft<Values>(`supervision.${item.id}.${move}`)
  const send = useSend<ItemDetail>({
    onDone: () => {
      draft.clear()
      message.success(t.supervision.item.done(name))
      onClose()
    },
  })
  const submit = ({ reason, title, text }: Values) => {
    const said = move === 'revise' ? { title, text } : reason?.trim() ? { reason: reason.trim() } : {}
    send.mutate({ path: `/api/supervision/${item.id}/moves`, body: { move, ...said }, version: item.version })
  }
  return (
    <Sheet title={`${name} · ${item.no ?? item.orgName}`} open onClose={onClose} wide={move === 'revise'}>
      <p className="muted sheet-case">{item.title}</p>
      {move === 'send' && <p className="hint">{t.supervision.item.confirmSend}</p>}
      {(move === 'review' || move === 'sign') && <p className="verbatim letter-text">{item.text}</p>}
      <Form
        form={form}
        layout="vertical"
        initialValues={draft.read() ?? { title: item.title, text: item.text }}
        onValuesChange={() => draft.write(form.getFieldsValue(true))}
        onFinish={submit}
        disabled={send.isPending}
      >
        <Fields move={move} />
        <div className="sheet-foot">
          {send.error && <Refusal id={item.id} error={send.error} forget={send.reset} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {name}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

function Fields({ move }: { move: ItemMove }) {
  const { t } = useLanguage()
  const needed = (label: string) => [{ required: true, whitespace: true, message: t.common.missing(label) }]
  if (move === 'revise')
    return (
      <>
        <Form.Item name="title" label={t.supervision.subject} rules={needed(t.supervision.subject)}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="text" label={t.supervision.item.text2} rules={needed(t.supervision.item.text2)}>
          <Input.TextArea autoSize={{ minRows: 6 }} maxLength={8000} />
        </Form.Item>
      </>
    )
  if (!WITH_REASON.includes(move) && move !== 'accept') return null
  const must = move !== 'accept'
  const label = must ? t.supervision.item.reason : t.supervision.item.reasonOptional
  return (
    <Form.Item name="reason" label={label} {...(must && { rules: needed(label) })}>
      <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} />
    </Form.Item>
  )
}

/** A refusal in the server's words; an item that changed meanwhile can be read again without losing what was typed. */
export function Refusal({ id, error, forget }: { id: string; error: Error; forget(): void }) {
  const { t } = useLanguage()
  const fresh = useItem(id)
  if (asApiProblem(error).code !== 'base/version-changed') return <ProblemAlert error={error} />
  const again = async () => {
    await fresh.refetch()
    forget()
  }
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="problem-alert"
      title={t.supervision.item.changed}
      description={
        <Button onClick={again} loading={fresh.isFetching}>
          {t.supervision.item.reload}
        </Button>
      }
    />
  )
}
