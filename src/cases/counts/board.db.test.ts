import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { commandCtx } from '../import/command.ts'
import { freezeMonths, importDemo, recolourAll } from '../index.ts'
import { NUMBERS } from './rules/numbers.ts'

interface Cell {
  n: number
  query: string
}
interface Board {
  today: string
  colouredOn: string
  numbers: { code: string; label: string; text: string; clause?: { version: string } }[]
  rows: { key: string | null; name: string | null; cells: Record<string, Cell> }[]
  total: Record<string, Cell>
}
interface Months {
  months: { month: string; ended: boolean; frozenOn: string | null }[]
  rows: { key: string; name: string; months: ({ month: string } & Record<string, Cell>)[] }[]
  total: ({ month: string } & Record<string, Cell>)[]
}

let world: World
const status = (answer: { statusCode: number }) => answer.statusCode
const PEOPLE = ['office', 'leader', 'county-office-hantai', 'unit-hantai', 'chief-hantai']

beforeAll(async () => {
  world = await openWorld({ now: new Date('2026-03-10T02:00:00Z') })
  await importDemo(commandCtx(world.house))
  await recolourAll(world.house)
  await returned(await walk.walkTo(world, 'assigned'))
  await walk.walkTo(world, 'signed')
  await rebound(await walk.walkTo(world, 'closed')) // the walk ends on 2026-04-20
  await walk.report(world, { secrecy: 3, title: '封存件', source: 'satellite', batch: undefined })
  world.time.now = new Date('2026-05-02T02:00:00Z') // nothing ran on the first
  await freezeMonths(world.house)
  await recolourAll(world.house)
  world.time.now = new Date('2026-06-03T02:00:00Z')
  await freezeMonths(world.house)
  await recolourAll(world.house)
})
afterAll(() => world.close())

async function returned(c: walk.Shown): Promise<walk.Shown> {
  return walk.move(world, c, { who: 'unit-hantai', act: { move: 'return', reason: '不属于本单位', basis: '职责清单第三条' } })
}

async function rebound(c: walk.Shown): Promise<walk.Shown> {
  return walk.move(world, c, { who: 'office', act: { move: 'reopen', reason: '又有弃渣' } })
}

async function boardOf(who: string, query = ''): Promise<Board> {
  const answer = await (await world.as(who)).get(`/api/board?${query}`)
  expect(status(answer), answer.body).toBe(200)
  return answer.json()
}

async function totalOf(who: string, query: string): Promise<number> {
  const answer = await (await world.as(who)).get(`/api/cases?${query}&limit=1`)
  expect(status(answer), `${query} ${answer.body}`).toBe(200)
  return answer.json().total
}

routeTests('GET /api/board', {
  allowed: async () => {
    const board = await boardOf('office')
    expect(board.today).toBe('2026-06-03')
    expect(board.numbers.map(({ code }) => code)).toEqual([...NUMBERS])
    expect(board.numbers.find(({ code }) => code === 'soon')).toMatchObject({
      text: expect.stringContaining('2026-06-03 至 2026-07-03（30 天）'),
      clause: { version: 'colour/default@2022-05-01' },
    })
    expect(board.total['returned']!.n).toBe(1)
    expect(board.total['rebound']!.n).toBe(1)
    expect(board.rows.find(({ key }) => key === '610702')).toMatchObject({ name: '汉台区' })
    expect(board.rows.length).toBeGreaterThan(11) // counties without a case have a row too
    const english = await (await world.as('office')).get('/api/board', { headers: { 'accept-language': 'en' } })
    expect(english.json<Board>().numbers[0]!.label).toBe('All')
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/board' }))).toBe(401)
    expect(status(await (await world.as('auditor')).get('/api/board'))).toBe(403)
    const other = await boardOf('county-office-chenggu')
    expect(other.rows.map(({ key }) => key)).toEqual(['610722'])
    expect(other.total['all']!.n).toBe((await boardOf('office', 'region=610722')).total['all']!.n)
  },
  malformed: async () => {
    for (const bad of ['by=weather', `region=${'1'.repeat(30)}`])
      expect(status(await (await world.as('office')).get(`/api/board?${bad}`)), bad).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('office')).get('/api/board?region=610100'))).toBe(422) // another city's
  },
})

routeTests('GET /api/board/months', {
  allowed: async () => {
    const { months, total } = (await (await world.as('office')).get('/api/board/months')).json<Months>()
    expect(months).toEqual([
      { month: '2026-03', ended: true, frozenOn: '2026-05-02' },
      { month: '2026-04', ended: true, frozenOn: '2026-05-02' },
      { month: '2026-05', ended: true, frozenOn: '2026-06-03' },
      { month: '2026-06', ended: false, frozenOn: null },
    ])
    expect(total.map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05'])
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/board/months' }))).toBe(401)
    expect(status(await (await world.as('secadmin')).get('/api/board/months'))).toBe(403)
    const { rows } = (await (await world.as('county-office-chenggu')).get('/api/board/months')).json<Months>()
    expect(rows.map(({ key }) => key)).toEqual(['610722'])
  },
  malformed: async () => {
    for (const bad of ['months=0', 'months=25', 'months=many'])
      expect(status(await (await world.as('office')).get(`/api/board/months?${bad}`)), bad).toBe(400)
  },
  missing: async () => {
    expect(status(await (await world.as('office')).get('/api/board/months?region=1'))).toBe(422)
  },
})

describe('every number opens exactly its cases', () => {
  it.each(PEOPLE)('for %s, by county, and the total is the sum', async (who) => {
    const board = await boardOf(who)
    const rows = who === 'leader' ? [] : board.rows // a leader sees what the office sees
    for (const { key, cells } of [...rows, { key: 'total', cells: board.total }])
      for (const [code, { n, query }] of Object.entries(cells))
        if (n > 0 || key === 'total') expect(await totalOf(who, query), `${who} ${key} ${code} ${query}`).toBe(n)
    for (const code of NUMBERS)
      expect(
        board.rows.reduce((sum, row) => sum + row.cells[code]!.n, 0),
        code,
      ).toBe(board.total[code]!.n)
    expect(board.total['all']!.n).toBe(await totalOf(who, ''))
  })

  it.each(['path', 'source', 'batch'])('by %s too, within a county', async (by) => {
    for (const [who, within] of [
      ['office', ''],
      ['unit-hantai', '&region=610702'],
    ] as const)
      for (const { cells } of (await boardOf(who, `by=${by}${within}`)).rows)
        for (const [code, { n, query }] of Object.entries(cells))
          if (n > 0) expect(await totalOf(who, query), `${who} ${code} ${query}`).toBe(n)
  })

  it.each(['office', 'county-office-hantai', 'unit-hantai'])('for %s in every frozen month', async (who) => {
    const { rows, total } = (await (await world.as(who)).get('/api/board/months')).json<Months>()
    const cells = [...rows.flatMap((row) => row.months), ...total].flatMap(({ green, yellow, red }) => [green!, yellow!, red!])
    for (const { n, query } of cells.filter((cell) => cell.n > 0)) expect(await totalOf(who, query), query).toBe(n)
    expect(cells.some((cell) => cell.n > 0)).toBe(true)
  })

  it('the colours of the open are all of them, and overdue is what the colour rule calls so', async () => {
    const { total } = await boardOf('office')
    expect(total['red']!.n + total['yellow']!.n + total['green']!.n).toBe(total['open']!.n)
    const { rows } = await world.house.database.pool.query(
      `select count(*)::int as n from cases.problem where colour_why @> '[{"rule":"overdue"}]'`,
    )
    expect([total['overdue']!.n, total['overdue']!.n > 0]).toEqual([rows[0].n, true])
  })

  it('a sealed case is counted for nobody who may not see it', async () => {
    const [all, cleared] = [await boardOf('inspector'), await boardOf('office')]
    expect(cleared.total['all']!.n - all.total['all']!.n).toBe(1)
  })

  it('nor for a county office that is cleared for its label and not bound to it', async () => {
    const before = (await boardOf('county-office-hantai')).total
    await world.house.database.pool.query(`update people.account set clearance = 3 where username = 'county-office-hantai'`)
    const { total } = await boardOf('county-office-hantai')
    expect([total['all']!.n, total['open']!.n]).toEqual([before['all']!.n, before['open']!.n])
    for (const { n, query } of Object.values(total)) expect(await totalOf('county-office-hantai', query), query).toBe(n)
    const months = (await (await world.as('county-office-hantai')).get('/api/board/months')).json<Months>()
    for (const { green } of months.total) expect(await totalOf('county-office-hantai', green!.query)).toBe(green!.n)
    expect(Math.max(...months.total.map(({ green }) => green!.n))).toBeGreaterThan(0)
  })
})

describe('the work of a board', () => {
  it('is one statement that reads the list, once, and two passes over groups', async () => {
    const office = await world.as('office')
    const { pool } = world.house.database
    const sent: { text: string; values: unknown[] }[] = []
    const listen = (client: pg.PoolClient) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown
      const heard = (...args: unknown[]) => {
        if (typeof args[0] === 'string') sent.push({ text: args[0], values: (args[1] as unknown[]) ?? [] })
        return query(...args)
      }
      Object.assign(client, { query: heard })
    }
    pool.on('acquire', listen)
    expect(status(await office.get('/api/board'))).toBe(200)
    pool.off('acquire', listen)
    const counting = sent.filter(({ text }) => text.includes('cases.problem'))
    expect(counting).toHaveLength(1)
    const { rows } = await pool.query({ text: `explain ${counting[0]!.text}`, values: counting[0]!.values })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan.match(/Scan .*on problem p\b|Scan on problem p\b/g), plan).toHaveLength(1)
    expect(plan.match(/Aggregate/g), plan).toHaveLength(2)
  })
})
