import { COLOURS, type Colour } from '../../../src/cases/rules/codes.ts'
import { COLOUR_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import { NumberLink } from './number-link.tsx'
import type { Cell } from './queries.ts'

type Props = { cells: Record<Colour, Cell>; name: string; of: number }

/** Red, yellow and green as a bar and as words, each a link; `of` is what the full width stands for. */
export function ColourBar({ cells, name, of }: Props) {
  const { language } = useLanguage()
  const order = COLOURS.toReversed()
  return (
    <div className="colour-bar">
      <div className="colour-track" aria-hidden="true">
        {order.map((colour) => (
          <span key={colour} className={`fill-${colour}`} style={{ width: `${(100 * cells[colour].n) / Math.max(1, of)}%` }} />
        ))}
      </div>
      <ul className="colour-words">
        {order.map((colour) => {
          const label = COLOUR_LABELS[colour][language]
          return (
            <li key={colour} className={cells[colour].n === 0 ? 'is-zero' : `word-${colour}`}>
              <NumberLink cell={cells[colour]} label={label} name={name}>
                <span className="colour-letter">{label}</span> {cells[colour].n}
              </NumberLink>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** How many cases a row of colours stands for. */
export function sumOf(cells: Record<Colour, Cell>): number {
  return COLOURS.reduce((sum, colour) => sum + cells[colour].n, 0)
}
