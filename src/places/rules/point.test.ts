import { expect, test } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { gcj02ToWgs84, type Point } from './crs.ts'
import { parsePoint } from './point.ts'

const point = (lng: number | string, lat: number | string, crs?: string) => parsePoint({ lng, lat, crs })

function expectAt(answer: ReturnType<typeof parsePoint>, lng: number, lat: number): void {
  expect(isRefusal(answer)).toBe(false)
  expect((answer as Point).lng).toBeCloseTo(lng, 9)
  expect((answer as Point).lat).toBeCloseTo(lat, 9)
}

test('numbers and numbers as text are WGS 84 unless said otherwise', () => {
  expectAt(point(107.0319, 33.0678), 107.0319, 33.0678)
  expectAt(point(' 107.0319 ', '33.0678'), 107.0319, 33.0678)
  expectAt(point(107.0319, 33.0678, 'CGCS2000'), 107.0319, 33.0678)
  expectAt(point('－70.5', '-33.4'), -70.5, -33.4)
})

test('GCJ-02 comes out as WGS 84', () => {
  const truth = gcj02ToWgs84({ lng: 107.0319, lat: 33.0678 })
  expectAt(point(107.0319, 33.0678, 'gcj02'), truth.lng, truth.lat)
})

test.each([
  [`107°01'55"E`, 107 + 1 / 60 + 55 / 3600],
  ['107°01′55″', 107 + 1 / 60 + 55 / 3600],
  ["107º01'55.5''", 107 + 1 / 60 + 55.5 / 3600],
  ['东经107度1分55秒', 107 + 1 / 60 + 55 / 3600],
  ['东经107.0319°', 107.0319],
  ['E107°1.92′', 107 + 1.92 / 60],
  ['107 01 55 e', 107 + 1 / 60 + 55 / 3600],
  ['１０７.０３', 107.03],
  ['107.0319E', 107.0319],
  ['107°', 107],
])('reads the longitude %s', (text, degrees) => {
  expectAt(point(text, '33.0678N'), degrees, 33.0678)
})

test.each(['107°61′', '107.5°30′', '107°1.5′30″', 'E107.03E', '-107E', '107,03', '1e2', '一百零七', '107°01′55″X'])(
  'cannot read %s',
  (text) => {
    expect(point(text, 33.07)).toMatchObject({ code: 'places/point-unreadable', params: { axis: 'lng', found: text } })
  },
)

test('refuses what is no number', () => {
  expect(point(Number.NaN, 33.07)).toMatchObject({ code: 'places/point-unreadable', params: { found: 'NaN' } })
  expect(point(107, Number.POSITIVE_INFINITY)).toMatchObject({ code: 'places/point-unreadable', params: { axis: 'lat' } })
  expect(point(107, ' ')).toMatchObject({ code: 'places/point-missing', params: { axis: 'lat' } })
})

test.each([
  [33.07, 107.03],
  ['33.0678N', '107.0319E'],
  ['33.0678N', '107.0319'],
  [44.5, 82.1],
])('says that %s, %s stand the wrong way round', (lng, lat) => {
  expect(point(lng, lat)).toMatchObject({ kind: 'invalid', code: 'places/point-swapped' })
})

test('refuses what is off the earth, 0/0 and unknown systems', () => {
  expect(point(187.03, 33.07)).toMatchObject({
    code: 'places/point-out-of-range',
    params: { axis: 'lng', found: 187.03, max: 180 },
  })
  expect(point(36512345.6, 3661234.5)).toMatchObject({ code: 'places/point-out-of-range' })
  expect(point(10, -91)).toMatchObject({ code: 'places/point-out-of-range', params: { axis: 'lat' } })
  expect(point(0, 0)).toMatchObject({ code: 'places/point-zero' })
  expect(point(107, 33, 'beijing54')).toMatchObject({ code: 'places/point-crs', params: { found: 'beijing54' } })
})
