import { type RefObject, useEffect } from 'react'

/** Marks the link by which a row is opened. */
export const ROW_LINK = { 'data-row-link': '' }

/** j and k go from row to row, Enter opens the one that has the focus (a link does that by itself), ? tells the keys. */
export function useRowKeys(page: RefObject<HTMLElement | null>, { onHelp }: { onHelp(): void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
      if (event.key === '?') onHelp()
      else if (event.key === 'j' || event.key === 'k') step(page.current, event.key === 'j' ? 1 : -1)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [page, onHelp])
}

// Whoever types means letters; while a dialog is open the rows lie behind it.
function isTaken(target: EventTarget | null): boolean {
  const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  return typing || document.querySelector('[role="dialog"]') !== null
}

function step(page: HTMLElement | null, by: 1 | -1): void {
  const links = [...(page?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
