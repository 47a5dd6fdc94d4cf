import { type ReactNode, useId } from 'react'

/** A titled part of a page. */
export function Panel({ title, extra, children, id }: { title: string; extra?: ReactNode; children: ReactNode; id?: string }) {
  const heading = useId()
  return (
    <section className="panel" aria-labelledby={heading} id={id}>
      <header className="panel-head">
        <h2 id={heading}>{title}</h2>
        {extra}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}
