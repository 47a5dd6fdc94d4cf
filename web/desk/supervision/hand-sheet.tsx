import { Button, Form, Input, message, Select } from 'antd'
import { KINDS } from '../../../src/supervision/rules/codes.ts'
import { KIND_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { OrgSelect } from '../cases/fields/org-select.tsx'
import type { ItemDetail } from './queries.ts'

type Values = { kind?: string; org?: string; reason?: string; title?: string; text?: string }
type Of = { id: string; duties: readonly { org: string; as: string }[]; leader?: { name: string; title: string } | undefined }

/** 人工拟稿 about one case: the step, whom it goes to, and the reason. */
export function HandSheet({ c, onClose }: { c: Of; onClose(): void }) {
  const { t, language } = useLanguage()
  const [form] = Form.useForm<Values>()
  const draft = useDraft<Values>(`supervision.hand.${c.id}`)
  const send = useSend<ItemDetail>({
    onDone: () => {
      draft.clear()
      message.success(t.supervision.hand.done)
      onClose()
    },
  })
  const submit = (v: Values) => {
    const words = Object.fromEntries(Object.entries(v).filter(([, text]) => text?.trim()))
    const leader = c.leader && { name: c.leader.name, title: c.leader.title }
    send.mutate({ path: '/api/supervision', body: { ...words, cases: [c.id], ...(leader && { leader }) } })
  }
  const needed = (label: string) => [{ required: true, whitespace: true, message: t.common.missing(label) }]
  const org = c.duties.find((d) => d.as === 'responsible')?.org
  return (
    <Sheet title={t.supervision.hand.title} open onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        initialValues={draft.read() ?? { kind: 'reminder', ...(org && { org }) }}
        onValuesChange={() => draft.write(form.getFieldsValue(true))}
        onFinish={submit}
        disabled={send.isPending}
      >
        <Form.Item name="kind" label={t.supervision.kind} rules={needed(t.supervision.kind)}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind][language] }))} />
        </Form.Item>
        <Form.Item name="org" label={t.supervision.org} rules={needed(t.supervision.org)}>
          <OrgSelect />
        </Form.Item>
        <Form.Item name="reason" label={t.supervision.hand.reason} rules={needed(t.supervision.hand.reason)}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="title" label={t.supervision.hand.subject}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="text" label={t.supervision.hand.text}>
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={8000} />
        </Form.Item>
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.common.submit}
          </Button>
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}
