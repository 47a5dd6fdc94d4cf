import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { openWorld, type World } from '../../test/world.ts'
import { findCountiesAt, listAreas } from '../places/index.ts'
import { loadCity, setUpCity } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

routeTests('GET /api/rules', {
  allowed: async () => {
    const { items } = (await (await world.as('office')).get('/api/rules?kind=path')).json()
    expect(items.map((r: { key: string }) => r.key).sort()).toEqual(['complaint', 'inspection', 'lead', 'patrol', 'petition'])
    for (const row of items) expect(row.unverified).toBe(row.confidence !== 'V') // visible until an operator confirms it
  },
  forbidden: async () => {
    expect((await (await world.as('grid-hantai')).get('/api/rules')).statusCode).toBe(403)
    expect((await world.app.inject({ url: '/api/rules' })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get(`/api/rules?kind=${'x'.repeat(41)}`)).statusCode).toBe(400)
  },
  missing: { none: 'a kind that does not exist is an empty list' },
})

describe('setting a city up', () => {
  it('a second time writes nothing new', async () => {
    const count = async () =>
      (
        await world.house.database.pool.query(
          'select (select count(*) from places.area)::int + (select count(*) from base.rule)::int as n',
        )
      ).rows[0].n
    const before = await count()
    await setUpCity(world.house.database, world.house.city)
    expect(await count()).toBe(before)
  })

  it('of a folder of its own, without boundaries, beside the first', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'qinba-city-'))
    for (const name of ['cities', 'places/alpha']) mkdirSync(join(dir, name), { recursive: true })
    const names = { name: { zh: '甲市', en: 'Alpha' }, office: '甲市督办', officePhone: '', numberPrefix: 'JS', places: 'alpha' }
    writeFileSync(join(dir, 'cities/820100.json'), JSON.stringify({ tenant: 820100, ...names }))
    writeFileSync(join(dir, 'places/alpha/areas.csv'), 'code,name,level,parent\n820100,甲市,city,\n820101,乙区,county,820100\n')
    writeFileSync(join(dir, 'places/alpha/zone-members.csv'), 'zone,area\n')
    writeFileSync(join(dir, 'places/alpha/counties.wgs84.geojson'), '{"features": []}')
    const { database } = world.house
    await setUpCity(database, await loadCity(820100, dir))
    const found = await database.begin(820100, async (db) => ({
      areas: (await listAreas(db, 820100, {})).map((area) => area.name),
      at: await findCountiesAt(db, 820100, [{ lng: 107, lat: 33 }]),
    }))
    expect(found).toEqual({ areas: ['甲市', '乙区'], at: undefined })
  })
})
