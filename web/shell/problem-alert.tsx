import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { asApiProblem } from './api-problem.ts'
import { useText } from './language.tsx'

/** Why a request failed, in the server's words; without an answer, that there is no connection. */
export function ProblemAlert({ error, action }: { error: unknown; action?: ReactNode }) {
  const t = useText()
  const problem = asApiProblem(error)
  const text = problem.status === 0 ? (problem.code === 'client/offline' ? t.state.notSent : problem.message) : problem.message
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text || t.state.failed}
      {...(action !== undefined && { action })}
      className="problem-alert"
    />
  )
}
