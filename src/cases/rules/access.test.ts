import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, ROLES } from '../../people/rules/actor.ts'
import { begin, type PersonKey, people, person } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import { canSee, covers, PERMISSIONS, type Sight, sightOf } from './access.ts'
import type { Case } from './case.ts'

const seers = (c: Case) => (Object.keys(people) as PersonKey[]).filter((who) => canSee(people[who], c))
const labelled = (secrecy: Case['secrecy']): Case => ({ ...walkTo('inspection', 'rectifying').c, secrecy })

describe('who sees a case', () => {
  const AREA = ['office', 'second', 'county']
  const BOUND = ['unit', 'helper', 'inspector']

  it('by division and by duty; never payout and the three administrators, never another county, never a stranger', () => {
    expect(seers(labelled(0))).toEqual([...AREA, ...BOUND, 'leader', 'grid', 'chief', 'analyst', 'publisher'])
  })

  it('限定知悉 is for those who work on it', () => {
    expect(seers(labelled(2))).toEqual([...AREA, ...BOUND, 'leader'])
  })

  it('封存 is for the office, leaders and bound organisations', () => {
    expect(seers(labelled(3))).toEqual(['office', 'second', ...BOUND, 'leader'])
  })

  it('nobody above their clearance, nobody of another city', () => {
    expect(canSee({ ...people.office, clearance: 1 }, labelled(2))).toBe(false)
    expect(canSee({ ...people.office, clearance: 2 }, labelled(2))).toBe(true)
    expect(canSee({ ...people.office, tenant: 610800 }, labelled(0))).toBe(false)
  })

  it('a unit sees nothing of its county that does not bind it; an inspector sees what no acceptance unit is bound to', () => {
    const c = begin('patrol').c
    expect(canSee(people.unit, c)).toBe(false)
    expect(canSee(people.inspector, c)).toBe(true)
  })
})

describe('divisions', () => {
  const place = { region: '610702', town: '610702103', village: '610702103201' }

  it.each([
    ['610700', true],
    ['610702', true],
    ['610702103', true],
    ['610702103201', true],
    ['610722', false],
    ['610702101', false],
    ['610800', false],
  ])('%s', (area, holds) => {
    expect(covers(area, place)).toBe(holds)
  })

  it('a grid officer works in the village, and a case that names only the county is not theirs', () => {
    const officer: Actor = person('g', 'grid', { area: '610702103201' })
    const c = begin('patrol').c
    expect(canSee(officer, { ...c, place: { ...c.place, ...place } })).toBe(true)
    expect(canSee(officer, c)).toBe(false)
  })
})

describe('permissions', () => {
  it('roles that never move a case', () => {
    for (const role of ['publisher', 'payout', 'sysadmin', 'secadmin', 'auditor'] as const) expect(PERMISSIONS[role]).toEqual([])
    expect(PERMISSIONS.public).toEqual(['report', 'object'])
    expect(PERMISSIONS.leader).toEqual(['approve_plan', 'reject_plan', 'mark_unfounded', 'override_colour'])
  })
})

describe('sight, the wall as conditions', () => {
  const shows = (sight: Sight, c: Case) => {
    const { region, town, village } = c.place
    const inArea = sight.areas.some(
      ({ regions, locals, most }) =>
        c.secrecy <= most &&
        (regions === '*' || regions.includes(region) || [town, village].some((x) => x && locals.includes(x))),
    )
    return inArea || (c.secrecy <= sight.bound.most && c.duties.some((d) => sight.bound.orgs.includes(d.org)))
  }
  const AREAS = ['610700', '610702', '610722', '610702103', '610702103201', '610722100']
  const ORGS = ['o1', 'o2', 'o3']
  const someone = fc.record({
    clearance: fc.integer({ min: 0, max: 3 }),
    holdings: fc.array(
      fc.record({
        role: fc.constantFrom(...ROLES),
        area: fc.constantFrom(...AREAS),
        org: fc.constantFrom(...ORGS),
        within: fc.option(fc.subarray(['610702103', '610722100']), { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
  })
  const somewhere = fc.constantFrom(
    { region: '610702' },
    { region: '610702', town: '610702103', village: '610702103201' },
    { region: '610722', town: '610722100' },
    { region: '610700' },
  )

  it('shows a case exactly when the wall does', () => {
    const base = walkTo('inspection', 'rectifying').c
    fc.assert(
      fc.property(
        someone,
        somewhere,
        fc.subarray(ORGS),
        fc.constantFrom(0, 1, 2, 3),
        ({ clearance, holdings }, place, bound, secrecy) => {
          const actor = {
            ...people.office,
            clearance,
            holdings: holdings.map((h) => ({ ...people.office.holdings[0]!, ...h })),
          } as Actor
          const duties = bound.map((org) => ({ ...base.duties[0]!, org }))
          const c = { ...base, place: { ...base.place, town: undefined, village: undefined, ...place }, duties, secrecy } as Case
          expect(shows(sightOf(actor), c)).toBe(canSee(actor, c))
        },
      ),
      { numRuns: 3000 },
    )
  })
})
