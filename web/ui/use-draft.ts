import { useCallback, useMemo } from 'react'

export type Draft<T> = { read(): T | undefined; write(value: T): void; clear(): void }

/** What was typed under `key` and not yet sent; it outlives a reload and a lost session, and ends with the tab. */
export function useDraft<T>(key: string): Draft<T> {
  const name = `${PREFIX}${key}`
  const read = useCallback(() => parse<T>(sessionStorage.getItem(name)), [name])
  const write = useCallback((value: T) => store(name, JSON.stringify(value)), [name])
  const clear = useCallback(() => sessionStorage.removeItem(name), [name])
  return useMemo(() => ({ read, write, clear }), [read, write, clear])
}

/** Forgets every draft: at sign-out nothing typed stays on a shared machine. */
export function clearDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name)
}

const PREFIX = 'qinba.draft.'

function parse<T>(text: string | null): T | undefined {
  if (text === null) return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

// A full or forbidden store only costs the draft, never the form.
function store(name: string, text: string): void {
  try {
    sessionStorage.setItem(name, text)
  } catch {}
}
