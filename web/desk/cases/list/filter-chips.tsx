import type { ListFilter } from '../../../../src/cases/rules/list-view.ts'
import { useText } from '../../../shell/language.tsx'
import type { Filters } from '../queries.ts'
import { useFilterWords } from './filter-words.ts'

/** What the list is narrowed by, each in words and with a way to drop it. */
export function FilterChips({ filters, drop }: { filters: Filters; drop(name: ListFilter): void }) {
  const t = useText()
  const chips = useFilterWords(filters)
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label={t.desk.chosen}>
      {chips.map(({ name, label }) => (
        <li key={name}>
          <button
            type="button"
            className="mark mark-state standing-mark"
            aria-label={t.desk.drop(label)}
            onClick={() => drop(name)}
          >
            {label} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
