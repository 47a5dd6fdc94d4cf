import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { acts, begin, LAW, people, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { Case } from './case.ts'
import { clockBriefs, clockView } from './deadlines.ts'

const view = (c: Case, day: string) => clockView(c, toDay(day), LAW)
const at = (story: Story, day: string) => {
  story.day = toDay(day)
  return story
}

describe('the case clock', () => {
  it('starts at dispatch, not at signature, and is met by the self-check', () => {
    const story = walkTo('inspection', 'assigned')
    at(story, '2026-03-05').go('unit', acts.sign)
    expect(view(story.c, '2026-03-05').case).toMatchObject({
      started: '2026-03-02',
      due: '2026-06-30',
      daysLeft: 117,
      overdue: false,
    })
    expect(view(story.c, '2026-07-01').case).toMatchObject({ daysLeft: -1, overdue: true })
    const done = walkTo('inspection', 'self_checked')
    expect(view(done.c, '2026-12-01').case).toMatchObject({ stopped: '2026-03-20', overdue: false, daysLeft: 102 })
  })

  it('runs on after a rejection as if it had never stopped', () => {
    const story = walkTo('inspection', 'self_checked')
    at(story, '2026-07-02').go('county', acts.countyReject)
    expect(story.c.clocks.case?.stopped).toBeUndefined()
    expect(view(story.c, '2026-07-02').case).toMatchObject({ due: '2026-06-30', overdue: true })
  })

  it('a complaint’s runs from acceptance, 60 natural days, plus 30 with the head’s approval (信访工作条例, worked dates)', () => {
    const story = begin('complaint', { day: '2026-08-20' })
    expect(view(story.c, '2026-08-20').stage).toMatchObject({ rule: { id: 'complaint/accept' }, due: '2026-09-04' })
    at(story, '2026-09-01').go('county', acts.triage)
    expect(story.c).toMatchObject({ due: '2026-10-31', clocks: { case: { started: '2026-09-01' } } })
    story.go('county', { ...acts.assign, term: { words: '按期办结', kind: 'at_once' } })
    story.go('unit', acts.sign)
    at(story, '2026-10-20').go('unit', { ...acts.extend, toDay: toDay('2026-11-30') })
    expect(story.no('unit', acts.extend)).toMatchObject({ code: 'cases/extension-waiting' })
    story.go(
      'office',
      { move: 'decide_extension', grant: true, reason: '情况复杂', approvedBy: { account: 'leader' } },
      { approver: people.leader },
    )
    expect(story.c.due).toBe('2026-11-30')
  })

  it('shows pauses, extensions and every step of the count', () => {
    const story = at(walkTo('inspection', 'rectifying'), '2026-03-03')
    story.go('office', acts.suspend, { approver: people.leader })
    expect(view(story.c, '2026-03-09').case).not.toHaveProperty('due')
    at(story, '2026-03-13').go('office', acts.resume)
    const shown = view(story.c, '2026-03-13').case
    expect(shown).toMatchObject({
      due: '2026-07-10',
      pauses: [{ from: '2026-03-03', to: '2026-03-13', by: 'leader', reason: '等待鉴定' }],
    })
    expect(shown?.why.map((step) => step.key)).toEqual(['clock/rule', 'clock/start-until', 'clock/pause', 'clock/due'])
    expect(shown?.cite).toEqual({ source: expect.any(String), confidence: 'D', unverified: true })
  })
})

describe('the stage clock', () => {
  it('belongs to the state: a new one for each, none for work itself', () => {
    const ids = (
      [
        'reported',
        'triaged',
        'assigned',
        'signed',
        'plan_submitted',
        'rectifying',
        'self_checked',
        'county_accepted',
        'city_accepted',
        'publicising',
        'filed',
        'closed',
      ] as const
    ).map((state) => walkTo('inspection', state, { last: true }).c.clocks.stage?.rule.id ?? 'none')
    expect(ids).toEqual([
      'inspection/triage',
      'inspection/dispatch',
      'inspection/sign',
      'inspection/plan',
      'inspection/approve-plan',
      'none',
      'inspection/county-acceptance',
      'inspection/city-acceptance',
      'inspection/publicise',
      'inspection/notice',
      'inspection/close',
      'none',
    ])
  })

  it('no edit moves it: progress, evidence and flags leave both clocks as they were', () => {
    const story = walkTo('inspection', 'self_checked')
    const before = story.c.clocks
    at(story, '2026-03-25').go('office', { move: 'flag', kind: 'criticised', reason: '通报', source: '报道' })
    expect(story.c.clocks).toEqual(before)
  })

  it('counts working days: dispatch on Friday, signed or returned by the Friday after', () => {
    const story = begin('patrol', { day: '2026-03-06' })
    story.go('office', acts.triage)
    story.go('office', acts.assign)
    expect(view(story.c, '2026-03-06').stage).toMatchObject({ due: '2026-03-13', daysLeft: 7 })
  })

  it('comes back to the notice’s own clock after an objection that was not upheld', () => {
    const story = walkTo('inspection', 'publicising')
    at(story, '2026-03-30').go('resident', acts.object)
    expect(story.c.clocks.stage?.rule.id).toBe('inspection/objection')
    at(story, '2026-04-01').go('office', { move: 'resolve_objection', upheld: false, finding: '不成立' })
    expect(view(story.c, '2026-04-01').stage).toMatchObject({ started: '2026-03-20', due: '2026-04-02' })
  })

  it('names the year whose calendar is missing instead of guessing', () => {
    const story = at(begin('patrol'), '2026-12-30')
    story.go('office', acts.triage)
    story.go('office', { ...acts.assign, term: { words: '2027年1月底', kind: 'by_day', day: toDay('2027-01-31') } })
    expect(view(story.c, '2026-12-30').stage).toMatchObject({ missingYear: 2027, overdue: false })
    expect(view(story.c, '2026-12-30').case).toMatchObject({ due: '2027-01-31' })
  })

  it('looked at in such a year says so too, whatever of it needs that calendar, on the page and in a list', () => {
    const story = at(begin('patrol'), '2026-11-24')
    story.go('office', acts.triage)
    story.go('office', { ...acts.assign, term: { words: '2026年12月13日前', kind: 'by_day', day: toDay('2026-12-13') } })
    const on = toDay('2027-01-08')
    expect(view(story.c, on).stage).toMatchObject({ missingYear: 2027, overdue: false, why: [] })
    expect(clockBriefs(story.c, on, LAW).stage).toMatchObject({ rule: { id: story.c.clocks.stage!.rule.id } })
  })
})
