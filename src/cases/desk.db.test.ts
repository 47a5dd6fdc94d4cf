import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type Person, type World } from '../../test/world.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { journalled as people } from '../people/index.ts'
import { journalled, journalledMeetings, journalledMonths } from './index.ts'

let world: World
let office: Person
let chenggu: Person
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  chenggu = await world.as('county-office-chenggu')
})
afterAll(() => world.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const status = (answer: { statusCode: number }) => answer.statusCode
const prove = () => proveJournal(world.house, { journalled: [...people, journalled, journalledMonths, journalledMeetings] })
const triage = { move: 'triage', category: 'W4', pollution: ['waste'], thing: 'place', severity: 'general', qinling: 'outside' }
const undo = (c: walk.Shown, person = office, version = c.version) => person.post(`/api/cases/${c.id}/undo`, {}, { version })
const newCase = (title: string) => walk.report(world, { title })
const forward = (minutes: number) => {
  world.time.now = new Date(world.time.now.getTime() + minutes * 60_000)
}

/** Everything that a reader sees of a case beside its version. */
async function standing(c: walk.Shown) {
  const { version: _, moves: __, undoUntil: ___, ...rest } = (await office.get(`/api/cases/${c.id}`)).json()
  return rest
}

routeTests('POST /api/cases/{id}/undo', {
  allowed: async () => {
    const reported = await newCase('撤销一')
    const before = await standing(reported)
    const triaged = await walk.triage(world, reported)
    expect(triaged['undoUntil']).toBe(new Date(world.time.now.getTime() + 600_000).toISOString())
    const { undo: offered } = (await office.get(`/api/cases/${reported.id}/events`)).json()
    expect(offered).toEqual({ version: 2, until: triaged['undoUntil'] })
    const answer = await undo(triaged)
    expect(answer.json()).toMatchObject({ version: 3, state: 'reported' })
    expect(await standing(reported)).toEqual(before)
    const { events, undo: none } = (await office.get(`/api/cases/${reported.id}/events`)).json()
    expect(events.map((e: { type: string }) => e.type)).toEqual(['report', 'triage', 'undone'])
    expect([none, JSON.stringify(events[2])]).toEqual([undefined, expect.not.stringContaining('originalText')])
    expect(status(await undo(answer.json()))).toBe(409)
    expect(await prove()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    const triaged = await walk.triage(world, await newCase('撤销二'))
    expect(status(await world.app.inject({ method: 'POST', url: `/api/cases/${triaged.id}/undo`, payload: {} }))).toBe(401)
    expect(status(await undo(triaged, await world.as('auditor')))).toBe(403)
    expect(status(await undo(triaged, chenggu))).toBe(404)
    const colleague = await undo(triaged, await world.as('office-2'))
    expect([status(colleague), colleague.json().code]).toEqual([403, 'cases/undo-not-yours'])
    forward(10)
    expect((await undo(triaged)).json()).toMatchObject({ status: 409, code: 'cases/undo-late' })
  },
  malformed: async () => {
    const triaged = await walk.triage(world, await newCase('撤销三'))
    expect(status(await undo(triaged, office, 1))).toBe(409)
    expect(status(await office.post(`/api/cases/${triaged.id}/undo`, { reason: 5 }, { version: 2 }))).toBe(422)
  },
  missing: async () => {
    expect(status(await office.post(`/api/cases/${NOBODY}/undo`, {}, { version: 1 }))).toBe(404)
  },
})

const bulk = (body: object, person = office, key?: string) => person.post('/api/cases/bulk', body, key ? { key } : {})
const named = (...cases: walk.Shown[]) => cases.map(({ id, version }) => ({ id, version }))
const resultsOf = (answer: { json(): { lines: { result: string }[] } }) => answer.json().lines.map((line) => line.result)

routeTests('POST /api/cases/bulk', {
  allowed: async () => {
    const [a, b, done] = [await newCase('批量一'), await newCase('批量二'), await walk.triage(world, await newCase('批量三'))]
    const body = { act: triage, cases: [...named(a, b, done), { id: NOBODY }] }
    const tried = await bulk({ ...body, dryRun: true })
    expect(resultsOf(tried)).toEqual(['will', 'will', 'refused', 'gone'])
    expect(tried.json().lines[2].why.text).toContain('待交办')
    expect((await office.get(`/api/cases/${a.id}`)).json().version).toBe(1)
    const carried = await bulk({ ...body, dryRun: false }, office, 'run-1')
    expect(resultsOf(carried)).toEqual(['done', 'done', 'refused', 'gone'])
    // The same run again, and with one more: nothing is done twice, what is new is done.
    const more = await newCase('批量四')
    const again = await bulk({ act: triage, cases: [...named(a, b), ...named(more)], dryRun: false }, office, 'run-1')
    expect(resultsOf(again)).toEqual(['done', 'done', 'done'])
    expect((await office.get(`/api/cases/${a.id}`)).json().version).toBe(2)
    expect(resultsOf(await bulk({ act: triage, cases: named(a), dryRun: false }))).toEqual(['changed'])
    expect(await prove()).toMatchObject({ ok: true })
  },
  forbidden: async () => {
    const c = await newCase('批量五')
    const body = { act: triage, cases: named(c), dryRun: true }
    expect(status(await world.app.inject({ method: 'POST', url: '/api/cases/bulk', payload: body }))).toBe(401)
    expect(status(await bulk(body, await world.as('publisher')))).toBe(403)
    expect((await bulk(body, chenggu)).json().lines).toEqual([
      { id: c.id, result: 'gone', why: { code: 'cases/no-such-case', text: expect.any(String) } },
    ])
    expect(resultsOf(await bulk({ ...body, dryRun: false }, chenggu))).toEqual(['gone'])
    expect((await bulk({ act: triage, filter: {}, dryRun: true }, chenggu)).json().lines).toEqual([])
  },
  malformed: async () => {
    const c = await newCase('批量六')
    const cases = named(c)
    const many = Array.from({ length: 26 }, (_, i) => ({ id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` }))
    for (const bad of [
      { act: { move: 'decline', reason: '线索不详' }, cases, dryRun: true },
      { act: { ...triage, title: '同名' }, cases, dryRun: true },
      { act: triage, cases: [...cases, ...cases], dryRun: true },
      { act: triage, cases, filter: {}, dryRun: true },
      { act: triage, filter: {}, dryRun: false },
      { act: triage, cases: many, dryRun: false },
    ])
      expect(status(await bulk(bad)), JSON.stringify(bad).slice(0, 90)).toBe(422)
    expect(
      status(await office.send({ method: 'POST', url: '/api/cases/bulk', payload: { act: triage, cases, dryRun: false } })),
    ).toBe(400)
    expect(status(await bulk({ act: triage, cases, dryRun: false }, office, 'run-2'))).toBe(200)
    const other = { ...triage, severity: 'major' }
    expect((await bulk({ act: other, cases, dryRun: false }, office, 'run-2')).json().code).toBe('base/key-reused')
  },
  missing: async () => {
    expect(resultsOf(await bulk({ act: triage, cases: [{ id: NOBODY }], dryRun: true }))).toEqual(['gone'])
  },
})

describe('reminders', () => {
  it('reach the unit in its list and end with its receipt; undone, they were never there', async () => {
    const unit = await world.as('unit-hantai')
    const c = await walk.assign(world, await walk.triage(world, await newCase('催办一')))
    const remind = { act: { move: 'remind', text: '请尽快签收', answerBy: '2026-03-12' }, cases: named(c), dryRun: false }
    expect(resultsOf(await bulk(remind))).toEqual(['done'])
    const waiting = async (person: Person) => (await person.get('/api/cases?reminded=true')).json().items
    expect(await waiting(unit)).toMatchObject([{ id: c.id, reminders: [{ text: '请尽快签收', answerBy: '2026-03-12' }] }])
    expect(await waiting(chenggu)).toEqual([])
    expect((await waiting(await world.as('grid-hantai'))).map((i: object) => 'reminders' in i)).toEqual([false])
    const taken = await walk.move(world, { ...c, version: 4 }, { who: 'unit-hantai', act: { move: 'acknowledge' } })
    expect([taken.state, await waiting(unit)]).toEqual(['assigned', []])
    expect(status(await undo(taken, unit))).toBe(200)
    expect(await waiting(unit)).toHaveLength(1)
    expect(await prove()).toMatchObject({ ok: true })
  })
})

const VIEW = {
  name: '本周到期',
  filters: { state: 'assigned,signed', soon: 'true' },
  sort: 'due',
  columns: ['due'],
  shared: false,
  first: false,
}
const save = async (more: object = {}, person = office) => (await person.post('/api/views', { ...VIEW, ...more })).json()
const views = async (person: Person) =>
  (await person.get('/api/views')).json().items as (typeof VIEW & { id: string; mine: boolean })[]
const put = (id: string, body: object, o: { version: number; person?: Person }) =>
  (o.person ?? office).send({
    method: 'PUT',
    url: `/api/views/${id}`,
    payload: body,
    headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': `"${o.version}"` },
  })
const drop = (id: string, version: number, person = office) =>
  person.send({
    method: 'DELETE',
    url: `/api/views/${id}`,
    headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': `"${version}"` },
  })

routeTests('GET /api/views', {
  allowed: async () => {
    await save({ name: '自己的' })
    expect((await views(office)).find((v) => v.name === '自己的')).toMatchObject({ ...VIEW, name: '自己的', mine: true })
  },
  forbidden: async () => {
    await save({ name: '科室的', shared: true })
    expect(status(await world.app.inject({ url: '/api/views' }))).toBe(401)
    expect(status(await (await world.as('auditor')).get('/api/views'))).toBe(403)
    expect((await views(await world.as('office-2'))).map((v) => [v.name, v.mine])).toEqual([['科室的', false]])
    expect(await views(chenggu)).toEqual([])
    // Row-level security alone: who says nothing of himself sees no view at all.
    const rows = await world.system.tx((db) => sql`select 1 from cases.saved_view`.execute(db))
    expect(rows.rows).toEqual([])
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'none is an empty list' },
})

routeTests('POST /api/views', {
  allowed: async () => {
    const first = await save({ name: '甲', first: true })
    const second = await save({ name: '乙', first: true })
    expect([first.version, second.first]).toEqual([1, true])
    expect((await views(office)).filter((v) => v.first).map((v) => v.name)).toEqual(['乙'])
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ method: 'POST', url: '/api/views', payload: VIEW }))).toBe(401)
    expect(status(await (await world.as('sysadmin')).post('/api/views', VIEW))).toBe(403)
  },
  malformed: async () => {
    for (const bad of [
      { name: ' ' },
      { sort: 'random' },
      { columns: ['due', 'due'] },
      { columns: ['x'] },
      { filters: { x: '1' } },
    ])
      expect(status(await office.post('/api/views', { ...VIEW, ...bad })), JSON.stringify(bad)).toBe(422)
  },
  missing: { none: 'it names nothing' },
})

routeTests('PUT /api/views/{id}', {
  allowed: async () => {
    const { id } = await save()
    expect((await put(id, { ...VIEW, name: '改名' }, { version: 1 })).json()).toMatchObject({ name: '改名', version: 2 })
    expect(status(await put(id, VIEW, { version: 1 }))).toBe(409)
  },
  forbidden: async () => {
    const { id } = await save({ shared: true })
    expect(status(await put(id, VIEW, { version: 1, person: await world.as('office-2') }))).toBe(404)
    expect(status(await put(id, VIEW, { version: 1, person: await world.as('payout') }))).toBe(403)
    expect(status(await world.app.inject({ method: 'PUT', url: `/api/views/${id}`, payload: VIEW }))).toBe(401)
  },
  malformed: async () => {
    const { id } = await save()
    expect(status(await put(id, { ...VIEW, name: '' }, { version: 1 }))).toBe(422)
  },
  missing: async () => {
    expect(status(await put(NOBODY, VIEW, { version: 1 }))).toBe(404)
  },
})

routeTests('DELETE /api/views/{id}', {
  allowed: async () => {
    const { id } = await save({ name: '将删' })
    expect((await drop(id, 1)).json()).toMatchObject({ name: '将删' })
    expect((await views(office)).some((v) => v.id === id)).toBe(false)
  },
  forbidden: async () => {
    const { id } = await save({ shared: true })
    expect(status(await drop(id, 1, await world.as('office-2')))).toBe(404)
    expect(status(await drop(id, 1, await world.as('secadmin')))).toBe(403)
    expect(status(await world.app.inject({ method: 'DELETE', url: `/api/views/${id}` }))).toBe(401)
  },
  malformed: async () => {
    expect(status(await drop('abc', 1))).toBe(400)
    expect(status(await drop((await save()).id, 7))).toBe(409)
  },
  missing: async () => {
    expect(status(await drop(NOBODY, 1))).toBe(404)
  },
})
