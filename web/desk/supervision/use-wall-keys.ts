import { useEffect } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

/** The pages of the wall: everything, the overdue cases alone, the scores alone. */
export const WALL_PAGES = ['all', 'worst', 'scores'] as const
export type WallPageName = (typeof WALL_PAGES)[number]

/** Left and right change the county, 1 to 3 the page, Escape leaves; what is shown stands in the address, so a reload keeps it. */
export function useWallKeys(regions: readonly string[]): { region: string | undefined; page: WallPageName } {
  const [search, setSearch] = useSearchParams()
  const go = useNavigate()
  const region = search.get('region') ?? undefined
  const page = WALL_PAGES.find((p) => p === search.get('page')) ?? 'all'
  useEffect(() => {
    const show = (next: { region: string | undefined; page: WallPageName }) =>
      setSearch(
        { ...(next.region && { region: next.region }), ...(next.page !== 'all' && { page: next.page }) },
        { replace: true },
      )
    const pressed = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.altKey || e.metaKey) return
      const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
      const named = WALL_PAGES[Number(e.key) - 1]
      if (step !== 0) show({ region: nextOf(regions, region, step), page })
      else if (named) show({ region, page: named })
      else if (e.key === 'Escape') go('/supervision')
      else return
      e.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [regions, region, page, setSearch, go])
  return { region, page }
}

// The whole city stands before the first county and after the last.
function nextOf(regions: readonly string[], region: string | undefined, step: number): string | undefined {
  const round = [undefined, ...regions]
  return round[(round.indexOf(region) + step + round.length) % round.length]
}
