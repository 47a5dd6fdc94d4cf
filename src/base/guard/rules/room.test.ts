import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ballastAct, ballastFor, evolve, fullMark, type Limits, lowMark, type Room, type Space, worstOf } from './room.ts'

const MB = 1024 * 1024
const LIMITS: Limits = { minFreeBytes: 1024 * MB, minFreePercent: 10, ballastBytes: 128 * MB }

const spaces = fc
  .record({ size: fc.integer({ min: 16, max: 4_000_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ size, share }): Space => ({ size: size * MB, free: Math.floor(size * MB * share) }))
const rooms = fc.constantFrom<Room>('ample', 'low', 'full')
const BAD: Record<Room, number> = { ample: 0, low: 1, full: 2 }

describe('a disk', () => {
  it.each([
    ['of 1 TB with 1.1 GB left', 1e6, 1100, 'ample'],
    ['of 1 TB with 1 GB left, less a little', 1e6, 1023, 'low'],
    ['of 1 TB with 31 MB left', 1e6, 31, 'full'],
    ['of 4 GB with 0.5 GB left', 4000, 500, 'ample'],
    ['of 4 GB with 0.3 GB left', 4000, 300, 'low'],
    ['of 400 MB with 11 MB left', 400, 11, 'low'],
    ['of 400 MB with 9 MB left', 400, 9, 'full'],
  ])('%s', (_what, size, free, room) => expect(evolve('ample', { size: size * MB, free: free * MB }, LIMITS)).toBe(room))

  it('is judged the same twice: nothing flutters while nothing changes', () => {
    fc.assert(
      fc.property(rooms, spaces, (before, space) => {
        const once = evolve(before, space, LIMITS)
        expect(evolve(once, space, LIMITS)).toBe(once)
      }),
    )
  })

  it('is never worse for having more room, and never better for having been worse', () => {
    fc.assert(
      fc.property(rooms, rooms, spaces, fc.integer({ min: 0, max: 1e12 }), (before, other, space, more) => {
        const now = BAD[evolve(before, space, LIMITS)]
        expect(BAD[evolve(before, { ...space, free: Math.min(space.free + more, space.size) }, LIMITS)]).toBeLessThanOrEqual(now)
        if (BAD[other] >= BAD[before]) expect(BAD[evolve(other, space, LIMITS)]).toBeGreaterThanOrEqual(now)
      }),
    )
  })

  it('that is empty is ample, and one that is full is full, whatever it was', () => {
    fc.assert(
      fc.property(rooms, spaces, (before, { size }) => {
        expect(evolve(before, { size, free: size }, LIMITS)).toBe('ample')
        expect(evolve(before, { size, free: 0 }, LIMITS)).toBe('full')
      }),
    )
  })

  it('counts by its worst place', () => {
    expect([worstOf([]), worstOf(['ample', 'low']), worstOf(['low', 'full', 'ample'])]).toEqual(['ample', 'low', 'full'])
  })
})

describe('the ballast', () => {
  it('is 128 MB, on a small disk a tenth of it', () => {
    expect([ballastFor(LIMITS, 1e6 * MB), ballastFor(LIMITS, 400 * MB)]).toEqual([128 * MB, 40 * MB])
  })

  it('is released on a full disk only, and made only where the disk stays ample', () => {
    fc.assert(
      fc.property(rooms, spaces, fc.boolean(), (before, space, has) => {
        const room = evolve(before, space, LIMITS)
        const act = ballastAct({ room, space, limits: LIMITS, has })
        expect(act === 'release').toBe(room === 'full' && has)
        expect(ballastAct({ room, space, limits: { ...LIMITS, ballastBytes: 0 }, has })).toBe(has ? 'release' : 'keep')
        if (act !== 'make') return
        expect([room, has]).toEqual(['ample', false])
        expect(evolve('low', { ...space, free: space.free - ballastFor(LIMITS, space.size) }, LIMITS)).toBe('ample')
      }),
    )
  })

  it('is not asked for again as soon as it was released', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        const limits = LIMITS
        fc.pre(evolve('ample', space, limits) === 'full')
        const freed = { ...space, free: Math.min(space.size, space.free + ballastFor(limits, space.size)) }
        expect(freed.free >= fullMark(limits, space.size) || ballastFor(limits, space.size) === 0).toBe(true)
        expect(ballastAct({ room: evolve('full', freed, limits), space: freed, limits, has: false })).toBe('keep')
        expect(lowMark(limits, space.size)).toBeGreaterThan(0)
      }),
    )
  })
})
