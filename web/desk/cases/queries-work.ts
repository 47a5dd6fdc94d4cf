import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Day } from '../../../src/base/rules/day.ts'
import type { WorkGroup } from '../../../src/cases/work/rules/groups.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { request } from '../../shell/request.ts'
import { useGet } from '../../shell/use-api.ts'
import type { ListItem } from './case-view.ts'

/** How long a case has waited, and until when it may, as the clock behind that day counts. */
export type Waits = { since: Day; due?: Day; left?: number; unit?: 'natural' | 'working' }
export type WorkItem = ListItem & { waits: Waits }
export type GroupOfWork = { group: WorkGroup; total: number; items: WorkItem[]; next: string | null }
type GroupPage = { total: number | null; items: WorkItem[]; next: string | null }

/** What waits for me, by kind: counts, and the most urgent of each. */
export function useWork() {
  return useGet<{ soonDays: number; groups: GroupOfWork[] }>('/api/work', { every: 120_000 })
}

/** One kind of it, page by page. */
export function useWorkGroup(group: WorkGroup) {
  const { language } = useLanguage()
  return useInfiniteQuery({
    queryKey: [...DATA_KEY, language, '/api/work', group],
    queryFn: ({ pageParam, signal }) =>
      request<GroupPage>({ path: `/api/work/${group}?limit=50${pageParam && `&after=${pageParam}`}`, language, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}
