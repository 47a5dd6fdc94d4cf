import type { House } from '../../base/ctx.ts'
import { type Finding, finding } from '../../base/doctor/finding.ts'
import { inCity } from '../in-city.ts'
import { rewriteAll } from '../rewrite.ts'
import { countUnfilled } from '../search/store-search.ts'
import { recount, wrongCells } from './store-fold.ts'

type Counted = Pick<House, 'database' | 'tenant'>

/** Whether what is derived of the cases (the counts of the map and of the list's total, the words of the search) agrees with them. */
export async function checkCounts(house: Counted): Promise<Finding[]> {
  return [...(await checkCells(house)), ...(await checkWords(house))]
}

async function checkWords(house: Counted): Promise<Finding[]> {
  const n = await inCity(house, countUnfilled)
  if (n === 0) return [finding('search', 'ok', { found: { zh: '每件问题都能查到', en: 'every case can be searched' } })]
  const found = { zh: '{n} 件问题没有检索词', en: '{n} cases are in no search' }
  const advice = { zh: '运行 qinba cases recount', en: 'run `qinba cases recount`' }
  return [finding('search', 'bad', { found, advice, params: { n } })]
}

async function checkCells(house: Counted): Promise<Finding[]> {
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

/** Makes anew what is derived of the cases: counts, the words of the search, whose turn it is; says how many cases there are. */
export async function recountCases(house: Counted & Pick<House, 'clock' | 'law'>): Promise<number> {
  await rewriteAll(house)
  return inCity(house, recount)
}
