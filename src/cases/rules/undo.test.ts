import { describe, expect, it } from 'vitest'
import type { Day, Instant } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import { acts, DUTIES, LAW, type PersonKey, people, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import type { Last } from './env.ts'
import { evolve, fold } from './lifecycle.ts'
import { undoUntil } from './undo.ts'
import { eventItem } from './wire.ts'

const lastOf = ({ events }: Story, left = false): Last => ({ event: events.at(-1)!, before: fold(events.slice(0, -1)), left })
const undo = { move: 'undo' as const }
const later = (at: Instant, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString() as Instant
const ask = (story: Story, who: PersonKey, o: { minutes?: number; left?: boolean } = {}) =>
  story.ask(who, undo, { last: lastOf(story, o.left), at: later(story.events.at(-1)!.at, o.minutes ?? 1) })
const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.code : 'taken')

describe('taking back', () => {
  it('gives back state, clocks, deadline, units and colour bases; the journal keeps both', () => {
    const story = walkTo('inspection', 'triaged')
    const before = story.c
    story.go('office', { ...acts.assign, duties: DUTIES })
    expect(story.c.due).toBeDefined()
    const event = ask(story, 'office')
    if (isRefusal(event)) throw new Error(event.code)
    const after = evolve(story.c, event)
    expect(after).toEqual({ ...before, version: before.version + 2 })
    expect(fold(JSON.parse(JSON.stringify([...story.events, event])))).toEqual(after)
    expect(event.data).toMatchObject({ from: 'assigned', to: 'triaged', effect: { undone: { type: 'assign' } } })
  })

  it("is the author's alone, within the minutes of the rule, before anything went out", () => {
    const story = walkTo('inspection', 'triaged')
    story.go('office', acts.assign)
    expect(codeOf(ask(story, 'second'))).toBe('cases/undo-not-yours')
    expect(codeOf(ask(story, 'office', { minutes: 9.99 }))).toBe('taken')
    expect(codeOf(ask(story, 'office', { minutes: 10 }))).toBe('cases/undo-late')
    expect(codeOf(ask(story, 'office', { left: true }))).toBe('cases/undo-left')
    expect(codeOf(story.ask('office', undo))).toBe('cases/undo-nothing')
    const { at } = story.events.at(-1)!
    const env = { by: people.office, at, today: story.day as Day, law: LAW }
    expect(undoUntil(story.c, lastOf(story), env)).toBe(later(at, 10))
    expect(undoUntil(story.c, lastOf(story), { ...env, by: people.second })).toBeUndefined()
  })

  it('is over as soon as somebody acted on it', () => {
    const story = walkTo('inspection', 'triaged')
    story.go('office', acts.assign)
    const mine = lastOf(story)
    story.go('unit', acts.sign)
    expect(codeOf(story.ask('office', undo, { last: mine }))).toBe('cases/undo-nothing')
    expect(codeOf(ask(story, 'office'))).toBe('cases/undo-not-yours')
  })

  it('is refused for what begins a case, what was published, cleared off or taken back', () => {
    expect(codeOf(ask(walkTo('inspection', 'reported'), 'office'))).toBe('cases/undo-nothing')
    const onNotice = walkTo('inspection', 'publicising')
    expect(codeOf(ask(onNotice, 'office'))).toBe('cases/undo-kind')
    onNotice.go('office', acts.red)
    expect(codeOf(ask(onNotice, 'office'))).toBe('cases/undo-public')
    expect(codeOf(ask(walkTo('patrol', 'closed'), 'office'))).toBe('cases/undo-kind')
    const twice = walkTo('inspection', 'triaged')
    twice.go('office', acts.assign)
    twice.go('office', undo, { last: lastOf(twice) })
    expect(codeOf(ask(twice, 'office'))).toBe('cases/undo-kind')
  })

  it('the state before does not leave with the event', () => {
    const story = walkTo('inspection', 'triaged')
    story.go('office', acts.assign)
    story.go('office', undo, { last: lastOf(story) })
    const told = eventItem(story.events.at(-1)!, people.office)
    expect(told.data.effect).toHaveProperty('undone')
    expect(JSON.stringify(told)).not.toContain('originalText')
  })
})

describe('reminders', () => {
  it('press the unit that answers and change neither state, clocks nor deadline; its receipt ends them all', () => {
    const story = walkTo('inspection', 'rectifying')
    const { state, clocks, due } = story.c
    story.go('office', { move: 'remind', text: '请抓紧', answerBy: story.day })
    story.go('county', { move: 'remind', text: '再次提醒' })
    expect(story.c).toMatchObject({ state, clocks, due, reminders: [{ text: '请抓紧' }, { text: '再次提醒' }] })
    expect(story.no('helper', { move: 'acknowledge' }).code).toBe('cases/not-your-case')
    story.go('unit', { move: 'acknowledge', text: '本周完成' })
    expect(story.c.reminders!.every((r) => r.acknowledged?.text === '本周完成')).toBe(true)
    expect(story.no('unit', { move: 'acknowledge' }).code).toBe('cases/no-reminder')
  })

  it('need a unit, a state in which it has to move, words, and no day gone by', () => {
    const remind = { move: 'remind' as const, text: '请抓紧' }
    expect(walkTo('inspection', 'triaged').no('office', remind).code).toBe('cases/not-in-this-state')
    const story = walkTo('inspection', 'rectifying')
    expect(story.no('office', { ...remind, text: ' ' }).code).toBe('cases/fields-missing')
    expect(story.no('office', { ...remind, answerBy: '2020-01-01' as Day }).code).toBe('cases/day-past')
    expect(story.no('unit', remind).code).toBe('cases/role-never')
    expect(story.no('otherCounty', remind).code).toBe('cases/not-your-case')
    story.c = { ...story.c, duties: [] }
    expect(story.no('office', remind).code).toBe('cases/nobody-answers')
  })
})
