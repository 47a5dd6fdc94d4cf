import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import { openWorld, type World } from '../../test/world.ts'
import { setUpCity } from './index.ts'

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
})
