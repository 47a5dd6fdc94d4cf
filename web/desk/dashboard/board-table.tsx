import type { NumberCode } from '../../../src/cases/counts/rules/numbers.ts'
import { useText } from '../../shell/language.tsx'
import { BoardHead, Meaning } from './board-head.tsx'
import { BoardRow, NUMBERS_AFTER, NUMBERS_BEFORE } from './board-row.tsx'
import { type Order, ordered } from './order.ts'
import type { Board, NumberWords } from './queries.ts'

type Props = { board: Board; order: Order; sort(by: Order): void; region: string | undefined }

/** Every number of the board by row, the total above them; a card per row on a phone. */
export function BoardTable({ board, order, sort, region }: Props) {
  const t = useText()
  const wordsOf = (code: NumberCode) => board.numbers.find((words) => words.code === code)!
  const rows = ordered(board.rows, order)
  const most = (code: NumberCode) => Math.max(1, ...rows.map((row) => row.cells[code].n))
  const shared = { wordsOf, most: { open: most('open'), overdue: most('overdue') }, by: board.by, region }
  const total = { key: '', name: region ? t.board.totalIn : t.board.total, cells: board.total }
  return (
    <>
      <OrderChoice numbers={board.numbers} order={order} sort={sort} />
      <div className="table-wrap board-wrap">
        <table className="board-table" style={{ '--rows': rows.length + 2 } as Record<string, number>}>
          <caption className="visually-hidden">{t.board.title}</caption>
          <BoardHeads board={board} wordsOf={wordsOf} order={order} sort={sort} />
          <tbody>
            <BoardRow {...shared} row={total} isTotal />
            {rows.map((row) => (
              <BoardRow key={row.key} {...shared} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {order !== 'name' && (
        <p className="board-explained" role="status">
          <strong>{wordsOf(order).label}</strong>
          {t.colon}
          <Meaning words={wordsOf(order)} />
        </p>
      )}
    </>
  )
}

type HeadProps = Omit<Props, 'region'> & { wordsOf(code: NumberCode): NumberWords }

function BoardHeads({ board, wordsOf, order, sort }: HeadProps) {
  const t = useText()
  const head = (code: NumberCode) => <BoardHead key={code} words={wordsOf(code)} order={order} sort={sort} />
  return (
    <thead>
      <tr className="board-heads">
        <th scope="col" className="board-name" aria-sort={order === 'name' ? 'ascending' : undefined}>
          <button type="button" className="board-sort" onClick={() => sort('name')}>
            {t.board.by[board.by]}
          </button>
        </th>
        {NUMBERS_BEFORE.map(head)}
        <th scope="col" className="board-colours">
          {t.board.colours}
        </th>
        {NUMBERS_AFTER.map(head)}
      </tr>
    </thead>
  )
}

// On a phone there are cards and no column titles to tap.
function OrderChoice({ numbers, order, sort }: { numbers: readonly NumberWords[]; order: Order; sort(by: Order): void }) {
  const t = useText()
  return (
    <label className="board-order">
      {t.board.order}
      <select value={order} onChange={(e) => sort(e.target.value as Order)}>
        <option value="name">{t.board.byName}</option>
        {numbers.map((words) => (
          <option key={words.code} value={words.code}>
            {words.label}
          </option>
        ))}
      </select>
    </label>
  )
}
