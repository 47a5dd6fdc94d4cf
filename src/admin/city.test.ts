import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadPlaces } from '../places/index.ts'
import { loadCity } from './index.ts'

const CITY = {
  tenant: 820100,
  name: { zh: '甲市', en: 'Alpha' },
  office: '甲市督办',
  officePhone: '',
  numberPrefix: 'JS',
  places: 'alpha',
}
const FILES = {
  'areas.csv': 'code,name,level,parent\n820100,甲市,city,\n820101,乙区,county,820100\n',
  'zone-members.csv': 'zone,area\n',
  'counties.wgs84.geojson': '{"type": "FeatureCollection", "features": []}',
}

function folder(o: { city?: unknown; files?: Partial<Record<keyof typeof FILES, string | undefined>> } = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-city-'))
  for (const name of ['cities', 'places/alpha']) mkdirSync(join(dir, name), { recursive: true })
  const text = typeof o.city === 'string' ? o.city : JSON.stringify({ ...CITY, ...(o.city as object) })
  writeFileSync(join(dir, 'cities/820100.json'), text)
  for (const [name, content] of Object.entries({ ...FILES, ...o.files }))
    if (content !== undefined) writeFileSync(join(dir, 'places/alpha', name), content)
  return dir
}

it('a city of a folder of its own is read, with divisions and no boundaries', async () => {
  const dir = folder()
  expect(await loadCity(820100, dir)).toEqual({ ...CITY, dir })
  expect(await loadPlaces(join(dir, 'places/alpha'), '820100')).toMatchObject({ areas: [{ code: '820100' }, {}], boundaries: [] })
})

it('the city that ships is read without a folder', async () => {
  expect(await loadCity(610700)).toMatchObject({ tenant: 610700, numberPrefix: 'HZ' })
})

it.each<[string, () => string, number, RegExp]>([
  ['no such city', () => folder(), 820200, /city 820200 is not configured: .*cities\/820200\.json does not exist/],
  ['no JSON', () => folder({ city: '{' }), 820100, /cities\/820100\.json is no JSON/],
  ['a field missing', () => folder({ city: { office: undefined } }), 820100, /820100\.json: office: /],
  ['a prefix of no capitals', () => folder({ city: { numberPrefix: 'b' } }), 820100, /numberPrefix: expected two to eight/],
  ['places that leave the folder', () => folder({ city: { places: '../x' } }), 820100, /places: expected the name/],
  ['another city', () => folder({ city: { tenant: 820300 } }), 820100, /tenant is 820300, expected 820100/],
])('%s: one line names the file', async (_, make, tenant, message) => {
  const dir = make()
  await expect(loadCity(tenant, dir)).rejects.toThrow(message)
  rmSync(dir, { recursive: true })
})

it.each([
  ['no divisions', { 'areas.csv': undefined }, /places\/alpha\/areas\.csv does not exist/],
  ['a bad code', { 'areas.csv': `${FILES['areas.csv']}1,丙,county,820100\n` }, /areas\.csv: places\/area-code .*"line":4/],
  [
    'another city',
    { 'areas.csv': 'code,name,level,parent\n820200,丁市,city,\n' },
    /areas\.csv: the city is 820200, expected 820100/,
  ],
  ['no zones', { 'zone-members.csv': undefined }, /zone-members\.csv does not exist/],
  ['a zone of nothing', { 'zone-members.csv': 'zone,area\n8201A1,820101\n' }, /zone-members\.csv: places\/unknown-zone/],
  ['no boundaries file', { 'counties.wgs84.geojson': undefined }, /counties\.wgs84\.geojson does not exist/],
  ['no JSON', { 'counties.wgs84.geojson': 'x' }, /counties\.wgs84\.geojson is no JSON/],
  ['no collection', { 'counties.wgs84.geojson': '{}' }, /expected a FeatureCollection/],
  [
    'a boundary of no county',
    { 'counties.wgs84.geojson': '{"features": [{"properties": {"code": "820109"}, "geometry": null}]}' },
    /feature 1 has the code 820109, which is no county/,
  ],
])('divisions with %s: one line names the file', async (_, files, message) => {
  const dir = folder({ files })
  await expect(loadPlaces(join(dir, 'places/alpha'), '820100')).rejects.toThrow(message)
  rmSync(dir, { recursive: true })
})
