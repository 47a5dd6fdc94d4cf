import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { widen } from '../../src/base/db.ts'
import { proveJournal } from '../../src/base/journal/prove.ts'
import { freezeMonths, recolourAll } from '../../src/cases/index.ts'
import { journalled } from '../../src/contexts.ts'
import { photo } from '../photos.ts'
import { routeTests } from '../route-tests.ts'
import * as walk from '../walk.ts'
import { openWorld, type World } from '../world.ts'

const status = (answer: { statusCode: number }) => answer.statusCode
const START = new Date('2026-03-10T02:00:00Z')

describe('a problem goes from list to clear-off', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('by five people, with every gate in its place', async () => {
    world.time.now = START
    let c = await walk.report(world)
    c = await walk.triage(world, c)
    c = await walk.assign(world, c)
    expect((await walk.tryMove(world, c, { who: 'unit-chenggu', act: { move: 'sign' } })).statusCode).toBe(404) // another county's unit
    c = await walk.sign(world, c)
    c = await walk.plan(world, c)
    c = await walk.approve(world, c)
    const early = await walk.tryMove(world, c, {
      who: 'unit-hantai',
      act: { move: 'self_check', conclusion: '完成', standards: walk.STANDARDS },
    })
    expect([status(early), early.json().code]).toEqual([409, 'cases/measures-open'])
    c = await walk.rectify(world, c)
    c = await walk.move(world, c, {
      who: 'unit-hantai',
      act: { move: 'infer', pattern: '河道弃渣', scope: 'county', checked: 12, found: 1 },
    })
    c = await walk.selfCheck(world, c)
    c = await walk.countyAccept(world, c)
    const wrong = await walk.tryMove(world, c, { who: 'inspector-2', act: { move: 'city_reject', reason: '不是验收单位' } })
    expect(status(wrong)).toBe(403)
    c = await walk.cityAccept(world, c)
    c = await walk.publicise(world, c)
    expect(c['notice']).toMatchObject({ from: '2026-04-01' })
    const tooSoon = await walk.tryMove(world, c, { who: 'office', act: { move: 'file', docNo: 'x', filedWith: 'y' } })
    expect([status(tooSoon), tooSoon.json().code]).toEqual([409, 'cases/window-running'])
    c = await walk.fileAndClose(world, c)
    expect(c).toMatchObject({ state: 'closed', outcome: 'rectified', closedOn: '2026-04-20' })
    expect(c.colour.colour).toBe('green')
    const proof = await proveJournal(world.house, { journalled })
    expect(proof, proof.message.zh).toMatchObject({ ok: true })
  })

  it('with an after-photo far from the place is refused by its distance', async () => {
    world.time.now = START
    let c = await walk.walkTo(world, 'rectifying')
    const measures = (c['plan'] as { measures: { id: string; milestones: { id: string }[] }[] }).measures
    c = await walk.addPhoto(world, c, { kind: 'before', takenAt: '2026-03-09T10:00:00', shade: 41 })
    world.time.now = new Date('2026-04-01T02:00:00Z')
    c = await walk.addPhoto(world, c, {
      kind: 'after',
      takenAt: '2026-03-30T10:00:00',
      shade: 201,
      at: { lng: 107.05, lat: 33.0678 },
    })
    const done = {
      move: 'progress',
      text: '完成',
      measuresDone: measures.map((m) => m.id),
      milestonesDone: measures.flatMap((m) => m.milestones.map((s) => s.id)),
    }
    c = await walk.move(world, c, { who: 'unit-hantai', act: done })
    const far = await walk.tryMove(world, c, {
      who: 'unit-hantai',
      act: { move: 'self_check', conclusion: '完成', standards: walk.STANDARDS },
    })
    expect([status(far), far.json().code]).toEqual([409, 'cases/after-photo-far'])
    expect(far.json().detail).toMatch(/17\d\d 米.*200 米/)
  })

  it('a photo without EXIF needs a name behind it, and is marked', async () => {
    world.time.now = START
    const c = await walk.report(world)
    const office = await world.as('office')
    const bare = await photo({ shade: 77 })
    const fields = {
      kind: 'before',
      attestation: '本人 2026-03-09 现场拍摄，微信转发去除了信息',
      takenAt: '2026-03-09T10:00:00+08:00',
      ...{ lng: '107.0312', lat: '33.0678' },
    }
    const answer = await walk.upload(office, c, { fields, file: { name: 'mmexport.jpg', content: bare } })
    expect(status(answer), answer.body).toBe(200)
    const item = answer.json<{ evidence: { hasExif: boolean; attestedBy?: { name: string } }[] }>().evidence[0]!
    expect(item).toMatchObject({ hasExif: false, attestedBy: { name: '示例·督办' } })
  })
})

describe('the public side', () => {
  let world: World
  let c: walk.Shown
  beforeAll(async () => {
    world = await openWorld()
    c = await walk.walkTo(world, 'publicising')
  })
  afterAll(() => world.close())
  const get = (url: string) => world.app.inject({ url })
  const objection = { name: '王某', contact: '13800000000', text: '现场还有弃渣没有清走' }
  const post = (id: string, body: object, key: string = crypto.randomUUID()) =>
    world.app.inject({
      method: 'POST',
      url: `/api/public/notices/${id}/objections`,
      payload: body,
      headers: { 'idempotency-key': key },
    })
  const NOBODY = '00000000-0000-4000-8000-000000000000'

  routeTests('GET /public/notices', {
    allowed: async () => {
      expect((await get('/public/notices')).body).toContain('褒河右岸弃渣')
    },
    forbidden: async () => {
      await walk.report(world, { title: '尚未公示', originalText: '尚未公示的问题原文' })
      expect((await get('/public/notices')).body).not.toContain('尚未公示的问题原文')
    },
    malformed: { none: 'it takes nothing' },
    missing: { none: 'no notice is an empty page' },
  })

  routeTests('GET /public/notices/{id}', {
    allowed: async () => {
      const { body, headers } = await get(`/public/notices/${c.id}`)
      expect(body).toContain('清除弃渣，恢复岸坡')
      expect(body).not.toMatch(/示例·甲|示例·督办|分管副市长/) // persons never
      expect(headers['content-security-policy']).toContain("script-src 'self'")
    },
    forbidden: async () => {
      expect(status(await get(`/public/notices/${(await walk.report(world)).id}`))).toBe(404)
    },
    malformed: async () => {
      expect(status(await get('/public/notices/1'))).toBe(400)
    },
    missing: async () => {
      expect(status(await get(`/public/notices/${NOBODY}`))).toBe(404)
    },
  })

  routeTests('GET /api/public/notices', {
    allowed: async () => {
      expect((await get('/api/public/notices')).json().items[0]).toMatchObject({
        goal: '清除弃渣，恢复岸坡',
        lastDay: '2026-04-15',
      })
    },
    forbidden: async () => {
      expect(JSON.stringify((await get('/api/public/notices')).json())).not.toMatch(/示例·甲|account/)
    },
    malformed: { none: 'it takes nothing' },
    missing: { none: 'no notice is an empty list' },
  })

  routeTests('POST /api/public/notices/{id}/objections', {
    allowed: async () => {
      const answer = await post(c.id, objection)
      expect(status(answer), answer.body).toBe(201)
      const seen = (await (await world.as('office')).get(`/api/cases/${c.id}`)).json()
      expect(seen.state).toBe('objected')
      const everything = JSON.stringify([seen, (await (await world.as('office')).get(`/api/cases/${c.id}/events`)).json()])
      expect(everything).not.toMatch(/王某|13800000000/)
      const dump = await world.house.database.pool.query('select box from cases.sealed')
      expect((dump.rows[0].box as Buffer).includes('13800000000')).toBe(false)
    },
    forbidden: async () => {
      expect(status(await post((await walk.report(world)).id, objection))).toBe(404)
    },
    malformed: async () => {
      expect(status(await post(c.id, { ...objection, name: '' }))).toBe(422)
      expect(
        status(await world.app.inject({ method: 'POST', url: `/api/public/notices/${c.id}/objections`, payload: objection })),
      ).toBe(400)
    },
    missing: async () => {
      expect(status(await post(NOBODY, objection))).toBe(404)
    },
  })
})

describe('the second wall', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ policy: false })
  })
  afterAll(() => world.close())

  it('alone, with the policy switched off, shows no foreign row to anybody', async () => {
    const c = await walk.addPhoto(world, await walk.walkTo(world, 'signed'), {
      who: 'office',
      kind: 'before',
      takenAt: '2026-03-09T10:00:00',
    })
    const evidence = (c['evidence'] as { id: string }[])[0]!.id
    expect(status(await (await world.as('office')).get(`/api/cases/${c.id}/evidence/${evidence}`))).toBe(200)
    const secret = await walk.report(world, { secrecy: 3 })
    for (const who of ['county-office-chenggu', 'unit-chenggu', 'chief-chenggu', 'grid-chenggu']) {
      const person = await world.as(who)
      expect((await person.get('/api/cases')).json().items, who).toEqual([])
      for (const path of ['', '/events', `/evidence/${evidence}`])
        expect(status(await person.get(`/api/cases/${c.id}${path}`)), `${who} ${path}`).toBe(404)
      expect(status(await walk.tryMove(world, c, { who, act: { move: 'progress', text: 'x' } })), who).toBeGreaterThanOrEqual(403)
    }
    expect(status(await (await world.as('county-office-hantai')).get(`/api/cases/${c.id}`))).toBe(200)
    expect(status(await (await world.as('county-office-hantai')).get(`/api/cases/${secret.id}`))).toBe(404) // not cleared for its label
    expect(status(await (await world.as('office')).get(`/api/cases/${secret.id}`))).toBe(200)
  })
})

describe('colours and the month', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('turn by the day, with a reason, and are frozen once', async () => {
    world.time.now = START
    const c = await walk.walkTo(world, 'signed')
    expect(c.colour.colour).toBe('green')
    world.time.now = new Date('2026-07-02T02:00:00Z') // the term ended on 06-30
    expect(await recolourAll(world.house)).toBe(1)
    const seen = (await (await world.as('office')).get(`/api/cases/${c.id}`)).json()
    expect(seen.colour.colour).toBe('red')
    expect(seen.colour.why[0]).toMatchObject({ rule: 'overdue', clause: expect.stringContaining('colour/default@') })
    expect(await recolourAll(world.house)).toBe(0)
    world.time.now = new Date('2026-08-02T02:00:00Z') // nothing froze a month before
    expect(await freezeMonths(world.house)).toEqual(
      ['2026-03', '2026-04', '2026-05', '2026-06', '2026-07'].map((month) => ({ month, frozen: 1 })),
    )
    expect(await freezeMonths(world.house)).toEqual([])
  })
})

describe('the journal', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await walk.walkTo(world, 'signed')
  })
  afterAll(() => world.close())
  const prove = () => proveJournal(world.house, { journalled })
  const asOwner = (text: string) => world.house.database.pool.query(text)

  it('finds a state that was edited behind its events', async () => {
    await asOwner(`update cases.problem set doc = jsonb_set(doc, '{due}', '"2027-01-01"')`)
    expect(await prove()).toMatchObject({ ok: false, message: { en: expect.stringMatching(/cases .* is not the fold/) } })
    await asOwner(`update cases.problem set doc = jsonb_set(doc, '{due}', '"2026-06-30"')`)
    expect((await prove()).ok).toBe(true)
    await asOwner(`update cases.problem set due = '2027-01-01'`) // the column beside the aggregate
    expect((await prove()).ok).toBe(false)
    await asOwner(`update cases.problem set due = '2026-06-30'`)
  })

  it('finds a case that was deleted, and a holder who was slipped in', async () => {
    await walk.report(world)
    const { rows } = await asOwner(`select id from cases.problem where state = 'reported' limit 1`)
    await asOwner(`create table public.kept as select * from cases.problem where id = '${rows[0].id}'`)
    for (const table of ['cases.search', 'cases.turn']) await asOwner(`delete from ${table} where case_id = '${rows[0].id}'`)
    await asOwner(`delete from cases.problem where id = '${rows[0].id}'`)
    expect(await prove()).toMatchObject({
      ok: false,
      message: { en: expect.stringContaining(`${rows[0].id} has events and no state`) },
    })
    const written = await asOwner(`select string_agg(quote_ident(column_name), ',') as names from information_schema.columns
      where table_schema = 'cases' and table_name = 'problem' and is_generated = 'NEVER'`)
    await asOwner(`insert into cases.problem (${written.rows[0].names}) select ${written.rows[0].names} from public.kept`)
    expect((await prove()).ok).toBe(true)
    await asOwner(`insert into people.holding (tenant, id, post, account, from_day, to_day) select tenant, gen_random_uuid(), id,
      (select id from people.account where username = 'grid-hantai'), '2026-01-01', '2099-12-31' from people.post where role = 'secadmin'`)
    expect(await prove()).toMatchObject({ ok: false, message: { en: expect.stringMatching(/people .* is not the fold/) } })
    await asOwner(`delete from people.holding where to_day = '2099-12-31'`)
  })

  it('finds an event that was edited and names it', async () => {
    const { rows } = await asOwner(`select max(seq) as last from journal.event`)
    await asOwner(`update journal.event set data = jsonb_set(data, '{act,reason}', '"x"') where seq = ${rows[0].last}`)
    const proof = await prove()
    expect(proof.ok).toBe(false)
    expect(proof.message.en).toContain(String(rows[0].last))
  })

  it('is seen by the case only: another county reads none of its events', async () => {
    const { rows } = await world.house.database.begin(610700, async (db) => {
      await widen(db, { tenant: 610700, areas: ['610722'], orgs: [], clearance: 3 })
      return sql`select * from journal.event`.execute(db)
    })
    expect(rows).toEqual([])
  })
})
