import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Capacity } from '../../people/rules/actor.ts'
import { accept, acts, begin, LAW, momentOf, type PersonKey, people, reportOf, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import { PERMISSIONS } from './access.ts'
import type { Act } from './act.ts'
import type { Case } from './case.ts'
import { ENDS, LINE, MOVES, type Move, PATHS, type Path, STATES, type State } from './codes.ts'
import { decide, whatNow } from './lifecycle.ts'

// The procedure written down a second time, by hand: move: states, roles.
const BOOK: Record<Exclude<Move, 'report'>, { from: string; by: string }> = {
  triage: { from: 'reported', by: 'office county_office' },
  decline: { from: 'reported triaged', by: 'office county_office' },
  merge: { from: 'reported triaged', by: 'office county_office' },
  assign: { from: 'triaged', by: 'office county_office' },
  sign: { from: 'assigned', by: 'unit' },
  return: { from: 'assigned', by: 'unit' },
  arbitrate: { from: 'returned', by: 'office' },
  plan: { from: 'signed', by: 'unit' },
  approve_plan: { from: 'plan_submitted', by: 'leader' },
  reject_plan: { from: 'plan_submitted', by: 'leader' },
  progress: { from: 'rectifying', by: 'unit' },
  request_extension: { from: 'rectifying', by: 'unit' },
  decide_extension: { from: 'rectifying', by: 'office' },
  suspend: { from: 'signed plan_submitted rectifying', by: 'office' },
  resume: { from: '', by: 'office' },
  self_check: { from: 'rectifying', by: 'unit' },
  county_accept: { from: 'self_checked', by: 'county_office' },
  county_reject: { from: 'self_checked', by: 'county_office' },
  city_accept: { from: 'county_accepted', by: 'inspector' },
  city_reject: { from: 'county_accepted', by: 'inspector' },
  publicise: { from: 'city_accepted', by: 'office' },
  object: { from: 'publicising objected', by: 'public office county_office' },
  resolve_objection: { from: 'objected', by: 'office' },
  file: { from: 'publicising', by: 'office' },
  close: { from: 'filed', by: 'office' },
  recheck: { from: 'closed', by: 'inspector' },
  reopen: { from: 'closed declined unfounded', by: 'office' },
  transfer: {
    from: 'triaged assigned returned signed plan_submitted rectifying self_checked county_accepted city_accepted publicising objected',
    by: 'office',
  },
  mark_unfounded: { from: 'triaged assigned returned signed plan_submitted rectifying self_checked', by: 'office' },
  infer: { from: 'signed plan_submitted rectifying', by: 'unit' },
  override_colour: {
    from: 'reported triaged assigned returned signed plan_submitted rectifying self_checked county_accepted city_accepted publicising objected filed',
    by: 'office',
  },
}

const WHO: Record<Capacity, PersonKey> = {
  office: 'office',
  county_office: 'county',
  unit: 'unit',
  inspector: 'inspector',
  leader: 'leader',
  chief: 'chief',
  grid: 'grid',
  analyst: 'analyst',
  publisher: 'publisher',
  payout: 'payout',
  sysadmin: 'sysadmin',
  secadmin: 'secadmin',
  auditor: 'auditor',
  public: 'resident',
}

// A case of the path 督察反馈 that is ready for everything its state allows: evidence, findings, an extension asked, the notice open.
function ready(state: State): Case {
  const full = walkTo('inspection', 'filed').c
  const asked = walkTo('inspection', 'rectifying')
  asked.go('unit', acts.extend)
  const done = full.plan && { ...full.plan, measures: full.plan.measures }
  const base =
    (LINE as readonly State[]).includes(state) && state !== 'closed' ? walkTo('inspection', state, { last: true }).c : full
  const visit = { ...full.evidence[0]!, id: 'visit', kind: 'site_visit' as const }
  return {
    ...base,
    state,
    duties: full.duties,
    evidence: [...full.evidence, visit],
    ...(done ? { plan: done } : {}),
    ...(full.notice ? { notice: full.notice } : {}),
    ...(state === 'rectifying' ? { extensions: [] } : {}),
    rules: full.rules,
    assigned: { on: toDay('2026-03-18'), at: momentOf('2026-03-18'), by: full.evidence[0]!.by },
    due: toDay('2026-06-30'),
  }
}

describe('the procedure, every state × move × role', () => {
  const LAST_DAY = toDay('2026-04-02') // of the notice that began on 2026-03-20: objections are open, filing is not
  const answers = (state: State, who: PersonKey, today = LAST_DAY) =>
    whatNow(ready(state), people[who], { law: LAW, today, at: momentOf(today) })

  it.each(STATES)('%s', (state) => {
    for (const [role, who] of Object.entries(WHO) as [Capacity, PersonKey][]) {
      const early = answers(state, who)
      const later = answers(state, who, toDay('2026-04-03'))
      for (const { move, allowed, why } of early) {
        const book = BOOK[move as keyof typeof BOOK]
        const may = book.by.split(' ').includes(role)
        const now = book.from.split(' ').includes(state)
        const over = later.find((option) => option.move === move)?.allowed
        const label = `${state} ${move} ${role} ${why?.code ?? ''}`
        if (move === 'return' || move === 'decide_extension') continue // their own conditions: see checklist.test.ts
        expect(move === 'file' || move === 'close' ? over : allowed, label).toBe(may && now)
        if (!may && !isSecond(move, role)) expect(why?.kind, label).toBe('never')
        if (may && !now) expect(why?.kind, label).toBe('not-now')
      }
    }
  })

  const isSecond = (move: Move, role: Capacity) => role === 'leader' && (move === 'mark_unfounded' || move === 'override_colour')

  it('permissions are the same table turned round', () => {
    const seconds: Partial<Record<Move, string>> = { mark_unfounded: 'leader', override_colour: 'leader' }
    for (const role of Object.keys(WHO) as Capacity[]) {
      const expected = MOVES.filter(
        (move) => move !== 'report' && `${BOOK[move].by} ${seconds[move] ?? ''}`.split(' ').includes(role),
      )
      expect([role, PERMISSIONS[role].filter((move) => move !== 'report')]).toEqual([role, expected])
    }
  })
})

describe('who may: posts, divisions, organisations', () => {
  it('another county, a unit that is not bound, a supporting unit', () => {
    const story = walkTo('patrol', 'self_checked')
    expect(story.no('otherCounty', accept('county_accept', '2026-03-20'))).toMatchObject({
      kind: 'never',
      code: 'cases/not-your-case',
    })
    const working = walkTo('patrol', 'rectifying')
    expect(working.no('stranger', acts.progress)).toMatchObject({ kind: 'never', code: 'cases/not-your-case' })
    expect(working.no('helper', acts.selfCheck)).toMatchObject({ kind: 'never', code: 'cases/not-your-case' })
    expect(working.go('helper', acts.progress).progress.at(-1)?.by.org).toBe('helper')
  })

  it('a city of another tenant is never reached', () => {
    const story = begin('patrol')
    const foreign = { ...people.office, tenant: 610800 }
    expect(story.no('office', acts.triage, { by: foreign })).toMatchObject({ kind: 'never', code: 'cases/other-city' })
  })

  it('a person with several posts acts in the one that may, or in the one that is named', () => {
    const story = begin('patrol')
    const both = { ...people.county, holdings: [...people.grid.holdings, ...people.county.holdings] }
    const event = story.ask('county', acts.triage, { by: both })
    expect(isRefusal(event) ? event.code : event.by.role).toBe('county_office')
    expect(story.no('county', acts.triage, { by: both, post: 'post-grid' })).toMatchObject({ code: 'cases/role-never' })
  })

  it('a stand-in is named as one', () => {
    const story = begin('patrol')
    const standIn = { ...people.office, holdings: people.office.holdings.map((holding) => ({ ...holding, standIn: true })) }
    story.go('office', acts.triage, { by: standIn })
    expect(story.events.at(-1)?.by).toMatchObject({ standIn: true, post: 'post-office' })
  })

  it('each role reports from its own sources, the public complaints, payout and administrators nothing', () => {
    const reports = (who: PersonKey, path: Path) => {
      const env = { by: people[who], at: momentOf('2026-03-02'), today: toDay('2026-03-02'), law: LAW, id: 'case-1', no: 'HZ-1' }
      const event = decide(undefined, reportOf(path), env)
      return isRefusal(event) ? event.kind : event.by.role
    }
    expect(PATHS.filter((path) => reports('resident', path) === 'public')).toEqual(['complaint'])
    expect(PATHS.filter((path) => reports('grid', path) === 'grid')).toEqual(['patrol'])
    expect(PATHS.filter((path) => reports('analyst', path) === 'analyst')).toEqual(['lead'])
    expect(PATHS.filter((path) => reports('county', path) === 'county_office')).toEqual(PATHS)
    for (const who of ['leader', 'publisher', 'payout', 'sysadmin', 'secadmin', 'auditor', 'otherCounty'] as const)
      expect(PATHS.map((path) => [who, reports(who, path)])).toEqual(PATHS.map(() => [who, 'never']))
  })
})

describe('acceptor ≠ rectifier', () => {
  it('neither the person who self-checked nor anyone of a rectifying organisation accepts', () => {
    const story = walkTo('patrol', 'self_checked')
    const turned = { ...people.county, account: 'unit' }
    expect(story.no('county', accept('county_accept', '2026-03-20'), { by: turned })).toMatchObject({
      code: 'cases/same-hand',
      kind: 'never',
    })
    const colleague = { ...people.county, holdings: [...people.county.holdings, ...people.unit.holdings] }
    expect(story.no('county', accept('county_accept', '2026-03-20'), { by: colleague })).toMatchObject({
      code: 'cases/same-hand',
    })
    const helper = { ...people.county, holdings: [...people.county.holdings, ...people.helper.holdings] }
    expect(story.no('county', accept('county_accept', '2026-03-20'), { by: helper })).toMatchObject({ code: 'cases/same-hand' })
  })

  it('who accepted at the county does not review for the city, who planned does not approve', () => {
    const story = walkTo('inspection', 'county_accepted')
    const same = { ...people.inspector, account: 'county' }
    expect(story.no('inspector', accept('city_accept', '2026-03-20'), { by: same })).toMatchObject({ code: 'cases/same-hand' })
    const planned = walkTo('inspection', 'plan_submitted')
    expect(planned.no('leader', acts.approve, { by: { ...people.leader, account: 'unit' } })).toMatchObject({
      code: 'cases/same-hand',
    })
  })
})

describe('return and arbitration', () => {
  const days = (story: Story) => [story.c.clocks.case?.started, story.c.clocks.stage?.started, story.c.due]

  it('overruled: assigned again, and neither clock is reset', () => {
    const story = walkTo('inspection', 'assigned')
    const before = days(story)
    story.day = toDay('2026-03-06')
    story.go('unit', acts.return)
    story.day = toDay('2026-03-10')
    expect(story.go('office', acts.overrule)).toMatchObject({ state: 'assigned', returns: 1 })
    expect(days(story)).toEqual(before)
  })

  it('upheld: back to triage, the next dispatch starts its own clock', () => {
    const story = walkTo('inspection', 'assigned')
    story.go('unit', acts.return)
    story.go('office', acts.uphold)
    expect(story.c).toMatchObject({ state: 'triaged', clocks: { stage: { started: '2026-03-02' } } })
    expect(story.c.clocks.case).toBeUndefined()
    expect(story.c.due).toBeUndefined()
    story.day = toDay('2026-03-09')
    expect(story.go('office', acts.assign).clocks.case?.started).toBe('2026-03-09')
  })

  it('is possible to the fifth working day, and twice', () => {
    const story = walkTo('inspection', 'assigned') // on Monday 2026-03-02
    story.day = toDay('2026-03-10')
    expect(story.no('unit', acts.return)).toMatchObject({ code: 'cases/return-late', params: { last: '2026-03-09', days: 5 } })
    story.day = toDay('2026-03-09')
    for (let i = 0; i < 2; i++) {
      story.go('unit', acts.return)
      story.go('office', acts.overrule)
    }
    expect(story.no('unit', acts.return)).toMatchObject({ code: 'cases/return-limit', params: { limit: 2 } })
  })
})

describe('two persons', () => {
  const seen = (story: Story) => story.go('county', { ...photoOfVisit() })
  const photoOfVisit = () => ({
    move: 'add_evidence' as const,
    item: {
      id: 'v1',
      kind: 'site_visit' as const,
      sha256: 'a'.repeat(64),
      name: 'v.jpg',
      mime: 'image/jpeg',
      bytes: 1,
      hasExif: false,
    },
  })

  it('unfounded: on evidence, proposed by one, confirmed by another', () => {
    const story = walkTo('complaint', 'rectifying')
    expect(story.no('office', acts.unfounded)).toMatchObject({ code: 'cases/site-visit-missing' })
    seen(story)
    expect(story.no('office', { move: 'mark_unfounded', confirm: true })).toMatchObject({ code: 'cases/nothing-proposed' })
    expect(story.go('office', acts.unfounded)).toMatchObject({ state: 'rectifying', pending: { kind: 'unfounded' } })
    expect(story.no('second', acts.unfounded)).toMatchObject({ code: 'cases/proposal-waits' })
    expect(story.no('office', { move: 'mark_unfounded', confirm: true })).toMatchObject({
      code: 'cases/same-hand',
      kind: 'never',
    })
    expect(story.no('county', { move: 'mark_unfounded', confirm: true })).toMatchObject({ code: 'cases/role-never' })
    const c = story.go('second', { move: 'mark_unfounded', confirm: true })
    expect(c).toMatchObject({ state: 'unfounded', outcome: 'unfounded', ended: { reason: '现场无此情形' } })
    expect(c.pending).toBeUndefined()
  })

  it('a proposal can be dropped, and lapses when the case moves on', () => {
    const story = walkTo('complaint', 'rectifying')
    seen(story)
    story.go('office', acts.unfounded)
    expect(story.go('leader', { move: 'mark_unfounded', confirm: false })).toMatchObject({ state: 'rectifying' })
    expect(story.c.pending).toBeUndefined()
    story.go('office', acts.unfounded)
    story.go('office', acts.transfer)
    expect(story.c.pending).toBeUndefined()
  })

  it('a colour is overridden by a leader, never by the office alone', () => {
    const story = walkTo('patrol', 'rectifying')
    story.go('office', acts.red)
    expect(story.no('second', { move: 'override_colour', confirm: true })).toMatchObject({
      code: 'cases/role-never',
      kind: 'never',
    })
    const c = story.go('leader', { move: 'override_colour', confirm: true })
    expect(c.manualColour).toMatchObject({ colour: 'red', proposedBy: { account: 'office' }, confirmedBy: { account: 'leader' } })
    story.go('office', { move: 'override_colour', colour: 'auto', reason: '情形消除' })
    expect(story.go('leader', { move: 'override_colour', confirm: true }).manualColour).toBeUndefined()
  })
})

describe('ends and new beginnings', () => {
  it.each(ENDS)('%s is an end with its outcome', (end) => {
    const story = end === 'declined' || end === 'merged' ? begin('complaint') : walkTo('complaint', 'rectifying')
    const other = { tenant: 610700, id: 'case-2', state: 'triaged' as const }
    if (end === 'declined') story.go('office', acts.decline)
    if (end === 'merged') story.go('office', acts.merge, { other })
    if (end === 'transferred') story.go('office', acts.transfer)
    if (end === 'unfounded') {
      story.go('county', { move: 'add_evidence', item: { ...walkTo('lead', 'reported').c.evidence[0]!, id: 'v' } })
      story.go('office', acts.unfounded)
      story.go('second', { move: 'mark_unfounded', confirm: true })
    }
    expect(story.c).toMatchObject({ state: end, outcome: end })
    expect(story.c.clocks.stage).toBeUndefined()
    expect(story.c.clocks.case?.stopped ?? 'none').toBe(story.c.clocks.case ? '2026-03-02' : 'none')
  })

  it('merges only into another open case of the city', () => {
    const story = begin('complaint')
    const other = { tenant: 610700, id: 'case-2', state: 'closed' as const }
    expect(story.no('office', acts.merge)).toMatchObject({ code: 'cases/merge-target' })
    expect(story.no('office', acts.merge, { other })).toMatchObject({ code: 'cases/merge-target' })
    expect(story.no('office', acts.merge, { other: { ...other, tenant: 1, state: 'triaged' } })).toMatchObject({
      code: 'cases/merge-target',
    })
    expect(
      story.no('office', { ...acts.merge, into: 'case-1' }, { other: { ...other, id: 'case-1', state: 'triaged' } }),
    ).toMatchObject({
      code: 'cases/merge-target',
    })
  })

  it('a rebound reopens in red with a new term, and asks for new photos', () => {
    const story = walkTo('inspection', 'closed')
    story.day = toDay('2026-10-08')
    const c = story.go('inspector', acts.rebound)
    expect(c).toMatchObject({ state: 'rectifying', reopenings: [{ rebound: true, reason: '再次堆放' }], due: '2026-11-07' })
    expect([c.outcome, c.closedOn, c.notice, c.filing, c.checks]).toEqual([undefined, undefined, undefined, undefined, {}])
    expect(c.clocks).toMatchObject({ case: { started: '2026-10-08' }, stage: { rule: { id: 'inspection/rework' } } })
    expect(story.no('unit', acts.selfCheck)).toMatchObject({ code: 'cases/after-photo-stale' })
  })

  it('a confirmed look-back leaves it closed; a declined report can be taken up again', () => {
    const story = walkTo('inspection', 'closed')
    expect(story.go('inspector', acts.confirmed)).toMatchObject({
      state: 'closed',
      recheck: { results: [{ result: 'confirmed' }] },
    })
    const declined = begin('complaint')
    declined.go('office', acts.decline)
    expect(declined.go('office', acts.reopen)).toMatchObject({ state: 'reported', reopenings: [{ rebound: false }] })
    expect([declined.c.outcome, declined.c.ended]).toEqual([undefined, undefined])
  })

  it('draws the look-back: all five disorders in core and key zones, a tenth of the rest', () => {
    const close = (qinling: 'key' | 'general', draw: number) => {
      const story = walkTo('inspection', 'filed')
      const event = { ...story, c: { ...story.c, place: { ...story.c.place, qinling } } }
      story.c = event.c
      return story.go('office', acts.close, { draw }).recheck
    }
    expect(close('key', 0.9)).toMatchObject({ selected: 'all', due: '2026-10-03' })
    expect(close('general', 0.05)).toMatchObject({ selected: 'sample', due: '2026-10-03' })
    expect(close('general', 0.1)).toEqual({ selected: 'none', results: [] })
  })
})

describe('a case that is not', () => {
  it('every act but report and import needs one, and those two need none', () => {
    const story = begin('patrol')
    const again: Act = { ...(story.events[0]!.data.act as Act) }
    expect(story.no('office', again)).toMatchObject({ code: 'cases/exists' })
  })
})
