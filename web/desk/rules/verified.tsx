import { useText } from '../../shell/language.tsx'
import type { RuleRow } from './rule-view.ts'

/** Whether a rule was checked against its source, or how little is known of it. */
export function Verified({ row }: { row: RuleRow }) {
  const t = useText()
  if (!row.unverified) return <>{row.confirmedBy ? t.rules.confirmedBy(row.confirmedBy) : t.rules.verified}</>
  return (
    <span className="mark mark-warn">
      {t.rules.unverified} · {t.rules.confidence[row.confidence]}
    </span>
  )
}
