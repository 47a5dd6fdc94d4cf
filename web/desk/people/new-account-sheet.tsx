import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useText } from '../../shell/language.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useSend } from '../../shell/use-api.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { Secret } from './secret.tsx'

type Values = { username: string; name: string; clearance: number }

/** 新增账号: its first password is made here, shown once, and changed at the first sign-in. */
export function NewAccountSheet({ onClose }: { onClose(): void }) {
  const t = useText()
  const [password] = useState(newPassword)
  const [made, setMade] = useState(false)
  const send = useSend<{ id: string }>({ onDone: () => setMade(true) })
  const missing = (label: string) => ({ required: true, whitespace: true, message: t.common.missing(label) })
  return (
    <Sheet title={t.admin.account.add} open onClose={onClose}>
      {made ? (
        <Secret title={t.admin.account.once} text={t.admin.account.onceText} secret={password} onClose={onClose} />
      ) : (
        <Form
          layout="vertical"
          initialValues={{ clearance: 1 }}
          disabled={send.isPending}
          onFinish={(values: Values) => send.mutate({ path: '/api/accounts', body: { ...values, password } })}
        >
          <p className="hint">{t.admin.help.accounts}</p>
          <Form.Item
            name="username"
            label={t.admin.account.username}
            rules={[{ required: true, pattern: /^[\w.-]{3,40}$/, message: t.admin.account.usernameRule }]}
          >
            <Input autoComplete="off" maxLength={40} />
          </Form.Item>
          <Form.Item name="name" label={t.admin.account.name} rules={[missing(t.admin.account.name)]}>
            <Input autoComplete="off" maxLength={200} />
          </Form.Item>
          <Form.Item name="clearance" label={t.admin.account.clearance}>
            <Select options={t.admin.account.clearances.map((label, value) => ({ value, label }))} />
          </Form.Item>
          <div className="sheet-foot">
            {send.error && <ProblemAlert error={send.error} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t.admin.account.add}
            </Button>
            <Button onClick={onClose}>{t.common.close}</Button>
          </div>
        </Form>
      )}
    </Sheet>
  )
}

/** 16 random bytes in words that can be typed, with a capital, a small letter and a digit. */
function newPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}-Aa1`
}
