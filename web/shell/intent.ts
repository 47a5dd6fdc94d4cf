import { useCallback, useRef } from 'react'

/**
 * The idempotency key of what the user is about to do: the same as long as the same content is sent again, a fresh one for other
 * content and after `done`.
 */
export function useIntent(): { keyFor(content: string): string; done(): void } {
  const last = useRef<{ content: string; key: string }>(null)
  const keyFor = useCallback((content: string) => {
    if (last.current?.content !== content) last.current = { content, key: crypto.randomUUID() }
    return last.current.key
  }, [])
  const done = useCallback(() => {
    last.current = null
  }, [])
  return { keyFor, done }
}

/** What makes two requests the same to their author: every field, and of a file its name, size and time. */
export function contentOf(body: unknown): string {
  if (!(body instanceof FormData)) return JSON.stringify(body ?? null)
  return JSON.stringify(
    [...body.entries()].map(([name, v]) => (v instanceof File ? [name, v.name, v.size, v.lastModified] : [name, v])),
  )
}
