import { isUnverified, type RuleRow, versionOf } from '../../base/rules/law.ts'
import { COLOURS, type Colour } from '../../cases/rules/codes.ts'
import type { ScoreRule } from './rows.ts'

export type ColourCount = Record<Colour, number>

/** The score of a county or a unit in a month with how it came about; `raw` is what it would be without the floor. */
export type Score = { score: number; raw: number; counts: ColourCount; points: ColourCount }

/** Scores the colours with which a month ended. */
export function scoreOf(counts: ColourCount, { full, floor, ...points }: ScoreRule): Score {
  const each = Object.fromEntries(COLOURS.map((c) => [c, counts[c] * points[c]])) as ColourCount
  const raw = full + each.green + each.yellow + each.red
  return { score: Math.max(floor, raw), raw, counts, points: each }
}

/** The rule of a score as it is cited beside it. */
export function citedScore(row: RuleRow<ScoreRule>) {
  return { version: versionOf(row), source: row.source, unverified: isUnverified(row), value: row.value }
}
