import { useEffect, useRef, useState } from 'react'

/** What single keys do on the list; whoever speaks to the machine can switch them off. */
export type ListKeys = {
  step(by: number): void
  toggle(range: boolean): void
  open(): void
  none(): void
  help(): void
}

const KEPT = 'qinba.list-keys'

export function useKeysOn(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(KEPT) !== 'off')
  const keep = (next: boolean) => {
    setOn(next)
    localStorage.setItem(KEPT, next ? 'on' : 'off')
  }
  return [on, keep]
}

/** Listens as long as the page stands and nothing else wants the keys: a field, an open form, a menu. */
export function useListKeys(keys: ListKeys, on: boolean): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const act = actOf(event, latest.current)
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on])
}

function actOf(event: KeyboardEvent, keys: ListKeys): (() => void) | undefined {
  const inRow = event.target instanceof Element && event.target.matches('tr[data-row]')
  if (event.key === 'j' || (inRow && event.key === 'ArrowDown')) return () => keys.step(1)
  if (event.key === 'k' || (inRow && event.key === 'ArrowUp')) return () => keys.step(-1)
  if (event.key === 'x' || event.key === 'X') return () => keys.toggle(event.shiftKey)
  if (inRow && event.key === 'Enter') return keys.open
  if (event.key === 'Escape') return keys.none
  return event.key === '?' ? keys.help : undefined
}

const ELSEWHERE =
  'input:not([type=checkbox]), textarea, select, [contenteditable=true], .ant-drawer, .ant-modal, .ant-popover, .ant-select, .ant-dropdown'

function isBusy(target: EventTarget | null): boolean {
  const open = document.querySelector('.ant-drawer-open, .ant-modal-wrap:not([style*="display: none"]) .ant-modal')
  return Boolean(open) || (target instanceof Element && target.closest(ELSEWHERE) !== null)
}
