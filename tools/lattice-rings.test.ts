import { expect, test } from 'vitest'
import { cleanCoverage, findCrossings, type LatticeRing, signedArea2 } from './lattice-rings.ts'

const one = (...ring: [number, number][]) => cleanCoverage([[ring]])[0]!
const area = (rings: readonly LatticeRing[]) => rings.reduce((sum, ring) => sum + signedArea2(ring), 0) / 2

test('a clockwise ring comes out counter-clockwise and closed', () => {
  const [polygon] = one([0, 0], [0, 2], [2, 2], [2, 0], [0, 0])
  expect(polygon).toHaveLength(1)
  expect(polygon![0]!.at(-1)).toEqual(polygon![0]![0])
  expect(area(polygon!)).toBe(4)
})

test('repeated points and spikes go, the area stays', () => {
  const polygons = one([0, 0], [4, 0], [4, 0], [4, 2], [6, 2], [4, 2], [4, 4], [0, 4])
  expect(polygons).toHaveLength(1)
  expect(polygons[0]!.flat()).not.toContainEqual([6, 2])
  expect(area(polygons[0]!)).toBe(16)
})

test('a spike walked three times leaves its border once', () => {
  const polygons = one([0, 0], [4, 0], [4, 2], [4, 0], [4, 2], [4, 4], [0, 4])
  expect(area(polygons[0]!)).toBe(16)
  expect(findCrossings(polygons[0]!)).toEqual([])
})

test('two areas pinched at a point become two polygons', () => {
  const polygons = one([0, 0], [2, 0], [2, 2], [4, 2], [4, 4], [2, 4], [2, 2], [0, 2])
  expect(polygons.map((polygon) => [polygon.length, area(polygon)])).toEqual([
    [1, 4],
    [1, 4],
  ])
})

test('a hole that touches the shell becomes a hole', () => {
  const polygons = one([0, 0], [6, 0], [6, 6], [3, 6], [4, 4], [2, 4], [3, 6], [0, 6])
  expect(polygons).toHaveLength(1)
  expect(polygons[0]!.map((ring) => signedArea2(ring) / 2)).toEqual([36, -2])
})

test('parts of one area that share a border become one', () => {
  const [polygons] = cleanCoverage([
    [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ],
      [
        [2, 0],
        [4, 0],
        [4, 2],
        [2, 2],
      ],
    ],
  ])
  expect(polygons!.map(area)).toEqual([8])
})

test('neighbours get the same vertices along their border', () => {
  const [left, right] = cleanCoverage([
    [
      [
        [0, 0],
        [2, 0],
        [2, 4],
        [0, 4],
      ],
    ],
    [
      [
        [2, 0],
        [4, 0],
        [4, 4],
        [2, 4],
        [2, 1],
      ],
    ],
  ])
  expect(left!.flat(2)).toContainEqual([2, 1])
  expect(right!.flat(2)).toContainEqual([2, 1])
})

test('crossings, touches and overlaps are found; neighbouring segments are not', () => {
  const bowTie = [
    [0, 0],
    [2, 2],
    [2, 0],
    [0, 2],
    [0, 0],
  ]
  const touch = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 0],
    [0, 4],
    [0, 0],
  ]
  const square = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ]
  expect(findCrossings([bowTie]).length).toBe(1)
  expect(findCrossings([touch]).length).toBe(2)
  expect(findCrossings([square])).toEqual([])
  expect(findCrossings([square, square]).length).toBeGreaterThan(0)
})
