import { describe, expect, it } from 'vitest'
import { spanOf } from './clock-span.ts'
import { toDay } from './day.ts'

const day = toDay
const clock = { started: day('2026-03-01'), due: day('2026-03-31'), pauses: [], extensions: [], why: [] }
const told = (parts: { kind: string; from: string; to: string }[]) => parts.map(({ kind, from, to }) => `${kind} ${from} ${to}`)

describe('a term as a bar', () => {
  it('runs from its start to its last day; today is a share of it', () => {
    const span = spanOf(clock, day('2026-03-16'))
    expect(told(span.parts)).toEqual(['run 2026-03-01 2026-03-31'])
    expect(span.today).toBeCloseTo(0.5)
  })

  it('what is past the end is late, and the bar grows with it', () => {
    const span = spanOf(clock, day('2026-04-10'))
    expect(told(span.parts)).toEqual(['run 2026-03-01 2026-03-31', 'late 2026-03-31 2026-04-10'])
    expect([span.parts[0]!.size, span.today]).toEqual([0.75, 1])
  })

  it('a suspension lies over it, an open one until today; an extension follows the first last day', () => {
    const pauses = [
      { from: day('2026-03-05'), to: day('2026-03-10'), by: '甲', reason: 'x' },
      { from: day('2026-03-20'), by: '甲', reason: 'y' },
    ]
    const extensions = [{ granted: day('2026-03-12'), by: '乙', reason: 'z', to: day('2026-04-30') }]
    const why = [{ key: 'clock/start', params: { day: '2026-03-01', last: '2026-04-05' } }]
    const span = spanOf({ ...clock, due: day('2026-04-30'), pauses, extensions, why }, day('2026-03-25'))
    expect(told(span.parts)).toEqual([
      ...['run 2026-03-01 2026-04-05', 'extension 2026-04-05 2026-04-30'],
      ...['pause 2026-03-05 2026-03-10', 'pause 2026-03-20 2026-03-25'],
    ])
    const sum = span.parts.filter(({ kind }) => kind !== 'pause').reduce((total, { size }) => total + size, 0)
    expect(sum).toBeCloseTo(1)
  })

  it('a clock that stopped ends there; a term of no day is still a bar', () => {
    expect(told(spanOf({ ...clock, stopped: day('2026-03-20') }, day('2026-06-01')).parts)).toEqual(['run 2026-03-01 2026-03-31'])
    const { due: _, ...open } = clock
    expect(spanOf(open, day('2026-03-01')).parts).toEqual([])
  })
})
