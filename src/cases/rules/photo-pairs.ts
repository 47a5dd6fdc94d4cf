import { distanceM } from '../../places/rules/locate.ts'
import type { EvidenceItem } from './case.ts'

/** A photo from before and one from after of what seems to be the same thing. */
export type PhotoPair = { before: EvidenceItem; after: EvidenceItem; by: 'measure' | 'claim' | 'point' | 'order' }

/**
 * For each photo from after, newest first, the photo from before to lay it over: of the same measure or claim, else the nearest, else the
 * newest. A suggestion only: which way a camera looked is not known, so people choose.
 */
export function photoPairs(evidence: readonly EvidenceItem[]): PhotoPair[] {
  const of = (kind: EvidenceItem['kind']) =>
    evidence.filter((item) => item.kind === kind && item.mime.startsWith('image/')).reverse()
  const befores = of('before')
  if (befores.length === 0) return []
  return of('after').map((after) => pairFor(after, befores))
}

function pairFor(after: EvidenceItem, befores: readonly EvidenceItem[]): PhotoPair {
  for (const tie of ['measure', 'claim'] as const) {
    const before = after[tie] && befores.find((item) => item[tie] === after[tie])
    if (before) return { before, after, by: tie }
  }
  const placed = befores.filter((item) => item.point)
  if (!after.point || placed.length === 0) return { before: befores[0]!, after, by: 'order' }
  const metres = (item: EvidenceItem) => distanceM(after.point!, item.point!)
  return { before: placed.reduce((a, b) => (metres(b) < metres(a) ? b : a)), after, by: 'point' }
}
