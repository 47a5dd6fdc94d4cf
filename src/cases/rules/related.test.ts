import { describe, expect, it } from 'vitest'
import { begin } from '../testing/story.ts'
import type { Case } from './case.ts'
import { relatedTo, whyRelated } from './related.ts'

const RULE = { radiusM: 200, most: 2 }
const base = begin('patrol').c
const POINT = { lng: 107.0312, lat: 33.0678 }
const unit = (org: string) => [{ org, orgName: org, as: 'responsible' as const }]
const one = (id: string, more: Partial<Case> = {}): Case => {
  const { batch: _b, enterprise: _e, ...rest } = base
  return { ...rest, id, place: { region: '610702' }, duties: [], links: {}, ...more }
}
const at = (metresEast: number) => ({ region: '610702', point: { lng: POINT.lng + metresEast / 93_400, lat: POINT.lat } })
const why = (c: Case, other: Case) => whyRelated(c, other, RULE).map((each) => each.why)

describe('why a case belongs beside another', () => {
  it('the same place within the radius of the rule, and not beyond it, and never itself', () => {
    const c = one('a', { place: at(0) })
    expect(whyRelated(c, one('b', { place: at(150) }), RULE)).toEqual([{ why: 'place', distanceM: 150 }])
    expect(why(c, one('b', { place: at(230) }))).toEqual([])
    expect(why(c, one('b'))).toEqual([]) // without a point nothing is near
    expect(why(c, { ...c })).toEqual([])
  })

  it('the same enterprise; the responsible unit only where no enterprise is named', () => {
    const firm = one('a', { enterprise: '汉江化工 ', duties: unit('u') })
    expect(why(firm, one('b', { enterprise: '汉江化工' }))).toEqual(['enterprise'])
    expect(why(firm, one('b', { duties: unit('u') }))).toEqual([])
    expect(why(one('a', { duties: unit('u') }), one('b', { duties: unit('u') }))).toEqual(['organisation'])
    expect(why(one('a', { enterprise: ' ' }), one('b', { enterprise: ' ' }))).toEqual([]) // no name is no name
  })

  it('every link from both its ends, and the batch', () => {
    const pairs = [
      ['mergedInto', 'merged_into', 'merged_from'],
      ['reboundOf', 'rebound_of', 'rebounded_as'],
      ['inferredFrom', 'inferred_from', 'inferred_to'],
    ] as const
    for (const [link, there, back] of pairs) {
      const c = one('a', { links: { [link]: 'b' } })
      expect(why(c, one('b'))).toEqual([there])
      expect(why(one('b'), c)).toEqual([back])
    }
    expect(why(one('a', { batch: '一' }), one('b', { batch: '一' }))).toEqual(['batch'])
    expect(why(one('a'), one('b'))).toEqual([])
  })

  it('links first, then near before far; what exceeds the rule is left out and named', () => {
    const c = one('a', { place: at(0), batch: '一' })
    const near = [120, 40, 80].map((metres, i) => one(`n${i}`, { place: at(metres) }))
    const tied = one('t', { links: { mergedInto: 'a' } })
    const both = one('x', { place: at(10), batch: '一' })
    const { items, more } = relatedTo(c, [...near, both, tied], RULE)
    expect(items.map((item) => [item.case.id, item.why.map((each) => each.why).join()])).toEqual([
      ['t', 'merged_from'],
      ['x', 'place,batch'],
      ['n1', 'place'],
    ])
    expect(more).toEqual(['place'])
  })
})
