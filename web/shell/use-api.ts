import { keepPreviousData, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { contentOf, useIntent } from './intent.ts'
import { useLanguage } from './language.tsx'
import type { Me } from './me.ts'
import { DATA_KEY, SESSION_KEY } from './query-client.ts'
import { type Method, request } from './request.ts'

/** Reads a resource; texts in the answer are in the language of the screen, so the language is part of the key. */
export function useGet<T>(
  path: string,
  o: { enabled?: boolean; staleTime?: number; keep?: boolean; every?: number } = {},
): UseQueryResult<T> {
  const { language } = useLanguage()
  return useQuery({
    queryKey: [...DATA_KEY, language, path],
    queryFn: ({ signal }) => request<T>({ path, language, signal }),
    enabled: o.enabled ?? true,
    ...(o.staleTime !== undefined && { staleTime: o.staleTime }),
    ...(o.every !== undefined && { refetchInterval: o.every }),
    ...(o.keep && { placeholderData: keepPreviousData }),
  })
}

/** What does not change while somebody works: divisions, organisations, posts. */
export const DIRECTORY = { staleTime: 600_000 }

export type Write = { method?: Method; path: string; body?: unknown; version?: number }

/** A write with the session's token and the key of the user's intention; afterwards everything read before counts as stale. */
export function useSend<R>(o: { onDone?(answer: R): void } = {}) {
  const { language } = useLanguage()
  const client = useQueryClient()
  const intent = useIntent()
  return useMutation<R, Error, Write>({
    mutationFn: ({ method = 'POST', path, body, version }) => {
      const key = intent.keyFor(`${method} ${path} ${version ?? ''} ${contentOf(body)}`)
      const csrfToken = client.getQueryData<Me | null>(SESSION_KEY)?.csrfToken
      return request<R>({
        method,
        path,
        body,
        key,
        language,
        ...(version !== undefined && { version }),
        ...(csrfToken && { csrfToken }),
      })
    },
    onSuccess: async (answer) => {
      intent.done()
      o.onDone?.(answer)
      await client.invalidateQueries({ queryKey: DATA_KEY, predicate: ({ queryKey }) => !isDirectory(String(queryKey[2])) })
    },
  })
}

/** Divisions and organisations: no write of this desk changes them. */
function isDirectory(path: string): boolean {
  return path.startsWith('/api/areas') || path.startsWith('/api/organisations')
}
