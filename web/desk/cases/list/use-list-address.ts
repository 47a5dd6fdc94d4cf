import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { LIST_FILTERS, type ListFilter, type SavedView, SORTS, type Sort } from '../../../../src/cases/rules/list-view.ts'
import type { Filters } from '../queries.ts'

/** What the address of the list says: filters, order and the view they came from. */
export type ListAddress = {
  filters: Partial<Record<ListFilter, string>>
  sort: Sort
  /** The id of a view, `all` for the plain list, or undefined where nothing was chosen yet. */
  view: string | undefined
  isBare: boolean
  change(name: ListFilter, value: string | undefined): void
  order(sort: Sort): void
  open(view: SavedView | undefined, o?: { replace?: boolean }): void
  keepAs(view: SavedView): void
  reset(): void
}

/** Reads the list's address and writes it, so that what one sees can be kept and sent. */
export function useListAddress(): ListAddress {
  const [search, setSearch] = useSearchParams()
  const read = useMemo(() => {
    const filters = Object.fromEntries(LIST_FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name)]] : [])))
    const asked = search.get('sort') as Sort
    return {
      filters: filters as Filters as ListAddress['filters'],
      sort: SORTS.includes(asked) ? asked : ('reported' as const),
      view: search.get('view') ?? undefined,
      isBare: [...search.keys()].length === 0,
    }
  }, [search])
  const edit = useCallback(
    (how: (after: URLSearchParams) => void) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        how(after)
        return after
      }),
    [setSearch],
  )
  return {
    ...read,
    change: (name, value) =>
      edit((after) => {
        if (value) after.set(name, value)
        else after.delete(name)
        if (name === 'region') after.delete('town')
      }),
    order: (sort) => edit((after) => after.set('sort', sort)),
    open: (view, o) => setSearch(view ? addressOf(view) : new URLSearchParams({ view: 'all' }), { replace: o?.replace ?? false }),
    keepAs: (view) => edit((after) => after.set('view', view.id)),
    reset: () => setSearch(new URLSearchParams({ view: 'all' })),
  }
}

/** The address of a view. */
export function addressOf({ id, filters, sort }: SavedView): URLSearchParams {
  return new URLSearchParams([...(Object.entries(filters) as [string, string][]), ['sort', sort], ['view', id]])
}
