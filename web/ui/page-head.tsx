import type { ReactNode } from 'react'

/** The head of a page: its title, a line about it, and what can be done on the whole page. */
export function PageHead({ title, note, extra }: { title: ReactNode; note?: ReactNode; extra?: ReactNode }) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {note && <p className="muted">{note}</p>}
      </div>
      {extra && <div className="page-head-extra">{extra}</div>}
    </header>
  )
}
