import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAreas } from '../src/places/rules/parse-areas.ts'
import { makeBaseMap } from './make-base-map.ts'

const root = resolve(import.meta.dirname, '..')
const shared = resolve(root, process.env['QINBA_TEST_DATA'] ?? '../shared/data')
const shippedFile = (name: string) => readFileSync(`${root}/data/places/610700/${name}`, 'utf8')
type Shipped = { features: { properties: Record<string, string>; geometry: { coordinates: number[] } }[] }
const read = (name: string) => (JSON.parse(shippedFile(name)) as Shipped).features

test('every seat belongs to a county of the city, every town code bears the name', () => {
  const areas = parseAreas(shippedFile('areas.csv'))
  if (!Array.isArray(areas)) throw new Error('areas.csv does not parse')
  const seats = read('settlements.wgs84.geojson').filter((f) => f.properties['kind'] === 'seat')
  const counties = areas.filter((area) => area.level === 'county').map((area) => area.code)
  expect(seats.map((f) => f.properties['county']).sort()).toEqual(counties.sort())
  const towns = seats.flatMap(({ properties }) => (properties['town'] ? [properties] : []))
  expect(towns).toHaveLength(5)
  for (const { town, zh, county } of towns)
    expect(areas.find((area) => area.code === town)).toMatchObject({ parent: county, name: `${zh}街道` })
})

test('four rivers are named, in both languages or not at all', () => {
  const rivers = read('rivers.wgs84.geojson').map((f) => f.properties)
  expect(new Set(rivers.flatMap((r) => r['zh'] ?? []))).toEqual(new Set(['汉江', '嘉陵江', '渭河', '泾河']))
  for (const river of rivers) expect(Boolean(river['zh'])).toBe(Boolean(river['en']))
})

describe.skipIf(!existsSync(`${shared}/hydro`))('from the shared data (skipped where it is absent)', () => {
  test('the tool makes the shipped files, byte for byte', () => {
    for (const [name, text] of Object.entries(makeBaseMap(shared))) expect(text === shippedFile(name), name).toBe(true)
  })
})
