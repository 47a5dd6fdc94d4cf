import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../../base/rules/day.ts'
import { lineOf, rowFor } from '../../rules/paths.ts'
import { acts, beginImported, LAW, people, photo, type Story } from '../../testing/story.ts'
import { walkTo } from '../../testing/walks.ts'
import { type Course, courseOf, turnsOf, type Ways } from './course.ts'
import { percentOf } from './minimum.ts'
import { spreadOf } from './spread.ts'
import { STAGES, type Stage } from './stages.ts'

const WAYS: Ways = {
  calendar: LAW.calendar,
  lineOf: (c) => lineOf(c, rowFor(c, 'path', { law: LAW, today: toDay('2026-03-02') }).value),
}

function courseFor(story: Story): Course {
  return courseOf(turnsOf(story.events), WAYS)!
}

const days = (course: Course, of: 'natural' | 'working' | 'suspended' = 'natural') =>
  Object.fromEntries(
    STAGES.map((stage, at): [Stage, number | null] => [stage, course[of][at] ?? null]).filter(([, n]) => n !== null),
  )

describe('the course of a case', () => {
  it('counts the days between the events, natural and working', () => {
    const course = courseFor(walkTo('inspection', 'closed'))
    // Reported, dispatched and planned on Monday 2026-03-02, checked and accepted on 03-20, filed and closed on 04-03.
    expect(days(course)).toEqual({
      ...{ reported: 0, triaged: 0, assigned: 0, signed: 0, plan_submitted: 0, rectifying: 18, self_checked: 0 },
      ...{ county_accepted: 0, city_accepted: 0, publicising: 14, filed: 0, work: 18, whole: 32 },
    })
    expect(days(course, 'working')).toMatchObject({ rectifying: 14, publicising: 10, whole: 24 })
    expect(course).toMatchObject({ state: 'closed', since: '2026-04-03' })
    expect(course.counters).toEqual({
      ...{ dispatches: 1, returns: 0, accepts: 2, rejects: 0, windows: 1, objections: 0, closures: 1, rebounds: 0 },
    })
  })

  it('leaves suspended days out and counts them apart', () => {
    const story = walkTo('inspection', 'rectifying')
    story.day = toDay('2026-03-06')
    story.go('office', acts.suspend, { approver: people.leader })
    story.day = toDay('2026-03-16')
    story.go('office', acts.resume)
    story.day = toDay('2026-03-20')
    story.go('unit', photo('before', '2026-03-02'))
    story.go('unit', acts.allDone)
    story.go('unit', photo('after', '2026-03-19'))
    story.go('unit', acts.selfCheck)
    const course = courseFor(story)
    // Of the 18 days after 03-02 those from 03-06 to 03-15 do not count: ten natural days, six working days of 14.
    expect([days(course)['rectifying'], days(course, 'working')['rectifying'], days(course, 'suspended')['rectifying']]).toEqual([
      8, 8, 10,
    ])
    expect(days(course)['work']).toBe(8)
  })

  it('counts a stage that a case comes back to over all its rounds, and the spans of the first round', () => {
    const story = walkTo('inspection', 'self_checked', { last: true })
    story.day = toDay('2026-03-23')
    story.go('county', acts.countyReject)
    story.day = toDay('2026-03-30')
    story.go('unit', photo('after', '2026-03-29'))
    story.go('unit', acts.selfCheck)
    const course = courseFor(story)
    expect(days(course)).toMatchObject({ rectifying: 18 + 7, self_checked: 3, work: 18 })
    expect(course.counters).toMatchObject({ rejects: 1, accepts: 0 })
  })

  it('counts what units hand back and what the office overrules', () => {
    const story = walkTo('inspection', 'assigned')
    story.day = toDay('2026-03-04')
    story.go('unit', acts.return)
    story.day = toDay('2026-03-05')
    story.go('office', acts.overrule)
    const course = courseFor(story)
    expect(days(course)).toMatchObject({ assigned: 2, returned: 1 })
    expect(course.counters).toMatchObject({ dispatches: 1, returns: 1 })
    expect(course).toMatchObject({ state: 'assigned', since: '2026-03-05' })
  })

  it('counts a rebound against the clear-off, and lets the whole stand as it was', () => {
    const story = walkTo('inspection', 'closed')
    story.day = toDay('2026-05-06')
    story.go('office', acts.reopen)
    const course = courseFor(story)
    expect(course.counters).toMatchObject({ closures: 1, rebounds: 1 })
    expect(days(course)).toMatchObject({ whole: 32 })
    expect(course).toMatchObject({ state: 'rectifying', since: '2026-05-06' })
  })

  it('of an old sheet measures only what two neighbouring days of it say', () => {
    const check = (on: string) => ({ on: toDay(on), conclusion: '' })
    const start = {
      ...{ key: 'k', source: 'central_petition', title: 't', originalText: 't', place: { region: '610702' }, state: 'closed' },
      ...{ reportedOn: toDay('2026-01-05'), assignedOn: toDay('2026-01-08'), closedOn: toDay('2026-02-20') },
      checks: { self: check('2026-02-10'), city: check('2026-02-14') },
    }
    const course = courseFor(beginImported(start as never))
    // The petition path passes no county: self-check and city acceptance are neighbours; report and dispatch are not.
    expect(days(course)).toEqual({ self_checked: 4, city_accepted: 6, work: 33, whole: 46 })
    expect(course.counters).toMatchObject({ dispatches: 0, accepts: 0, windows: 0, closures: 1, rejects: 0 })
  })
})

describe('a spread of days', () => {
  const tallies = (list: readonly number[]) => [...Map.groupBy(list, (n) => n)].map(([d, own]) => ({ days: d, n: own.length }))

  it('names ranks that were really found', () => {
    const spread = spreadOf(tallies([1, 2, 2, 3, 5, 8, 13, 21, 34, 55]), 10)
    expect(spread).toMatchObject({ n: 10, min: 1, p25: 2, median: 5, p75: 21, p90: 34, max: 55 })
    expect(spread.bins.filter(({ n }) => n > 0)).toEqual([
      ...[
        { from: 1, to: 1, n: 1 },
        { from: 2, to: 2, n: 2 },
        { from: 3, to: 3, n: 1 },
        { from: 4, to: 5, n: 1 },
      ],
      ...[
        { from: 8, to: 10, n: 1 },
        { from: 11, to: 15, n: 1 },
        { from: 21, to: 30, n: 1 },
        { from: 31, to: 45, n: 1 },
      ],
      { from: 46, to: 60, n: 1 },
    ])
  })

  it('gives no quarter below the least number, and nothing of nothing', () => {
    expect(spreadOf(tallies([4, 4, 9]), 30)).toMatchObject({ n: 3, min: 4, median: 4, max: 9, p25: null, p75: null, p90: null })
    expect(spreadOf([], 30)).toEqual({ n: 0, min: null, median: null, max: null, p25: null, p75: null, p90: null, bins: [] })
  })

  it('its bars hold every case, and its ranks are those of the sorted list', () => {
    const list = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(list, (found) => {
        const spread = spreadOf(tallies(found), 1)
        const sorted = [...found].sort((a, b) => a - b)
        expect(spread.bins.reduce((sum, { n }) => sum + n, 0)).toBe(found.length)
        for (const [share, value] of [
          [0.25, spread.p25],
          [0.5, spread.median],
          [0.75, spread.p75],
          [0.9, spread.p90],
        ] as const)
          expect(value).toBe(sorted[Math.ceil(share * found.length) - 1])
      }),
    )
  })
})

describe('a percentage', () => {
  it('is never made of fewer cases than the rule says', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (a, b) => {
        const [n, of] = [Math.min(a, b), Math.max(a, b)]
        expect(percentOf(n, of, 30) === null).toBe(of < 30)
      }),
    )
    expect([percentOf(10, 30, 30), percentOf(0, 0, 0)]).toEqual([33.3, null])
  })
})
