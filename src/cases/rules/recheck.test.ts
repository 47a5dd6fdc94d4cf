import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { accept, acts, photo, type Story } from '../testing/story.ts'
import { walkTo } from '../testing/walks.ts'
import { fold } from './evolve.ts'
import { isRecheckDue } from './recheck.ts'

const closed = (draw: number): Story => {
  const story = walkTo('patrol', 'county_accepted')
  story.go('office', acts.close, { draw }) // on 2026-03-20
  return story
}
// The problem came back, was worked on once more, and is closed again.
const closedAgain = (story: Story, draw: number): void => {
  story.day = toDay('2026-10-08')
  story.go('inspector', acts.rebound)
  story.day = toDay('2026-10-20')
  story.go('unit', acts.progress)
  story.go('unit', photo('after', '2026-10-19'))
  story.go('unit', acts.selfCheck)
  story.go('county', accept('county_accept', '2026-10-20'))
  story.go('office', acts.close, { draw })
}
const dueOn = ({ c }: Story, day: string) => isRecheckDue(c, toDay(day))

describe('回头看 is due', () => {
  it('from its day on, where the lot fell on the case', () => {
    const story = closed(0)
    expect(['2026-09-19', '2026-09-20', '2027-01-01'].map((day) => dueOn(story, day))).toEqual([false, true, true])
    expect(dueOn(closed(0.5), '2027-01-01')).toBe(false)
  })

  it('no more once somebody has looked', () => {
    const story = closed(0)
    story.day = toDay('2026-10-08')
    story.go('inspector', acts.confirmed)
    expect(dueOn(story, '2026-10-08')).toBe(false)
  })

  it('again after every clear-off, whatever was found before; what was found stays', () => {
    const story = closed(0)
    closedAgain(story, 0)
    expect(story.c.recheck).toMatchObject({ due: '2027-04-20', results: [{ result: 'rebound', on: '2026-10-08' }] })
    expect(['2027-04-19', '2027-04-20'].map((day) => dueOn(story, day))).toEqual([false, true])
    story.day = toDay('2027-04-21')
    story.go('inspector', acts.confirmed)
    expect(dueOn(story, '2027-04-21')).toBe(false)
    expect(story.c.recheck?.results.map(({ result }) => result)).toEqual(['rebound', 'confirmed'])
    expect(fold(story.events)).toEqual(story.c)
  })

  it('not while the case is worked on, and not where the second lot did not fall on it', () => {
    const story = closed(0)
    closedAgain(story, 0.5)
    expect(dueOn(story, '2028-01-01')).toBe(false)
    story.go('inspector', acts.rebound)
    expect(dueOn(story, '2028-01-01')).toBe(false)
  })
})
