import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accept, begin, type ClockState, evolve, type Look, TOLERANCE_MS, type Turn, timeOf } from './clock-doubt.ts'

const DAY = 86_400_000
const START: Look = { wall: Date.UTC(2026, 10, 23), steady: 5_000_000 }
const later = (look: Look, ms: number, jump = 0): Look => ({ wall: look.wall + ms + jump, steady: look.steady + ms })

/** Follows the steps of a wall clock: how long since the last look, and how far it was set meanwhile. */
function follow(steps: readonly { ms: number; jump: number }[]) {
  let look = START
  let state = begin(look, [])
  return steps.map(({ ms, jump }) => {
    look = later(look, ms, jump)
    const next = evolve(state, look)
    state = next.state
    return { look, state, turn: next.turn, time: timeOf(state, look) }
  })
}

const turnsOf = (steps: readonly { ms: number; jump: number }[]): (Turn | undefined)[] => follow(steps).map((s) => s.turn)
const steps = (jump: fc.Arbitrary<number>) =>
  fc.array(fc.record({ ms: fc.integer({ min: 1, max: 120_000 }), jump }), { minLength: 1, maxLength: 60 })
const anyJump = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -90_000, max: 90_000 }),
  fc.integer({ min: -800 * DAY, max: 800 * DAY }),
)

describe('a wall clock that is set', () => {
  it.each([30 * DAY, -30 * DAY, 61_000, -61_000, 3_600_000])(
    'by %i ms has jumped at the next look, and is right when it comes back',
    (by) => {
      const turns = turnsOf([
        { ms: 1000, jump: 0 },
        { ms: 1000, jump: by },
        { ms: 1000, jump: 0 },
        { ms: 1000, jump: -by },
        { ms: 1000, jump: 0 },
      ])
      expect(turns).toEqual([undefined, 'jumped', undefined, 'righted', undefined])
    },
  )

  it('by less than a minute is followed', () => {
    const [first, second] = follow([
      { ms: 1000, jump: 59_000 },
      { ms: 1000, jump: 0 },
    ])
    expect([first?.turn, second?.time]).toEqual([undefined, second?.look.wall])
  })

  it('in small pieces has jumped too', () => {
    const turns = turnsOf(Array.from({ length: 5 }, () => ({ ms: 1000, jump: 20_000 })))
    expect(turns.filter(Boolean)).toEqual(['jumped'])
  })

  it('from one wrong time to another is told again, once a minute at most', () => {
    const flutter = Array.from({ length: 300 }, (_, i) => ({ ms: 1000, jump: i % 2 ? 50 * DAY : -20 * DAY }))
    expect(turnsOf(flutter).filter((t) => t === 'jumped').length).toBeLessThanOrEqual(6)
    expect(
      turnsOf([
        { ms: 1000, jump: 30 * DAY },
        { ms: 61_000, jump: -60 * DAY },
      ]),
    ).toEqual(['jumped', 'jumped'])
  })
})

describe('the time that is acted by', () => {
  it('never jumps, whatever the wall clock does', () => {
    fc.assert(
      fc.property(steps(anyJump), (history) => {
        let before = { time: START.wall, steady: START.steady }
        for (const { time, look } of follow(history)) {
          // Two corrections of less than a minute, one back and one forth, may follow each other.
          expect(Math.abs(time - before.time - (look.steady - before.steady))).toBeLessThanOrEqual(2 * TOLERANCE_MS)
          before = { time, steady: look.steady }
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is the wall clock as long as it drifts no more than any quartz does', () => {
    fc.assert(
      fc.property(steps(fc.integer({ min: -60, max: 60 })), (history) => {
        for (const { time, look, turn } of follow(history)) expect([time, turn]).toEqual([look.wall, undefined])
      }),
    )
  })
})

describe('an alarm', () => {
  it('is on while the clock is in doubt, and ends once for each time that it began', () => {
    fc.assert(
      fc.property(steps(anyJump), (history) => {
        let doubted = false
        for (const { state, turn } of follow(history)) {
          if (turn === 'righted') expect(doubted).toBe(true)
          if (!doubted && state.doubt) expect(turn).toBe('jumped')
          doubted = state.doubt !== undefined
          if (turn === 'jumped') expect(doubted).toBe(true)
          if (turn === 'righted') expect(doubted).toBe(false)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is ended by an operator, and the time as it is holds from then on', () => {
    const look = later(START, 1000, 30 * DAY)
    const { state } = evolve(begin(START, []), look)
    expect(timeOf(state, look)).toBe(START.wall + 1000)
    const confirmed = accept(look)
    expect([confirmed.doubt, timeOf(confirmed, look)]).toEqual([undefined, look.wall])
    expect(evolve(confirmed, later(look, 1000)).turn).toBeUndefined()
  })
})

describe('a start', () => {
  const now = START
  const doubtOf = (state: ClockState) => state.doubt?.byMs
  it('without memory believes the clock', () => expect(doubtOf(begin(now, []))).toBeUndefined())

  it('in the same boot knows a jump both ways, however long the server was stopped', () => {
    const earlier = { wall: now.wall - 4 * DAY, steady: now.steady - 3 * DAY }
    expect(doubtOf(begin(now, [earlier]))).toBe(DAY)
    expect(doubtOf(begin(now, [{ ...earlier, wall: now.wall - 2 * DAY }]))).toBe(-DAY)
    expect(doubtOf(begin(now, [{ ...earlier, wall: now.wall - 3 * DAY }]))).toBeUndefined()
  })

  it('after another boot, or on another machine, knows only a time earlier than the newest event', () => {
    expect(doubtOf(begin(now, [{ wall: now.wall - 400 * DAY }]))).toBeUndefined()
    expect(doubtOf(begin(now, [{ wall: now.wall + 59_000 }]))).toBeUndefined()
    const state = begin(now, [{ wall: now.wall - DAY }, { wall: now.wall + 2 * DAY }])
    expect([doubtOf(state), timeOf(state, now)]).toEqual([-2 * DAY, now.wall + 2 * DAY])
  })

  it('with a dead clock battery is right again at any later time', () => {
    const state = begin({ wall: 0, steady: 1000 }, [{ wall: now.wall }])
    expect(evolve(state, { wall: now.wall + 5 * DAY, steady: 30_000 }).turn).toBe('righted')
    expect(evolve(state, { wall: now.wall - 5 * DAY, steady: 30_000 }).turn).toBeUndefined()
  })

  it('remembers that what it remembered was a lower bound only', () => {
    const memory = { wall: now.wall, steady: now.steady, open: true }
    const state = begin({ wall: 5000, steady: now.steady + 5000 }, [memory])
    expect(evolve(state, { wall: now.wall + DAY, steady: now.steady + 9000 }).turn).toBe('righted')
  })
})
