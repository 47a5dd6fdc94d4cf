import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photo } from '../../test/photos.ts'
import { routeTests } from '../../test/route-tests.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type World } from '../../test/world.ts'

let world: World
let home: walk.Shown
beforeAll(async () => {
  world = await openWorld()
  home = await walk.report(world)
})
afterAll(() => world.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const status = (answer: { statusCode: number }) => answer.statusCode
const JPEG = () => photo({ takenAt: '2026-03-09T10:00:00', ...walk.POINT })

routeTests('GET /api/work', {
  allowed: async () => {
    const { groups } = (await (await world.as('office')).get('/api/work')).json()
    expect(groups.find((g: { group: string }) => g.group === 'triage').items.some((i: { id: string }) => i.id === home.id)).toBe(
      true,
    )
  },
  forbidden: async () => {
    expect(status(await (await world.as('sysadmin')).get('/api/work'))).toBe(403)
    const { groups } = (await (await world.as('county-office-chenggu')).get('/api/work')).json()
    expect(groups).toEqual([])
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get('/api/work?limit=51'))).toBe(400)
  },
  missing: { none: 'it names nothing' },
})

routeTests('GET /api/cases', {
  allowed: async () => {
    const { items, total } = (await (await world.as('office')).get('/api/cases?region=610702&q=褒河')).json()
    expect(total).toBeGreaterThan(0)
    expect(items[0]).toMatchObject({ state: expect.any(String), colour: 'green' })
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/cases' }))).toBe(401)
    expect(status(await (await world.as('auditor')).get('/api/cases'))).toBe(403)
    expect((await (await world.as('county-office-chenggu')).get('/api/cases')).json()).toMatchObject({ items: [], total: 0 })
    expect((await (await world.as('unit-hantai')).get('/api/cases?q=no-such-words')).json()).toMatchObject({ items: [] })
  },
  malformed: async () => {
    for (const bad of ['state=flying', 'limit=0', 'limit=9999', 'bbox=1,2,3', 'after=x', 'colour=blue'])
      expect(status(await (await world.as('office')).get(`/api/cases?${bad}`)), bad).toBe(400)
  },
  missing: { none: 'nothing found is an empty list' },
})

routeTests('POST /api/cases', {
  allowed: async () => {
    const c = await walk.report(world, { title: '第二处' })
    expect(c).toMatchObject({ state: 'reported', version: 1 })
    expect(c.no).toMatch(/^HZ-2026-\d{6}$/)
  },
  forbidden: async () => {
    expect(status(await (await world.as('leader')).post('/api/cases', walk.REPORT))).toBe(403)
    const other = await (await world.as('county-office-chenggu')).post('/api/cases', walk.REPORT)
    expect(status(other), other.body).toBe(403)
  },
  malformed: async () => {
    const office = await world.as('office')
    expect(status(await office.post('/api/cases', { ...walk.REPORT, source: 'rumour' }))).toBe(422)
    expect(
      status(
        await office.post('/api/cases', { ...walk.REPORT, place: { region: '610702', point: { lng: 33.07, lat: 107.03 } } }),
      ),
    ).toBe(422)
    expect(status(await office.send({ method: 'POST', url: '/api/cases', payload: walk.REPORT }))).toBe(400) // no key
  },
  missing: async () => {
    const office = await world.as('office')
    expect(status(await office.post('/api/cases', { ...walk.REPORT, place: { region: '610100' } }))).toBe(422) // Xi'an
    expect(status(await office.post('/api/cases', { ...walk.REPORT, place: { region: '610722', point: walk.POINT } }))).toBe(422)
  },
})

routeTests('GET /api/cases/{id}', {
  allowed: async () => {
    const answer = await (await world.as('office')).get(`/api/cases/${home.id}`)
    expect(answer.headers['etag']).toBe(`"${answer.json().version}"`)
    const moves = answer.json<walk.Shown>().moves
    expect(moves.find((m) => m.move === 'triage')).toMatchObject({ allowed: true })
    expect(moves.find((m) => m.move === 'sign')!.why!.text).toMatch(/岗位/)
  },
  forbidden: async () => {
    expect(status(await (await world.as('county-office-chenggu')).get(`/api/cases/${home.id}`))).toBe(404)
    expect(status(await (await world.as('auditor')).get(`/api/cases/${home.id}`))).toBe(403)
    expect(status(await world.app.inject({ url: `/api/cases/${home.id}` }))).toBe(401)
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get('/api/cases/abc'))).toBe(400)
  },
  missing: async () => {
    const none = await (await world.as('office')).get(`/api/cases/${NOBODY}`)
    const foreign = await (await world.as('unit-chenggu')).get(`/api/cases/${home.id}`)
    expect([status(none), none.json().detail]).toEqual([404, foreign.json().detail])
  },
})

routeTests('GET /api/cases/{id}/events', {
  allowed: async () => {
    const { events } = (await (await world.as('office')).get(`/api/cases/${home.id}/events`)).json()
    expect(events[0]).toMatchObject({ version: 1, type: 'report', by: { role: 'office' } })
  },
  forbidden: async () => {
    expect(status(await (await world.as('grid-chenggu')).get(`/api/cases/${home.id}/events`))).toBe(404)
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get('/api/cases/1/events'))).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('office')).get(`/api/cases/${NOBODY}/events`))).toBe(404)
  },
})

routeTests('POST /api/cases/{id}/moves', {
  allowed: async () => {
    const c = await walk.triage(world, await walk.report(world))
    expect(c).toMatchObject({ state: 'triaged', version: 2 })
  },
  forbidden: async () => {
    const never = await walk.tryMove(world, home, { who: 'county-office-hantai', act: { move: 'approve_plan' } })
    expect([status(never), never.json().code]).toEqual([403, 'cases/role-never'])
    const foreign = await walk.tryMove(world, home, { who: 'county-office-chenggu', act: { move: 'decline', reason: 'x' } })
    expect(status(foreign)).toBe(404)
    expect(status(await walk.tryMove(world, home, { who: 'publisher', act: { move: 'sign' } }))).toBe(403)
  },
  malformed: async () => {
    const office = await world.as('office')
    expect(status(await walk.tryMove(world, home, { who: 'office', act: { move: 'levitate' } }))).toBe(422)
    expect(status(await walk.tryMove(world, home, { who: 'office', act: { move: 'triage', category: 'Z' } }))).toBe(422)
    expect(status(await office.post(`/api/cases/${home.id}/moves`, { move: 'decline', reason: 'x' }))).toBe(428)
    expect(
      status(
        await office.post(`/api/cases/${home.id}/moves`, { move: 'decline', reason: 'x' }, { headers: { 'if-match': 'soon' } }),
      ),
    ).toBe(400)
    const notNow = await walk.tryMove(world, home, { who: 'office', act: { move: 'close' } })
    expect([status(notNow), notNow.json().code]).toEqual([409, 'cases/not-in-this-state'])
  },
  missing: async () => {
    expect(status(await walk.tryMove(world, { ...home, id: NOBODY }, { who: 'office', act: { move: 'close' } }))).toBe(404)
  },
})

routeTests('POST /api/cases/{id}/evidence', {
  allowed: async () => {
    const answer = await walk.upload(await world.as('office'), home, {
      fields: { kind: 'before' },
      file: { name: '现场.jpg', content: await JPEG() },
    })
    expect(status(answer), answer.body).toBe(200)
  },
  forbidden: async () => {
    const file = { name: 'x.jpg', content: await JPEG() }
    expect(status(await walk.upload(await world.as('leader'), home, { fields: { kind: 'before' }, file }))).toBe(403)
    expect(status(await walk.upload(await world.as('county-office-chenggu'), home, { fields: { kind: 'before' }, file }))).toBe(
      404,
    )
  },
  malformed: async () => {
    const office = await world.as('office')
    const send = async (fields: Record<string, string>, content?: Buffer) =>
      status(await walk.upload(office, home, { fields, ...(content ? { file: { name: 'a.jpg', content } } : {}) }))
    expect(await send({ kind: 'before' })).toBe(422) // no file
    expect(await send({ kind: 'selfie' }, await JPEG())).toBe(422)
    expect(await send({ kind: 'before' }, Buffer.from('<html><script>alert(1)</script>'))).toBe(415)
    expect(await send({ kind: 'before' }, (await JPEG()).subarray(0, 300))).toBe(422) // damaged
    expect(await send({ kind: 'before' }, Buffer.concat([await JPEG()].concat([Buffer.alloc(31_000_000)])))).toBe(413)
  },
  missing: async () => {
    expect(
      status(
        await walk.upload(
          await world.as('office'),
          { id: NOBODY },
          { fields: { kind: 'before' }, file: { name: 'a.jpg', content: await JPEG() } },
        ),
      ),
    ).toBe(404)
  },
})

let taken = 0
async function anEvidence(): Promise<string> {
  const takenAt = `2026-03-08T10:${String(taken++).padStart(2, '0')}:00` // no two are the same file
  const content = await photo({ takenAt, ...walk.POINT })
  const answer = await walk.upload(await world.as('office'), home, {
    fields: { kind: 'other' },
    file: { name: '附 图.jpg', content },
  })
  const items = answer.json<{ evidence?: { id: string }[] }>().evidence ?? []
  if (!items.length) throw new Error(answer.body)
  return items[items.length - 1]!.id
}

routeTests('GET /api/cases/{id}/evidence/{evidence}', {
  allowed: async () => {
    const answer = await (await world.as('office')).get(`/api/cases/${home.id}/evidence/${await anEvidence()}`)
    expect([status(answer), answer.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect(answer.headers['content-disposition']).toMatch(/^attachment/)
    expect(answer.headers['content-security-policy']).toContain('sandbox')
  },
  forbidden: async () => {
    expect(status(await (await world.as('unit-chenggu')).get(`/api/cases/${home.id}/evidence/${await anEvidence()}`))).toBe(404)
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get(`/api/cases/${home.id}/evidence/..%2f..%2fsecret`))).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('office')).get(`/api/cases/${home.id}/evidence/${NOBODY}`))).toBe(404)
  },
})

routeTests('GET /api/cases/{id}/evidence/{evidence}/thumb', {
  allowed: async () => {
    const answer = await (await world.as('office')).get(`/api/cases/${home.id}/evidence/${await anEvidence()}/thumb`)
    expect([status(answer), answer.headers['content-type']]).toEqual([200, 'image/webp'])
    expect(answer.rawPayload.includes(Buffer.from('Exif'))).toBe(false)
  },
  forbidden: async () => {
    expect(status(await (await world.as('unit-chenggu')).get(`/api/cases/${home.id}/evidence/${await anEvidence()}/thumb`))).toBe(
      404,
    )
  },
  malformed: async () => {
    expect(status(await (await world.as('office')).get(`/api/cases/${home.id}/evidence/x/thumb`))).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('office')).get(`/api/cases/${home.id}/evidence/${NOBODY}/thumb`))).toBe(404)
  },
})

describe('writes', () => {
  it('with the same key and content are one write; with other content they are refused', async () => {
    const office = await world.as('office')
    const first = await office.post('/api/cases', walk.REPORT, { key: 'one-intention' })
    const again = await office.post('/api/cases', walk.REPORT, { key: 'one-intention' })
    expect(again.json()).toEqual(first.json())
    expect(again.headers['idempotency-replayed']).toBe('true')
    const other = await office.post('/api/cases', { ...walk.REPORT, title: '别的' }, { key: 'one-intention' })
    expect([status(other), other.json().code]).toEqual([422, 'base/key-reused'])
    const [a, b] = await Promise.all([1, 2].map(() => office.post('/api/cases', walk.REPORT, { key: 'at-once' })))
    expect(a!.json().id).toBe(b!.json().id)
  })

  it('based on an old version are refused, and the case is as it was', async () => {
    const c = await walk.report(world)
    await walk.triage(world, c)
    const stale = await walk.tryMove(world, c, { who: 'office', act: { move: 'decline', reason: '不属于本部门' } })
    expect([status(stale), stale.json().code]).toEqual([409, 'base/version-changed'])
    expect((await (await world.as('office')).get(`/api/cases/${c.id}`)).json().state).toBe('triaged')
  })

  it('without the token of the session are refused', async () => {
    const answer = await (await world.as('office')).post('/api/cases', walk.REPORT, { headers: { 'x-csrf-token': 'forged' } })
    expect([status(answer), answer.json().code]).toEqual([403, 'base/csrf'])
  })
})

describe('walls that the second reading tried', () => {
  const FOREIGN = { region: '610702', village: '610722', point: walk.POINT }

  it('a county code is no village, neither in a report nor at triage, and a point abroad is refused', async () => {
    const other = await (await world.as('county-office-chenggu')).post('/api/cases', { ...walk.REPORT, place: FOREIGN })
    expect(status(other)).toBe(422) // the place is no place, whoever asks
    const plain = { ...FOREIGN, village: undefined }
    expect(status(await (await world.as('county-office-chenggu')).post('/api/cases', { ...walk.REPORT, place: plain }))).toBe(403)
    expect(status(await (await world.as('office')).post('/api/cases', { ...walk.REPORT, place: FOREIGN }))).toBe(422)
    const c = await walk.report(world)
    const act = { move: 'triage', category: 'W4', pollution: ['waste'], thing: 'place', severity: 'general' }
    for (const more of [{ village: '610722' }, { town: '610722001' }, { point: { lng: 116.4, lat: 39.9 } }])
      expect(
        status(await walk.tryMove(world, c, { who: 'county-office-hantai', act: { ...act, ...more } })),
        JSON.stringify(more),
      ).toBe(422)
  })

  it('nobody labels a case above their own clearance', async () => {
    const c = await walk.report(world)
    const act = { move: 'triage', category: 'W4', pollution: ['waste'], thing: 'place', severity: 'general', secrecy: 2 }
    const answer = await walk.tryMove(world, c, { who: 'county-office-hantai', act })
    expect([status(answer), answer.json().code]).toEqual([422, 'cases/above-clearance'])
  })

  it('several photos at once are all taken', async () => {
    const c = await walk.report(world)
    const office = await world.as('office')
    const send = async (shade: number) => {
      const content = await photo({ takenAt: '2026-03-08T10:00:00', ...walk.POINT, shade })
      return status(await walk.upload(office, c, { fields: { kind: 'other' }, file: { name: `${shade}.jpg`, content } }))
    }
    expect(await Promise.all([11, 22, 33, 44].map(send))).toEqual([200, 200, 200, 200])
  })
})
