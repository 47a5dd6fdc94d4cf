import { describe, expect, it } from 'vitest'
import { addDays, dayOf, toDay } from '../../base/rules/day.ts'
import { LAW } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import { colourHistory, MOST_DAYS } from './colour-history.ts'
import { colourOf, type Snapshot } from './colours.ts'
import type { CaseEvent } from './event.ts'
import { fold } from './evolve.ts'

const history = (events: readonly CaseEvent[], today: string, past: Snapshot[] = []) =>
  colourHistory(events, { today: toDay(today), law: LAW }, past)
const told = (events: readonly CaseEvent[], today: string, past: Snapshot[] = []) =>
  history(events, today, past).changes.map(({ day, colour, why, by }) => [day, colour, why[0]?.rule, by])

describe('how a case was coloured', () => {
  const working = walkTo('inspection', 'rectifying')

  it('green from its first day, yellow and red by time passing, each with its reason', () => {
    expect(told(working.events, '2026-07-02')).toEqual([
      ['2026-03-02', 'green', undefined, 'approve_plan'],
      ['2026-03-17', 'yellow', 'reports_missing', undefined],
      ['2026-05-26', 'red', 'milestone_very_late', undefined],
    ])
  })

  it('is on every day what the rules say of the case as it stood that evening', () => {
    const { events } = walkTo('inspection', 'city_accepted')
    const { changes, from } = history(events, '2026-04-20')
    for (let day = from; day <= '2026-04-20'; day = addDays(day, 1)) {
      const c = fold(events.filter((event) => dayOf(event.at) <= day))!
      const colour = changes.findLast((change) => change.day <= day)!.colour
      expect([day, colour]).toEqual([day, colourOf(c, { today: day, law: LAW }).colour])
    }
  })

  it('frozen months count: two yellow ones in a row make a red', () => {
    const yellow = [
      { month: '2026-03', colour: 'yellow' as const },
      { month: '2026-04', colour: 'yellow' as const },
    ]
    expect(told(working.events, '2026-05-02', yellow).at(-1)).toEqual(['2026-05-01', 'red', 'yellow_running', undefined])
  })

  it('what ended is green from then on, without looking at each day', () => {
    const { events } = walkTo('inspection', 'closed')
    expect(history(events, '2030-01-01').changes.at(-1)!.colour).toBe('green') // 2027 on has no calendar, and needs none
    expect(history(events, '2030-01-01').unknown).toBeUndefined()
  })

  it('a day that cannot be judged is named instead of guessed', () => {
    const { events } = walkTo('patrol', 'reported') // not yet dispatched, so judged by the rule of each day
    const rules = LAW.rules.map((row) => (row.kind === 'colour' ? { ...row, validTo: toDay('2026-03-10') } : row))
    const { unknown, changes } = colourHistory(events, { today: toDay('2026-03-20'), law: { ...LAW, rules } })
    expect([unknown, changes.map(({ colour }) => colour)]).toEqual(['2026-03-11', ['green']])
  })

  it('of an old case the last days are told', () => {
    const today = addDays(toDay('2026-03-02'), MOST_DAYS + 400)
    expect(history(working.events, today).from).toBe(addDays(toDay('2026-03-02'), 400))
  })
})
