import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** A link inside the desk. */
export function CaseLink({ to, children }: { to: string; children: ReactNode }) {
  return <Link to={to}>{children}</Link>
}
