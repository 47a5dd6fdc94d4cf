import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day } from '../../base/rules/day.ts'
import { ruleAt } from '../../base/rules/law.ts'
import type { Place } from '../rules/case.ts'
import { ENDS, LINE, PATHS, QINLING, type SourceType, type State } from '../rules/codes.ts'
import { given } from '../rules/given.ts'
import type { PathRule } from '../rules/path-rule.ts'
import { lineOf, nextState, wayOf } from '../rules/paths.ts'
import { beginImported, LAW } from '../testing/story.ts'
import type { Field } from './columns.ts'
import { type Facts, provenState } from './ladder.ts'
import { startOf, TODAY } from './test-kit.ts'

const CITY = { 反馈问题: '全市砂场扬尘防治不到位', 所属县区: '市级', 责任单位: '市水利局', 整改落实情况: '已整改' }

describe('a problem of the city itself', () => {
  const rows: [string, SourceType, Record<string, string>, State][] = [
    ['a county’s first acceptance is not the city’s', 'provincial_inspection', { 初验时间: '2026-08-20' }, 'self_checked'],
    ['nor on a complaint', 'hotline_12345', { 初验时间: '2026-08-20' }, 'self_checked'],
    ['nor on a patrol', 'grid_patrol', { 县级验收时间: '2026-08-20' }, 'self_checked'],
    ['the acceptance of a patrol is the city’s', 'grid_patrol', { 验收时间: '2026-09-08' }, 'city_accepted'],
    ['and that of a complaint', 'hotline_12345', { 验收时间: '2026-09-08' }, 'city_accepted'],
  ]
  it.each(rows)('%s', (_, source, cells, state) => {
    const start = startOf({ ...CITY, ...cells }, { source })
    expect(start.state).toBe(state)
    const { c } = beginImported(start, TODAY)
    expect(nextState(wayOf(c, { law: LAW, today: TODAY }), state)).toBeDefined()
  })

  it('keeps the day and the words of the sheet under whose acceptance it was', () => {
    expect(startOf({ ...CITY, 初验时间: '2026-08-20' }).checks).toEqual({
      county: { on: '2026-08-20', conclusion: '初验时间 2026-08-20' },
    })
    expect(startOf({ ...CITY, 验收时间: '2026-09-08' }, { source: 'grid_patrol' }).checks).toEqual({
      city: { on: '2026-09-08', conclusion: '验收时间 2026-09-08' },
    })
  })
})

const PROOFS = [
  ...(['category', 'units', 'leader', 'term', 'handedOver', 'signed', 'planned', 'approved', 'working', 'selfChecked'] as const),
  ...(['countyAccepted', 'cityAccepted', 'publicised', 'filed', 'closed'] as const),
]
const statuses = fc.constantFrom(
  'declined' as const,
  'transferred' as const,
  'done' as const,
  'finished' as const,
  'stage' as const,
)
// Few proofs at a time, so that the low rungs are reached as often as the high ones.
const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.subarray(PROOFS, { maxLength: 3 }),
    fc.option(statuses, { nil: undefined, freq: 2 }),
    fc.constantFrom(...[true, undefined, undefined]),
  )
  .map(([proofs, status, unfounded]) => ({
    ...Object.fromEntries(proofs.map((proof) => [proof, 'note' as Field])),
    ...given({ status, unfounded }),
  }))
const places: fc.Arbitrary<Place> = fc.record(
  { region: fc.constantFrom('610700', '610702', '6107J1'), qinling: fc.constantFrom(...QINLING) },
  { requiredKeys: ['region'] },
)

describe('whatever the ladder yields', () => {
  it('is a state on the line of that very case, or an end beside it', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(facts, places, fc.constantFrom(...PATHS), (found, place, path) => {
        const rule = ruleAt<PathRule>(LAW.rules, 'path', path, '2026-03-02' as Day).value
        const { state } = provenState(found, { rule, place })
        expect([...lineOf({ place }, rule), ...ENDS]).toContain(state)
        reached.add(`${place.region} ${state}`)
      }),
      { numRuns: 3000, seed: 1 },
    )
    expect([...reached].filter((at) => at.startsWith('610702')).length).toBeGreaterThanOrEqual(LINE.length)
    expect(reached).not.toContain('610700 county_accepted')
  })
})
