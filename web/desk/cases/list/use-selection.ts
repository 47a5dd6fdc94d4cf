import { useCallback, useMemo, useRef, useState } from 'react'
import type { ListItem } from '../case-view.ts'

/** What is selected of the rows that are shown. */
export type Selection = {
  items: readonly ListItem[]
  has(id: string): boolean
  /** One more or one less; with `range` everything since the last one, too. */
  toggle(id: string, o?: { range?: boolean }): void
  all(): void
  none(): void
}

export function useSelection(rows: readonly ListItem[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string>(undefined)
  const toggle = useCallback(
    (id: string, { range = false }: { range?: boolean } = {}) => {
      const from = range ? rows.findIndex((row) => row.id === last.current) : -1
      const to = rows.findIndex((row) => row.id === id)
      last.current = id
      setChosen((before) => {
        const after = new Set(before)
        if (from >= 0 && to >= 0) {
          for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) after.add(row.id)
        } else if (!after.delete(id)) after.add(id)
        return after
      })
    },
    [rows],
  )
  // What a filter took away is no longer acted on, though it is remembered for when it comes back.
  const items = useMemo(() => rows.filter((row) => chosen.has(row.id)), [rows, chosen])
  return {
    items,
    has: (id) => chosen.has(id),
    toggle,
    all: () => setChosen(new Set(rows.map((row) => row.id))),
    none: () => setChosen(new Set()),
  }
}
