import './search.css'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useText } from '../../shell/language.tsx'
import { type Option, optionsOf } from './options.ts'
import { SearchList } from './search-list.tsx'
import { useSearch } from './use-search.ts'

const LIST = 'search-found'

/** The box on top of every page: finds cases, divisions and units while one types; opened by / or Ctrl+K. */
export function SearchBox() {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const { settled, found, failed } = useSearch(words)
  const options = found ? optionsOf(found, settled, t) : []
  const shown = open && words.trim() !== '' && (found !== undefined || failed)
  const go = useGo(() => {
    setOpen(false)
    setWords('')
    input.current?.blur()
  })
  useOpenByKey(input)
  useEffect(() => setAt(-1), [settled])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return // Enter that ends the spelling of a Chinese word chooses nothing
    if (event.key === 'Escape') {
      setOpen(false)
      if (!shown) input.current?.blur()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      setAt(stepped(at, event.key === 'ArrowDown' ? 1 : -1, options.length))
    } else if (event.key === 'Enter' && words.trim() !== '') {
      go(options[at]?.to ?? `/cases?${new URLSearchParams({ q: words.trim() })}`)
    }
  }
  const chosen: Option | undefined = options[at]
  return (
    <search className="search" onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setOpen(false)}>
      <input
        ref={input}
        type="search"
        role="combobox"
        autoComplete="off"
        maxLength={100}
        aria-label={t.search.label}
        placeholder={t.search.hint}
        aria-expanded={shown}
        aria-controls={LIST}
        aria-autocomplete="list"
        {...(shown && chosen && { 'aria-activedescendant': `${LIST}-${chosen.key}` })}
        value={words}
        onChange={(e) => {
          setWords(e.target.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <SearchList id={LIST} shown={shown} failed={failed} words={settled} options={options} at={at} go={go} />
    </search>
  )
}

function stepped(at: number, by: number, count: number): number {
  if (count === 0) return -1
  return at < 0 && by < 0 ? count - 1 : (at + by + count) % count
}

function useGo(done: () => void): (to: string) => void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (to) => {
    done()
    navigate(to, { replace: to === pathname })
  }
}

function useOpenByKey(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const byLetter = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
      const bySlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
      if ((!byLetter && !bySlash) || document.querySelector('[role="dialog"]')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [input])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
