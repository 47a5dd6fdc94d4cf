import { Button } from 'antd'
import type { ReactNode } from 'react'
import { MessageBox } from '../ui/message-box.tsx'
import { asApiProblem } from './api-problem.ts'
import { FirstPassword } from './first-password.tsx'
import { useText } from './language.tsx'
import { MeContext, useSession } from './session.ts'
import { SignIn } from './sign-in.tsx'

/** Shows the sign-in form in the place of any page until somebody is signed in; the address stays, so work goes on where it was. */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useText()
  const session = useSession()
  if (session.data?.mustChange)
    return (
      <MeContext value={session.data}>
        <FirstPassword />
      </MeContext>
    )
  if (session.data) return <MeContext value={session.data}>{children}</MeContext>
  if (session.isPending && session.fetchStatus === 'fetching') return <MessageBox title={t.state.loading} />
  if (session.data === null) return <SignIn />
  return (
    <MessageBox
      alert
      title={t.state.unreachable}
      text={session.error ? asApiProblem(session.error).message || t.state.offline : t.state.offline}
      action={<Button onClick={() => session.refetch()}>{t.state.retry}</Button>}
    />
  )
}
