import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, rowsVisited } from '../../test/record.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type Person, type World } from '../../test/world.ts'
import { inCity } from './in-city.ts'
import { foldSpots } from './map/fold.ts'
import { unitOf } from './map/rules/tile.ts'
import { insertCases } from './store.ts'
import { begin } from './testing/story.ts'

const N = 3000

let world: World
let office: Person
// Two counties; every hundredth case of Hantai was triaged. They lie 11 m apart in rows of a hundred, one alone far to the east.
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  const steps = Array.from({ length: N }, (_, i) => {
    const region = i % 2 === 0 ? '610702' : '610703'
    const alone = i === N - 1 ? 0.2 : 0
    const point = { lng: walk.POINT.lng + (i % 100) * 0.0001 + alone, lat: walk.POINT.lat + Math.floor(i / 100) * 0.0001 }
    const { c, events } = begin('inspection', { day: '2026-03-10', report: { title: `第${i}处`, place: { region, point } } })
    const own = { id: crypto.randomUUID(), no: `HZ-2026-8${String(i).padStart(5, '0')}` }
    const state = i % 200 === 0 ? ('triaged' as const) : c.state
    return { case: { ...c, ...own, state }, event: { ...events[0]!, case: own.id } }
  })
  await inCity(world.house, (db) => insertCases(db, steps))
  await foldSpots(world.house)
  await world.house.database.vacuum()
})
afterAll(() => world.close())

async function visits(url: string): Promise<number> {
  const statements = await record(async () => expect((await office.get(url)).statusCode).toBe(200))
  return rowsVisited(world.house.database.pool, statements, 'problem')
}

describe('the work of reading', () => {
  it('a page of the list, however it is narrowed, looks at no more cases than it shows', async () => {
    const narrowed = ['', 'region=610703', 'state=reported', 'region=610702&state=triaged', 'colour=green']
    for (const query of narrowed) expect(await visits(`/api/cases?limit=10&${query}`), query).toBe(11)
  })

  it('a tile of counted cells looks only at the cases that stand alone in one', async () => {
    const at = unitOf({ lng: walk.POINT.lng + 0.1, lat: walk.POINT.lat })
    const seen: number[] = []
    for (const z of [7, 9, 11])
      seen.push(await visits(`/tiles/cases/${z}/${Math.floor(at.x * 2 ** z)}/${Math.floor(at.y * 2 ** z)}.mvt`))
    expect(Math.max(...seen)).toBeLessThanOrEqual(64)
    expect(Math.max(...seen)).toBeGreaterThan(0)
  })

  it('one case is one row', async () => {
    const { items } = (await office.get('/api/cases?limit=1')).json()
    expect(await visits(`/api/cases/${items[0].id}`)).toBe(1)
  })
})
