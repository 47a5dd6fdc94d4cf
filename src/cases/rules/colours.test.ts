import { describe, expect, it } from 'vitest'
import { addDays, type Day, toDay } from '../../base/rules/day.ts'
import { acts, beginImported, LAW, LONG_TERM, lawWith, people, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { Case } from './case.ts'
import { STATES } from './codes.ts'
import { COLOUR_TRIGGERS, type ColourTrigger, colourOf, type Snapshot } from './colours.ts'

const on = (c: Case, day: string, past: Snapshot[] = [], law = LAW) => {
  const { colour, why } = colourOf(c, { today: toDay(day), law }, past)
  return [colour, ...why.map(({ rule }) => rule)]
}
/** In work since 2026-03-02, due on 2026-06-30 (120 days), one milestone on 2026-05-10; no progress yet. */
const working = () => walkTo('inspection', 'rectifying')
const fresh = (c: Case, day: string): Case => ({
  ...c,
  progress: [{ on: toDay(day), at: c.assigned!.at, by: c.assigned!.by, text: '进行中' }],
})
const withoutMilestones = (c: Case): Case => ({
  ...c,
  plan: { ...c.plan!, measures: c.plan!.measures.map((m) => ({ ...m, milestones: [] })) },
})
const reported = (c: Case, day: string, percent: number): Case => {
  const base = fresh(withoutMilestones(c), day)
  return { ...base, progress: base.progress.map((progress) => ({ ...progress, percent })) }
}

describe('green', () => {
  it('while nothing presses, and before anything starts', () => {
    expect(on(fresh(working().c, '2026-03-09'), '2026-03-10')).toEqual(['green'])
    expect(on(walkTo('inspection', 'reported').c, '2026-03-10')).toEqual(['green'])
  })

  it.each(STATES.filter((state) => ['closed', 'declined', 'merged', 'unfounded', 'transferred'].includes(state)))(
    '%s is frozen green',
    (state) => {
      const c: Case = { ...working().c, state, acceptanceRejects: 5, manualColour: undefined as never }
      expect(on(c, '2027-03-10')).toEqual(['green'])
    },
  )
})

describe('milestones: late 1 to 15 days yellow, more than 15 red', () => {
  it.each([
    ['2026-05-10', ['green']],
    ['2026-05-11', ['yellow', 'milestone_late']],
    ['2026-05-25', ['yellow', 'milestone_late']],
    ['2026-05-26', ['red', 'milestone_very_late']],
  ])('%s', (day, colour) => {
    expect(on(fresh(working().c, day), day)).toEqual(colour)
  })

  it('a suspension moves them, and while it lasts none is late', () => {
    const story = working()
    story.day = toDay('2026-05-01')
    story.go('office', acts.suspend, { approver: people.leader })
    expect(on(story.c, '2026-09-01')).toEqual(['green'])
    story.day = toDay('2026-05-21')
    story.go('office', acts.resume)
    expect(on(fresh(story.c, '2026-05-30'), '2026-05-30')).toEqual(['green'])
    expect(on(fresh(story.c, '2026-05-31'), '2026-05-31')).toEqual(['yellow', 'milestone_late'])
  })

  it('does not press once the work is handed in for acceptance', () => {
    expect(on({ ...working().c, state: 'self_checked' }, '2026-06-20')).toEqual(['green'])
  })
})

describe('due within 30 days and behind', () => {
  it('compares the reported progress with the share of the term that is gone', () => {
    const c = reported(working().c, '2026-05-31', 74)
    expect(on(c, '2026-05-30')).toEqual(['green']) // 31 days left
    expect(on(c, '2026-05-31')).toEqual(['yellow', 'due_soon_behind']) // 30 days left, 75 % gone
    expect(on(reported(working().c, '2026-05-31', 75), '2026-05-31')).toEqual(['green'])
  })

  it('counts measures where no percentage was reported', () => {
    const half = withoutMilestones(working().c)
    const measures = [...half.plan!.measures, { id: 'm2', text: '复绿', milestones: [], doneOn: toDay('2026-05-01') }]
    const c = fresh({ ...half, plan: { ...half.plan!, measures } }, '2026-06-01')
    const { why } = colourOf(c, { today: toDay('2026-06-01'), law: LAW })
    expect(why[0]).toMatchObject({ rule: 'due_soon_behind', inputs: { done: 50, daysLeft: 29 } })
  })

  it('milestones say otherwise: all that are due are done', () => {
    const story = working()
    story.go('unit', { ...acts.progress, percent: 10, milestonesDone: ['m1.1'] })
    expect(on(fresh(story.c, '2026-06-20'), '2026-06-20')).toEqual(['green'])
  })

  it('a term of 60 days or less is pressed from 80 % of it', () => {
    const short = (days: number) => {
      const story = walkTo('patrol', 'triaged')
      const day = addDays(story.day, days)
      story.go('office', { ...acts.assign, term: { words: `${days}日`, kind: 'by_day', day } })
      story.go('unit', acts.sign)
      return story.c
    }
    expect(on(short(60), '2026-04-18')).toEqual(['green']) // 47 of 60 days
    expect(on(short(60), '2026-04-19')).toEqual(['yellow', 'due_soon_behind']) // 48 of 60: 80 %
    expect(on(short(61), '2026-04-01')).toEqual(['green']) // 31 days left of 61
    expect(on(short(61), '2026-04-02')).toEqual(['yellow', 'due_soon_behind']) // 30 days left
    expect(on(short(10), '2026-03-09')).toEqual(['green'])
    expect(on(short(10), '2026-03-10')).toEqual(['yellow', 'due_soon_behind'])
  })

  it('while suspended nothing is counted, not even in a year whose working days nobody has published', () => {
    const { c } = working()
    const rule = { ...c.clocks.case!.rule, unit: 'working' as const, length: 30 }
    const paused = { from: toDay('2026-12-20'), by: '示例', reason: '洪水' }
    const late = { rule, started: toDay('2026-12-01'), pauses: [paused], extensions: [] }
    const waiting = withoutMilestones({ ...c, clocks: { case: late } })
    expect(on(fresh(waiting, '2026-12-29'), '2026-12-30')).toEqual(['green'])
  })

  it('a long-term task is never due', () => {
    const story = walkTo('patrol', 'triaged')
    story.go('office', { ...acts.assign, term: LONG_TERM })
    story.go('unit', acts.sign)
    expect(on(story.c, '2030-01-01')).toEqual(['green'])
  })
})

describe('overdue', () => {
  it('red from the day after the last day, and says by how much', () => {
    const c = reported(working().c, '2026-06-30', 100)
    expect(on(c, '2026-06-30')).toEqual(['green'])
    const { colour, why } = colourOf(fresh(c, '2026-07-03'), { today: toDay('2026-07-03'), law: LAW })
    expect([colour, why[0]]).toMatchObject(['red', { rule: 'overdue', inputs: { due: '2026-06-30', days: 3 } }])
    expect(why[0]?.clause).toContain('colour/default@2022-05-01')
  })

  it('work handed in on time is not overdue while others take theirs; handed in late it stays so', () => {
    const inTime = walkTo('inspection', 'self_checked').c
    expect(inTime.clocks.case?.stopped).toBe('2026-03-20')
    expect(on(inTime, '2026-12-01')).toEqual(['green'])
    const late: Case = { ...inTime, clocks: { case: { ...inTime.clocks.case!, stopped: toDay('2026-07-02') } } }
    expect(on(late, '2026-12-01')).toEqual(['red', 'overdue'])
  })
})

describe('reports', () => {
  it('two weekly reports missing, from the fifteenth day after the last', () => {
    const c = { ...fresh(working().c, '2026-03-10') }
    expect(on(c, '2026-03-24')).toEqual(['green'])
    const { why } = colourOf(c, { today: toDay('2026-03-25'), law: LAW })
    expect(why).toMatchObject([{ rule: 'reports_missing', inputs: { missing: 2, since: '2026-03-10', every: 7 } }])
  })

  it('is counted from the approval of the plan, and not on paths without reports', () => {
    expect(on(working().c, '2026-03-16')).toEqual(['green'])
    expect(on(working().c, '2026-03-17')).toEqual(['yellow', 'reports_missing'])
    const patrol = walkTo('patrol', 'triaged')
    patrol.go('office', acts.assign)
    patrol.go('unit', acts.sign)
    expect(on(patrol.c, '2026-04-20')).toEqual(['green'])
  })
})

describe('acceptance returned, flags, rebound, manual', () => {
  const rejected = (times: number): Story => {
    const story = walkTo('inspection', 'self_checked')
    story.c = { ...story.c, acceptanceRejects: times - 1 }
    story.go('county', acts.countyReject)
    return story
  }

  it('once yellow, twice red', () => {
    expect(on(rejected(1).c, '2026-03-21')).toEqual(['yellow', 'rejected_once'])
    expect(on(rejected(2).c, '2026-03-21')).toEqual(['red', 'rejected_twice'])
  })

  it('false evidence, and criticism from above or in the media, are red', () => {
    const story = working()
    story.go('office', { move: 'flag', kind: 'criticised', reason: '省级通报', source: '陕环督通〔2026〕1号' })
    expect(on(story.c, '2026-03-03')).toEqual(['red', 'flagged'])
    const fake = walkTo('inspection', 'self_checked')
    fake.go('county', { ...acts.countyReject, falseEvidence: true })
    expect(on(fake.c, '2026-03-21')).toEqual(['red', 'flagged'])
  })

  it('a rebound is red until it is closed again', () => {
    const story = walkTo('inspection', 'closed')
    story.go('inspector', acts.rebound)
    expect(on(story.c, '2026-04-04')).toEqual(['red', 'rebound'])
  })

  it('a manual colour stands above all, is shown as such, with both persons', () => {
    const story = working()
    story.go('office', { ...acts.red, colour: 'green' })
    story.go('leader', { move: 'override_colour', confirm: true })
    const answer = colourOf(story.c, { today: toDay('2026-12-01'), law: LAW })
    expect(answer).toMatchObject({
      colour: 'green',
      manual: true,
      why: [{ rule: 'manual', inputs: { proposedBy: 'office', confirmedBy: 'leader' } }],
    })
  })
})

describe('the monthly snapshots', () => {
  const past = (...months: [string, Snapshot['colour']][]) => months.map(([month, colour]) => ({ month, colour }))
  const calm = (day: string) => fresh(working().c, day)

  it('yellow two months running is red', () => {
    const c = calm('2026-05-02')
    expect(on(c, '2026-05-03', past(['2026-04', 'yellow'], ['2026-03', 'yellow']))).toEqual(['red', 'yellow_running'])
    expect(on(c, '2026-05-03', past(['2026-04', 'yellow'], ['2026-03', 'green']))).toEqual(['green'])
    expect(on(c, '2026-05-03', past(['2026-03', 'yellow'], ['2026-02', 'yellow']))).toEqual(['green'])
  })

  it('red stands until a new plan is approved', () => {
    expect(on(calm('2026-05-02'), '2026-05-03', past(['2026-04', 'red']))).toEqual(['red', 'red_stands'])
    const story = working()
    story.day = toDay('2026-05-02')
    story.go('unit', { ...acts.extend, toDay: toDay('2026-08-31') })
    story.go(
      'office',
      { move: 'decide_extension', grant: true, reason: '同意', approvedBy: { account: 'leader' } },
      { approver: people.leader },
    )
    expect(on(fresh(story.c, '2026-05-02'), '2026-05-03', past(['2026-04', 'red']))).toEqual(['yellow', 'extended'])
    expect(on(fresh(story.c, '2026-06-02'), '2026-06-03', past(['2026-05', 'red']))[0]).toBe('red')
  })

  it('an extension never makes it green again: yellow stays at least yellow, what was green stays green', () => {
    const grant = (day: Day) => {
      const story = working()
      story.day = day
      story.go('unit', acts.extend)
      story.go(
        'office',
        { move: 'decide_extension', grant: true, reason: '同意', approvedBy: { account: 'leader' } },
        { approver: people.leader },
      )
      return story.c
    }
    const yellow = grant(toDay('2026-03-20')) // two reports missing
    expect(yellow.extensions[0]?.decision?.colourWas).toBe('yellow')
    expect(on(fresh(yellow, '2026-04-01'), '2026-04-02')).toEqual(['yellow', 'extended'])
    expect(on(fresh(grant(toDay('2026-03-05')), '2026-04-01'), '2026-04-02')).toEqual(['green'])
  })
})

describe('imported cases', () => {
  const start = {
    key: 'k1',
    source: 'provincial_inspection',
    originalText: '原文',
    title: '标题',
    place: { region: '610702' },
    state: 'rectifying',
  } as const

  it('count reports from the import; a day that is over is over', () => {
    const story = beginImported({ ...start, reportedOn: toDay('2024-08-01'), due: toDay('2026-12-31') })
    expect(on(story.c, '2026-03-16')).toEqual(['green'])
    expect(on(story.c, '2026-03-17')).toEqual(['yellow', 'reports_missing'])
    const late = beginImported({ ...start, reportedOn: toDay('2024-08-01'), due: toDay('2025-12-31') })
    expect(on(late.c, '2026-03-02')).toEqual(['red', 'overdue'])
  })
})

describe('every threshold is the rule’s', () => {
  it.each([
    [{ redMilestoneLateDays: 20 }, '2026-05-26', 'yellow'],
    [{ redMilestoneLateDays: 3 }, '2026-05-14', 'red'],
    [{ yellowMissingReports: 1 }, '2026-03-10', 'yellow'],
  ] as const)('%o', (change, day, colour) => {
    const c = 'yellowMissingReports' in change ? working().c : fresh(working().c, day)
    expect(on(c, day, [], lawWith('colour', 'default', change))[0]).toBe(colour)
  })

  it('each trigger is met somewhere in these tests', () => {
    const met: readonly ColourTrigger[] = [
      'manual',
      'rebound',
      'flagged',
      'rejected_twice',
      'overdue',
      'milestone_very_late',
      'yellow_running',
      'red_stands',
      'due_soon_behind',
      'milestone_late',
      'reports_missing',
      'rejected_once',
      'extended',
    ]
    expect([...COLOUR_TRIGGERS].sort()).toEqual([...met].sort())
  })
})
