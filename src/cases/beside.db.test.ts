import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, rowsVisited, type Statement } from '../../test/record.ts'
import { routeTests } from '../../test/route-tests.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type Person, type World } from '../../test/world.ts'
import { dayOf, type Instant } from '../base/rules/day.ts'
import { inCity } from './in-city.ts'
import { insertCases } from './store.ts'
import { begin } from './testing/story.ts'

const N = 3000
const NOBODY = '00000000-0000-4000-8000-000000000000'
const idOf = (i: number) => `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`
const status = (answer: { statusCode: number }) => answer.statusCode
type Related = { items: { id: string; why: { why: string; distanceM?: number; name?: string }[] }[]; more: string[] }

let world: World
let office: Person
let home: walk.Shown

// A crowd of one batch 11 m apart; every hundredth of one enterprise, every third in the other county; three tied to the first by hand.
beforeAll(async () => {
  world = await openWorld()
  const steps = Array.from({ length: N }, (_, i) => {
    const region = i % 3 === 2 ? '610722' : '610702'
    const point = { lng: walk.POINT.lng + 0.05 + (i % 100) * 0.0001, lat: walk.POINT.lat + Math.floor(i / 100) * 0.0001 }
    const { c, events } = begin('inspection', { day: '2026-03-10', report: { title: `第${i}处`, place: { region, point } } })
    const links = { ...(i === 7 && { mergedInto: idOf(0) }), ...(i === 9 && { reboundOf: idOf(0) }) }
    const tie = i === 10 && { inferredFrom: idOf(0) }
    const own = { id: idOf(i), no: `HZ-2026-8${String(i).padStart(5, '0')}`, batch: '第三轮', links: { ...links, ...tie } }
    const enterprise = i % 100 === 0 ? { enterprise: ' 示例·汉江化工 ' } : {}
    return { case: { ...c, ...own, ...enterprise }, event: { ...events[0]!, case: own.id } }
  })
  await inCity(world.house, (db) => insertCases(db, steps))
  await world.house.database.vacuum()
  home = await walk.walkTo(world, 'self_checked')
  office = await world.as('office') // the walk took days
})
afterAll(() => world.close())

const kinds = (found: Related, id: string) => found.items.find((item) => item.id === id)?.why.map(({ why }) => why)

routeTests('GET /api/cases/{id}/related', {
  allowed: async () => {
    const found = (await office.get(`/api/cases/${idOf(0)}/related`)).json<Related>()
    expect(kinds(found, idOf(7))).toContain('merged_from')
    expect(kinds(found, idOf(9))).toContain('rebounded_as')
    expect(kinds(found, idOf(10))).toContain('inferred_to')
    expect(kinds(found, idOf(1))).toContain('place')
    const near = found.items.flatMap((item) => (item.why[0]!.why === 'place' ? [item.why[0]!.distanceM!] : []))
    expect(near).toHaveLength(7) // the three tied by hand lie near too
    expect(Math.max(...near)).toBeLessThan(40) // the nearest of hundreds
    const firm = found.items.filter((item) => item.why.some(({ why }) => why === 'enterprise'))
    expect(firm).toHaveLength(10)
    expect(firm[0]!.why).toContainEqual({ why: 'enterprise', name: '示例·汉江化工' })
    expect(found.more).toEqual(['place', 'enterprise', 'batch'])
    const back = (await office.get(`/api/cases/${idOf(7)}/related`)).json<Related>()
    expect(kinds(back, idOf(0))).toContain('merged_into')
  },
  forbidden: async () => {
    const county = await world.as('county-office-hantai')
    const found = (await county.get(`/api/cases/${idOf(0)}/related`)).json<Related>()
    expect(found.items.length).toBeGreaterThan(3)
    const numbers = found.items.map(({ id }) => Number(id.slice(-12)) - 1)
    expect(numbers.filter((i) => i % 3 === 2)).toEqual([]) // the other county's stay behind the wall
    expect(status(await county.get(`/api/cases/${idOf(2)}/related`))).toBe(404)
    expect(status(await (await world.as('auditor')).get(`/api/cases/${idOf(0)}/related`))).toBe(403)
    expect(status(await world.app.inject({ url: `/api/cases/${idOf(0)}/related` }))).toBe(401)
  },
  malformed: async () => expect(status(await office.get('/api/cases/1/related'))).toBe(400),
  missing: async () => expect(status(await office.get(`/api/cases/${NOBODY}/related`))).toBe(404),
})

routeTests('GET /api/cases/{id}/next', {
  allowed: async () => {
    const { moves } = (await office.get(`/api/cases/${home.id}/next`)).json()
    expect(moves[0]).toMatchObject({ move: 'county_accept', waits: 'now', to: 'county_accepted', lacks: [] })
    expect(moves[0].since <= moves[0].until).toBe(true)
    expect(moves[0].by[0].holders[0]).toMatchObject({ orgName: expect.stringContaining('汉台') })
    expect(moves.slice(1).map((m: { move: string }) => m.move)).toEqual(['city_accept', 'publicise', 'file', 'close'])
    expect(moves[1].by[0].orgs).toEqual([{ id: expect.any(String), name: '汉中市住房和城乡建设局' }])
  },
  forbidden: async () => {
    expect(status(await (await world.as('county-office-chenggu')).get(`/api/cases/${home.id}/next`))).toBe(404)
    expect(status(await (await world.as('auditor')).get(`/api/cases/${home.id}/next`))).toBe(403)
    expect(status(await world.app.inject({ url: `/api/cases/${home.id}/next` }))).toBe(401)
  },
  malformed: async () => expect(status(await office.get('/api/cases/x/next'))).toBe(400),
  missing: async () => expect(status(await office.get(`/api/cases/${NOBODY}/next`))).toBe(404),
})

routeTests('GET /api/cases/{id}/colours', {
  allowed: async () => {
    const found = (await office.get(`/api/cases/${home.id}/colours`)).json()
    expect(found).toMatchObject({ today: dayOf(world.time.now.toISOString() as Instant), from: '2026-03-10', months: [] })
    expect(found.changes[0]).toMatchObject({ day: '2026-03-10', colour: 'green' })
  },
  forbidden: async () => {
    expect(status(await (await world.as('county-office-chenggu')).get(`/api/cases/${home.id}/colours`))).toBe(404)
    expect(status(await (await world.as('auditor')).get(`/api/cases/${home.id}/colours`))).toBe(403)
    expect(status(await world.app.inject({ url: `/api/cases/${home.id}/colours` }))).toBe(401)
  },
  malformed: async () => expect(status(await office.get('/api/cases/x/colours'))).toBe(400),
  missing: async () => expect(status(await office.get(`/api/cases/${NOBODY}/colours`))).toBe(404),
})

describe('the work of one page', () => {
  const own = (statements: Statement[]) =>
    statements.filter(({ text }) => /\bcases\.|\bjournal\.|people\.post\b/.test(text) && !/people\.session/.test(text))
  const sent = (path: string) => record(async () => expect(status(await office.get(`/api/cases/${idOf(0)}${path}`))).toBe(200))

  it('a case is one statement, its story and its next steps two, its colours three', async () => {
    expect(own(await sent(''))).toHaveLength(1)
    expect(own(await sent('/events'))).toHaveLength(2)
    expect(own(await sent('/next'))).toHaveLength(2)
    expect(own(await sent('/colours'))).toHaveLength(3)
  })

  it('what is related is two statements, and looks at a few hundred rows of thousands', async () => {
    const statements = await sent('/related')
    expect(own(statements)).toHaveLength(2)
    expect(await rowsVisited(world.house.database.pool, statements, 'problem')).toBeLessThan(500)
  })

  it('a look whether something happened costs no body: 304 on the version that is known, 200 after a move', async () => {
    const url = `/api/cases/${home.id}`
    const first = await office.get(url)
    const again = await office.get(url, { headers: { 'if-none-match': String(first.headers['etag']) } })
    expect([status(again), again.body, again.headers['etag']]).toEqual([304, '', first.headers['etag']])
    const stale = await office.get(url, { headers: { 'if-none-match': '"1", W/"2"' } })
    expect([status(stale), stale.json().version]).toEqual([200, home.version])
  })
})
