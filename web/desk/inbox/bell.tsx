import './inbox.css'
import { NavLink } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { useUnread } from './use-inbox.ts'

/** The way to the inbox in the top bar, with how much of it is unread. */
export function Bell() {
  const t = useText()
  const unread = useUnread()
  return (
    <NavLink to="/inbox" className="bell" aria-label={t.inbox.bell(unread)} title={t.inbox.bell(unread)}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8">
        <path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
    </NavLink>
  )
}
