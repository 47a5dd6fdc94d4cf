import type { Dimension, FigureCode, PeriodDay } from '../../../src/cases/numbers/rules/figures.ts'
import type { Spread } from '../../../src/cases/numbers/rules/spread.ts'
import type { Stage } from '../../../src/cases/numbers/rules/stages.ts'
import { useGet } from '../../shell/use-api.ts'

export type FigureCell = { n: number; query: string; of?: number; ofQuery?: string; percent?: number | null }
export type Cells = Record<FigureCode, FigureCell>
export type FigureWords = { code: FigureCode; label: string; text: string; ofText?: string }
export type Minimum = { n: number; clause: { version: string; source: string; unverified: boolean } }
export type Row = { key: string | null; name: string | null; cells: Cells }
export type Numbers = {
  today: string
  by: Dimension
  on: PeriodDay
  minimum: Minimum
  figures: FigureWords[]
  rows: Row[]
  total: Cells
}
export type StageRow = Spread & { stage: Stage; label: string; query: string; suspended: { n: number; days: number } }
export type Stages = { count: 'natural' | 'working'; minimum: Minimum; missing: number; stages: StageRow[] }
export type KeyedSpread = Spread & { key: string | null; name: string | null; query: string }
export type OneStage = { by: Dimension; stage: Stage; label: string; minimum: Minimum; rows: KeyedSpread[] }
type Key = { key: string | null; name: string | null }
export type Cross = {
  rows: Key[]
  columns: Key[]
  cells: { key: string | null; across: string | null; n: number; query: string }[]
}

/** The figures by one dimension; `query` is the filter and the period as they stand in the address. */
export const useNumbers = (query: string, by: Dimension) => useGet<Numbers>(`/api/numbers?by=${by}&${query}`, { keep: true })

/** The days of every stage. */
export const useStages = (query: string, count: string) =>
  useGet<Stages>(`/api/numbers/stages?count=${count}&${query}`, { keep: true })

/** The days of one stage by one dimension. */
export const useStage = (query: string, o: { stage: Stage; by: Dimension; count: string }) =>
  useGet<OneStage>(`/api/numbers/stages/${o.stage}?by=${o.by}&count=${o.count}&${query}`, { keep: true })

/** Cases by county and category. */
export const useCross = (query: string) => useGet<Cross>(`/api/numbers/cross?by=region&across=category&${query}`, { keep: true })
