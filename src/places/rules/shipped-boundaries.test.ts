import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gcj02ToWgs84 } from './crs.ts'
import { type Boundaries, countyAt, indexBoundaries, type Ring, ringsOf } from './locate.ts'

const root = resolve(import.meta.dirname, '../../..')
const shared = resolve(root, process.env['QINBA_TEST_DATA'] ?? '../shared/data')
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Boundaries
const shipped = read(`${root}/data/places/610700/counties.wgs84.geojson`)
const index = indexBoundaries(shipped)
const skip = !existsSync(`${shared}/admin`)

type Sample = {
  readonly features: readonly { properties: Record<string, string>; geometry: { coordinates: [number, number] } }[]
}

// Square kilometres on the ellipsoid of WGS 84: Lambert's equal-area cylinder keeps areas, edges between near vertices are straight.
function areaKm2(rings: readonly Ring[]): number {
  const [a, e] = [6378.137, 0.0818191908426]
  const q = (lat: number) => {
    const s = Math.sin((lat * Math.PI) / 180)
    return (1 - e * e) * (s / (1 - e * e * s * s) + Math.atanh(e * s) / e)
  }
  const flat = rings.map((ring) => ring.map(([lng, lat]) => [(a * lng! * Math.PI) / 180, (a * q(lat!)) / 2] as const))
  const doubled = flat.map((ring) => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0))
  return doubled.reduce((sum, part) => sum + part, 0) / 2
}

test('11 counties in the order of their codes, 24,926 positions, 6 decimals at most', () => {
  expect(shipped.features.map((feature) => feature.properties.code)).toEqual(
    ['02', '03', '22', '23', '24', '25', '26', '27', '28', '29', '30'].map((end) => `6107${end}`),
  )
  expect(shipped.features[1]!.properties).toEqual({ code: '610703', name: '南郑区' })
  const positions = shipped.features.flatMap((feature) => ringsOf(feature.geometry).flat())
  expect(positions.length).toBe(24926)
  expect(positions.flat().filter((value) => Number(value.toFixed(6)) !== value)).toEqual([])
})

test('the counties add up to the city, 27,140 km² within 1.5 %', () => {
  const sum = shipped.features.reduce((total, { geometry }) => total + areaKm2(ringsOf(geometry)), 0)
  expect(sum).toBeCloseTo(27053.8, 0)
  expect(Math.abs(sum / 27140 - 1)).toBeLessThan(0.015)
})

test("a point in Xi'an, one in the sea and the gap that belongs to the neighbour province are in no county", () => {
  expect(countyAt(index, 108.94, 34.265)).toBeUndefined()
  expect(countyAt(index, 122.5, 30)).toBeUndefined()
  expect(countyAt(index, 106.0793, 32.7675)).toBeUndefined()
})

describe.skipIf(skip)('against the shared test data (skipped where it is absent)', () => {
  test('the label point of every county lies in it', () => {
    const source = read(`${shared}/admin/hanzhong_counties_hires.gcj02.geojson`)
    const labels = source.features.map(({ properties }) => {
      const { name, cp } = properties as unknown as { name: string; cp: [number, number] }
      const at = gcj02ToWgs84({ lng: cp[0], lat: cp[1] })
      return [name.replace('南郑县', '南郑区'), countyAt(index, at.lng, at.lat)]
    })
    const names = new Map(shipped.features.map(({ properties }) => [properties.code, properties.name]))
    expect(labels.map(([name, code]) => [name, names.get(code ?? '')])).toEqual(labels.map(([name]) => [name, name]))
  })

  test('the settlements of GeoNames lie in the county they are said to be in', () => {
    const sample = JSON.parse(readFileSync(`${shared}/settlements/geonames_hanzhong.wgs84.geojson`, 'utf8')) as Sample
    expect(sample.features.length).toBe(11)
    for (const { properties, geometry } of sample.features) {
      expect(countyAt(index, ...geometry.coordinates), properties['name']).toBe(properties['county_adcode'])
    }
  })

  test('the outline of the city agrees: the same area within 1.5 %, the same points inside on a grid', () => {
    const city = read(`${shared}/admin/hanzhong_city.wgs84.geojson`)
    const outline = city.features.reduce((sum, { geometry }) => sum + Math.abs(areaKm2(ringsOf(geometry))), 0)
    const sum = shipped.features.reduce((total, { geometry }) => total + areaKm2(ringsOf(geometry)), 0)
    expect(Math.abs(sum / outline - 1)).toBeLessThan(0.015)
    const named = city.features.map((feature) => ({ ...feature, properties: { code: '610700', name: '汉中市' } }))
    const cityIndex = indexBoundaries({ ...city, features: named })
    let [both, either] = [0, 0]
    for (let lng = 105.3; lng < 108.4; lng += 0.02) {
      for (let lat = 32; lat < 34; lat += 0.02) {
        const hits = [index, cityIndex].filter((one) => countyAt(one, lng, lat) !== undefined).length
        both += hits === 2 ? 1 : 0
        either += hits > 0 ? 1 : 0
      }
    }
    expect(both / either).toBeGreaterThan(0.99)
  })
})
