import { Button, Form, Input, message, Radio, Select } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Account } from './account-view.ts'
import { ReasonItem } from './reason-form.tsx'
import { Secret } from './secret.tsx'

type Act = 'rename' | 'clearance' | 'validity' | 'reset' | 'disable' | 'enable'
type Values = { act: Act; name?: string; clearance?: number; validFrom?: string; validTo?: string; reason: string }

/** What is done to one account, each with its reason; a reset shows the new password once. */
export function AccountSheet({ account, onClose, onLeave }: { account: Account; onClose(): void; onLeave(): void }) {
  const t = useText()
  const [secret, setSecret] = useState<string>()
  const send = useSend<{ password: string | null }>({
    onDone: ({ password }) => {
      if (password) return setSecret(password)
      message.success(t.admin.account.done)
      onClose()
    },
  })
  const submit = ({ act, reason, ...more }: Values) => {
    const body = {
      ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined && value !== '')),
      reason,
    }
    send.mutate({ path: `/api/accounts/${account.id}/${act}`, body, version: account.version })
  }
  return (
    <Sheet title={t.admin.account.title(account.name)} open onClose={onClose}>
      {secret ? (
        <Secret title={t.admin.account.once} text={t.admin.account.onceText} secret={secret} onClose={onClose} />
      ) : (
        <Form layout="vertical" onFinish={submit} disabled={send.isPending} initialValues={initialOf(account)}>
          <ActItem account={account} />
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.act !== b.act}>
            {({ getFieldValue }) => <ActFields act={getFieldValue('act') as Act} />}
          </Form.Item>
          <ReasonItem />
          <div className="sheet-foot">
            {send.error && <ProblemAlert error={send.error} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t.common.submit}
            </Button>
            <Button danger onClick={onLeave}>
              {t.admin.account.acts.leave}…
            </Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        </Form>
      )}
    </Sheet>
  )
}

const initialOf = ({ disabledOn, name, clearance, validFrom, validTo }: Account) => ({
  ...{ act: disabledOn ? 'enable' : 'reset', name, clearance },
  ...{ validFrom: validFrom ?? undefined, validTo: validTo ?? undefined },
})

function ActItem({ account }: { account: Account }) {
  const t = useText()
  const acts: Act[] = ['reset', 'rename', 'clearance', 'validity', account.disabledOn ? 'enable' : 'disable']
  const options = acts.map((act) => ({ value: act, label: t.admin.account.acts[act] }))
  return (
    <Form.Item name="act" label={t.admin.account.act}>
      <Radio.Group options={options} />
    </Form.Item>
  )
}

function ActFields({ act }: { act: Act }) {
  const { account } = useText().admin
  const { acts } = account
  if (act === 'rename')
    return (
      <Form.Item name="name" label={account.name} rules={[{ required: true, whitespace: true, message: acts.rename }]}>
        <Input maxLength={200} />
      </Form.Item>
    )
  if (act === 'clearance')
    return (
      <Form.Item name="clearance" label={account.clearance}>
        <Select options={account.clearances.map((label, value) => ({ value, label }))} />
      </Form.Item>
    )
  if (act !== 'validity') return null
  return (
    <div className="two">
      <Form.Item name="validFrom" label={account.validFrom}>
        <DayInput />
      </Form.Item>
      <Form.Item name="validTo" label={account.validTo}>
        <DayInput />
      </Form.Item>
    </div>
  )
}
