/** How often a number of days was found. */
export type Tally = { days: number; n: number }

/**
 * How days are spread: n first, then the least, the middle and the most, quarters and the ninth tenth where there are enough of them, and
 * a histogram. Quantiles are nearest ranks: each is a number of days that some case really took.
 */
export type Spread = {
  n: number
  min: number | null
  median: number | null
  max: number | null
  p25: number | null
  p75: number | null
  p90: number | null
  bins: { from: number; to: number | null; n: number }[]
}

/** Where one bar of the histogram ends and the next begins, in days. */
export const EDGES = [0, 1, 2, 3, 4, 6, 8, 11, 16, 21, 31, 46, 61, 91, 121, 181, 366] as const

/** The spread of what was counted; below `minimum` no quarter is given. */
export function spreadOf(tallies: readonly Tally[], minimum: number): Spread {
  const rising = [...tallies].filter(({ n }) => n > 0).sort((a, b) => a.days - b.days)
  const n = rising.reduce((sum, tally) => sum + tally.n, 0)
  const at = (share: number) => (n === 0 ? null : rankIn(rising, Math.ceil(share * n)))
  const enough = (share: number) => (n >= minimum ? at(share) : null)
  return {
    n,
    ...{ min: rising[0]?.days ?? null, median: at(0.5), max: rising.at(-1)?.days ?? null },
    ...{ p25: enough(0.25), p75: enough(0.75), p90: enough(0.9), bins: binsOf(rising) },
  }
}

function rankIn(rising: readonly Tally[], rank: number): number | null {
  let seen = 0
  for (const { days, n } of rising) {
    seen += n
    if (seen >= rank) return days
  }
  return null
}

function binsOf(rising: readonly Tally[]): Spread['bins'] {
  const bins = EDGES.map((from, i) => {
    const to = EDGES[i + 1] === undefined ? null : EDGES[i + 1]! - 1
    const inside = rising.filter(({ days }) => days >= from && (to === null || days <= to))
    return { from, to, n: inside.reduce((sum, tally) => sum + tally.n, 0) }
  })
  return bins.slice(0, bins.findLastIndex((bin) => bin.n > 0) + 1)
}
