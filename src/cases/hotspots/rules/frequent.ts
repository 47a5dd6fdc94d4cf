import type { Day } from '../../../base/rules/day.ts'
import { isUnverified, type Law, ruleAt, versionOf } from '../../../base/rules/law.ts'
import type { Clause } from '../../numbers/rules/minimum.ts'

/** When a place is called 高发 (kind `hotspot`, key `frequent`), and how often it is then to be visited. */
export type FrequentRule = { minCases: number; months: number; maxP: number; visits: { frequent: number; other: number } }

/** The rule of a day, as it judges and as it is cited. */
export function frequentOn(law: Law, day: Day): FrequentRule & { clause: Clause } {
  const row = ruleAt<FrequentRule>(law.rules, 'hotspot', 'frequent', day)
  return { ...row.value, clause: { version: versionOf(row), source: row.source, unverified: isUnverified(row) } }
}

/** 高发: enough cases within the months of the rule, and hardly by chance. */
export function isFrequent(found: { n: number; p: number; from: number; to: number }, rule: FrequentRule): boolean {
  return found.n >= rule.minCases && found.to - found.from < rule.months && found.p <= rule.maxP
}

/** Months of the year (1 to 12) in which more than the average of a place's cases came; the next ones to look at it. */
export function monthsAtRisk(months: readonly string[], counts: readonly number[]): number[] {
  const byMonth = new Map<number, { n: number; years: number }>()
  for (const [at, month] of months.entries()) {
    const of = Number(month.slice(5))
    const known = byMonth.get(of) ?? { n: 0, years: 0 }
    byMonth.set(of, { n: known.n + counts[at]!, years: known.years + 1 })
  }
  const mean = counts.reduce((a, b) => a + b, 0) / Math.max(1, months.length)
  const risky = [...byMonth].filter(([, { n, years }]) => n >= 2 && n / years > mean)
  return risky.map(([month]) => month).sort((a, b) => a - b)
}
