import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxOf, cellAt, rangeOf, rangesOver, SPOT_BITS, unitOf } from './tile.ts'

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const somewhere = fc.record({ lng: degrees(178.9), lat: degrees(84) })

function spotOf(place: { lng: number; lat: number }): number {
  const { x, y } = unitOf(place)
  const n = 2 ** SPOT_BITS
  return rangeOf({ z: SPOT_BITS, x: Math.floor(x * n), y: Math.floor(y * n) }).from
}

describe('spots', () => {
  it('the four corners of the world', () => {
    expect(rangeOf({ z: 0, x: 0, y: 0 })).toEqual({ from: 0, to: 4 ** SPOT_BITS - 1 })
    const quarter = 4 ** (SPOT_BITS - 1)
    expect([rangeOf({ z: 1, x: 1, y: 0 }).from, rangeOf({ z: 1, x: 0, y: 1 }).from]).toEqual([quarter, 2 * quarter])
    expect(spotOf({ lng: 0, lat: 0 })).toBe(3 * quarter)
    expect(boxOf({ z: 1, x: 1, y: 0 })).toEqual([0, 0, 180, expect.closeTo(85.0511, 4)])
  })

  it('a cell is known again by its number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: SPOT_BITS }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (z, u, v) => {
          const tile = { z, x: Math.floor(u * 2 ** z), y: Math.floor(v * 2 ** z) }
          expect(cellAt(z, rangeOf(tile).from / 4 ** (SPOT_BITS - z))).toEqual(tile)
        },
      ),
    )
  })

  it('a tile holds the spots of the places in its box and no others', () => {
    fc.assert(
      fc.property(somewhere, somewhere, fc.integer({ min: 1, max: 20 }), (a, b, z) => {
        const at = unitOf(a)
        const tile = { z, x: Math.floor(at.x * 2 ** z), y: Math.floor(at.y * 2 ** z) }
        const { from, to } = rangeOf(tile)
        const inside = unitOf(b)
        const same = Math.floor(inside.x * 2 ** z) === tile.x && Math.floor(inside.y * 2 ** z) === tile.y
        expect(spotOf(a) >= from && spotOf(a) <= to).toBe(true)
        expect(spotOf(b) >= from && spotOf(b) <= to).toBe(same)
      }),
    )
  })

  it('a box is covered by a dozen ranges at most, never missing a place in it', () => {
    fc.assert(
      fc.property(
        somewhere,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (corner, across, up) => {
          const box: [number, number, number, number] = [
            corner.lng,
            corner.lat,
            Math.min(180, corner.lng + across),
            Math.min(85, corner.lat + up),
          ]
          const ranges = rangesOver(box)
          expect(ranges.length).toBeLessThanOrEqual(12)
          for (const [u, v] of [
            [0, 0],
            [1, 1],
            [0.5, 0.5],
            [0.1, 0.9],
          ] as const) {
            const spot = spotOf({ lng: box[0] + u * (box[2] - box[0]), lat: box[1] + v * (box[3] - box[1]) })
            expect(ranges.some((r) => r.from <= spot && spot <= r.to)).toBe(true)
          }
        },
      ),
    )
  })

  it('a box of a few streets leaves most of the world out', () => {
    const ranges = rangesOver([107.03, 33.06, 107.04, 33.07])
    const share = ranges.reduce((n, r) => n + (r.to - r.from + 1), 0) / 4 ** SPOT_BITS
    const box = unitOf({ lng: 107.04, lat: 33.06 })
    const corner = unitOf({ lng: 107.03, lat: 33.07 })
    expect(share / ((box.x - corner.x) * (box.y - corner.y))).toBeLessThan(8)
  })
})
