import { useSearchParams } from 'react-router'
import { DIMENSIONS, type Dimension, PERIOD_DAYS, type PeriodDay } from '../../../src/cases/numbers/rules/figures.ts'
import { STAGES, type Stage } from '../../../src/cases/numbers/rules/stages.ts'
import { today } from '../cases/today.ts'

/** The filters of the page, named as those of the list. */
export const FILTERS = ['region', 'unit', 'source', 'path', 'category', 'batch', 'colour', 'open', 'overdue'] as const
export type FilterName = (typeof FILTERS)[number]

export const SPANS = ['year', 'twelve', 'all', 'own'] as const
export type SpanName = (typeof SPANS)[number]

/** What is shown, all of it from the address: a view can be kept and sent. */
export function useNumbersAddress() {
  const [search, setSearch] = useSearchParams()
  const one = <T extends string>(name: string, of: readonly T[], otherwise: T): T =>
    of.find((value) => value === search.get(name)) ?? otherwise
  const by = one<Dimension>('by', DIMENSIONS, 'region')
  const on = one<PeriodDay>('on', PERIOD_DAYS, 'reported')
  const stage = one<Stage>('stage', STAGES, 'whole')
  const count = one('count', ['natural', 'working'] as const, 'natural')
  const span = search.has('from') || search.has('to') ? 'own' : one<SpanName>('span', SPANS, 'twelve')
  const period = span === 'own' ? { from: search.get('from'), to: search.get('to') } : periodOf(span)
  const filters = FILTERS.flatMap((name): [FilterName, string][] => (search.get(name) ? [[name, search.get(name)!]] : []))
  const given = Object.entries({ on, ...period }).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams([...filters, ...given]).toString()
  const change = (changes: Record<string, string | undefined>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value)
          else after.delete(name)
        }
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  return { by, on, stage, count, span, ...period, filters: Object.fromEntries(filters), query, change }
}

export type NumbersAddress = ReturnType<typeof useNumbersAddress>

function periodOf(span: Exclude<SpanName, 'own'>): { from: string | null; to: string | null } {
  const day = today()
  if (span === 'all') return { from: null, to: null }
  if (span === 'year') return { from: `${day.slice(0, 4)}-01-01`, to: day }
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const from = month === 12 ? `${year}-01-01` : `${year - 1}-${String(month + 1).padStart(2, '0')}-01`
  return { from, to: day }
}
