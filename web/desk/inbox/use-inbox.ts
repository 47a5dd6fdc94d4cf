import { useInfiniteQuery } from '@tanstack/react-query'
import { useLanguage } from '../../shell/language.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { request } from '../../shell/request.ts'
import { useGet } from '../../shell/use-api.ts'

/** One message as the server gives it. */
export type Told = {
  id: string
  context: string
  subject: string
  kind: 'turn' | 'told' | 'due_soon' | 'due_today' | 'overdue'
  words: { no: string; what?: string; moves?: string[]; due?: string }
  at: string
  readAt: string | null
}
export type InboxPage = { items: Told[]; next: string | null; unread: number }

/** Pages of my inbox, newest first. */
export function useInbox(unread: boolean) {
  const { language } = useLanguage()
  return useInfiniteQuery({
    queryKey: [...DATA_KEY, language, '/api/inbox', unread],
    queryFn: ({ pageParam, signal }) =>
      request<InboxPage>({ path: `/api/inbox?unread=${unread}${pageParam ? `&after=${pageParam}` : ''}`, language, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** How many are unread, looked at once a minute. */
export function useUnread(): number {
  return useGet<InboxPage>('/api/inbox?unread=true&limit=1', { every: 60_000 }).data?.unread ?? 0
}
