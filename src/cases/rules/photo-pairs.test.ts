import { describe, expect, it } from 'vitest'
import { walkTo } from '../testing/walks.ts'
import type { EvidenceItem } from './case.ts'
import { photoPairs } from './photo-pairs.ts'

const base = walkTo('patrol', 'self_checked').c.evidence.find((item) => item.kind === 'after')!
const item = (id: string, kind: EvidenceItem['kind'], more: Partial<EvidenceItem> = {}): EvidenceItem => {
  const { point: _p, measure: _m, claim: _c, ...rest } = base
  return { ...rest, id, kind, mime: 'image/jpeg', ...more }
}
const at = (lng: number) => ({ point: { lng, lat: 33 } })
const pairs = (...evidence: EvidenceItem[]) =>
  photoPairs(evidence).map(({ before, after, by }) => `${before.id}-${after.id} ${by}`)

describe('which photo from before belongs to one from after', () => {
  it('that of the same measure, then of the same claim, then the nearest, then the newest', () => {
    const befores = [
      item('b1', 'before', at(107)),
      item('b2', 'before', { measure: 'm', ...at(108) }),
      item('b3', 'before', { claim: 'c' }),
    ]
    expect(pairs(...befores, item('a1', 'after', { measure: 'm', claim: 'c', ...at(107) }))).toEqual(['b2-a1 measure'])
    expect(pairs(...befores, item('a1', 'after', { claim: 'c' }))).toEqual(['b3-a1 claim'])
    expect(pairs(...befores, item('a1', 'after', at(107.1)))).toEqual(['b1-a1 point'])
    expect(pairs(...befores, item('a1', 'after'))).toEqual(['b3-a1 order'])
  })

  it('none without both; documents are no photos; the newest from after comes first', () => {
    expect(pairs(item('a', 'after'))).toEqual([])
    expect(pairs(item('b', 'before'), item('a', 'after', { mime: 'application/pdf' }))).toEqual([])
    expect(pairs(item('b', 'before'), item('a1', 'after'), item('a2', 'after'))).toEqual(['b-a2 order', 'b-a1 order'])
  })
})
