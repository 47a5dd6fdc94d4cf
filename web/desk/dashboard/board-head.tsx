import { useText } from '../../shell/language.tsx'
import type { Order } from './order.ts'
import type { NumberWords } from './queries.ts'

/** The title of a column: a click or a tap orders the rows by it and says below the table what it counts; so does the pointer. */
export function BoardHead({ words, order, sort }: { words: NumberWords; order: Order; sort(by: Order): void }) {
  const isSorted = order === words.code
  return (
    <th scope="col" className={`board-${words.code}`} aria-sort={isSorted ? 'descending' : undefined}>
      <button type="button" className="board-sort" onClick={() => sort(words.code)} title={words.text}>
        {words.label}
        <span aria-hidden="true" className={isSorted ? 'sort-mark is-sorted' : 'sort-mark'}>
          ▾
        </span>
      </button>
    </th>
  )
}

/** What a number counts, and the rule it rests on. */
export function Meaning({ words }: { words: NumberWords }) {
  const t = useText()
  return (
    <>
      {words.text}
      {words.clause && (
        <span className="muted small">
          {' '}
          {t.board.clause}
          {t.colon}
          {words.clause.version} ({words.clause.source})
        </span>
      )}
    </>
  )
}
