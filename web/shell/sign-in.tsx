import { Button, Form, Input } from 'antd'
import { useTitle } from '../ui/use-title.ts'
import { useText } from './language.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { LookSwitch } from './look-switch.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useSignIn } from './session.ts'

/** 登录. */
export function SignIn() {
  const t = useText()
  const signIn = useSignIn()
  useTitle(t.signIn.title, t.product)
  return (
    <div className="sign-in">
      <div className="sign-in-language">
        <LookSwitch />
        <LanguageSwitch />
      </div>
      <main className="sign-in-card">
        <h1>
          <img src="/favicon.svg" alt="" width="36" height="36" />
          {t.product}
        </h1>
        <p className="muted">{t.tagline}</p>
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(values: Credentials) => signIn.mutate(values)}
          disabled={signIn.isPending}
        >
          <Form.Item name="username" label={t.signIn.username} rules={[{ required: true, message: t.signIn.usernameMissing }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t.signIn.password} rules={[{ required: true, message: t.signIn.passwordMissing }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {signIn.error && <ProblemAlert error={signIn.error} />}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t.signIn.submit}
          </Button>
        </Form>
        {isLoopback() && <p className="sign-in-hint">{t.signIn.demoHint}</p>}
      </main>
    </div>
  )
}

type Credentials = { username: string; password: string }

// Demo mode listens on loopback only, so nobody else is told where the passwords of a demo lie.
function isLoopback(): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
}
