import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { begin, PLACE } from '../testing/story.ts'
import type { Case } from './case.ts'
import { suggestDuplicates } from './duplicates.ts'

const RULE = { radiusM: 50, months: 24 }
const today = toDay('2026-03-02')
const north = (metres: number) => ({ lng: PLACE.lng, lat: PLACE.lat + metres / 110_900 })
const base: Case = { ...begin('patrol').c, category: 'W4' }
const other = (id: string, more: Partial<Case>, metres = 0): Case => ({
  ...base,
  id,
  no: id,
  place: { ...base.place, point: north(metres) },
  ...more,
})
const found = (...others: Case[]) => suggestDuplicates(base, others, { rule: RULE, today })

describe('duplicates', () => {
  it('same category within 50 m: merge while open, reopen up to 24 months after the clear-off', () => {
    expect(found(other('a', {}, 49))).toMatchObject([{ id: 'a', by: ['place'], suggests: 'merge' }])
    expect(found(other('a', {}, 52))).toEqual([])
    expect(found(other('a', { category: 'A' }))).toEqual([])
    expect(found(other('a', { state: 'closed', closedOn: toDay('2024-03-02') }))).toMatchObject([{ suggests: 'reopen' }])
    expect(found(other('a', { state: 'closed', closedOn: toDay('2024-03-01') }))).toEqual([])
    expect(found(other('a', { state: 'declined' }))).toEqual([])
  })

  it('same enterprise wherever it stands; nearest first; never itself', () => {
    const mine: Case = { ...base, enterprise: '某矿业公司' }
    const far = other('far', { enterprise: ' 某矿业公司 ' }, 5000)
    const near = other('near', {}, 10)
    const answer = suggestDuplicates(mine, [mine, far, near], { rule: RULE, today })
    expect(answer.map(({ id, by }) => [id, ...by])).toEqual([
      ['near', 'place'],
      ['far', 'enterprise'],
    ])
    expect(found(other('a', { enterprise: '' }, 400))).toEqual([])
  })

  it('before triage the place alone decides', () => {
    const { category: _, ...fresh } = base
    expect(suggestDuplicates(fresh, [other('a', { category: 'A' }, 10)], { rule: RULE, today })).toHaveLength(1)
  })
})
