import { describe, expect, it } from 'vitest'
import { walkTo } from '../testing/walks.ts'
import { isDecision, stagesOf } from './stages.ts'

describe('the story in stages', () => {
  const { events } = walkTo('patrol', 'closed')
  const stages = stagesOf(events)

  it('has one stage for each state that was passed, with all that happened in it', () => {
    expect(stages.map(({ state }) => state)).toEqual([
      ...['reported', 'triaged', 'assigned', 'rectifying', 'self_checked', 'county_accepted', 'closed'],
    ])
    expect(stages.flatMap((stage) => stage.events)).toEqual(events)
    expect(stages.find(({ state }) => state === 'rectifying')!.events.map(({ type }) => type)).toEqual([
      ...['sign', 'evidence_added', 'progress', 'evidence_added'],
    ])
  })

  it('ends each on the day the next begins, and leaves the last open', () => {
    for (const [i, stage] of stages.entries()) expect(stage.to).toBe(stages[i + 1]?.from)
  })

  it('coming back to a state is a stage of its own; staying in one is not', () => {
    const twice = [
      ...events,
      { ...events.at(-1)!, version: 99, data: { ...events.at(-1)!.data, from: 'closed', to: 'rectifying' } },
    ]
    expect(
      stagesOf(twice as typeof events)
        .map(({ state }) => state)
        .slice(-2),
    ).toEqual(['closed', 'rectifying'])
  })

  it('tells decisions from reports of the work', () => {
    expect(events.filter((event) => !isDecision(event)).map(({ type }) => type)).toEqual([
      'evidence_added',
      'progress',
      'evidence_added',
    ])
  })
})
