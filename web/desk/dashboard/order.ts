import type { NumberCode } from '../../../src/cases/counts/rules/numbers.ts'
import type { BoardRow } from './queries.ts'

/** What the rows are ordered by: a number, or their names. */
export type Order = NumberCode | 'name'

/** The most first, then the most open; names in the order of their codes. Who is behind stands at the top. */
export function ordered(rows: readonly BoardRow[], by: Order): BoardRow[] {
  if (by === 'name') return [...rows].sort((a, b) => compare(a.key ?? '', b.key ?? ''))
  return [...rows].sort(
    (a, b) => b.cells[by].n - a.cells[by].n || b.cells.open.n - a.cells.open.n || compare(a.key ?? '', b.key ?? ''),
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))
