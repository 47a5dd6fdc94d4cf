import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipart } from '../../test/photos.ts'
import { routeTests } from '../../test/route-tests.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type World } from '../../test/world.ts'
import { type Scope, widen } from '../base/db.ts'
import { proveJournal } from '../base/journal/prove.ts'
import { freezeMonths, recolourAll } from '../cases/index.ts'
import { journalled } from '../contexts.ts'
import { afterColours, hasLeft } from './index.ts'
import { evolve } from './rules/ladder.ts'
import { findEvents, findKnown, insertItems, listItems } from './store.ts'

/** The letters of a summer: two overdue cases of one unit, one of a second county, from the first reminder to the lifting. */

const at = (day: string, hour = 10) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)
const NO_ID = '00000000-0000-4000-8000-000000000000'
const PDF = { name: '回复.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n') }

interface Brief {
  id: string
  version: number
  kind: string
  state: string
  orgName: string
  no: string | null
  due: string | null
  cases: { id: string }[]
}
interface Detail extends Brief {
  moves: { move: string; allowed: boolean; why?: { code: string; text: string } }[]
  answers: { files: { id: string }[]; decided: { accepted: boolean } | null }[]
  drafted: { by: { name: string } } | null
  grounds: { trigger: string; unverified?: boolean }[]
}

let world: World
let [a, b, c]: walk.Shown[] = []

beforeAll(async () => {
  world = await openWorld({ now: at('2026-03-10') })
  a = await walk.walkTo(world, 'signed', { title: '弃渣甲' })
  b = await walk.walkTo(world, 'signed', { title: '弃渣乙', secrecy: 1 })
  const far = { region: '610722', point: { lng: 107.33, lat: 33.15 } }
  c = await walk.triage(world, await walk.report(world, { title: '弃渣丙', place: far }))
  const org = (await walk.organisations(world))('城固县住房和城乡建设局')
  const act = {
    move: 'assign',
    duties: [{ org, as: 'responsible' }],
    leader: { name: '丙领导', title: '副县长' },
    term: { words: '2026年6月底前' },
  }
  c = await walk.move(world, c, { who: 'office', act })
  await walk.report(world, { title: '无人负责丁' })
})
afterAll(() => world.close())

async function night(day: string): Promise<void> {
  world.time.now = at(day, 0)
  await freezeMonths(world.house)
  await recolourAll(world.house)
  await afterColours(world.house)
  world.time.now = at(day)
}

const get = async (who: string, url: string) => (await world.as(who)).get(url)
const post = async (who: string, url: string, body: object, version?: number) =>
  (await world.as(who)).post(url, body, version === undefined ? {} : { version })
const items = async (who: string, query = ''): Promise<Brief[]> =>
  (await get(who, `/api/supervision?limit=200${query}`)).json().items
const item = async (id: string, who = 'office'): Promise<Detail> => (await get(who, `/api/supervision/${id}`)).json()
const told = (list: Brief[]) => list.map((i) => `${i.kind} ${i.state} ${i.orgName.slice(0, 3)} ${i.cases.length}`).sort()

async function go(id: string, who: string, act: object): Promise<Detail> {
  const { version } = await item(id)
  const answer = await post(who, `/api/supervision/${id}/moves`, act, version)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

async function refused(id: string, who: string, act: object): Promise<string> {
  const answer = await post(who, `/api/supervision/${id}/moves`, act, (await item(id)).version)
  return `${answer.statusCode} ${answer.json().code}`
}

async function answer(id: string, who: string, o: { text?: string; file?: typeof PDF; version?: number } = {}) {
  const body = multipart(o.text === undefined ? { text: '已安排清运，月底完成' } : { text: o.text }, o.file)
  const version = o.version ?? (await item(id)).version
  const headers = { ...body.headers, 'idempotency-key': crypto.randomUUID(), 'if-match': `"${version}"` }
  return (await world.as(who)).send({ method: 'POST', url: `/api/supervision/${id}/answer`, payload: body.payload, headers })
}

/** As row-level security alone lets somebody see: how many items, cases of items and events. */
async function behindTheWall(scope: Omit<Scope, 'tenant'>): Promise<number[]> {
  const ids = (await items('office')).map((i) => i.id)
  return world.house.database.begin(world.house.tenant, async (db) => {
    await widen(db, { tenant: world.house.tenant, ...scope })
    const seen = await listItems(db, { filter: {}, seen: undefined, limit: 200 })
    const events = []
    for (const id of ids) events.push(...(await findEvents(db, world.house.tenant, id)))
    return [seen.items.length, events.length, (await findKnown(db, [a!.id, b!.id, c!.id])).length]
  })
}

let reminder = ''
let far = ''

describe('from yellow to the first letter', () => {
  it('the night drafts a reminder for each unit, says why, and drafts nothing twice', async () => {
    await night('2026-06-15')
    expect(told(await items('office'))).toEqual(['reminder draft 城固县 1', 'reminder draft 汉台区 2'])
    await night('2026-06-16')
    const all = await items('office')
    expect(all).toHaveLength(2)
    reminder = all.find((i) => i.cases.length === 2)!.id
    far = all.find((i) => i.cases.length === 1)!.id
    const { grounds, drafted } = await item(reminder)
    expect(grounds).toMatchObject([
      { trigger: 'yellow', unverified: true, rule: 'supervision-trigger/yellow@2022-05-01', inputs: { why: 'due_soon_behind' } },
      { trigger: 'yellow' },
    ])
    expect(drafted).toMatchObject({ by: { name: '系统' } })
  })

  it('nobody but the city sees a draft, whichever wall stands', async () => {
    for (const who of ['unit-hantai', 'county-office-hantai', 'inspector', 'unit-chenggu']) {
      expect(await items(who), who).toEqual([])
      expect((await get(who, `/api/supervision/${reminder}`)).statusCode).toBe(404)
    }
    expect((await items('leader')).length).toBe(2)
    const bound = (await walk.organisations(world))('汉台区住房和城乡建设局')
    expect(await behindTheWall({ areas: ['610702'], orgs: [bound], clearance: 3 })).toEqual([0, 0, 0])
  })

  it('takes two people: who reviewed it does not sign', async () => {
    await go(reminder, 'office', { move: 'review' })
    expect(await refused(reminder, 'office', { move: 'sign' })).toBe('403 supervision/same-hand')
    expect(await refused(reminder, 'office-2', { move: 'send' })).toBe('409 supervision/not-in-this-state')
    await go(reminder, 'office-2', { move: 'sign' })
    const sent = await go(reminder, 'office', { move: 'send' })
    expect([sent.no, sent.due]).toEqual(['汉环督提〔2026〕1号', '2026-06-24']) // the 19th is the Dragon Boat Festival
  })

  it('is then seen by whom it was sent to and by its county, never by the second', async () => {
    expect((await items('unit-hantai')).map((i) => i.id)).toEqual([reminder])
    expect((await items('county-office-hantai')).map((i) => i.id)).toEqual([reminder])
    for (const who of ['unit-chenggu', 'county-office-chenggu']) expect(await items(who)).toEqual([])
    const orgs = await walk.organisations(world)
    expect(await behindTheWall({ areas: ['610722'], orgs: [orgs('城固县住房和城乡建设局')], clearance: 3 })).toEqual([0, 0, 0])
    expect(await behindTheWall({ areas: [], orgs: [orgs('汉台区住房和城乡建设局')], clearance: 1 })).toEqual([1, 4, 1])
    expect(await behindTheWall({ areas: '*', orgs: [], clearance: 0 })).toEqual([1, 1, 1]) // one of them quotes an internal case
    const inside = await item(reminder, 'unit-hantai')
    expect(inside.drafted).toBeNull() // who drafted it is the office's own
    const story = (await get('unit-hantai', `/api/supervision/${reminder}/events`)).json().events
    expect(story.map((e: { type: string }) => e.type)).toEqual(['sign', 'send'])
  })

  it('tells whoever undoes a step that it has left, even those who do not see it', async () => {
    const told = (id: string, since: string) =>
      world.house.database.begin(world.house.tenant, async (db) => {
        await widen(db, { tenant: world.house.tenant, areas: ['610722'], orgs: [], clearance: 0 })
        return hasLeft(db, id, since)
      })
    expect(await told(a!.id, '2026-06-16T01:00:00Z')).toBe(true)
    expect(await told(a!.id, '2026-06-16T02:00:00.001Z')).toBe(false)
    expect(await told(c!.id, '2026-01-01T00:00:00Z')).toBe(false) // a draft is no letter
  })
})

describe('the answer', () => {
  it('comes from the unit with a file, and an answer that is not enough can be given again', async () => {
    expect((await answer(reminder, 'unit-chenggu')).statusCode).toBe(404)
    expect((await answer(reminder, 'office')).json().code).toBe('supervision/not-yours')
    const first = await answer(reminder, 'unit-hantai', { file: PDF })
    expect(first.statusCode, first.body).toBe(200)
    expect(first.json().answers[0].files).toMatchObject([{ name: '回复.pdf', mime: 'application/pdf' }])
    expect(await refused(reminder, 'unit-hantai', { move: 'accept' })).toBe('403 base/role-never')
    await go(reminder, 'office', { move: 'reject', reason: '没有完成时限' })
    const again = await answer(reminder, 'unit-hantai', { text: '7月20日前清运完毕' })
    expect(again.json().state).toBe('answered')
    await go(reminder, 'office', { move: 'accept', reason: '可行' })
  })

  it('and what the night makes of it: red drafts a supervision letter, which only a leader signs', async () => {
    await night('2026-07-02')
    const open = await items('office', '&state=draft')
    expect(told(open)).toEqual(['reminder draft 城固县 1', 'supervision draft 城固县 1', 'supervision draft 汉台区 2'])
    const letter = open.find((i) => i.kind === 'supervision' && i.cases.length === 2)!
    await go(letter.id, 'office-2', { move: 'review' })
    expect(await refused(letter.id, 'office', { move: 'sign' })).toBe('403 supervision/not-yours')
    await go(letter.id, 'leader', { move: 'sign' })
    expect((await go(letter.id, 'office', { move: 'send' })).no).toBe('汉环督函〔2026〕1号')
    await go(far, 'office', { move: 'withdraw', reason: '改发督办函' })
  })

  it('a letter that is not answered is followed by the next step', async () => {
    await night('2026-07-20')
    const drafts = await items('office', '&kind=listed')
    expect(told(drafts)).toEqual(['listed draft 汉台区 2'])
    const listed = await item(drafts[0]!.id)
    expect(listed.grounds.map((g) => g.trigger)).toEqual(['unanswered', 'unanswered'])
    expect((listed as unknown as { follows: string }).follows).toBe(
      (await items('office', '&kind=supervision&state=sent'))[0]!.id,
    )
  })
})

describe('lifting', () => {
  beforeAll(() => night('2026-08-01'))

  it('says why, ends it, and only then may the same step be drafted by hand again', async () => {
    const org = (await walk.organisations(world))('汉台区住房和城乡建设局')
    const hand = { kind: 'reminder', org, cases: [a!.id], reason: '领导批示' }
    const early = await post('office', '/api/supervision', hand)
    expect([early.statusCode, early.json().code]).toEqual([409, 'supervision/already-open'])
    expect(await refused(reminder, 'office', { move: 'lift', reason: '' })).toMatch(/^422/)
    expect((await go(reminder, 'office', { move: 'lift', reason: '已转督办函' })).state).toBe('lifted')
    expect((await post('office', '/api/supervision', hand)).statusCode).toBe(201)
  })

  it('numbers run without a gap, though some were refused', async () => {
    const second = (await items('office', '&kind=reminder&state=draft'))[0]!
    await go(second.id, 'office-2', { move: 'review' })
    expect(await refused(second.id, 'office', { move: 'sign' })).toBe('403 supervision/same-hand') // it drafted it
    await go(second.id, 'leader', { move: 'sign' })
    const stale = await post('office', `/api/supervision/${second.id}/moves`, { move: 'send' }, 1)
    expect(stale.statusCode).toBe(409)
    expect((await go(second.id, 'office-2', { move: 'send' })).no).toBe('汉环督提〔2026〕2号')
  })
})

describe('the journal', () => {
  it('proves every item and the cases it is about', async () => {
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
    const { pool } = world.house.database
    await pool.query('update supervision.item_case set open = not open where item = $1', [far])
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: false })
    await pool.query('update supervision.item_case set open = not open where item = $1', [far])
    expect(await proveJournal(world.house, { journalled })).toMatchObject({ ok: true })
  })

  it('the database is the last judge: no second open item of a kind for a case', async () => {
    const open = (await items('office', '&kind=supervision&state=sent'))[0]!
    const again = world.house.database.begin(world.house.tenant, async (db) => {
      await widen(db, { tenant: world.house.tenant, areas: '*', orgs: [], clearance: 3 })
      const [first] = await findEvents(db, world.house.tenant, open.id)
      const event = { ...first!, item: crypto.randomUUID() }
      await insertItems(db, [{ event, item: evolve(undefined, event) }])
    })
    await expect(again).rejects.toThrow(/item_case_open/)
  })
})

const status = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode
const codes = async (method: 'GET' | 'POST', url: string, who = 'auditor') => {
  const send = {
    method,
    url,
    headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' },
    ...(method === 'POST' && { payload: {} }),
  }
  return [await status(world.app.inject(send)), await status((await world.as(who)).send(send))]
}
const NOTHING = { none: 'it asks for nothing in particular' }

describe('the routes', () => {
  routeTests('GET /api/supervision', {
    allowed: async () => {
      const [first] = await items('office', `&case=${c!.id}&open=true&region=610722`)
      expect(first).toMatchObject({ kind: 'supervision', state: 'draft' })
      const one = (await get('office', '/api/supervision?limit=1')).json()
      const next = (await get('office', `/api/supervision?limit=1&after=${encodeURIComponent(one.next)}`)).json()
      expect(next.items[0].id).not.toBe(one.items[0].id)
    },
    forbidden: async () => {
      expect(await codes('GET', '/api/supervision')).toEqual([401, 403])
      expect(await items('unit-chenggu', `&case=${a!.id}`)).toEqual([])
    },
    malformed: async () => expect(await status(get('office', '/api/supervision?state=lost&limit=0'))).toBe(400),
    missing: async () => expect(await items('office', `&case=${NO_ID}`)).toEqual([]),
  })
  routeTests('GET /api/supervision/work', {
    allowed: async () => {
      const groups = (who: string) =>
        get(who, '/api/supervision/work').then((r) => r.json().groups.map((g: { move: string }) => g.move))
      expect(await groups('office')).toContain('review')
      expect(await groups('unit-hantai')).toEqual(['answer'])
      expect(await groups('county-office-chenggu')).toEqual([])
    },
    forbidden: async () => expect(await codes('GET', '/api/supervision/work')).toEqual([401, 403]),
    malformed: NOTHING,
    missing: NOTHING,
  })
  routeTests('GET /api/supervision/wall', {
    allowed: async () => {
      const wall = (await get('office', '/api/supervision/wall')).json()
      expect(wall.worst.map((w: { leader: string }) => w.leader)).toContain('丙领导')
      expect(wall.worst[0]).toMatchObject({ days: 32, due: '2026-06-30' })
      expect(wall.steps.find((s: { kind: string }) => s.kind === 'supervision')).toMatchObject({ drafts: 1, sent: 1, late: 1 })
      expect(wall.scores).toMatchObject({ month: '2026-07' })
    },
    forbidden: async () => {
      expect(await codes('GET', '/api/supervision/wall')).toEqual([401, 403])
      const wall = (await get('county-office-chenggu', '/api/supervision/wall')).json()
      expect(wall.worst.map((w: { title: string }) => w.title)).toEqual(['弃渣丙'])
      expect(wall.scores.rows.map((r: { name: string }) => r.name)).toEqual(['城固县'])
    },
    malformed: async () => expect(await status(get('office', `/api/supervision/wall?region=${'1'.repeat(30)}`))).toBe(400),
    missing: async () => expect((await get('office', '/api/supervision/wall?region=610799')).json().worst).toEqual([]),
  })
  routeTests('POST /api/supervision', {
    allowed: async () => {
      const org = (await walk.organisations(world))('汉台区住房和城乡建设局')
      const made = await post('office', '/api/supervision', { kind: 'circular', org, cases: [a!.id, c!.id], reason: '全市通报' })
      expect(made.json()).toMatchObject({ state: 'draft', origin: 'hand', region: '610700', grounds: [{ trigger: 'hand' }] })
    },
    forbidden: async () => {
      expect(await codes('POST', '/api/supervision')).toEqual([401, 403])
      expect((await codes('POST', '/api/supervision', 'county-office-chenggu'))[1]).toBe(403)
    },
    malformed: async () => expect(await status(post('office', '/api/supervision', { kind: 'thunder' }))).toBe(422),
    missing: async () => {
      const org = (await walk.organisations(world))('汉台区住房和城乡建设局')
      const body = { kind: 'circular', org, cases: [NO_ID], reason: '督办' }
      expect((await post('office', '/api/supervision', body)).json().code).toBe('supervision/no-such-case')
      expect((await post('office', '/api/supervision', { ...body, org: NO_ID })).json().code).toBe(
        'supervision/no-such-organisation',
      )
    },
  })
  routeTests('POST /api/supervision/by-rule', {
    allowed: async () => {
      // A circular that is open stands above what the rules would draft; withdrawn, it gives way.
      const plan = async (dryRun: boolean) => (await post('office', '/api/supervision/by-rule', { dryRun })).json()
      const before = (await items('office')).length
      expect(await plan(true)).toEqual({ dryRun: true, drafts: [] })
      const circular = (await items('office', '&kind=circular'))[0]!
      const listed = (await items('office', '&kind=listed'))[0]!
      const letter = (await items('office', '&kind=supervision&state=draft'))[0]!
      for (const { id } of [circular, letter]) await go(id, 'office', { move: 'withdraw', reason: '不再需要' })
      expect((await plan(true)).drafts).toEqual([]) // withdrawn today: not again for 30 days
      await go(listed.id, 'office', { move: 'withdraw', reason: '不再需要' })
      expect((await items('office')).length).toBe(before)
      world.time.now = at('2026-09-05')
      const asked = await plan(true)
      expect((await items('office')).length).toBe(before)
      const made = await plan(false)
      expect(made.drafts.length).toBe(asked.drafts.length)
      expect(made.drafts.map((d: { kind: string }) => d.kind).sort()).toEqual(['listed', 'supervision'])
      expect((await plan(false)).drafts).toEqual([])
    },
    forbidden: async () => {
      expect(await codes('POST', '/api/supervision/by-rule')).toEqual([401, 403])
      expect((await codes('POST', '/api/supervision/by-rule', 'county-office-chenggu'))[1]).toBe(403)
    },
    malformed: async () => expect(await status(post('office', '/api/supervision/by-rule', {}))).toBe(422),
    missing: NOTHING,
  })
  routeTests('POST /api/supervision/bulk', {
    allowed: async () => {
      const drafts = (await items('office', '&state=draft')).map(({ id, version }) => ({ id, version }))
      const sent = (await items('office', '&state=sent')).map(({ id, version }) => ({ id, version }))
      const ask = async (dryRun: boolean) =>
        (await post('office-2', '/api/supervision/bulk', { move: 'review', dryRun, items: [...drafts, sent[0]] })).json()
      const said = await ask(true)
      expect((await items('office', '&state=draft')).length).toBe(drafts.length)
      const done = await ask(false)
      expect(done.results).toEqual(said.results)
      expect(done.results.map((r: { done: boolean }) => r.done)).toEqual([...drafts.map(() => true), false])
      expect(await items('office', '&state=draft')).toEqual([])
    },
    forbidden: async () => {
      expect(await codes('POST', '/api/supervision/bulk')).toEqual([401, 403])
      expect((await codes('POST', '/api/supervision/bulk', 'unit-chenggu'))[1]).toBe(403)
    },
    malformed: async () =>
      expect(await status(post('office', '/api/supervision/bulk', { move: 'lift', items: [], dryRun: true }))).toBe(422),
    missing: async () =>
      expect(
        await status(
          post('office', '/api/supervision/bulk', { move: 'review', dryRun: true, items: [{ id: NO_ID, version: 1 }] }),
        ),
      ).toBe(404),
  })
  routeTests('GET /api/supervision/{id}', {
    allowed: async () => {
      const { moves } = await item(reminder, 'leader')
      expect(moves.find((m) => m.move === 'lift')?.why?.text).toContain('已解除')
    },
    forbidden: async () => {
      expect(await codes('GET', `/api/supervision/${reminder}`)).toEqual([401, 403])
      expect(await status(get('county-office-chenggu', `/api/supervision/${reminder}`))).toBe(404)
    },
    malformed: async () => expect(await status(get('office', '/api/supervision/x'))).toBe(400),
    missing: async () => expect(await status(get('office', `/api/supervision/${NO_ID}`))).toBe(404),
  })
  routeTests('GET /api/supervision/{id}/letter.{format}', {
    allowed: async () => {
      const [draft, first, again] = [
        await get('leader', `/api/supervision/${reminder}/letter.docx`),
        await get('unit-hantai', `/api/supervision/${reminder}/letter.pdf`),
        await get('office', `/api/supervision/${reminder}/letter.pdf`),
      ]
      expect(draft.rawPayload.subarray(0, 2).toString()).toBe('PK')
      expect(first.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
      expect(first.rawPayload.equals(again.rawPayload)).toBe(true) // what was kept when it left
      const { events } = (await get('office', `/api/supervision/${reminder}/events`)).json()
      expect(events.some((e: { type: string }) => e.type === 'send')).toBe(true)
    },
    forbidden: async () => {
      expect(await codes('GET', `/api/supervision/${reminder}/letter.pdf`)).toEqual([401, 403])
      expect(await status(get('unit-chenggu', `/api/supervision/${reminder}/letter.pdf`))).toBe(404)
    },
    malformed: async () => expect(await status(get('office', `/api/supervision/${reminder}/letter.xls`))).toBe(400),
    missing: async () => expect(await status(get('office', `/api/supervision/${NO_ID}/letter.pdf`))).toBe(404),
  })
  routeTests('GET /api/supervision/{id}/events', {
    allowed: async () => {
      const { events } = (await get('office', `/api/supervision/${reminder}/events`)).json()
      expect(events.map((e: { type: string }) => e.type).join(' ')).toBe(
        'draft review sign send answer reject answer accept lift',
      )
    },
    forbidden: async () => {
      expect(await codes('GET', `/api/supervision/${reminder}/events`)).toEqual([401, 403])
      expect(await status(get('unit-chenggu', `/api/supervision/${reminder}/events`))).toBe(404)
    },
    malformed: async () => expect(await status(get('office', '/api/supervision/x/events'))).toBe(400),
    missing: async () => expect(await status(get('office', `/api/supervision/${NO_ID}/events`))).toBe(404),
  })
  routeTests('POST /api/supervision/{id}/moves', {
    allowed: async () => {
      const [reviewed] = await items('office', '&state=reviewed')
      expect((await go(reviewed!.id, 'office', { move: 'revise', title: '改', text: '改过' })).state).toBe('draft')
    },
    forbidden: async () => {
      expect(await codes('POST', `/api/supervision/${reminder}/moves`)).toEqual([401, 403])
      expect((await codes('POST', `/api/supervision/${reminder}/moves`, 'county-office-chenggu'))[1]).toBe(403)
    },
    malformed: async () =>
      expect(await status(post('office', `/api/supervision/${reminder}/moves`, { move: 'undo' }, 1))).toBe(422),
    missing: async () => expect(await status(post('office', `/api/supervision/${NO_ID}/moves`, { move: 'review' }, 1))).toBe(404),
  })
  routeTests('POST /api/supervision/{id}/answer', {
    allowed: async () => {
      const [sent] = await items('unit-hantai', '&state=sent&kind=reminder')
      expect((await answer(sent!.id, 'unit-hantai')).json().state).toBe('answered')
    },
    forbidden: async () => {
      const headers = { 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' }
      const send = { method: 'POST' as const, url: `/api/supervision/${reminder}/answer`, headers }
      expect(await status(world.app.inject(send))).toBe(401)
      expect(await status((await world.as('auditor')).send(send))).toBe(403)
      expect(await status(answer(reminder, 'unit-chenggu'))).toBe(404)
    },
    malformed: async () => {
      expect(await status(answer(reminder, 'unit-hantai', { text: ' ' }))).toBe(422)
      const fake = { name: '回复.pdf', content: Buffer.from('MZ not a pdf') }
      expect(await status(answer(reminder, 'unit-hantai', { file: fake }))).toBe(415)
    },
    missing: async () => expect(await status(answer(NO_ID, 'unit-hantai', { version: 1 }))).toBe(404),
  })
  routeTests('GET /api/supervision/{id}/files/{file}', {
    allowed: async () => {
      const { id } = (await item(reminder)).answers[0]!.files[0]!
      const file = await get('unit-hantai', `/api/supervision/${reminder}/files/${id}`)
      expect([file.rawPayload.equals(PDF.content), file.headers['content-security-policy']]).toEqual([
        true,
        "default-src 'none'; sandbox",
      ])
    },
    forbidden: async () => {
      const { id } = (await item(reminder)).answers[0]!.files[0]!
      expect(await codes('GET', `/api/supervision/${reminder}/files/${id}`)).toEqual([401, 403])
      expect(await status(get('unit-chenggu', `/api/supervision/${reminder}/files/${id}`))).toBe(404)
    },
    malformed: async () => expect(await status(get('office', `/api/supervision/${reminder}/files/x`))).toBe(400),
    missing: async () => expect(await status(get('office', `/api/supervision/${reminder}/files/${NO_ID}`))).toBe(404),
  })
})
