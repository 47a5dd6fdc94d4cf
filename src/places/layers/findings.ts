import type { LayerKind } from '../rules/layer-kinds.ts'
import { type Finding, type LayerReport, MAX_FINDINGS } from './layer.ts'
import type { FeatureLine } from './read/read-layer.ts'
import type { Written } from './store-features.ts'

/** What a load has found so far. */
export type Tally = Pick<LayerReport, 'counts' | 'findings'> & { kept: number; repaired: number; leftOut: number }

export function emptyTally(): Tally {
  return { counts: {}, findings: [], kept: 0, repaired: 0, leftOut: 0 }
}

/** Adds what a batch showed: each feature that was mended, left out, lies far off, or is a permit that names no day. */
export function addFindings(
  tally: Tally,
  { kind, lines, written }: { kind: LayerKind; lines: readonly FeatureLine[]; written: readonly Written[] },
): void {
  const rows = new Map(written.map((row) => [row.n, row]))
  for (const line of lines) {
    const row = rows.get(line.n)
    const kept = row?.kept ?? false
    const found = findingsOf(line, { row, kept, kind })
    tally.kept += kept ? 1 : 0
    tally.leftOut += kept ? 0 : 1
    tally.repaired += kept && found.some((each) => MENDED.has(each.problem)) ? 1 : 0
    for (const each of found) {
      tally.counts[each.problem] = (tally.counts[each.problem] ?? 0) + 1
      if (tally.findings.length < MAX_FINDINGS) tally.findings.push(each)
    }
  }
}

const MENDED: ReadonlySet<string> = new Set(['invalid', 'unclosed', 'short-ring', 'collection', 'not-finite'])

type Seen = { row: Written | undefined; kept: boolean; kind: LayerKind }

function findingsOf({ n, name, faults, from, to }: FeatureLine, { row, kept, kind }: Seen): Finding[] {
  const about = { n, name, kept }
  return [
    ...faults.map((problem): Finding => ({ ...about, problem })),
    ...(row?.reason ? [invalid(about, row)] : []),
    ...(row?.outside ? [{ ...about, problem: 'outside' as const }] : []),
    ...(kind === 'permit' && kept && from === null && to === null ? [{ ...about, problem: 'permit-without-days' as const }] : []),
  ]
}

function invalid(about: Pick<Finding, 'n' | 'name' | 'kept'>, row: Written): Finding {
  return {
    ...about,
    problem: row.kept ? 'invalid' : 'lost',
    reason: row.reason ?? '',
    areaBefore: row.areaBefore,
    areaAfter: row.areaAfter,
    dropped: row.dropped,
  }
}
