import { describe, expect, it } from 'vitest'
import { people } from '../../testing/story.ts'
import { walkTo } from '../../testing/walks.ts'
import { isTold, kindOfDay, lineOf, noticeOf } from './notices.ts'

const assigned = walkTo('inspection', 'assigned').c
const unit = people.unit

describe('who is told what', () => {
  it('whoever has a turn hears what happened and what to do, by the number alone', () => {
    const told = noticeOf(assigned, { type: 'assign', author: people.office.account }, { actor: unit, moves: ['sign'] })
    expect(told).toEqual({ kind: 'turn', words: { no: assigned.no, what: 'assign', moves: ['sign'], due: assigned.due } })
    expect(JSON.stringify(told)).not.toContain(assigned.title)
  })

  it('nobody hears of an own act, nor of a case that is not to be seen', () => {
    const own = noticeOf(assigned, { type: 'assign', author: unit.account }, { actor: unit, moves: ['sign'] })
    const sealed = noticeOf(
      { ...assigned, secrecy: 3 },
      { type: 'assign', author: 'x' },
      { actor: { ...unit, clearance: 1 }, moves: ['sign'] },
    )
    expect([own, sealed]).toEqual([undefined, undefined])
  })

  it('a unit without a turn hears of what is decided about its work, and of nothing else', () => {
    const of = (type: 'close' | 'progress' | 'publicise') =>
      noticeOf(assigned, { type, author: 'x' }, { actor: unit, moves: [] })?.kind
    expect([of('close'), of('publicise')]).toEqual(['told', undefined])
    expect([isTold('progress'), isTold('evidence_added'), isTold('assign')]).toEqual([false, false, true])
  })

  it('the day is told three days before, on it and the day after', () => {
    expect([4, 3, 2, 0, -1, -2].map(kindOfDay)).toEqual([undefined, 'due_soon', undefined, 'due_today', 'overdue', undefined])
  })

  it('is one line', () => {
    expect(lineOf('turn', { no: 'HZ-1', what: 'assign', moves: ['sign', 'return'], due: '2026-05-01' as never })).toBe(
      'HZ-1：交办后请您办理（签收、退回），期限 2026-05-01',
    )
    expect(lineOf('overdue', { no: 'HZ-1', due: '2026-05-01' as never })).toBe('HZ-1：已逾期（期限 2026-05-01）')
  })
})
