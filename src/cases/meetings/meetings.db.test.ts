import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { proveJournal } from '../../base/journal/prove.ts'
import type { Journalled } from '../../base/journal/subjects.ts'
import { journalled as people } from '../../people/index.ts'
import { inCity } from '../in-city.ts'
import { journalledMeetings } from '../index.ts'
import { insertCases } from '../store.ts'
import { walkTo } from '../testing/walks.ts'

const NOBODY = '00000000-0000-4000-8000-999999999999'
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const status = (answer: { statusCode: number }) => answer.statusCode

let world: World
let office: Person
let county: Person
// One to be accepted in Hantai, one in Chenggu, one that is still being worked on.
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  county = await world.as('county-office-hantai')
  const planted = (['self_checked', 'county_accepted', 'rectifying'] as const).map((state, n) => {
    const { c, events } = walkTo('inspection', state)
    const place = { ...c.place, region: n === 1 ? '610722' : '610702' }
    const own = { id: idOf(n), no: `HZ-2026-9${n}`, title: `第${n}处`, place, duties: [], version: 1 }
    return { case: { ...c, ...own }, event: { ...events[0]!, case: idOf(n) } }
  })
  await inCity(world.house, (db) => insertCases(db, planted))
})
afterAll(() => world.close())

const MEETING = {
  heldOn: '2026-03-25',
  place: '市生态环境局三楼',
  chair: '示例·主任',
  attendees: ['示例·甲'],
  minutes: '听取汇报。',
}
const both = [
  { case: idOf(0), decision: 'accept', words: '同意销号' },
  { case: idOf(1), decision: 'postpone' },
]
const add = async (items: object[] = both) => (await office.post('/api/meetings', { ...MEETING, items })).json()
const put = (id: string, body: object, version: number, person = office) =>
  person.send({
    method: 'PUT',
    url: `/api/meetings/${id}`,
    payload: body,
    headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': `"${version}"` },
  })
const close = (id: string, version: number, person = office) => person.post(`/api/meetings/${id}/close`, {}, { version })

routeTests('GET /api/meetings', {
  allowed: async () => {
    const { id } = await add()
    expect((await county.get('/api/meetings')).json().items.find((m: { id: string }) => m.id === id)).toMatchObject({ size: 2 })
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/meetings' }))).toBe(401)
    expect(status(await (await world.as('unit-hantai')).get('/api/meetings'))).toBe(403)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'none is an empty list' },
})

routeTests('POST /api/meetings', {
  allowed: async () => {
    expect(await add()).toMatchObject({
      version: 1,
      hidden: 0,
      items: [{ state: 'self_checked', decision: 'accept' }, { no: 'HZ-2026-91' }],
    })
  },
  forbidden: async () => {
    const body = { ...MEETING, items: both }
    expect(status(await world.app.inject({ method: 'POST', url: '/api/meetings', payload: body }))).toBe(401)
    for (const who of ['county-office-hantai', 'inspector', 'leader'])
      expect(status(await (await world.as(who)).post('/api/meetings', body)), who).toBe(403)
  },
  malformed: async () => {
    for (const bad of [
      { heldOn: 'soon' },
      { place: '' },
      { items: [...both, both[0]] },
      { items: [{ case: idOf(0), decision: 'maybe' }] },
    ])
      expect(status(await office.post('/api/meetings', { ...MEETING, items: both, ...bad })), JSON.stringify(bad)).toBe(422)
    const working = await office.post('/api/meetings', { ...MEETING, items: [{ case: idOf(2) }] })
    expect(working.json().code).toBe('cases/meeting-not-ready')
  },
  missing: async () => {
    expect(status(await office.post('/api/meetings', { ...MEETING, items: [{ case: NOBODY }] }))).toBe(404)
  },
})

routeTests('GET /api/meetings/{id}', {
  allowed: async () => {
    const { id } = await add()
    expect((await (await world.as('inspector')).get(`/api/meetings/${id}`)).json()).toMatchObject({
      minutes: '听取汇报。',
      hidden: 0,
    })
  },
  forbidden: async () => {
    const { id } = await add()
    expect(status(await world.app.inject({ url: `/api/meetings/${id}` }))).toBe(401)
    expect(status(await (await world.as('grid-hantai')).get(`/api/meetings/${id}`))).toBe(403)
    const seen = (await county.get(`/api/meetings/${id}`)).json()
    expect(seen).toMatchObject({ hidden: 1, items: [{ case: idOf(0) }] })
    expect(seen).not.toHaveProperty('minutes')
  },
  malformed: async () => {
    expect(status(await office.get('/api/meetings/abc'))).toBe(400)
  },
  missing: async () => {
    expect(status(await office.get(`/api/meetings/${NOBODY}`))).toBe(404)
  },
})

routeTests('PUT /api/meetings/{id}', {
  allowed: async () => {
    const { id } = await add()
    const after = await put(id, { ...MEETING, chair: '示例·副主任', items: [both[1]!] }, 1)
    expect(after.json()).toMatchObject({ version: 2, chair: '示例·副主任', items: [{ case: idOf(1) }] })
    expect(status(await put(id, { ...MEETING, items: [] }, 1))).toBe(409)
  },
  forbidden: async () => {
    const { id } = await add()
    expect(status(await put(id, { ...MEETING, items: [] }, 1, county))).toBe(403)
    expect(status(await world.app.inject({ method: 'PUT', url: `/api/meetings/${id}`, payload: MEETING }))).toBe(401)
  },
  malformed: async () => {
    const { id } = await add()
    expect(status(await put(id, { ...MEETING, items: 'all' }, 1))).toBe(422)
  },
  missing: async () => {
    expect(status(await put(NOBODY, { ...MEETING, items: [] }, 1))).toBe(404)
  },
})

routeTests('POST /api/meetings/{id}/close', {
  allowed: async () => {
    const { id } = await add()
    const closed = (await close(id, 1)).json()
    expect(closed).toMatchObject({ version: 2, closedBy: { name: expect.any(String) }, closedAt: world.time.now.toISOString() })
    expect((await put(id, { ...MEETING, items: [] }, 2)).json().code).toBe('cases/meeting-closed')
    expect((await close(id, 2)).json().code).toBe('cases/meeting-closed')
  },
  forbidden: async () => {
    const { id } = await add()
    expect(status(await close(id, 1, county))).toBe(403)
    expect(status(await world.app.inject({ method: 'POST', url: `/api/meetings/${id}/close`, payload: {} }))).toBe(401)
  },
  malformed: async () => {
    const { id } = await add([{ case: idOf(0) }])
    expect((await close(id, 1)).json().code).toBe('cases/meeting-undecided')
    expect(status(await close(id, 9))).toBe(409)
  },
  missing: async () => {
    expect(status(await close(NOBODY, 1))).toBe(404)
  },
})

describe('closed minutes', () => {
  const owner = (text: string) => sql.raw(text).execute(world.house.database.owner)
  // The cases were planted in the state that the meeting needs, and stand for themselves here.
  const planted: Journalled = {
    context: 'cases',
    fold: () => 0,
    async *states() {
      for (const n of [0, 1, 2]) yield { id: idOf(n), state: 0 }
    },
  }
  const prove = () => proveJournal(world.house, { journalled: [...people, planted, journalledMeetings] })

  it.each([
    ['the words', `update cases.meeting set minutes = '一致同意' where closed_at is not null`],
    ['a decision', `update cases.meeting_item set decision = 'reject' where decision = 'accept'`],
    ['a case that is gone', `delete from cases.meeting_item where case_id = '${idOf(1)}'`],
    ['that they were closed', 'update cases.meeting set closed_at = null'],
  ])('%s changed by the owner is found by journal verify', async (_, text) => {
    const { id } = await add()
    await close(id, 1)
    expect(await prove()).toMatchObject({ ok: true })
    await owner('create table public.kept as select * from cases.meeting')
    await owner('create table public.kept_items as select * from cases.meeting_item')
    await owner(text)
    expect(await prove()).toMatchObject({ ok: false, message: { en: expect.stringContaining('meetings') } })
    await owner('delete from cases.meeting_item')
    await owner('delete from cases.meeting')
    await owner('insert into cases.meeting select * from public.kept')
    await owner('insert into cases.meeting_item select * from public.kept_items')
    await owner('drop table public.kept, public.kept_items')
    expect(await prove()).toMatchObject({ ok: true })
  })

  it('take no change from the application, whatever it tries', async () => {
    const { id } = await add()
    await close(id, 1)
    const changes = async (text: string) =>
      Number((await inCity(world.house, (db) => sql.raw(text).execute(db))).numAffectedRows ?? 0n)
    expect(await changes(`update cases.meeting set minutes = 'x' where id = '${id}'`)).toBe(0)
    expect(await changes(`delete from cases.meeting_item where meeting = '${id}'`)).toBe(0)
    await expect(
      changes(
        `insert into cases.meeting_item (tenant, meeting, case_id, place, state) values (610700, '${id}', '${idOf(2)}', 9, 'closed')`,
      ),
    ).rejects.toThrow(/row-level security/)
  })
})
