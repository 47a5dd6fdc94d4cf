import { Link } from 'react-router'
import { useNumbersText } from './texts.ts'

type Props = { n: number; query: string; what: string; name: string }

/** A number that opens exactly its cases; nothing to open is no link. */
export function NumberTo({ n, query, what, name }: Props) {
  const t = useNumbersText()
  if (n === 0) return <span className="muted">0</span>
  return (
    <Link to={`/cases?${query}`} className="figure-number" aria-label={t.opens(what, name, n)}>
      {n}
    </Link>
  )
}
