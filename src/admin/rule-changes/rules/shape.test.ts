import { describe, expect, it } from 'vitest'
import { misfits } from './shape.ts'

const OLD = { states: ['reported', 'triaged'], window: 'none', days: 15, roll: true, extension: { max: 1, unit: 'working' } }
const OTHER = { states: ['closed'], window: 'notice', days: 60, roll: false, extension: null }
const of = (change: object) => misfits({ ...OLD, ...change }, OLD, [OTHER])

describe('the form of a rule', () => {
  it('may change in its numbers, its choices among known codes and the length of its lists', () => {
    expect(of({ days: 20, roll: false, window: 'notice', states: ['closed', 'reported'] })).toEqual([])
    expect(of({ extension: null })).toEqual([])
    expect(misfits({ leads: ['林业', '公安'] }, { leads: ['林业'] })).toEqual([])
  })

  it('names what is missing, what nobody knows and what has another type, and where', () => {
    expect(of({ days: '15' })).toEqual([{ at: 'days', expected: 'number', found: 'string' }])
    expect(of({ window: 'nonee' })).toEqual([{ at: 'window', expected: 'none | notice', found: 'nonee' }])
    expect(of({ states: ['reported', 'gone'] })).toEqual([
      { at: 'states[1]', expected: 'reported | triaged | closed', found: 'gone' },
    ])
    expect(of({ extra: 1 })).toEqual([{ at: 'extra', expected: 'no such field', found: 'extra' }])
    expect(of({ extension: { max: 1 } })).toEqual([{ at: 'extension.unit', expected: 'a value', found: 'nothing' }])
    const { days: _, ...without } = OLD
    expect(misfits(without, OLD, [OTHER])).toEqual([{ at: 'days', expected: 'a value', found: 'nothing' }])
    expect(misfits([], OLD)).toEqual([{ at: '.', expected: 'object', found: 'array' }])
    expect(of({ days: Number.NaN })).toEqual([{ at: 'days', expected: 'number', found: 'NaN' }])
  })
})
