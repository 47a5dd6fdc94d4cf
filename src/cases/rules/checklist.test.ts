import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { ALL_MET, AT_ONCE, accept, acts, BY_JUNE, begin, DUTIES, LONG_TERM, people, photo, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { Act } from './act.ts'
import type { Case } from './case.ts'
import { STANDARDS } from './codes.ts'

const at = (story: Story, day: string) => {
  story.day = toDay(day)
  return story
}

describe('交办: responsible unit, leader, term', () => {
  const story = () => walkTo('patrol', 'triaged')
  it.each([
    ['responsible', { ...acts.assign, duties: [] }],
    ['leader', { ...acts.assign, leader: { name: ' ', title: '副区长' } }],
    ['term', { ...acts.assign, term: { words: '尽快处理', kind: 'unknown' } }],
  ] as [string, Act][])('names %s', (missing, act) => {
    expect(story().no('office', act)).toMatchObject({ code: 'cases/assign-fields', params: { missing }, kind: 'invalid' })
  })

  it('does not let a unit accept its own work, nor set a term that is over', () => {
    const both = [...DUTIES, { org: 'unit', orgName: '汉台区住建局', as: 'acceptance' as const }]
    expect(story().no('office', { ...acts.assign, duties: both })).toMatchObject({ code: 'cases/acceptor-rectifies' })
    const past = { ...BY_JUNE, day: toDay('2026-03-01') }
    expect(story().no('office', { ...acts.assign, term: past })).toMatchObject({ code: 'cases/day-past' })
    expect(story().go('office', { ...acts.assign, term: { ...BY_JUNE, day: toDay('2026-03-02') } }).due).toBe('2026-03-02')
  })

  it('reads the term: a day, at once, long term', () => {
    expect(story().go('office', acts.assign)).toMatchObject({ due: '2026-06-30', clocks: { case: { until: '2026-06-30' } } })
    expect(story().go('office', { ...acts.assign, term: AT_ONCE })).toMatchObject({ due: '2026-04-01' })
    const long = story().go('office', { ...acts.assign, term: LONG_TERM })
    expect([long.due, long.clocks.case]).toEqual([undefined, undefined])
  })

  it('shortens the sixty days of a complaint, never lengthens them', () => {
    const complaint = () => walkTo('complaint', 'triaged')
    expect(complaint().c.due).toBe('2026-05-01')
    expect(complaint().no('office', acts.assign)).toMatchObject({ code: 'cases/term-beyond', params: { due: '2026-05-01' } })
    const april = { words: '4月10日前', kind: 'by_day' as const, day: toDay('2026-04-10') }
    expect(complaint().go('office', { ...acts.assign, term: april }).due).toBe('2026-04-10')
    expect(complaint().go('office', { ...acts.assign, term: LONG_TERM }).due).toBe('2026-05-01')
  })
})

describe('a lead is verified on site first', () => {
  it('three photos, by somebody else than the one who assigns', () => {
    const story = begin('lead')
    story.go('office', acts.triage)
    expect(story.no('office', acts.assign)).toMatchObject({ code: 'cases/site-photos', params: { found: 0, expected: 3 } })
    for (let i = 0; i < 3; i++) story.go('county', photo('site_visit', '2026-03-02', { point: { lng: 107.0312, lat: 33.0688 } }))
    expect(story.no('office', acts.assign)).toMatchObject({ code: 'cases/site-photos', params: { found: 0 } }) // 111 m away
    for (let i = 0; i < 3; i++) story.go('county', photo('site_visit', '2026-03-02'))
    expect(story.no('county', acts.assign)).toMatchObject({ code: 'cases/same-hand', params: { apart: 'collector' } })
    expect(story.go('office', acts.assign).state).toBe('assigned')
  })
})

describe('整改方案: the five fields of Code art. 29', () => {
  const story = () => walkTo('inspection', 'signed')
  it.each([
    ['implementer', { ...acts.plan, implementer: '' }],
    ['goal', { ...acts.plan, goal: ' ' }],
    ['term', { ...acts.plan, term: { words: '', kind: 'unknown' } }],
    ['measures', { ...acts.plan, measures: [] }],
    ['acceptanceUnit', { ...acts.plan, acceptanceUnit: '' }],
  ] as [string, Act][])('%s', (missing, act) => {
    expect(story().no('unit', act)).toMatchObject({ code: 'cases/plan-fields', params: { missing }, kind: 'invalid' })
  })

  it('stays within the term, with ids of its own, in whole fen, accepted by another unit', () => {
    const measure = acts.plan.measures[0]!
    const july = { words: '7月底', kind: 'by_day' as const, day: toDay('2026-07-31') }
    expect(story().no('unit', { ...acts.plan, term: july })).toMatchObject({ code: 'cases/term-beyond' })
    expect(story().no('unit', { ...acts.plan, measures: [{ ...measure, due: toDay('2026-07-01') }] })).toMatchObject({
      code: 'cases/term-beyond',
    })
    expect(story().no('unit', { ...acts.plan, measures: [measure, measure] })).toMatchObject({ code: 'cases/ids-repeat' })
    expect(story().no('unit', { ...acts.plan, measures: [{ ...measure, moneyFen: 0.5 }] })).toMatchObject({ code: 'cases/money' })
    expect(story().no('unit', { ...acts.plan, acceptanceUnit: 'helper' })).toMatchObject({ code: 'cases/acceptor-rectifies' })
    expect(story().go('unit', acts.plan).duties).toContainEqual({ org: 'inspection', orgName: '市住建局', as: 'acceptance' })
  })

  it('sets the day where the assignment named none, counted from the dispatch', () => {
    const long = walkTo('inspection', 'triaged')
    long.go('office', { ...acts.assign, term: LONG_TERM })
    long.go('unit', acts.sign)
    at(long, '2026-03-10').go('unit', acts.plan)
    expect(long.c).toMatchObject({ due: '2026-06-30', clocks: { case: { started: '2026-03-02', until: '2026-06-30' } } })
    long.go('leader', acts.rejectPlan)
    expect(long.go('unit', { ...acts.plan, term: LONG_TERM }).due).toBeUndefined()
  })

  it('does not name another acceptance unit than the assignment did', () => {
    const bound = walkTo('inspection', 'triaged')
    const acceptance = { org: 'office', orgName: '市环督办', as: 'acceptance' as const }
    bound.go('office', { ...acts.assign, duties: [...DUTIES, acceptance] })
    bound.go('unit', acts.sign)
    expect(bound.no('unit', acts.plan)).toMatchObject({ code: 'cases/acceptance-unit-differs' })
  })

  it('rejected: back to the unit with the reason, and submitted again', () => {
    const submitted = walkTo('inspection', 'plan_submitted')
    expect(submitted.go('leader', acts.rejectPlan)).toMatchObject({
      state: 'signed',
      plan: { rejected: { reason: '目标不明确' } },
    })
    expect(submitted.go('unit', acts.plan).state).toBe('plan_submitted')
  })
})

describe('before acceptance', () => {
  it('every measure and milestone is done, or it is said why not', () => {
    const story = walkTo('inspection', 'rectifying')
    story.go('unit', photo('before', '2026-03-01'))
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/measures-open', params: { count: 1 } })
    story.go('unit', { ...acts.progress, measuresDone: ['m1'] })
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/measures-open' })
    story.go('unit', {
      ...acts.progress,
      explained: [{ measure: 'm1', why: '业主已自行清运' }],
      spentFen: [{ measure: 'm1', fen: 5 }],
    })
    expect(story.c.plan?.measures[0]).toMatchObject({ explained: '业主已自行清运', spentFen: 5 })
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/after-photo-missing' })
  })

  it('every claim has its finding', () => {
    const story = begin('petition')
    const claims = [1, 2].map((n) => ({ id: `c${n}`, text: `反映${n}`, pollution: ['water' as const] }))
    story.go('office', { ...acts.triage, claims })
    story.go('office', acts.assign)
    story.go('unit', acts.sign)
    story.go('unit', acts.plan)
    story.go('unit', { ...acts.allDone, findings: [{ claim: 'c1', finding: 'founded', text: '现场可见' }] })
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/claims-open', params: { count: 1, first: '反映2' } })
    expect(story.c.claims[0]).toMatchObject({ finding: 'founded', findingText: '现场可见' })
    expect(story.no('unit', { ...acts.progress, findings: [{ claim: 'c9', finding: 'founded' }] })).toMatchObject({
      code: 'cases/unknown-id',
    })
  })

  it('a complaint that names no claim is one claim itself', () => {
    expect(walkTo('complaint', 'triaged').c.claims).toEqual([{ id: '1', text: '褒河右岸弃渣露天堆放。', pollution: ['waste'] }])
  })
})

describe('acceptance', () => {
  const story = () => walkTo('patrol', 'self_checked')
  const visit = (change: object, day = '2026-03-20') => {
    const act = accept('county_accept', day) as Extract<Act, { move: 'county_accept' }>
    return { ...act, onSite: { ...act.onSite, ...change } }
  }

  it('was on site, between the self-check and today, by two people, at the place', () => {
    expect(story().no('county', visit({ day: toDay('2026-03-19') }))).toMatchObject({ code: 'cases/visit-day' })
    expect(story().no('county', visit({ day: toDay('2026-03-21') }))).toMatchObject({ code: 'cases/visit-day' })
    expect(story().no('county', visit({ people: ['甲', ' 甲 '] }))).toMatchObject({
      code: 'cases/visit-people',
      params: { found: 1, expected: 2 },
    })
    expect(story().no('county', visit({ point: { lng: 107.1, lat: 33.1 } }))).toMatchObject({ code: 'cases/visit-far' })
    expect(story().go('county', visit({})).state).toBe('county_accepted')
  })

  it.each(STANDARDS)('judges the standard %s', (standard) => {
    const answer = (given: object) => ({ ...visit({}), standards: { ...ALL_MET, [standard]: given } }) as Act
    expect(story().no('county', answer({ answer: 'no' }))).toMatchObject({ code: 'cases/standard-not-met', params: { standard } })
    expect(story().no('county', answer({ answer: 'na' }))).toMatchObject({ code: 'cases/standard-note' })
    expect(story().go('county', answer({ answer: 'na', note: '不涉及违法' })).state).toBe('county_accepted')
    const { [standard]: _, ...rest } = ALL_MET
    expect(story().no('county', { ...visit({}), standards: rest } as Act)).toMatchObject({ code: 'cases/standard-missing' })
  })

  it('is the acceptance unit’s alone; a rejection counts and can say that evidence was false', () => {
    const accepted = walkTo('inspection', 'county_accepted')
    const elsewhere = {
      ...people.inspector,
      holdings: people.inspector.holdings.map((holding) => ({ ...holding, org: 'other' })),
    }
    expect(accepted.no('inspector', acts.cityReject, { by: elsewhere })).toMatchObject({
      code: 'cases/not-your-case',
      kind: 'never',
    })
    const c = accepted.go('inspector', { ...acts.cityReject, falseEvidence: true })
    expect(c).toMatchObject({ state: 'rectifying', acceptanceRejects: 1, checks: {}, flags: [{ kind: 'false_evidence' }] })
    expect(c.rejected).toMatchObject({ stage: 'city', reason: '弃渣未清' })
  })

  it('the county does not reject where the city accepts alone', () => {
    expect(walkTo('petition', 'self_checked').no('county', acts.countyReject)).toMatchObject({ code: 'cases/not-on-this-path' })
    expect(walkTo('petition', 'self_checked').go('inspector', acts.cityReject).state).toBe('rectifying')
  })
})

describe('extension', () => {
  const story = () => walkTo('inspection', 'rectifying')

  it('is asked a month ahead, for at most six months, once', () => {
    expect(at(story(), '2026-05-31').no('unit', acts.extend)).toMatchObject({
      code: 'cases/extension-late',
      params: { askBy: '2026-05-30' },
    })
    const days = (toDayText: string) => ({ ...acts.extend, toDay: toDay(toDayText) })
    expect(story().no('unit', days('2026-06-30'))).toMatchObject({ code: 'cases/extension-day' })
    expect(story().no('unit', days('2026-12-31'))).toMatchObject({ code: 'cases/extension-day', params: { most: '2026-12-30' } })
    const once = at(story(), '2026-05-30')
    once.go('unit', days('2026-12-30'))
    expect(once.no('unit', acts.extend)).toMatchObject({ code: 'cases/extension-waiting' })
    once.go(
      'office',
      { move: 'decide_extension', grant: true, reason: '同意', approvedBy: { account: 'leader' } },
      { approver: people.leader },
    )
    expect(once.c).toMatchObject({
      due: '2026-12-30',
      extensions: [{ dueWas: '2026-06-30', decision: { grant: true, approvedBy: { name: 'leader' } } }],
    })
    expect(once.no('unit', acts.extend)).toMatchObject({ code: 'cases/extension-times' })
  })

  it('is granted only with a leader, who is another person; refused without', () => {
    const asked = story()
    expect(asked.no('office', { move: 'decide_extension', grant: true, reason: '同意' })).toMatchObject({
      code: 'cases/no-extension-asked',
    })
    asked.go('unit', acts.extend)
    const grant: Act = { move: 'decide_extension', grant: true, reason: '同意', approvedBy: { account: 'leader' } }
    expect(asked.no('office', grant)).toMatchObject({ code: 'cases/approver-unknown' })
    const second = { ...grant, approvedBy: { account: 'second' } } as Act
    expect(asked.no('office', second, { approver: people.second })).toMatchObject({ code: 'cases/approver-no-leader' })
    const alsoLeader = { ...people.leader, account: 'office' }
    const self = { ...grant, approvedBy: { account: 'office' } } as Act
    expect(asked.no('office', self, { approver: alsoLeader })).toMatchObject({ code: 'cases/approver-same' })
    expect(asked.go('office', { move: 'decide_extension', grant: false, reason: '不同意' }).due).toBe('2026-06-30')
  })

  it('has nothing to extend where there is no term', () => {
    const long = walkTo('patrol', 'triaged')
    long.go('office', { ...acts.assign, term: LONG_TERM })
    long.go('unit', acts.sign)
    expect(long.no('unit', acts.extend)).toMatchObject({ code: 'cases/no-extension' })
  })
})

describe('suspension', () => {
  it('takes a basis and a leader, stops everything but progress, and moves the last day', () => {
    const story = walkTo('inspection', 'rectifying')
    expect(story.no('office', { ...acts.suspend, basis: '' }, { approver: people.leader })).toMatchObject({
      code: 'cases/fields-missing',
    })
    expect(story.no('office', acts.suspend)).toMatchObject({ code: 'cases/approver-unknown' })
    expect(story.no('office', acts.resume)).toMatchObject({ code: 'cases/not-suspended' })
    at(story, '2026-03-03')
    const c = story.go('office', acts.suspend, { approver: people.leader })
    expect([c.due, c.suspension?.approvedBy.name]).toEqual([undefined, 'leader'])
    expect(story.no('unit', acts.extend)).toMatchObject({ code: 'cases/suspended' })
    expect(story.no('office', acts.suspend, { approver: people.leader })).toMatchObject({ code: 'cases/suspended' })
    expect(story.go('unit', acts.progress).progress).toHaveLength(1)
    at(story, '2026-03-13')
    expect(story.go('office', acts.resume)).toMatchObject({ due: '2026-07-10', state: 'rectifying' })
    expect(story.c.suspension).toBeUndefined()
  })
})

describe('the notice', () => {
  it('runs ten working days, both ends inclusive: 2026-03-20 to 2026-04-02; filed and closed from the day after', () => {
    const story = walkTo('inspection', 'publicising')
    expect(story.c.notice).toMatchObject({ kind: 'notice', from: '2026-03-20', lastDay: '2026-04-02', objections: [] })
    expect(at(story, '2026-04-02').no('office', acts.file)).toMatchObject({
      code: 'cases/window-running',
      params: { lastDay: '2026-04-02' },
    })
    expect(story.no('office', acts.close)).toMatchObject({ code: 'cases/not-on-this-path', params: { next: 'filed' } })
    expect(at(story, '2026-04-03').go('office', acts.file)).toMatchObject({ state: 'filed', filing: { filedWith: '省督察办' } })
    expect(story.go('office', acts.close)).toMatchObject({ state: 'closed', closedOn: '2026-04-03' })
  })

  it('is the published example: 2025-12-12 to 2025-12-25', () => {
    const story = walkTo('inspection', 'city_accepted')
    at(story, '2025-12-12')
    expect(story.go('office', acts.publicise).notice?.lastDay).toBe('2025-12-25')
  })

  it('takes only what is labelled public, with a channel and a phone, from today on', () => {
    const story = walkTo('inspection', 'city_accepted')
    expect(story.no('office', { ...acts.publicise, phone: '' })).toMatchObject({ code: 'cases/fields-missing' })
    expect(story.no('office', { ...acts.publicise, from: toDay('2026-03-19') })).toMatchObject({ code: 'cases/day-past' })
    const c: Case = { ...story.c, secrecy: 1 }
    story.c = c
    expect(story.no('office', acts.publicise)).toMatchObject({ code: 'cases/not-public' })
  })

  it('an objection stops it; not upheld it runs on, upheld it is back to work', () => {
    const story = walkTo('inspection', 'publicising')
    expect(story.no('resident', { ...acts.object, sealed: '' })).toMatchObject({ code: 'cases/fields-missing' })
    expect(at(story, '2026-04-02').go('resident', acts.object).state).toBe('objected')
    at(story, '2026-04-08')
    expect(story.no('office', acts.file)).toMatchObject({ code: 'cases/not-in-this-state' })
    story.go('office', { move: 'resolve_objection', upheld: false, finding: '已清完' })
    expect(story.c).toMatchObject({
      state: 'publicising',
      notice: { lastDay: '2026-04-02', objections: [{ decided: { upheld: false } }] },
    })
    expect(story.no('resident', { ...acts.object, id: 'o2' })).toMatchObject({ code: 'cases/window-over' })
    const upheld = walkTo('inspection', 'publicising')
    upheld.go('resident', acts.object)
    const c = upheld.go('office', { move: 'resolve_objection', upheld: true, finding: '仍有残留' })
    expect([c.state, c.notice, c.checks]).toEqual(['rectifying', undefined, {}])
    expect(c.roundSince).toBeDefined()
  })

  it('a complaint has the dispute window of its reporter instead: 2026-03-20 to 2026-03-27', () => {
    const story = walkTo('complaint', 'county_accepted')
    expect(story.c.notice).toMatchObject({ kind: 'dispute', from: '2026-03-20', lastDay: '2026-03-27' })
    expect(at(story, '2026-03-27').no('office', acts.close)).toMatchObject({ code: 'cases/window-running' })
    story.c = { ...story.c, reporter: 'seal-9' }
    expect(story.no('resident', acts.object)).toMatchObject({ code: 'cases/not-the-reporter', kind: 'never' })
    expect(story.go('resident', { ...acts.object, sealed: 'seal-9' }).state).toBe('objected')
    expect(story.go('office', { move: 'resolve_objection', upheld: false, finding: '属实' }).state).toBe('county_accepted')
    expect(at(story, '2026-03-28').go('office', acts.close).state).toBe('closed')
  })

  it('a patrol has no window', () => {
    expect(walkTo('patrol', 'county_accepted').no('resident', acts.object)).toMatchObject({ code: 'cases/no-window' })
  })
})

describe('what an act has to say', () => {
  it.each([
    ['decline', 'reported', 'office', { ...acts.decline, reason: '' }],
    ['return', 'assigned', 'unit', { ...acts.return, basis: ' ' }],
    ['progress', 'rectifying', 'unit', { ...acts.progress, text: '' }],
    ['self_check', 'rectifying', 'unit', { ...acts.selfCheck, conclusion: '' }],
    ['transfer', 'rectifying', 'office', { ...acts.transfer, docNo: '' }],
    ['infer', 'rectifying', 'unit', { ...acts.infer, pattern: '' }],
    ['override_colour', 'rectifying', 'office', { ...acts.red, reason: '' }],
    ['file', 'publicising', 'office', { ...acts.file, docNo: '' }],
    ['flag', 'rectifying', 'office', { move: 'flag', kind: 'criticised', reason: '通报', source: '' }],
  ] as const)('%s', (_, state, who, act) => {
    const story = walkTo('inspection', state, { last: true })
    if (state === 'publicising') at(story, '2026-04-03')
    expect(story.no(who, act as Act)).toMatchObject({ code: 'cases/fields-missing', kind: 'invalid' })
  })

  it('numbers hold', () => {
    const story = walkTo('inspection', 'rectifying')
    expect(story.no('unit', { ...acts.progress, percent: 101 })).toMatchObject({ code: 'cases/percent' })
    expect(story.no('unit', { ...acts.infer, checked: 1, found: 2 })).toMatchObject({ code: 'cases/counts' })
    expect(story.no('unit', { ...acts.progress, measuresDone: ['m7'] })).toMatchObject({
      code: 'cases/unknown-id',
      params: { what: 'measure' },
    })
    expect(story.go('unit', acts.infer).inferences[0]).toMatchObject({ checked: 12, found: 1 })
  })
})
