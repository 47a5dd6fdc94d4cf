import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scratch } from '../layers/test-files.ts'
import { across, boundsOfTile, down, isTile, latOf } from './rules/mercator.ts'
import { spansOf } from './rules/spans.ts'
import { openTileCache, trim } from './tile-cache.ts'

describe('the cells of a parcel', () => {
  const WINDOW = [0, 0, 10, 10] as const
  const cellsOf = (rings: [number, number][][]) =>
    spansOf(rings, WINDOW).flatMap(([row, first, last]) => Array.from({ length: last - first }, (_, i) => `${row}/${first + i}`))

  it('are those whose middle lies in it; a hole takes its own away', () => {
    const outer: [number, number][] = [
      [1, 1],
      [5, 1],
      [5, 4],
      [1, 4],
      [1, 1],
    ]
    expect(spansOf([outer], WINDOW)).toEqual([
      [1, 1, 5],
      [2, 1, 5],
      [3, 1, 5],
    ])
    const hole: [number, number][] = [
      [2, 2],
      [4, 2],
      [4, 3],
      [2, 3],
      [2, 2],
    ]
    expect(cellsOf([outer, hole])).toHaveLength(10)
    expect(cellsOf([outer, hole])).not.toContain('2/2')
  })

  it('of a parcel smaller than a cell is the one that it lies in', () => {
    expect(
      spansOf(
        [
          [
            [3.1, 7.1],
            [3.3, 7.1],
            [3.2, 7.3],
            [3.1, 7.1],
          ],
        ],
        WINDOW,
      ),
    ).toEqual([[7, 3, 4]])
  })

  it('are the same as asking each middle by itself', () => {
    const corner = fc.tuple(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }))
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 12 }), (corners) => {
        const ring = [...corners, corners[0]!]
        const inside: string[] = []
        for (let row = 0; row < 10; row++)
          for (let x = 0; x < 10; x++) if (isIn(ring, x + 0.5, row + 0.5)) inside.push(`${row}/${x}`)
        if (inside.length > 0) expect(cellsOf([ring]).sort()).toEqual(inside.sort())
      }),
      { numRuns: 500 },
    )
  })

  // Even-odd by counting the edges to the left of the point.
  function isIn(ring: [number, number][], x: number, y: number): boolean {
    let left = 0
    for (let i = 0; i + 1 < ring.length; i++) {
      const [[x1, y1], [x2, y2]] = [ring[i]!, ring[i + 1]!]
      if (y1 > y !== y2 > y && x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) <= x) left++
    }
    return left % 2 === 1
  }
})

describe('tiles', () => {
  it('know their degrees, and degrees their place', () => {
    expect(boundsOfTile({ z: 0, x: 0, y: 0 }).map((d) => Number(d.toFixed(4)))).toEqual([-180, -85.0511, 180, 85.0511])
    for (const lat of [-60, 0, 33.07, 80]) expect(latOf(down(lat))).toBeCloseTo(lat, 9)
    expect(across(0)).toBe(0.5)
    expect([
      isTile({ z: 2, x: 3, y: 3 }),
      isTile({ z: 2, x: 4, y: 0 }),
      isTile({ z: 1.5, x: 0, y: 0 }),
      isTile({ z: 3, x: -1, y: 0 }),
    ]).toEqual([true, false, false, false])
  })
})

describe('the cache of tiles', () => {
  it('gives back what was put, and refuses a name that leaves its folder', async () => {
    const files = scratch()
    const cache = openTileCache(files.dir, 1000)
    await cache.put('abc/1/2/3.png', Buffer.from('tile'))
    expect((await cache.get('abc/1/2/3.png'))?.toString()).toBe('tile')
    expect(await cache.get('abc/1/2/4.png')).toBeUndefined()
    await expect(cache.put('../evil.png', Buffer.from('x'))).rejects.toThrow('no name of a tile')
    files.remove()
  })

  it('forgets the oldest first when it is over its bound, and nothing before', async () => {
    const files = scratch()
    mkdirSync(join(files.dir, 'a'))
    for (let i = 0; i < 10; i++) {
      const path = join(files.dir, 'a', `${i}.png`)
      writeFileSync(path, Buffer.alloc(100))
      utimesSync(path, 1000 + i, 1000 + i)
    }
    await trim(files.dir, 1000)
    expect(readdirSync(join(files.dir, 'a'))).toHaveLength(10)
    await trim(files.dir, 500)
    expect(readdirSync(join(files.dir, 'a')).sort()).toEqual(['6.png', '7.png', '8.png', '9.png'])
    files.remove()
  })
})
