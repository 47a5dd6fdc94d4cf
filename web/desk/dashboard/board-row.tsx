import { Link } from 'react-router'
import type { NumberCode } from '../../../src/cases/counts/rules/numbers.ts'
import { useText } from '../../shell/language.tsx'
import { useMe } from '../../shell/session.ts'
import { ColourBar } from './colour-bar.tsx'
import { NumberLink } from './number-link.tsx'
import type { Board, Cells, NumberWords, BoardRow as Row } from './queries.ts'

/** The numbers before the colours and after them. */
export const NUMBERS_BEFORE: readonly NumberCode[] = ['open']
export const NUMBERS_AFTER: readonly NumberCode[] = [
  'overdue',
  'soon',
  'returned',
  'reopened',
  'rebound',
  'incomplete',
  'cleared_month',
  'cleared',
  'all',
]

type Props = {
  row: Row
  wordsOf(code: NumberCode): NumberWords
  /** The largest number of any row, which a full bar stands for. */
  most: { open: number; overdue: number }
  by: Board['by']
  region: string | undefined
  isTotal?: boolean
}

/** One county (or path, source, batch): its numbers, each a link to its cases. */
export function BoardRow({ row, wordsOf, most, by, region, isTotal = false }: Props) {
  const t = useText()
  const name = useRowName(row, by)
  const { cells } = row
  const number = (code: NumberCode) => (
    <td key={code} className={`board-${code}${cells[code].n === 0 ? ' is-none' : ''}`} data-label={wordsOf(code).label}>
      {code === 'overdue' && !isTotal && <Behind cells={cells} most={most.overdue} />}
      <NumberLink cell={cells[code]} label={wordsOf(code).label} name={name} />
    </td>
  )
  const opens = by === 'region' && !isTotal && !region && row.key !== null
  return (
    <tr className={isTotal ? 'board-row board-total' : 'board-row'}>
      <th scope="row" className="board-name">
        {opens ? (
          <Link to={`/board?by=source&region=${row.key}`} title={t.board.drill(name)}>
            {name}
          </Link>
        ) : (
          name
        )}
      </th>
      {NUMBERS_BEFORE.map(number)}
      <td className="board-colours" data-label={t.board.colours}>
        <ColourBar cells={cells} name={name} of={isTotal ? cells.open.n : most.open} />
      </td>
      {NUMBERS_AFTER.map(number)}
    </tr>
  )
}

// How far behind beside the others: the bar is over the row with the most, the words over its own open cases.
function Behind({ cells, most }: { cells: Cells; most: number }) {
  const t = useText()
  const { n } = cells.overdue
  if (n === 0) return null
  const percent = Math.round((100 * n) / Math.max(1, cells.open.n))
  return (
    <>
      <span className="behind" aria-hidden="true">
        <span style={{ width: `${(100 * n) / most}%` }} />
      </span>
      <span className="behind-share" title={t.board.ofOpen(percent)}>
        {percent}%
      </span>
    </>
  )
}

/** The name of a row: the city itself is told from the whole city. */
export function useRowName({ key, name }: Pick<Row, 'key' | 'name'>, by: Board['by']): string {
  const t = useText()
  const me = useMe()
  if (by === 'region' && key === String(me.tenant)) return t.board.cityLevel
  return name ?? t.board.noBatch
}
