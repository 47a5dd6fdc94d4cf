import { Button } from 'antd'
import { useTitle } from '../ui/use-title.ts'
import { useText } from './language.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { PasswordForm } from './password-form.tsx'
import { useSignOut } from './session.ts'

/** Stands in the place of any page until a one-time password was changed: nothing else opens before. */
export function FirstPassword() {
  const t = useText()
  const signOut = useSignOut()
  useTitle(t.admin.password.title, t.product)
  return (
    <div className="sign-in">
      <div className="sign-in-language">
        <LanguageSwitch />
      </div>
      <main className="sign-in-card">
        <h1>{t.admin.password.must}</h1>
        <PasswordForm onDone={() => {}} />
        <p>
          <Button type="link" onClick={() => signOut.mutate()}>
            {t.account.signOut}
          </Button>
        </p>
      </main>
    </div>
  )
}
