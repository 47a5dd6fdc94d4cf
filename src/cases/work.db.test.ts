import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, rowsVisited } from '../../test/record.ts'
import * as walk from '../../test/walk.ts'
import { CHEAP, openWorld, type Person, type World } from '../../test/world.ts'
import { toDay } from '../base/rules/day.ts'
import { createAccount, createOrganisation, createPost, givePost, type Role } from '../people/index.ts'
import { inCity } from './in-city.ts'
import { foldSpots } from './map/fold.ts'
import { unitOf } from './map/rules/tile.ts'
import { rewriteAll } from './rewrite.ts'
import { SORTS } from './rules/list-view.ts'
import { insertCases } from './store.ts'
import { begin } from './testing/story.ts'

const N = 3000
const TOWN = '610702001'
const LOOK_BACK = { selected: 'sample' as const, due: toDay('2026-03-09'), results: [] }

let world: World
let office: Person
let unit: Person
let townOfficer: Person
// Two counties; every hundredth case of Hantai was triaged. They lie 11 m apart in rows of a hundred, one alone far to the east.
// Six bind the one unit, six lie in the one town; one of every two hundred was cleared off, the first is to be looked back at.
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  const org = await createOrganisation(world.system, { name: '示例·小单位', kind: 'department', area: '610700' })
  unit = await newcomer('unit', { org, area: '610700' })
  townOfficer = await newcomer('grid', { org, area: TOWN })
  const steps = Array.from({ length: N }, (_, i) => {
    const region = i % 2 === 0 ? '610702' : '610703'
    const alone = i === N - 1 ? 0.2 : 0
    const point = { lng: walk.POINT.lng + (i % 100) * 0.0001 + alone, lat: walk.POINT.lat + Math.floor(i / 100) * 0.0001 }
    const place = { region, point, ...(i % 500 === 4 && { town: TOWN }) }
    const { c, events } = begin('inspection', { day: '2026-03-10', report: { title: `第${i}处`, place } })
    const duties = i % 500 === 3 ? [{ org, orgName: '示例·小单位', as: 'responsible' as const }] : []
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` // the list is in the order of ids, and says so each time
    const own = { id, no: `HZ-2026-8${String(i).padStart(5, '0')}`, duties }
    const state = i % 200 === 0 ? ('triaged' as const) : i % 200 === 1 ? ('closed' as const) : c.state
    const cleared = state === 'closed' && { closedOn: c.reportedOn, ...(i === 1 && { recheck: LOOK_BACK }) }
    return { case: { ...c, ...own, ...cleared, state }, event: { ...events[0]!, case: own.id } }
  })
  await inCity(world.house, (db) => insertCases(db, steps))
  await foldSpots(world.house)
  await rewriteAll(world.house)
  await world.house.database.vacuum()
})
afterAll(() => world.close())

async function newcomer(role: Role, { org, area }: { org: string; area: string }): Promise<Person> {
  const person = { username: `new-${role}`, password: 'Newcomer-2026!' }
  const account = await createAccount(world.system, { ...person, name: '示例·新人', clearance: 1, cost: CHEAP })
  await givePost(world.system, {
    post: await createPost(world.system, { org, title: '示例', role, area }),
    account,
    standIn: false,
  })
  world.accounts.push({ ...person, role, region: area })
  return world.as(person.username)
}

async function visits(url: string, person = office): Promise<number> {
  const statements = await record(async () => expect((await person.get(url)).statusCode).toBe(200))
  return rowsVisited(world.house.database.pool, statements, 'problem')
}

describe('the work of reading', () => {
  it('a page of the list, however it is narrowed, looks at no more cases than it shows', async () => {
    const narrowed = ['', 'region=610703', 'state=reported', 'region=610702&state=triaged', 'colour=green']
    for (const query of narrowed) expect(await visits(`/api/cases?limit=10&${query}`), query).toBe(11)
  })

  it('so does every order, on its first page and on the next', async () => {
    for (const sort of SORTS) {
      expect(await visits(`/api/cases?limit=10&sort=${sort}`), sort).toBe(11)
      const { next } = (await office.get(`/api/cases?limit=10&sort=${sort}`)).json()
      expect(await visits(`/api/cases?limit=10&sort=${sort}&after=${encodeURIComponent(next)}`), `${sort} ${next}`).toBe(11)
      for (const other of SORTS.filter((s) => s !== sort))
        expect((await office.get(`/api/cases?sort=${other}&after=${encodeURIComponent(next)}`)).statusCode).toBe(400)
    }
  })

  it('what binds a unit is found among all cases by its index', async () => {
    const { items } = (await unit.get('/api/cases')).json()
    const org = items[0].duties[0].org
    const found = (await office.get(`/api/cases?unit=${org}`)).json()
    expect([found.total, found.items.length]).toEqual([6, 6])
    expect(await visits(`/api/cases?unit=${org}`)).toBeLessThanOrEqual(3 * 6)
  })

  it('the list of who sees six of them looks at six', async () => {
    for (const person of [unit, townOfficer]) {
      const { total, items } = (await person.get('/api/cases')).json()
      expect([total, items.length]).toEqual([6, 6])
      expect(await visits('/api/cases?limit=50', person)).toBeLessThanOrEqual(3 * 6)
    }
  })

  it('a look-back that is due is found among all that was cleared off', async () => {
    const inspector = await world.as('inspector')
    const { groups } = (await inspector.get('/api/work')).json()
    expect(groups).toMatchObject([{ group: 'recheck', total: 1, items: [{ title: '第1处' }] }])
    expect(await visits('/api/work', inspector)).toBeLessThanOrEqual(2)
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
