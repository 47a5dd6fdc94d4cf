import { expect, test } from 'vitest'
import { parseAreas, parseZoneMembers } from './parse-areas.ts'

const HEAD = 'code,name,level,parent\n'
const CITY = '610700,汉中市,city,\n'

test('reads areas in file order, a zone with its letter, with or without BOM and CRLF', () => {
  const csv = `\uFEFF${HEAD}${CITY}610702,汉台区,county,610700\n6107X1,兴汉新区,zone,610700\n`.replaceAll('\n', '\r\n')
  expect(parseAreas(csv)).toEqual([
    { code: '610700', name: '汉中市', level: 'city', parent: null },
    { code: '610702', name: '汉台区', level: 'county', parent: '610700' },
    { code: '6107X1', name: '兴汉新区', level: 'zone', parent: '610700' },
  ])
})

test.each([
  ['code,name,parent\n', 'places/csv-header', { found: 'code,name,parent', expected: 'code,name,level,parent' }],
  ['', 'places/csv-header', { found: '' }],
  [`${HEAD}610700,汉中市\n`, 'places/csv-unreadable', { line: 2 }],
  [`${HEAD}${CITY}610702,汉台区,district,610700\n`, 'places/area-level', { line: 3, found: 'district' }],
  [`${HEAD}${CITY}\n61070,汉台区,county,610700\n`, 'places/area-code', { line: 4, found: '61070', level: 'county' }],
  [`${HEAD}${CITY}610799,新区,zone,610700\n`, 'places/area-code', { line: 3, level: 'zone' }],
  [`${HEAD}${CITY}610702,,county,610700\n`, 'places/area-name-blank', { line: 3, code: '610702' }],
  [`${HEAD}${CITY}610702,汉台区,county,\n`, 'places/area-parent', { line: 3, code: '610702', found: '' }],
  [`${HEAD}610700,汉中市,city,610000\n`, 'places/area-parent', { line: 2, found: '610000' }],
  [`${HEAD}${CITY}${CITY}`, 'places/area-twice', { line: 3, area: '610700 汉中市' }],
  [`${HEAD}${CITY}610702,汉台区,county,610800\n`, 'places/unknown-parent', { area: '610702 汉台区', parent: '610800' }],
  [
    `${HEAD}${CITY}610702001,北关街道,township,610700\n`,
    'places/area-parent-level',
    { parent: '610700 汉中市', expected: 'county' },
  ],
])('refuses %j', (csv, code, params) => {
  expect(parseAreas(csv)).toMatchObject({ refused: true, kind: 'invalid', code, params })
})

test('zone members may be none; a half-filled row is refused', () => {
  expect(parseZoneMembers('zone,area\n')).toEqual([])
  expect(parseZoneMembers('zone,area\n6107J1,610702008\n')).toEqual([{ zone: '6107J1', area: '610702008' }])
  expect(parseZoneMembers('zone,area\n6107J1,\n')).toMatchObject({ code: 'places/zone-member-blank', params: { line: 2 } })
  expect(parseZoneMembers('area,zone\n')).toMatchObject({ code: 'places/csv-header' })
})
