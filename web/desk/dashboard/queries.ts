import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { NumberCode } from '../../../src/cases/counts/rules/numbers.ts'
import type { Colour } from '../../../src/cases/rules/codes.ts'
import { useLanguage } from '../../shell/language.tsx'
import { DATA_KEY } from '../../shell/query-client.ts'
import { request } from '../../shell/request.ts'
import { useGet } from '../../shell/use-api.ts'
import type { ListItem } from '../cases/case-view.ts'

/** A number and what of the problem list it opens. */
export type Cell = { n: number; query: string }
export type Cells = Record<NumberCode, Cell>
export type NumberWords = { code: NumberCode; label: string; text: string; clause?: { version: string; source: string } }
export type BoardRow = { key: string | null; name: string | null; cells: Cells }
export type Board = {
  today: string
  month: string
  colouredOn: string | null
  by: Dimension
  numbers: NumberWords[]
  rows: BoardRow[]
  total: Cells
}

/** What the rows of the board may be. */
export const DIMENSIONS = ['region', 'path', 'source', 'batch'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export type MonthCells = { month: string; manual: number } & Record<Colour, Cell>
export type Month = { month: string; ended: boolean; frozenOn: string | null }
export type Months = {
  today: string
  months: Month[]
  rows: { key: string; name: string; months: MonthCells[] }[]
  total: MonthCells[]
}

/** The board; on a wall it is read again every minute. */
export function useBoard(o: { by: Dimension; region: string | undefined; live: boolean }) {
  return useGet<Board>(`/api/board?${searchOf({ by: o.by, region: o.region })}`, { keep: true, ...(o.live && { every: 60_000 }) })
}

/** The frozen months of the last half year. */
export function useMonths(region: string | undefined) {
  return useGet<Months>(`/api/board/months?${searchOf({ region })}`, { keep: true })
}

export type AsOfPage = { day: string; items: ListItem[]; next: string | null; total: number | null }

/** The list as of a day, page by page. */
export function useAsOf(day: string, region: string | undefined) {
  const { language } = useLanguage()
  return useInfiniteQuery({
    queryKey: [...DATA_KEY, language, '/api/cases/as-of', day, region],
    queryFn: ({ pageParam, signal }) =>
      request<AsOfPage>({ path: `/api/cases/as-of/${day}?${searchOf({ region, after: pageParam })}`, language, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** The address of the same list as a file. */
export function fileOf(o: { day: string; region: string | undefined; format: 'xlsx' | 'csv' }): string {
  return `/api/cases/as-of/${o.day}/file?${searchOf({ format: o.format, region: o.region })}`
}

function searchOf(o: Record<string, string | undefined>): string {
  const given = Object.entries(o).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return new URLSearchParams(given).toString()
}
