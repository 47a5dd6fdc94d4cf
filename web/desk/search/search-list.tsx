import { STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import type { Option } from './options.ts'

type Props = {
  id: string
  shown: boolean
  failed: boolean
  words: string
  options: readonly Option[]
  at: number
  go(to: string): void
}

/** What was found, as lines to choose from; how many there are is said aloud. */
export function SearchList({ id, shown, failed, words, options, at, go }: Props) {
  const { t } = useLanguage()
  const told = failed ? t.search.failed : options.length > 0 ? t.search.found(options.length) : t.search.none(words)
  return (
    <>
      <span className="visually-hidden" role="status">
        {shown ? told : ''}
      </span>
      <div className="search-found" hidden={!shown}>
        {(failed || options.length === 0) && <p className="search-none">{told}</p>}
        <div id={id} role="listbox" aria-label={t.search.label}>
          {options.map((option, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are those of the box, which keeps the focus
            <div
              key={option.key}
              id={`${id}-${option.key}`}
              role="option"
              aria-selected={i === at}
              className={`search-option search-${option.kind}`}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => go(option.to)}
            >
              <Line option={option} />
            </div>
          ))}
        </div>
      </div>
    </>
  )
}

function Line({ option }: { option: Option }) {
  const { t, language } = useLanguage()
  if (option.kind === 'all') return <span>{option.name}</span>
  if (option.kind !== 'case')
    return (
      <>
        <span className="search-tag">{option.kind === 'area' ? t.search.areas : t.search.organisations}</span> {option.name}
      </>
    )
  const { no, title, state, place, piece } = option.case
  return (
    <>
      <span className="search-title">
        {title} <span className="mark mark-state">{STATE_LABELS[state][language]}</span>
      </span>
      <span className="search-more muted small">
        <span className="number nowrap">{no}</span> {place}
        {piece && (
          <span className="search-piece">
            {piece.before}
            <mark>{piece.match}</mark>
            {piece.after}
          </span>
        )}
      </span>
    </>
  )
}
