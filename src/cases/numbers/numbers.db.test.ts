import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { commandCtx } from '../import/command.ts'
import { freezeMonths, importDemo, recolourAll } from '../index.ts'
import { catchUpCourses } from './keep.ts'
import type { FigureCell } from './numbers.ts'
import { DIMENSIONS, FIGURES, type FigureCode } from './rules/figures.ts'
import type { Spread } from './rules/spread.ts'

interface Numbers {
  today: string
  minimum: { n: number; clause: { version: string; unverified: boolean } }
  figures: { code: FigureCode; label: string }[]
  rows: { key: string | null; name: string | null; cells: Record<FigureCode, FigureCell> }[]
  total: Record<FigureCode, FigureCell>
}
type Shown = Spread & { query: string }
interface Stages {
  missing: number
  stages: (Shown & { stage: string; suspended: { n: number; days: number } })[]
}
interface Stage {
  rows: (Shown & { key: string | null; name: string | null })[]
}
interface Cross {
  rows: { key: string | null }[]
  columns: { key: string | null }[]
  cells: { key: string | null; across: string | null; n: number; query: string }[]
}

interface Bulletin {
  data: { summary: string; counties: { name: string; open: number; done: number; green: number; yellow: number; red: number }[] }
  document: { title: string }
}

let world: World
const status = (answer: { statusCode: number }) => answer.statusCode

beforeAll(async () => {
  world = await openWorld({ now: new Date('2026-03-10T02:00:00Z') })
  await importDemo(commandCtx(world.house))
  await walk.move(world, await walk.walkTo(world, 'assigned'), {
    ...{ who: 'unit-hantai', act: { move: 'return', reason: '不属于本单位', basis: '职责清单第三条' } },
  })
  await walk.move(world, await walk.walkTo(world, 'self_checked'), {
    ...{ who: 'county-office-hantai', act: { move: 'county_reject', reason: '弃渣未清' } },
  })
  world.time.now = new Date('2026-03-10T02:00:00Z')
  const closed = await walk.walkTo(world, 'closed') // the walk ends on 2026-04-20
  await walk.move(world, closed, { who: 'office', act: { move: 'reopen', reason: '又有弃渣' } })
  await walk.report(world, { secrecy: 3, title: '封存件', source: 'satellite', batch: undefined })
  world.time.now = new Date('2026-05-02T02:00:00Z')
  await freezeMonths(world.house)
  await recolourAll(world.house)
})
afterAll(() => world.close())

async function ask<T>(who: string, url: string): Promise<T> {
  const answer = await (await world.as(who)).get(url)
  expect(status(answer), `${url} ${answer.body}`).toBe(200)
  return answer.json() as T
}

const totals = new Map<string, number>()
async function totalOf(who: string, query: string): Promise<number> {
  const known = totals.get(`${who} ${query}`)
  if (known !== undefined) return known
  const { total } = await ask<{ total: number }>(who, `/api/cases?${query}&limit=1`)
  totals.set(`${who} ${query}`, total)
  return total
}

/** Follows a number to the list and compares; a number that opens nothing is nothing. */
async function follows(who: string, n: number, query: string): Promise<void> {
  if (n > 0) expect(await totalOf(who, query), `${who} ${query}`).toBe(n)
}

const numbers = (who: string, query = '') => ask<Numbers>(who, `/api/numbers?${query}`)

const notFor = (path: string) => async () => {
  expect(status(await world.app.inject({ url: path }))).toBe(401)
  expect(status(await (await world.as('auditor')).get(path))).toBe(403)
}

routeTests('GET /api/numbers', {
  allowed: async () => {
    const shown = await numbers('office')
    expect(shown.figures.map(({ code }) => code)).toEqual([...FIGURES])
    expect(shown.minimum).toMatchObject({ n: 30, clause: { version: 'statistics/minimum@2022-05-01', unverified: true } })
    expect(shown.rows.find(({ key }) => key === '610702')).toMatchObject({ name: '汉台区' })
    expect([shown.total.handed_back.n, shown.total.rejected.n, shown.total.rebounded.n]).toEqual([1, 1, 1])
    const english = await (await world.as('office')).get('/api/numbers', { headers: { 'accept-language': 'en' } })
    expect(english.json<Numbers>().figures[0]!.label).toBe('Cases')
  },
  forbidden: async () => {
    await notFor('/api/numbers')()
    const other = await numbers('county-office-chenggu')
    expect(other.rows.map(({ key }) => key)).toEqual(['610722'])
    expect(other.total.total.n).toBe((await numbers('office', 'region=610722')).total.total.n)
  },
  malformed: async () => {
    for (const bad of ['by=weather', 'from=2026-02-30', 'on=birth', 'responsible=x', 'course=lost', 'passed=work', 'cells=12'])
      expect(status(await (await world.as('office')).get(`/api/numbers?${bad}`)), bad).toBe(bad === 'passed=work' ? 200 : 400)
  },
  missing: { none: 'a filter that fits nothing gives rows without cases' },
})

routeTests('GET /api/numbers/stages', {
  allowed: async () => {
    const { stages, missing } = await ask<Stages>('office', '/api/numbers/stages')
    expect(missing).toBe(0)
    const whole = stages.find(({ stage }) => stage === 'whole')!
    expect(whole.n).toBeGreaterThan(100) // what the old lists say of report and clear-off
    expect(whole.min!).toBeLessThanOrEqual(whole.p25!)
    expect(whole.bins.reduce((n, bin) => n + bin.n, 0)).toBe(whole.n)
  },
  forbidden: async () => {
    await notFor('/api/numbers/stages')()
    const own = await ask<Stages>('county-office-chenggu', '/api/numbers/stages')
    expect(own.stages).toEqual(
      (await ask<Stages>('county-office-chenggu', '/api/numbers/stages?region=610722')).stages.map((s) => ({
        ...s,
        query: s.query.replace('region=610722&', ''),
      })),
    )
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/stages?count=lunar'))).toBe(400),
  missing: { none: 'a filter that fits nothing gives no stage' },
})

routeTests('GET /api/numbers/stages/{stage}', {
  allowed: async () => {
    const { rows } = await ask<Stage>('office', '/api/numbers/stages/whole?by=region')
    const all = (await ask<Stages>('office', '/api/numbers/stages')).stages.find(({ stage }) => stage === 'whole')!
    expect(rows.reduce((n, row) => n + row.n, 0)).toBe(all.n)
  },
  forbidden: async () => {
    await notFor('/api/numbers/stages/whole')()
    const { rows } = await ask<Stage>('county-office-chenggu', '/api/numbers/stages/whole')
    expect(rows.map(({ key }) => key)).toEqual(['610722'])
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/stages/whole?by=weather'))).toBe(400),
  missing: async () => expect(status(await (await world.as('office')).get('/api/numbers/stages/nowhere'))).toBe(400),
})

routeTests('GET /api/numbers/cross', {
  allowed: async () => {
    const { cells, rows, columns } = await ask<Cross>('office', '/api/numbers/cross?by=region&across=category')
    expect(cells.reduce((n, cell) => n + cell.n, 0)).toBe((await numbers('office')).total.total.n)
    expect(rows.length * columns.length).toBeGreaterThanOrEqual(cells.length)
    for (const { n, query } of cells.slice(0, 20)) await follows('office', n, query)
  },
  forbidden: async () => {
    await notFor('/api/numbers/cross')()
    expect((await ask<Cross>('county-office-chenggu', '/api/numbers/cross')).rows.map(({ key }) => key)).toEqual(['610722'])
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/cross?across=weather'))).toBe(400),
  missing: { none: 'a filter that fits nothing gives an empty table' },
})

routeTests('GET /api/numbers/file', {
  allowed: async () => {
    const csv = await (await world.as('office')).get('/api/numbers/file?format=csv')
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body).toContain('样本不足 30')
    const xlsx = await (await world.as('office')).get('/api/numbers/file?format=xlsx')
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
  },
  forbidden: async () => {
    await notFor('/api/numbers/file')()
    const own = await (await world.as('county-office-chenggu')).get('/api/numbers/file?format=csv')
    expect([own.body.includes('城固县'), own.body.includes('汉台区')]).toEqual([true, false])
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/file?format=pdf'))).toBe(400),
  missing: { none: 'a filter that fits nothing gives a file without rows' },
})

routeTests('GET /api/numbers/bulletin/{month}/file.{format}', {
  allowed: async () => {
    const file = async (format: string) => (await world.as('office')).get(`/api/numbers/bulletin/2026-04/file.${format}`)
    expect((await file('pdf')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await file('docx')).rawPayload.subarray(0, 2).toString()).toBe('PK')
  },
  forbidden: async () => {
    await notFor('/api/numbers/bulletin/2026-04/file.pdf')()
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/bulletin/2026-04/file.xls'))).toBe(400),
  missing: async () => expect(status(await (await world.as('office')).get('/api/numbers/bulletin/2026-05/file.pdf'))).toBe(404),
})

routeTests('GET /api/numbers/bulletin/{month}', {
  allowed: async () => {
    const { data, document } = await ask<Bulletin>('office', '/api/numbers/bulletin/2026-04')
    const { total } = await numbers('office', 'cleared=2026-04')
    const sum = (of: (line: Bulletin['data']['counties'][number]) => number) => data.counties.reduce((n, line) => n + of(line), 0)
    expect(sum(({ done }) => done)).toBe(total.total.n)
    const frozen = await Promise.all(
      ['green', 'yellow', 'red'].map((colour) => totalOf('office', `month=2026-04&monthColour=${colour}`)),
    )
    expect([sum(({ green }) => green), sum(({ yellow }) => yellow), sum(({ red }) => red)]).toEqual(frozen)
    expect(data.summary).toContain(`在办生态环境问题 ${sum(({ open }) => open)} 件`)
    expect(document.title).toContain('2026年4月')
    expect(JSON.stringify(data)).not.toContain('封存件')
  },
  forbidden: async () => {
    await notFor('/api/numbers/bulletin/2026-04')()
    const { data } = await ask<Bulletin>('county-office-chenggu', '/api/numbers/bulletin/2026-04')
    expect(data.counties.map(({ name }) => name)).toEqual(['城固县'])
  },
  malformed: async () => expect(status(await (await world.as('office')).get('/api/numbers/bulletin/2026-13'))).toBe(400),
  missing: async () => {
    const answer = await (await world.as('office')).get('/api/numbers/bulletin/2026-05')
    expect([status(answer), answer.json().code]).toEqual([404, 'cases/month-not-frozen'])
  },
})

describe('every number opens exactly its cases', () => {
  it.each([
    ['office', DIMENSIONS.map((by) => `by=${by}`)],
    [
      'office',
      ['by=region&on=closed&from=2025-11-01&to=2026-12-31', 'by=month&from=2025-10-15&to=2026-03-05', 'by=unit&open=true'],
    ],
    ['county-office-hantai', ['by=category', 'by=unit&source=central_petition']],
    ['unit-hantai', ['by=region', 'by=month&on=closed']],
    ['inspector', ['by=path']],
  ])('for %s: %s', async (who, queries) => {
    for (const query of queries) {
      const { rows, total, minimum } = await numbers(who, query)
      for (const { cells } of [...rows, { cells: total }])
        for (const code of FIGURES) {
          const { n, of, ofQuery, percent, query: link } = cells[code]
          await follows(who, n, link)
          if (of !== undefined) await follows(who, of, ofQuery!)
          if (of !== undefined) expect(percent === null, `${code} ${n} of ${of}`).toBe(of < minimum.n)
        }
      for (const code of FIGURES)
        expect(
          rows.reduce((sum, row) => sum + row.cells[code].n, 0),
          code,
        ).toBe(total[code].n)
    }
  })

  it.each(['natural', 'working'])('days per stage, counted in %s days', async (count) => {
    for (const who of ['office', 'unit-hantai'])
      for (const { n, query } of (await ask<Stages>(who, `/api/numbers/stages?count=${count}`)).stages)
        await follows(who, n, query)
    for (const { n, query } of (await ask<Stage>('office', `/api/numbers/stages/whole?by=unit&count=${count}`)).rows)
      await follows('office', n, query)
  })

  it('a sealed case is counted for nobody who may not see it', async () => {
    const [all, cleared] = [await numbers('inspector'), await numbers('office')]
    expect(cleared.total.total.n - all.total.total.n).toBe(1)
  })
})

describe('the courses', () => {
  const COLUMNS = `id, course_state, course_since, course_gaps, unit, cell, dispatches, returns, accepts, rejects, windows, objections,
    closures, rebounds, natural_days, working_days, suspended_days`
  const stored = async () =>
    (await sql`select ${sql.raw(COLUMNS)} from cases.problem order by id`.execute(world.house.database.owner)).rows

  it('are made anew of the journal as the moves made them', async () => {
    const before = await stored()
    await sql`update cases.problem set course_state = null, natural_days = null, rejects = null`.execute(
      world.house.database.owner,
    )
    expect(await catchUpCourses(world.house)).toBe(before.length)
    expect(await stored()).toEqual(before)
    expect(await catchUpCourses(world.house)).toBe(0)
  })

  it('heal where one stayed behind', async () => {
    const before = await stored()
    await sql`update cases.problem set course_state = 'triaged', natural_days[1] = 999 where state = 'closed'`.execute(
      world.house.database.owner,
    )
    expect(await catchUpCourses(world.house)).toBeGreaterThan(100)
    expect(await stored()).toEqual(before)
  })
})
