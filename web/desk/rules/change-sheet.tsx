import './rules.css'
import { Button, Form, Input, InputNumber, message, Select, Switch } from 'antd'
import { useId, useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { type ChangeRow, type Leaf, leavesOf, type RuleRow, withLeaf } from './rule-view.ts'
import { useRuleWords } from './rule-words.tsx'

type Values = { validFrom?: string; source?: string; confidence?: RuleRow['confidence']; reason?: string }

/** Proposes a new row of a rule: its value field by field, its day and its source; or that the present source was checked. */
export function ChangeSheet({ rule, onClose }: { rule: RuleRow; onClose(): void }) {
  const t = useText()
  const { titleOf } = useRuleWords()
  const [value, setValue] = useState(rule.value)
  const [form] = Form.useForm<Values>()
  const send = useSend<ChangeRow>({
    onDone: () => {
      message.success(t.rules.proposedNow)
      onClose()
    },
  })
  const of = { kind: rule.kind, key: rule.key }
  const propose = (values: Values) => send.mutate({ path: '/api/rule-changes', body: { op: 'replace', ...of, ...values, value } })
  const confirm = async () => {
    const { reason } = await form.validateFields(['reason'])
    send.mutate({ path: '/api/rule-changes', body: { op: 'confirm', ...of, reason } })
  }
  return (
    <Sheet title={`${t.rules.change} ${titleOf(rule)}`} open wide onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        onFinish={propose}
        initialValues={{ confidence: 'V' }}
        disabled={send.isPending}
        scrollToFirstError
      >
        <fieldset>
          <legend>{t.rules.value}</legend>
          {leavesOf(value).map((leaf) => (
            <Field key={leaf.path.join('.')} leaf={leaf} change={(next) => setValue(withLeaf(value, leaf.path, next))} />
          ))}
        </fieldset>
        <Grounds />
        <div className="sheet-foot">
          {send.error && <ProblemAlert error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t.rules.propose}
          </Button>
          {rule.unverified && <Button onClick={confirm}>{t.rules.confirm}</Button>}
          <Button onClick={onClose}>{t.common.close}</Button>
        </div>
      </Form>
    </Sheet>
  )
}

function Grounds() {
  const t = useText()
  const needed = (name: keyof Values, label: string) => ({
    name,
    label,
    rules: [{ required: true, message: t.common.missing(label) }],
  })
  const known = Object.entries(t.rules.confidence).map(([code, label]) => ({ value: code, label }))
  return (
    <>
      <div className="two">
        <Form.Item {...needed('validFrom', t.rules.validFrom)}>
          <DayInput />
        </Form.Item>
        <Form.Item {...needed('confidence', t.rules.newConfidence)}>
          <Select options={known} />
        </Form.Item>
      </div>
      <Form.Item {...needed('source', t.rules.newSource)}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item {...needed('reason', t.rules.reason)}>
        <Input.TextArea maxLength={500} autoSize />
      </Form.Item>
    </>
  )
}

function Field({ leaf, change }: { leaf: Leaf; change(next: Leaf['value']): void }) {
  const { fieldOf } = useRuleWords()
  const id = useId()
  return (
    <div className="rule-field">
      <label htmlFor={id}>{fieldOf(leaf.path)}</label>
      <FieldInput id={id} leaf={leaf} change={change} />
    </div>
  )
}

function FieldInput({ id, leaf: { value }, change }: { id: string; leaf: Leaf; change(next: Leaf['value']): void }) {
  const { wordOf } = useRuleWords()
  if (typeof value === 'number') return <InputNumber id={id} value={value} onChange={(next) => next !== null && change(next)} />
  if (typeof value === 'boolean') return <Switch id={id} checked={value} onChange={change} />
  if (value === null) return <span id={id}>{wordOf(null)}</span>
  if (Array.isArray(value))
    return (
      <Select
        id={id}
        mode="tags"
        value={value}
        options={value.map((one) => ({ value: one, label: wordOf(one) }))}
        onChange={(next: string[]) => change(next)}
      />
    )
  return <Input id={id} value={value} onChange={(e) => change(e.target.value)} />
}
