import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { crsOfName, crsOfWkt, crsSaid, type Extent, type FileCrs, settleCrs } from './crs-of-file.ts'
import { crsOfEpsg, guessZone } from './epsg.ts'

const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.code : (answer as { code?: number; name: string }).code)
const gk = (name: string, geogcs: string, numbers: { meridian: number; easting: number; scale?: number }) =>
  `PROJCS["${name}",${geogcs},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${numbers.easting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${numbers.meridian}.0],PARAMETER["Scale_Factor",${numbers.scale ?? 1}.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
const CGCS =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
const XIAN =
  'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
const BEIJING =
  'GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
const WGS =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

describe('what a .prj means', () => {
  it.each([
    ['geographic WGS 84', WGS, 4326],
    ['geographic CGCS2000', CGCS, 4490],
    ["geographic Xi'an 80", XIAN, 4610],
    ['geographic Beijing 54', BEIJING, 4214],
    ['3° zone 36 with its number', gk('CGCS2000_3_Degree_GK_Zone_36', CGCS, { meridian: 108, easting: 36_500_000 }), 4524],
    ['3° 108°E without', gk('CGCS2000_3_Degree_GK_CM_108E', CGCS, { meridian: 108, easting: 500_000 }), 4545],
    ['6° zone 18 with its number', gk('CGCS2000_GK_Zone_18', CGCS, { meridian: 105, easting: 18_500_000 }), 4496],
    ["Xi'an 80 3° zone 36", gk('Xian_1980_3_Degree_GK_Zone_36', XIAN, { meridian: 108, easting: 36_500_000 }), 2360],
    ['Beijing 54 6° zone 18', gk('Beijing_1954_GK_Zone_18', BEIJING, { meridian: 105, easting: 18_500_000 }), 21418],
    ['an authority at the end', 'PROJCS["anything",GEOGCS["x",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32648"]]', 32648],
    [
      'web Mercator',
      'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984"],PROJECTION["Mercator_Auxiliary_Sphere"]]',
      3857,
    ],
  ])('%s', (_name, wkt, code) => {
    expect(codeOf(crsOfWkt(wkt))).toBe(code)
  })

  it('keeps a system without EPSG number as its own text, with the datum’s doubt', () => {
    const albers = `PROJCS["Krasovsky_1940_Albers",${BEIJING},PROJECTION["Albers"],PARAMETER["central_meridian",105]]`
    expect(crsOfWkt(albers)).toMatchObject({ name: 'Krasovsky_1940_Albers', proj: albers, offByM: 50 })
    expect(codeOf(crsOfWkt('rubbish'))).toBe('places/layer-unknown-crs')
  })
})

describe('what a person or a crs member says', () => {
  it.each([
    ['EPSG:4524', 4524],
    ['4490', 4490],
    ['urn:ogc:def:crs:EPSG::4545', 4545],
    ['urn:ogc:def:crs:EPSG:6.9:32648', 32648],
    ['cgcs2000', 4490],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326],
    ['EPSG:99999', 'places/layer-unknown-crs'],
    ['bd09', 'places/layer-unknown-crs'],
  ])('%s', (text, code) => {
    expect(codeOf(crsOfName(text))).toBe(code)
  })
  it('gcj02', () => expect(crsSaid('GCJ-02')).toMatchObject({ gcj02: true, degrees: true }))
})

describe('the system held against the numbers', () => {
  const settle = (extent: Extent, o: { said?: string; told?: number } = {}) =>
    codeOf(
      settleCrs({
        extent,
        said: o.said ? (crsSaid(o.said) as FileCrs) : undefined,
        told: o.told ? crsOfEpsg(o.told) : undefined,
      }),
    )

  it.each([
    ['degrees without a word', [106, 32, 108, 34], {}, 4326],
    ['metres without a word', [36_410_000, 3_640_000, 36_500_000, 3_700_000], {}, 'places/layer-no-crs'],
    ['metres where degrees are said', [36_410_000, 3_640_000, 36_500_000, 3_700_000], { told: 4490 }, 'places/layer-not-degrees'],
    ['latitude first', [32.1, 106.2, 33.9, 107.8], {}, 'places/layer-swapped'],
    ['latitude first though a system is named', [32.1, 106.2, 33.9, 107.8], { told: 4490 }, 'places/layer-swapped'],
    ['northing first', [3_640_000, 36_410_000, 3_700_000, 36_500_000], { told: 4524 }, 'places/layer-swapped'],
    [
      'a zone number that the system has not',
      [36_410_000, 3_640_000, 36_500_000, 3_700_000],
      { told: 4545 },
      'places/layer-wrong-zone',
    ],
    [
      'no zone number where the system has one',
      [410_000, 3_640_000, 500_000, 3_700_000],
      { told: 4524 },
      'places/layer-wrong-zone',
    ],
    ['the right zone', [36_410_000, 3_640_000, 36_500_000, 3_700_000], { told: 4524 }, 4524],
    ['what is said wins over what the file tells', [106, 32, 108, 34], { said: 'EPSG:4490', told: 4326 }, 4490],
    ['Luxembourg is not swapped', [5.7, 49.4, 6.5, 50.2], {}, 4326],
  ] as const)('%s', (_name, extent, o, expected) => {
    expect(settle(extent as unknown as Extent, o)).toBe(expected)
  })

  it('says what it found and which zone it could be', () => {
    const refusal = settleCrs({ extent: [36_410_000, 3_640_000, 36_500_000, 3_700_000] })
    expect(refusal).toMatchObject({
      params: { found: 'x 36410000 … 36500000, y 3640000 … 3700000', expected: 'EPSG:4524 (CGCS2000 3°, 36)' },
    })
    expect(guessZone(18_400_000)).toContain('EPSG:4496')
  })
})
