import type { ReactNode } from 'react'

/** What stands where there is nothing to show: emptiness, an error, no network; with the one thing to do about it. */
export function MessageBox({
  title,
  text,
  action,
  alert = false,
}: {
  title: string
  text?: ReactNode
  action?: ReactNode
  alert?: boolean
}) {
  return (
    <div className="message-box" role={alert ? 'alert' : 'status'}>
      <p className="message-title">{title}</p>
      {text && <p className="muted">{text}</p>}
      {action}
    </div>
  )
}
