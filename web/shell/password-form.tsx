import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { isStrong } from '../../src/people/rules/passwords.ts'
import { useLanguage } from './language.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { SESSION_KEY } from './query-client.ts'
import { request } from './request.ts'
import { useMe } from './session.ts'

type Values = { old: string; wanted: string; again: string }

/** 修改本人密码: the old one, the new one twice; the server's rule is checked here too. */
export function PasswordForm({ onDone }: { onDone(): void }) {
  const { t } = useLanguage()
  const [form] = Form.useForm<Values>()
  const change = useChangePassword(() => {
    form.resetFields()
    onDone()
  })
  const required = { required: true, message: t.common.missing(t.signIn.password) }
  const strong = { validator: async (_: unknown, text = '') => check(isStrong(text), t.admin.help.password) }
  const same = {
    validator: async (_: unknown, text = '') => check(text === form.getFieldValue('wanted'), t.admin.password.differ),
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={change.isPending}
      onFinish={(values) => change.mutate(values)}
    >
      <p className="hint">{t.admin.help.password}</p>
      <Form.Item name="old" label={t.admin.password.old} rules={[required]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="wanted" label={t.admin.password.wanted} rules={[required, strong]} validateTrigger="onBlur">
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item name="again" label={t.admin.password.again} rules={[same]} validateTrigger="onBlur">
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      {change.error && <ProblemAlert error={change.error} />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t.admin.password.submit}
      </Button>
    </Form>
  )
}

async function check(holds: boolean, text: string): Promise<void> {
  if (!holds) throw new Error(text)
}

function useChangePassword(onDone: () => void) {
  const { language } = useLanguage()
  const client = useQueryClient()
  const { csrfToken } = useMe()
  return useMutation({
    mutationFn: ({ old, wanted }: Values) =>
      request<void>({ method: 'POST', path: '/api/session/password', body: { old, password: wanted }, csrfToken, language }),
    onSuccess: async () => {
      onDone()
      await client.invalidateQueries({ queryKey: SESSION_KEY })
    },
  })
}
