import type { House } from '../../base/ctx.ts'
import { type Finding, finding } from '../../base/doctor/finding.ts'
import { inCity } from '../in-city.ts'
import { recount, wrongCells } from './store-fold.ts'

type Counted = Pick<House, 'database' | 'tenant'>

/** Whether the counts that the map and the list's total are made of agree with the cases themselves. */
export async function checkCounts(house: Counted): Promise<Finding[]> {
  const wrong = await inCity(house, wrongCells)
  const first = wrong[0]
  if (!first) return [finding('counts', 'ok', { found: { zh: '计数与问题一致', en: 'the counts agree with the cases' } })]
  const found = {
    zh: '计数与问题不一致：第 {level} 级 {cell} 格计 {counted} 件，实有 {found} 件',
    en: 'the counts do not agree with the cases: level {level}, cell {cell} counts {counted}, there are {found}',
  }
  const advice = { zh: '运行 qinba cases recount', en: 'run `qinba cases recount`' }
  return [finding('counts', 'bad', { found, advice, params: { ...first } })]
}

/** Counts anew what the map and the list's total are made of; says how many cases there are. */
export async function recountCases(house: Counted): Promise<number> {
  return inCity(house, recount)
}
