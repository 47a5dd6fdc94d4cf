import type { ReactNode } from 'react'

export type Fact = { label: string; value: ReactNode; wide?: boolean }

/** Label and value pairs in columns as the width allows; a fact without value shows a dash, so that a gap is seen as one. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label} className={fact.wide ? 'facts-wide' : undefined}>
          <dt>{fact.label}</dt>
          <dd>{isBlank(fact.value) ? <span className="muted">—</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

function isBlank(value: ReactNode): boolean {
  return value === undefined || value === null || value === '' || value === false
}
