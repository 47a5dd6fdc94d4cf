import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { type Position, parseArea } from '../../../src/places/base-map/rules/box.ts'
import { FILTERS } from '../cases/list-filters.tsx'
import type { Filters } from '../cases/queries.ts'

/** What the points are coloured by. */
export type ColourBy = 'colour' | 'state'

/** What the address says: the list's own filters, the drawn area, and what colours mean. */
export interface MapFilters {
  filters: Filters
  /** The vertices of the drawn area and their text in the address. */
  area: { ring: Position[]; text: string } | undefined
  by: ColourBy
  change(name: keyof Filters | 'by', value: string | undefined): void
  reset(): void
}

/** Reads the filters from the address and writes them there, so that a view can be kept and sent. */
export function useMapFilters(): MapFilters {
  const [search, setSearch] = useSearchParams()
  const read = useMemo(() => {
    const within = search.get('within') ?? ''
    const ring = parseArea(within)
    return {
      filters: Object.fromEntries(FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : []))) as Filters,
      area: ring && { ring, text: within },
      by: search.get('by') === 'state' ? ('state' as const) : ('colour' as const),
    }
  }, [search])
  return {
    ...read,
    change: (name, value) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        if (name === 'region') after.delete('town')
        return after
      }),
    reset: () => setSearch((before) => new URLSearchParams(before.get('by') ? { by: before.get('by')! } : {})),
  }
}

/** The same filters as they stand behind a `?`. */
export function queryOf(filters: Filters): string {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value) as [string, string][]).toString()
}
