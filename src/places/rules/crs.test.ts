import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CRS, fromWgs84, gcj02ToWgs84, type Point, toWgs84, wgs84ToGcj02 } from './crs.ts'
import { distanceM } from './locate.ts'

const within = (west: number, south: number, east: number, north: number) =>
  fc.record({
    lng: fc.double({ min: west, max: east, noNaN: true }),
    lat: fc.double({ min: south, max: north, noNaN: true }),
  })
// gcoord's China box, some km in from its edge.
const china = within(72.1, 0.9, 137.7, 55.7)
const hanzhong = within(105.4, 32.1, 108.3, 33.9)

function expectSame(a: Point, b: Point, degrees: number): void {
  expect(Math.max(Math.abs(a.lng - b.lng), Math.abs(a.lat - b.lat))).toBeLessThan(degrees)
}

test('GCJ-02 and BD-09 there and back end where they began', () => {
  fc.assert(
    fc.property(china, fc.constantFrom(...CRS), (point, crs) => {
      expectSame(toWgs84(fromWgs84(point, crs), crs), point, 1e-12)
      expectSame(fromWgs84(toWgs84(point, crs), crs), point, 1e-12)
    }),
    { numRuns: 2000 },
  )
})

test('the way back ends everywhere, at the edge of the China box too', () => {
  const edge = within(71.9, 0.7, 137.9, 55.9)
  fc.assert(fc.property(edge, (point) => distanceM(gcj02ToWgs84(point), point) < 5000))
  for (const point of [
    { lng: 72.004, lat: 30 },
    { lng: 100, lat: 0.83 },
    { lng: 137.834, lat: 40 },
    { lng: 110, lat: 55.827 },
  ]) {
    expect(distanceM(gcj02ToWgs84(point), point)).toBeLessThan(5000)
  }
})

test('the offset in and around Hanzhong is 380 to 520 m', () => {
  fc.assert(
    fc.property(hanzhong, (point) => {
      const offset = distanceM(point, wgs84ToGcj02(point))
      expect(offset).toBeGreaterThan(380)
      expect(offset).toBeLessThan(520)
    }),
  )
})

test('outside China nothing moves', () => {
  const west = within(-179, -80, 71, 80)
  fc.assert(
    fc.property(west, (point) => {
      expect(wgs84ToGcj02(point)).toEqual(point)
      expect(gcj02ToWgs84(point)).toEqual(point)
    }),
  )
})

test('published pairs', () => {
  // wandergis/coordtransform, test/app.js
  expectSame(wgs84ToGcj02({ lng: 116.404, lat: 39.915 }), { lng: 116.41024449916938, lat: 39.91640428150164 }, 1e-12)
  // googollee/eviltransform, go/transform_test.go
  const pairs = [
    [121.5272106, 31.1774276, 121.531541859215, 31.17530398364597],
    [113.912316, 22.543847, 113.9171764808363, 22.540796131694766],
    [116.377817, 39.911954, 116.38404722455657, 39.91334545536069],
  ] as const
  for (const [lng, lat, gcjLng, gcjLat] of pairs) {
    expectSame(wgs84ToGcj02({ lng, lat }), { lng: gcjLng, lat: gcjLat }, 1e-9)
    expectSame(gcj02ToWgs84({ lng: gcjLng, lat: gcjLat }), { lng, lat }, 1e-9)
  }
})

test('WGS 84 and CGCS2000 are taken as they are', () => {
  const point = { lng: 107.0319, lat: 33.0678 }
  expect(toWgs84(point, 'cgcs2000')).toEqual(point)
  expect(fromWgs84(point, 'wgs84')).toEqual(point)
})
