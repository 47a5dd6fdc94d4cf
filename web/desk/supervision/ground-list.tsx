import { TRIGGER_LABELS } from '../../../src/supervision/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import type { GroundView } from './queries.ts'

/** Why an item was drafted: each ground as a sentence, with its rule and whether anybody verified it. */
export function GroundList({ grounds }: { grounds: readonly GroundView[] }) {
  const { t, language } = useLanguage()
  const rules = [...new Map(grounds.flatMap((g) => (g.rule ? [[g.rule, g]] : [])) as [string, GroundView][]).values()]
  return (
    <>
      <ul className="grounds">
        {grounds.map((g, i) => (
          <li key={`${g.trigger}-${g.inputs['no'] ?? i}`}>
            <span className="mark mark-state">{TRIGGER_LABELS[g.trigger][language]}</span>{' '}
            {t.supervision.groundText[g.trigger](g.inputs)}
            {typeof g.inputs['why'] === 'string' && g.inputs['why'] !== '' && (
              <span className="muted small"> {reasonNames(g.inputs['why'], t.supervision.colourNames)}</span>
            )}
          </li>
        ))}
      </ul>
      {rules.map((g) => (
        <p className="muted small" key={g.rule}>
          {t.supervision.item.rule}
          {t.colon}
          {g.rule} {g.unverified && <span className="mark mark-sample">{t.supervision.item.unverified}</span>} {g.source}
        </p>
      ))}
    </>
  )
}

function reasonNames(codes: string, names: Readonly<Record<string, string>>): string {
  return codes
    .split(', ')
    .map((code) => names[code] ?? code)
    .join('、')
}
