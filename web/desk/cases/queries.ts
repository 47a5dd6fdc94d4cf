import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ListFilter } from '../../../src/cases/rules/list-view.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { request } from '../../shell/request.ts'
import { useGet } from '../../shell/use-api.ts'
import type { Detail, Happening, ListItem } from './case-view.ts'

export type Page = { items: ListItem[]; next: string | null; total: number | null }
export type Filters = Partial<Record<ListFilter | 'bbox' | 'within' | 'sort', string>>

/** The problem list, page by page. */
export function useCases(filters: Filters, o: { enabled?: boolean } = {}) {
  const { language } = useLanguage()
  return useInfiniteQuery({
    queryKey: [...DATA_KEY, language, '/api/cases', filters],
    queryFn: ({ pageParam, signal }) => request<Page>({ path: `/api/cases?${searchOf(filters, pageParam)}`, language, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: o.enabled ?? true,
  })
}

export function useCase(id: string) {
  return useGet<Detail>(`/api/cases/${encodeURIComponent(id)}`)
}

export function useEvents(id: string) {
  return useGet<{ events: Happening[]; undo?: { version: number; until: string } }>(`/api/cases/${encodeURIComponent(id)}/events`)
}

function searchOf(filters: Filters, after: string): URLSearchParams {
  const given = Object.entries(filters).filter(([, value]) => value)
  return new URLSearchParams([...given, ['limit', '50'], ...(after ? [['after', after]] : [])] as [string, string][])
}
