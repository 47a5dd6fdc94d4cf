import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { MessageBox } from '../ui/message-box.tsx'
import { asApiProblem } from './api-problem.ts'
import { useText } from './language.tsx'

/** A page that broke or could not be loaded (an update, no network); drafts are kept, so a reload costs nothing. */
export function BrokenPage() {
  const t = useText()
  const { message } = asApiProblem(useRouteError())
  return (
    <MessageBox
      alert
      title={t.state.broken}
      text={message}
      action={<Button onClick={() => location.reload()}>{t.state.reload}</Button>}
    />
  )
}
