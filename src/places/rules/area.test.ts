import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../../base/rules/refusal.ts'
import { type Area, type ClosureRow, closureOf } from './area.ts'
import { parseAreas, parseZoneMembers } from './parse-areas.ts'

const data = (name: string) => readFileSync(new URL(`../../../data/places/610700/${name}`, import.meta.url), 'utf8')
const shipped = parseAreas(data('areas.csv')) as Area[]

const AREAS: readonly Area[] = [
  { code: '1', name: '市', level: 'city', parent: null },
  { code: '2', name: '县', level: 'county', parent: '1' },
  { code: 'Z', name: '区', level: 'zone', parent: '1' },
  { code: '21', name: '镇', level: 'township', parent: '2' },
  { code: '211', name: '村', level: 'village', parent: '21' },
]

function pairs(rows: ReturnType<typeof closureOf>): string[] {
  expect(isRefusal(rows)).toBe(false)
  return (rows as ClosureRow[]).map((row) => `${row.ancestor}>${row.descendant}:${row.depth}`).sort()
}

test('the closure holds every ancestor and the area itself', () => {
  const expected = [
    '1>1:0',
    '1>2:1',
    '1>21:2',
    '1>211:3',
    '1>Z:1',
    '2>2:0',
    '2>21:1',
    '2>211:2',
    '21>21:0',
    '21>211:1',
    '211>211:0',
    'Z>Z:0',
  ]
  expect(pairs(closureOf(AREAS))).toEqual(expected.sort())
})

test('a town of a zone has two parents and its villages follow it', () => {
  const rows = pairs(closureOf(AREAS, [{ zone: 'Z', area: '21' }]))
  expect(rows).toEqual([...pairs(closureOf(AREAS)), 'Z>21:1', 'Z>211:2'].sort())
  expect(
    pairs(
      closureOf(AREAS, [
        { zone: 'Z', area: '21' },
        { zone: 'Z', area: '21' },
      ]),
    ),
  ).toEqual(rows)
})

test('the depth is that of the shortest way', () => {
  expect(pairs(closureOf(AREAS, [{ zone: 'Z', area: '211' }]))).toContain('1>211:2')
})

test('refuses unknown parents, zones and members by name', () => {
  const orphan: Area = { code: '9', name: '孤', level: 'township', parent: '8' }
  expect(closureOf([...AREAS, orphan])).toMatchObject({ code: 'places/unknown-parent', params: { area: '9 孤', parent: '8' } })
  expect(closureOf(AREAS, [{ zone: '2', area: '21' }])).toMatchObject({ code: 'places/unknown-zone', params: { zone: '2' } })
  expect(closureOf(AREAS, [{ zone: 'Z', area: '77' }])).toMatchObject({
    code: 'places/unknown-zone-member',
    params: { area: '77' },
  })
})

test('refuses a cycle and names its way', () => {
  const cycle = closureOf(AREAS, [{ zone: 'Z', area: '1' }])
  expect(cycle).toMatchObject({ kind: 'invalid', code: 'places/area-cycle', params: { path: '1 市 → Z 区 → 1 市' } })
})

test('every area of a random tree has its whole chain', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 40 }), (picks) => {
      const parents = picks.map((pick, i) => (i === 0 ? null : String(pick % i)))
      const areas = parents.map((parent, i): Area => ({ code: String(i), name: `${i}`, level: 'village', parent }))
      const depth = (i: number): number => (parents[i] === null ? 0 : 1 + depth(Number(parents[i])))
      const expected = areas.reduce((sum, _, i) => sum + depth(i) + 1, 0)
      expect(pairs(closureOf(areas)).length).toBe(expected)
    }),
  )
})

test('the shipped divisions: 1 city, 11 counties, 2 zones, 177 townships, 2,187 villages, in one closure', () => {
  const counts = Object.groupBy(shipped, (area) => area.level)
  const sizes = [counts.city, counts.county, counts.zone, counts.township, counts.village].map((list) => list?.length)
  expect(sizes).toEqual([1, 11, 2, 177, 2187])
  expect(pairs(closureOf(shipped, parseZoneMembers(data('zone-members.csv')) as [])).length).toBe(1 + 13 * 2 + 177 * 3 + 2187 * 4)
})
