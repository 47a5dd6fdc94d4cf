import { describe, expect, it } from 'vitest'
import { boxesOf, findCrs, geometryIn, SYSTEMS } from './crs.ts'

const crs = (code: string) => findCrs(`http://www.opengis.net/def/crs/EPSG/0/${code}`)!
const POINT = { type: 'Point', coordinates: [107.0312, 33.0678] }

describe('systems', () => {
  it('have the order of their authority', () => {
    expect(geometryIn(POINT, SYSTEMS[0]!)).toEqual(POINT)
    expect(geometryIn(POINT, crs('4326')).coordinates).toEqual([33.0678, 107.0312])
    expect(geometryIn(POINT, crs('4490')).coordinates).toEqual([33.0678, 107.0312])
    // EPSG:3857 of the same point, as PROJ has it.
    expect(geometryIn(POINT, crs('3857')).coordinates).toEqual([11914658.68, 3904306.74])
  })

  it('turn every position of an area', () => {
    const ring = [
      [107, 33],
      [108, 33],
      [108, 34],
      [107, 33],
    ]
    const turned = geometryIn({ type: 'MultiPolygon', coordinates: [[ring]] }, crs('4326'))
    expect(turned).toEqual({ type: 'MultiPolygon', coordinates: [[ring.map(([x, y]) => [y, x])]] })
    expect(geometryIn(null, crs('3857'))).toBeNull()
  })

  it('go there and back', () => {
    for (const each of SYSTEMS) {
      const [lng, lat] = each.from(each.to([107.0312, 33.0678]))
      expect(lng).toBeCloseTo(107.0312, 9)
      expect(lat).toBeCloseTo(33.0678, 9)
    }
  })

  it('are found by their address and by the short form', () => {
    expect(findCrs('[EPSG:4490]')).toBe(crs('4490'))
    expect(findCrs('EPSG:3857')).toBe(crs('3857'))
    expect(findCrs('http://www.opengis.net/def/crs/EPSG/0/4527')).toBeUndefined()
  })
})

describe('boxes', () => {
  it('are turned, may have heights, and may go across the 180th meridian', () => {
    expect(boxesOf([33, 107, 34, 108], crs('4326'))).toEqual([[107, 33, 108, 34]])
    expect(boxesOf([107, 33, 0, 108, 34, 100], SYSTEMS[0]!)).toEqual([[107, 33, 108, 34]])
    expect(boxesOf([170, -10, -170, 10], SYSTEMS[0]!)).toEqual([
      [170, -10, 180, 10],
      [-180, -10, -170, 10],
    ])
  })
})
