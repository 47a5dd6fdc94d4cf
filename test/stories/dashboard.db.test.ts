import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { widen } from '../../src/base/db.ts'
import { proveJournal } from '../../src/base/journal/prove.ts'
import { addDays, toDay } from '../../src/base/rules/day.ts'
import { freezeMonths, recolourAll } from '../../src/cases/index.ts'
import { journalled } from '../../src/contexts.ts'
import { routeTests } from '../route-tests.ts'
import * as walk from '../walk.ts'
import { openWorld, type World } from '../world.ts'

const status = (answer: { statusCode: number }) => answer.statusCode
const at = (day: string, hour = 10) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)

interface Item {
  id: string
  no: string
  version: number
  state: string
  colour: string
  due?: string
  duties: { orgName: string; as: string }[]
  leader?: { name: string }
}
interface AsOf {
  day: string
  items: Item[]
  next: string | null
  total: number | null
}

/** What a row says on a day. */
const told = ({ id, no, version, state, colour, due, duties, leader }: Item) => ({
  ...{ id, no, version, state, colour, due, leader: leader?.name },
  responsible: duties.filter(({ as }) => as === 'responsible').map(({ orgName }) => orgName),
})

async function page(world: World, who: string, path: string): Promise<AsOf> {
  const answer = await (await world.as(who)).get(path)
  expect(status(answer), answer.body).toBe(200)
  return answer.json()
}

async function all(world: World, o: { who: string; path: string; limit?: number }): Promise<Item[]> {
  const items: Item[] = []
  for (let after = ''; ; ) {
    const next = await page(world, o.who, `${o.path}?limit=${o.limit ?? 200}${after && `&after=${after}`}`)
    items.push(...next.items)
    if (!next.next) return items
    after = next.next
  }
}

const FORWARD: Record<string, (world: World, c: walk.Shown) => Promise<walk.Shown>> = {
  reported: walk.triage,
  triaged: (world, c) => walk.assign(world, c, '2026年12月底前'),
  assigned: walk.sign,
  signed: walk.plan,
  plan_submitted: walk.approve,
}
const forward = async (world: World, c: walk.Shown) => (await FORWARD[c.state]?.(world, c)) ?? c

// Park and Miller's, so that a failure names the seed it can be run again with.
function lottery(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

describe('the list as of a day', () => {
  let world: World
  const seen = new Map<string, ReturnType<typeof told>[]>()

  // What the office sees at the end of a day, after the colours of that day were computed.
  async function remember(day: string): Promise<void> {
    world.time.now = at(day, 23)
    await freezeMonths(world.house)
    await recolourAll(world.house)
    seen.set(day, (await all(world, { who: 'office', path: '/api/cases' })).map(told))
  }

  beforeAll(async () => {
    world = await openWorld({ now: at('2026-03-05') })
    const idle = await walk.report(world, { title: '一直无人办理' })
    await remember('2026-03-05')
    world.time.now = at('2026-03-10')
    let c = await walk.assign(world, await walk.triage(world, await walk.report(world)))
    const back = await walk.assign(world, await walk.triage(world, await walk.report(world, { title: '要退回的' })))
    await remember('2026-03-10')
    world.time.now = at('2026-03-12')
    await walk.move(world, back, { who: 'unit-hantai', act: { move: 'return', reason: '非本单位职责', basis: '三定方案' } })
    c = await walk.approve(world, await walk.plan(world, await walk.sign(world, c)))
    await remember('2026-03-12')
    await remember('2026-03-31')
    world.time.now = at('2026-04-01')
    c = await walk.rectify(world, c)
    c = await walk.publicise(world, await walk.cityAccept(world, await walk.countyAccept(world, await walk.selfCheck(world, c))))
    await remember('2026-04-01')
    await walk.fileAndClose(world, c) // on 2026-04-20
    await remember('2026-04-20')
    await remember('2026-07-02') // overdue by now
    world.time.now = at('2026-07-05')
    const closed = await page(world, 'office', `/api/cases/${c.id}`)
    await walk.move(world, closed as never, { who: 'office', act: { move: 'reopen', reason: '弃渣又出现' } })
    await walk.triage(world, idle)
    await remember('2026-07-06')
  })
  afterAll(() => world.close())

  it('is what was seen on each of these days, in every order of asking', async () => {
    const days = [...seen.keys()]
    expect(new Set([...seen.values()].flat().map(({ state }) => state)).size).toBeGreaterThan(6)
    expect(new Set([...seen.values()].flat().map(({ colour }) => colour)).size).toBeGreaterThan(1)
    for (const day of days.toSorted(() => Math.random() - 0.5)) {
      const items = await all(world, { who: 'office', path: `/api/cases/as-of/${day}`, limit: 2 })
      expect(items.map(told), day).toEqual(seen.get(day))
    }
  })

  it('between these days nothing but time has passed: the last one before it holds, colours aside', async () => {
    const bare = (items: ReturnType<typeof told>[]) => items.map(({ colour: _, ...rest }) => rest)
    const items = await all(world, { who: 'office', path: '/api/cases/as-of/2026-05-17' })
    expect(bare(items.map(told))).toEqual(bare(seen.get('2026-04-20')!))
  })

  routeTests('GET /api/cases/as-of/{day}', {
    allowed: async () => {
      const { items, total, next } = await page(world, 'office', '/api/cases/as-of/2026-03-10?limit=1&region=610702')
      expect([items.length, total]).toEqual([1, 3])
      expect(next).toMatch(/^2026-03-10_/)
    },
    forbidden: async () => {
      expect(status(await world.app.inject({ url: '/api/cases/as-of/2026-03-10' }))).toBe(401)
      expect(status(await (await world.as('auditor')).get('/api/cases/as-of/2026-03-10'))).toBe(403)
      expect((await page(world, 'county-office-chenggu', '/api/cases/as-of/2026-03-10')).items).toEqual([])
      expect((await page(world, 'unit-hantai', '/api/cases/as-of/2026-03-10')).total).toBe(2) // the one that binds nobody is not the unit's
    },
    malformed: async () => {
      const office = await world.as('office')
      for (const bad of [
        '2026-02-30',
        'yesterday',
        '2026-3-1',
        '2026-03-10?limit=0',
        '2026-03-10?after=x',
        '2026-03-10?region='.padEnd(60, '1'),
      ])
        expect(status(await office.get(`/api/cases/as-of/${bad}`)), bad).toBe(400)
    },
    missing: async () => {
      const office = await world.as('office')
      const future = await office.get('/api/cases/as-of/2026-07-07')
      expect([status(future), future.json().code]).toEqual([422, 'cases/as-of-future'])
      expect(future.json().detail).toContain('2026-07-06')
      const before = await office.get('/api/cases/as-of/2026-03-04')
      expect([status(before), before.json().code, before.json().params.expected]).toEqual([
        422,
        'cases/as-of-before',
        '2026-03-05',
      ])
      expect((await page(world, 'office', '/api/cases/as-of/2026-03-10?region=610722')).items).toEqual([])
    },
  })

  routeTests('GET /api/cases/as-of/{day}/file', {
    allowed: async () => {
      const office = await world.as('office')
      const csv = await office.get('/api/cases/as-of/2026-03-12/file?format=csv')
      expect(csv.headers['content-disposition']).toContain(encodeURIComponent('截至2026-03-12.csv'))
      const lines = csv.body.trim().split('\r\n')
      expect(lines[1]).toMatch(/^截至 2026-03-12 24 时,*$/)
      expect(
        lines
          .slice(3)
          .map((line) => /待研判|整改中|退回待审定/.exec(line)?.[0])
          .toSorted(),
      ).toEqual(['待研判', '整改中', '退回待审定'])
      const xlsx = await office.get('/api/cases/as-of/2026-03-12/file')
      expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
    },
    forbidden: async () => {
      expect(status(await world.app.inject({ url: '/api/cases/as-of/2026-03-12/file' }))).toBe(401)
      expect(status(await (await world.as('payout')).get('/api/cases/as-of/2026-03-12/file'))).toBe(403)
      const other = await (await world.as('county-office-chenggu')).get('/api/cases/as-of/2026-03-12/file?format=csv')
      expect(other.body.trim().split('\r\n')).toHaveLength(3) // two lines above the header, no row
    },
    malformed: async () => {
      const office = await world.as('office')
      for (const bad of ['2026-03-12/file?format=pdf', 'x/file'])
        expect(status(await office.get(`/api/cases/as-of/${bad}`)), bad).toBe(400)
    },
    missing: async () => {
      expect(status(await (await world.as('office')).get('/api/cases/as-of/2030-01-01/file'))).toBe(422)
    },
  })

  it('a case that was sealed later is not shown as it was before', async () => {
    world.time.now = at('2026-07-06', 23)
    const seesIt = async (who: string) => (await all(world, { who, path: '/api/cases/as-of/2026-03-05' })).length
    expect([await seesIt('office'), await seesIt('county-office-hantai')]).toEqual([1, 1])
    await world.house.database.pool.query(
      `update cases.problem set secrecy = 3, doc = jsonb_set(doc, '{secrecy}', '3') where title = '一直无人办理'`,
    )
    expect(await seesIt('office')).toBe(1)
    const hidden = await (await world.as('county-office-hantai')).get('/api/cases/as-of/2026-03-05')
    expect([status(hidden), hidden.json().code]).toEqual([422, 'cases/as-of-before']) // for this reader nothing had begun yet
    await world.house.database.pool.query(
      `update cases.problem set secrecy = 0, doc = jsonb_set(doc, '{secrecy}', '0') where title = '一直无人办理'`,
    )
  })

  it('and what was seen while cases moved at random, whatever the seed', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = lottery(seed)
    world.time.now = at('2026-07-07')
    let cases = [
      await walk.report(world, { title: '甲' }),
      await walk.report(world, { title: '乙' }),
      await walk.report(world, { title: '丙' }),
    ]
    for (
      let day = addDays(toDay('2026-07-07'), 0);
      cases.some((c) => c.state !== 'rectifying');
      day = addDays(day, 1 + Math.floor(random() * 9))
    ) {
      world.time.now = at(day)
      const moved: walk.Shown[] = []
      for (const c of cases) moved.push(random() < 0.5 ? await forward(world, c) : c)
      cases = moved
      if (random() < 0.6) await remember(day)
    }
    for (const [day, rows] of seen)
      expect(
        (await all(world, { who: 'office', path: `/api/cases/as-of/${day}`, limit: 1 + Math.floor(random() * 5) })).map(told),
        `${seed} ${day}`,
      ).toEqual(rows)
  })

  it('the journal still proves every state and every month', async () => {
    const proof = await proveJournal(world.house, { journalled })
    expect(proof, proof.message.zh).toMatchObject({ ok: true })
  })
})

describe('a frozen month', () => {
  let world: World
  let late: walk.Shown
  const owner = (text: string) => world.house.database.pool.query(text)
  const prove = () => proveJournal(world.house, { journalled })
  beforeAll(async () => {
    world = await openWorld({ now: at('2026-06-20') })
    await walk.walkTo(world, 'assigned', { title: '七月会超期' })
    late = await walk.report(world, { title: '八月一日才动' })
    world.time.now = at('2026-07-20')
    await recolourAll(world.house)
    world.time.now = new Date('2026-07-31T16:00:01Z') // a second past midnight: moved before the month is frozen
    late = await walk.move(world, late, { who: 'office', act: { move: 'decline', reason: '不属于生态环境问题' } })
    world.time.now = at('2026-08-02') // and nothing ran on the first
  })
  afterAll(() => world.close())

  it('holds what was open on its last evening, even where somebody was faster than the freezing', async () => {
    expect(late.state).toBe('declined')
    expect(await freezeMonths(world.house)).toEqual([
      { month: '2026-06', frozen: 2 },
      { month: '2026-07', frozen: 2 },
    ])
    const { rows } = await owner(
      `select s.colour, p.title from cases.colour_snapshot s join cases.problem p on p.id = s.case_id
        where s.month = '2026-07' order by 2`,
    )
    expect(rows).toEqual([
      { colour: 'red', title: '七月会超期' },
      { colour: 'green', title: '八月一日才动' },
    ])
    const { rows: events } = await owner(`select data, at from journal.event where context = 'colours'`)
    expect(events).toMatchObject([
      { data: { month: '2026-06' } },
      {
        data: {
          month: '2026-07',
          counts: { green: 1, yellow: 0, red: 1 },
          hash: expect.stringMatching(/^(sha256|sm3):[0-9a-f]{64}$/),
        },
      },
    ])
    expect(await prove()).toMatchObject({ ok: true })
  })

  it('is not changed by a later run', async () => {
    const before = (await owner('select * from cases.colour_snapshot order by case_id')).rows
    await walk.report(world, { title: '八月的' })
    world.time.now = at('2026-08-20')
    await recolourAll(world.house)
    expect(await freezeMonths(world.house)).toEqual([])
    expect((await owner('select * from cases.colour_snapshot order by case_id')).rows).toEqual(before)
  })

  it('is shown as frozen, and the present month as not yet', async () => {
    const { months } = (await (await world.as('office')).get('/api/board/months')).json()
    expect(months).toEqual([
      { month: '2026-06', ended: true, frozenOn: '2026-08-02' },
      { month: '2026-07', ended: true, frozenOn: '2026-08-02' },
      { month: '2026-08', ended: false, frozenOn: null },
    ])
  })

  const asApp = (text: string) =>
    world.house.database.begin(world.house.tenant, async (db) => {
      await widen(db, { tenant: world.house.tenant, areas: '*', orgs: [], clearance: 3 })
      const { sql } = await import('kysely')
      return sql.raw(text).execute(db)
    })

  it('cannot be changed by the application: it has neither the right nor, were it given, a row to touch', async () => {
    const change = `update cases.colour_snapshot set colour = 'green'`
    const remove = 'delete from cases.colour_snapshot'
    const thaw = `update cases.frozen_month set month = '2026-06'`
    for (const text of [change, remove, thaw, 'delete from cases.frozen_month'])
      await expect(asApp(text), text).rejects.toThrow(/permission denied/)
    await owner('grant update, delete on cases.colour_snapshot, cases.frozen_month to qinba_app')
    for (const text of [change, remove, thaw, 'delete from cases.frozen_month'])
      expect((await asApp(text)).numAffectedRows, text).toBe(0n)
    await owner('revoke update, delete on cases.colour_snapshot, cases.frozen_month from qinba_app')
    const more = `insert into cases.colour_snapshot (tenant, month, case_id, region, colour, manual, why)
      select tenant, '2026-07', id, region, 'green', false, '[]' from cases.problem where title = '八月的'`
    await expect(asApp(more)).rejects.toThrow(/row-level security/)
  })

  it.each([
    ['a colour', `update cases.colour_snapshot set colour = 'green' where colour = 'red'`],
    [
      'a colour changed for another',
      `update cases.colour_snapshot set colour = case colour when 'red' then 'green' else 'red' end`,
    ],
    ['a reason', `update cases.colour_snapshot set why = '[]' where colour = 'red'`],
    ['the county', `update cases.colour_snapshot set region = '610722'`],
    ['a row that is gone', `delete from cases.colour_snapshot where colour = 'red'`],
    ['when it was frozen', `update cases.frozen_month set frozen_at = '2026-08-01T00:00:00Z'`],
    ['its hash', `update cases.frozen_month set hash = null`],
    ['that it was frozen', 'delete from cases.frozen_month'],
    [
      'a month that nobody froze',
      `insert into cases.colour_snapshot select tenant, '2026-05', case_id, colour, manual, why, region
        from cases.colour_snapshot where month = '2026-07'`,
    ],
  ])('%s changed by the owner is found by journal verify', async (_, text) => {
    await owner('create table public.rows_kept as select * from cases.colour_snapshot')
    await owner('create table public.months_kept as select * from cases.frozen_month')
    await owner(text)
    expect(await prove()).toMatchObject({ ok: false, message: { en: expect.stringContaining('colours') } })
    await owner('delete from cases.colour_snapshot')
    await owner('delete from cases.frozen_month')
    await owner('insert into cases.colour_snapshot select * from public.rows_kept')
    await owner('insert into cases.frozen_month select * from public.months_kept')
    await owner('drop table public.rows_kept, public.months_kept')
    expect(await prove()).toMatchObject({ ok: true })
  })
})

describe('a board of a city where little has happened', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ now: at('2026-03-10') })
  })
  afterAll(() => world.close())

  it('has a row of zeros for every county, and the list of each is empty', async () => {
    const { rows, total, colouredOn } = (await (await world.as('office')).get('/api/board')).json()
    expect([rows.length > 10, total.all.n, colouredOn]).toEqual([true, 0, null])
    for (const { query } of Object.values<{ query: string }>(rows[0].cells))
      expect((await (await world.as('office')).get(`/api/cases?${query}`)).json().total, query).toBe(0)
    expect((await page(world, 'office', '/api/cases/as-of/2026-03-01')).items).toEqual([]) // no first day to name
    const { months } = (await (await world.as('office')).get('/api/board/months')).json()
    expect(months).toEqual([
      { month: '2026-02', ended: true, frozenOn: null },
      { month: '2026-03', ended: false, frozenOn: null },
    ])
  })
})
