import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AreaGeometry, type Boundaries, countyAt, distanceM, indexBoundaries, type Ring } from './locate.ts'

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const collect = (areas: Record<string, AreaGeometry>): Boundaries => ({
  type: 'FeatureCollection',
  features: Object.entries(areas).map(([code, geometry]) => ({ properties: { code, name: code }, geometry })),
})
const index = indexBoundaries(
  collect({
    b: { type: 'Polygon', coordinates: [box(0, 0, 10, 10), box(4, 4, 6, 6)] },
    a: { type: 'Polygon', coordinates: [box(10, 0, 20, 10)] },
    c: { type: 'MultiPolygon', coordinates: [[box(4, 4, 6, 6)], [box(30, 0, 40, 10)]] },
  }),
)

test('a point falls into its area, through holes and parts', () => {
  expect(countyAt(index, 2, 2)).toBe('b')
  expect(countyAt(index, 15, 5)).toBe('a')
  expect(countyAt(index, 5, 5)).toBe('c')
  expect(countyAt(index, 35, 5)).toBe('c')
  expect(countyAt(index, 25, 5)).toBeUndefined()
  expect(countyAt(index, Number.NaN, 5)).toBeUndefined()
})

test('a hole that nobody fills is outside', () => {
  const ring = indexBoundaries(collect({ b: { type: 'Polygon', coordinates: [box(0, 0, 10, 10), box(4, 4, 6, 6)] } }))
  expect(countyAt(ring, 5, 5)).toBeUndefined()
  expect(countyAt(ring, 4, 5)).toBe('b')
})

test('a point on a border belongs to the lowest code, at corners and along edges', () => {
  expect(countyAt(index, 10, 5)).toBe('a')
  expect(countyAt(index, 10, 0)).toBe('a')
  expect(countyAt(index, 4, 5)).toBe('b')
  expect(countyAt(index, 20, 10)).toBe('a')
  expect(countyAt(index, 0, 5)).toBe('b')
})

test('two neighbours leave no gap and no overlap along a slanting border', () => {
  const [low, high] = [
    [0.1, 0],
    [0.7, 0.9],
  ] as const
  const left: Ring = [[0, 0], low, high, [0, 0.9], [0, 0]]
  const right: Ring = [low, [1, 0], [1, 0.9], high, low]
  const polygon = (ring: Ring): AreaGeometry => ({ type: 'Polygon', coordinates: [ring] })
  const alone = [indexBoundaries(collect({ l: polygon(left) })), indexBoundaries(collect({ r: polygon(right) }))]
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: -3, max: 3 }), (share, nudge) => {
      const lng = low[0] + (high[0] - low[0]) * share + nudge * 2 ** -53
      const lat = 0.9 * share
      const hits = alone.filter((one) => countyAt(one, lng, lat))
      const side = (high[0] - low[0]) * (lat - low[1]) - (lng - low[0]) * (high[1] - low[1])
      expect(hits.length).toBe(side === 0 ? 2 : 1)
    }),
    { numRuns: 1000 },
  )
})

test('distance: Flinders Peak to Buninyong is 54,972.271 m (GDA technical manual)', () => {
  const dms = (degrees: number, minutes: number, seconds: number) => degrees + minutes / 60 + seconds / 3600
  const flinders = { lng: dms(144, 25, 29.5244), lat: -dms(37, 57, 3.7203) }
  const buninyong = { lng: dms(143, 55, 35.3839), lat: -dms(37, 39, 10.1561) }
  expect(Math.abs(distanceM(flinders, buninyong) - 54972.271)).toBeLessThan(0.1)
})

test('distance: a degree of the meridian and of the equator, the same point, both ways', () => {
  // 1° of the equator is A·π/180; 0–1° of the meridian is 110,574.39 m on GRS 80.
  expect(distanceM({ lng: 0, lat: 0 }, { lng: 1, lat: 0 })).toBeCloseTo(111319.491, 1)
  expect(Math.abs(distanceM({ lng: 0, lat: 0 }, { lng: 0, lat: 1 }) - 110574.39)).toBeLessThan(1)
  const [a, b] = [
    { lng: 107.0319, lat: 33.0678 },
    { lng: 107.0329, lat: 33.0668 },
  ]
  expect(distanceM(a, a)).toBe(0)
  expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 9)
})
