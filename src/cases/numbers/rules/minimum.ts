import type { Day } from '../../../base/rules/day.ts'
import { isUnverified, type Law, ruleAt, versionOf } from '../../../base/rules/law.ts'

/** From how many cases on a share may be printed as a percentage (kind `statistics`, key `minimum`). */
export type MinimumRule = { n: number }

/** A rule as it is cited on screen. */
export type Clause = { version: string; source: string; unverified: boolean }

/** The least number of cases that a percentage may be made of on a day, with its clause. */
export function minimumOn(law: Law, day: Day): { n: number; clause: Clause } {
  const row = ruleAt<MinimumRule>(law.rules, 'statistics', 'minimum', day)
  return { n: row.value.n, clause: { version: versionOf(row), source: row.source, unverified: isUnverified(row) } }
}

/** A share in percent with one decimal; null where there are too few cases to say one. */
export function percentOf(n: number, of: number, minimum: number): number | null {
  return of < Math.max(1, minimum) ? null : Math.round((n * 1000) / of) / 10
}
