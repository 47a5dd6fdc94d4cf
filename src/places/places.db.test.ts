import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { openWorld, type World } from '../../test/world.ts'
import { findCountiesAt, findCountyAt } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

routeTests('GET /api/areas', {
  allowed: async () => {
    const office = await world.as('office')
    const count = async (level: string) => (await office.get(`/api/areas?level=${level}`)).json().items.length
    expect([
      await count('city'),
      await count('county'),
      await count('zone'),
      await count('township'),
      await count('village'),
    ]).toEqual([1, 11, 2, 177, 2187])
    const counties = (await office.get('/api/areas?parent=610700')).json().items.map((a: { name: string }) => a.name)
    expect(counties).toContain('南郑区')
    expect(counties).toContain('兴汉新区')
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/areas' })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get('/api/areas?level=planet')).statusCode).toBe(400)
  },
  missing: { none: 'a parent without children is an empty list' },
})

routeTests('GET /api/places/county', {
  allowed: async () => {
    const office = await world.as('office')
    expect((await office.get('/api/places/county?lng=107.031&lat=33.0678')).json()).toMatchObject({
      code: '610702',
      name: '汉台区',
    })
    const gcj = (await office.get('/api/places/county?lng=107.031&lat=33.0678&crs=gcj02')).json()
    expect(gcj.point.lng).toBeLessThan(107.031)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/places/county?lng=107&lat=33' })).statusCode).toBe(401)
  },
  malformed: async () => {
    const swapped = await (await world.as('office')).get('/api/places/county?lng=33.0678&lat=107.031')
    expect([swapped.statusCode, swapped.json().code]).toEqual([400, 'places/bad-point'])
    expect((await (await world.as('office')).get('/api/places/county?lng=x&lat=33')).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await (await world.as('office')).get('/api/places/county?lng=108.94&lat=34.34')).statusCode).toBe(404) // Xi'an
  },
})

routeTests('GET /api/places/boundaries', {
  allowed: async () => {
    expect((await (await world.as('grid-hantai')).get('/api/places/boundaries')).json().features).toHaveLength(11)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/places/boundaries' })).statusCode).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

describe('the counties of many points', () => {
  it('are those of each, in their order, by one query', async () => {
    const points = [
      { lng: 107.031, lat: 33.0678 },
      { lng: 108.94, lat: 34.34 }, // Xi'an
      { lng: 107.33, lat: 33.16 },
      { lng: 107.031, lat: 33.0678 },
    ]
    const { tenant, database } = world.house
    const each: (string | undefined)[] = []
    for (const point of points) each.push((await database.begin(tenant, (db) => findCountyAt(db, tenant, point)))?.code)
    expect(each).toEqual(['610702', undefined, '610722', '610702'])
    expect(await database.begin(tenant, (db) => findCountiesAt(db, tenant, points))).toEqual(each)
    expect(await database.begin(tenant, (db) => findCountiesAt(db, tenant, []))).toEqual([])
  })
})

describe('the closure table', () => {
  it('gives a county every town and village below it, and the city everything', async () => {
    const { rows } = await world.house.database.pool.query(`select ancestor, count(*)::int as n from places.area_closure
      where ancestor in ('610700', '610702', '6107J1') group by ancestor order by ancestor`)
    const towns = await world.house.database.pool.query(`select count(*)::int as n from places.area where code like '610702%'`)
    expect(rows).toEqual([
      { ancestor: '610700', n: 2378 },
      { ancestor: '610702', n: towns.rows[0].n },
      { ancestor: '6107J1', n: 1 },
    ])
  })
})
