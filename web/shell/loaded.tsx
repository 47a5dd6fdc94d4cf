import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { MessageBox } from '../ui/message-box.tsx'
import { asApiProblem } from './api-problem.ts'
import { useText } from './language.tsx'

/** What a read has come to: waiting, no network, an error with a way to try again, or the content. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children(data: T): ReactNode }) {
  const t = useText()
  if (query.data !== undefined) {
    return (
      <>
        {query.isRefetchError && <p className="hint row">{t.state.stale}</p>}
        {children(query.data)}
      </>
    )
  }
  const retry = <Button onClick={() => query.refetch()}>{t.state.retry}</Button>
  if (query.fetchStatus === 'paused') return <MessageBox title={t.state.offline} text={t.state.offlineText} action={retry} />
  if (query.error) {
    const { message, status } = asApiProblem(query.error)
    return (
      <MessageBox
        alert
        title={status === 404 ? t.state.notFound : t.state.failed}
        text={message || t.state.offline}
        action={retry}
      />
    )
  }
  return (
    <div role="status" aria-label={t.state.loading}>
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  )
}
