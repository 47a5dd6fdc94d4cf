import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../../shell/language.tsx'
import type { Cell } from './queries.ts'

type Props = { cell: Cell; label: string; name: string; children?: ReactNode; className?: string }

/** A number that opens exactly its cases; nothing to open is no link. */
export function NumberLink({ cell, label, name, children, className = '' }: Props) {
  const t = useText()
  if (cell.n === 0) return <span className={`board-zero ${className}`}>{children ?? 0}</span>
  return (
    <Link to={`/cases?${cell.query}`} className={`board-number ${className}`} aria-label={t.board.opens(label, name, cell.n)}>
      {children ?? cell.n}
    </Link>
  )
}
