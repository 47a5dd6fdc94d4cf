import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { commandCtx } from '../import/command.ts'
import { importDemo, recolourAll } from '../index.ts'

interface Hotspots {
  total: number
  unplaced: number
  months: string[]
  rule: { minCases: number; clause: { version: string; unverified: boolean } }
  cells: { cell: string; n: number; query: string; region: string; ring: number[][]; byMonth: number[] }[]
  scan: {
    state: string
    seed: number
    clusters: {
      n: number
      p: number
      frequent: boolean
      query: string
      from: string
      to: string
      cells: string[]
      region: string
    }[]
  }
}

let world: World
const status = (answer: { statusCode: number }) => answer.statusCode
const PLACE = { region: '610702', point: walk.POINT, address: '褒河右岸' }

beforeAll(async () => {
  world = await openWorld({ now: new Date('2026-03-10T02:00:00Z') })
  await importDemo(commandCtx(world.house))
  for (let n = 0; n < 9; n++) await walk.report(world, { title: `弃渣 ${n}`, place: PLACE })
  await walk.report(world, { secrecy: 3, title: '封存件', place: PLACE })
  await recolourAll(world.house)
})
afterAll(() => world.close())

async function ask(who: string, query = ''): Promise<Hotspots> {
  const answer = await (await world.as(who)).get(`/api/hotspots?${query}`)
  expect(status(answer), answer.body).toBe(200)
  return answer.json()
}

/** Asks until the scan is through. */
async function scanned(who: string, query = 'runs=199'): Promise<Hotspots> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await ask(who, query)
    if (found.scan.state !== 'running') return found
    await new Promise((again) => setTimeout(again, 100))
  }
  throw new Error('the scan did not end')
}

const totalOf = async (who: string, query: string) =>
  (await (await world.as(who)).get(`/api/cases?${query}&limit=1`)).json<{ total: number }>().total

routeTests('GET /api/hotspots', {
  allowed: async () => {
    const found = await scanned('office')
    expect(found.rule.clause).toMatchObject({ version: 'hotspot/frequent@2022-05-01', unverified: true })
    expect(found.months).toHaveLength(24)
    expect(found.scan).toMatchObject({ state: 'done', seed: 20_260_801 })
    const here = found.scan.clusters.find(({ region, to }) => region === '610702' && to === '2026-03')!
    expect([here.n >= 10, here.p <= 0.05, here.frequent]).toEqual([true, true, true])
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/hotspots' }))).toBe(401)
    expect(status(await (await world.as('auditor')).get('/api/hotspots'))).toBe(403)
    const other = await ask('county-office-chenggu')
    expect([...new Set(other.cells.map(({ region }) => region))]).toEqual(['610722'])
  },
  malformed: async () => {
    for (const bad of ['level=12', 'months=1', 'until=2026-13', 'runs=5', 'windows=none', 'seed=-1'])
      expect(status(await (await world.as('office')).get(`/api/hotspots?${bad}`)), bad).toBe(400)
  },
  missing: { none: 'a filter that fits nothing gives no cell' },
})

routeTests('GET /api/hotspots/file', {
  allowed: async () => {
    const { scan } = await scanned('office')
    const file = await (await world.as('office')).get('/api/hotspots/file?format=csv&runs=199&ranks=1')
    expect(status(file), file.body).toBe(200)
    expect(file.body.trim().split('\r\n')).toHaveLength(4)
    expect(file.body).toContain(String(scan.clusters[0]!.n))
    const all = await (await world.as('office')).get('/api/hotspots/file?runs=199')
    expect(all.rawPayload.subarray(0, 2).toString()).toBe('PK')
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ url: '/api/hotspots/file' }))).toBe(401)
    expect(status(await (await world.as('auditor')).get('/api/hotspots/file'))).toBe(403)
    await scanned('county-office-chenggu')
    const own = await (await world.as('county-office-chenggu')).get('/api/hotspots/file?format=csv&runs=199')
    expect(own.body).not.toContain('汉台区')
  },
  malformed: async () => {
    for (const bad of ['format=pdf', 'ranks=a', 'ranks=0'])
      expect(status(await (await world.as('office')).get(`/api/hotspots/file?${bad}`)), bad).toBe(400)
  },
  missing: async () => {
    const early = await (await world.as('office')).get('/api/hotspots/file?runs=1999&seed=99')
    expect([status(early), early.json().code]).toEqual([409, 'cases/scan-running'])
  },
})

describe('every cell and every cluster opens exactly its cases', () => {
  it.each(['office', 'inspector', 'county-office-hantai'])('for %s, and the cells are all of the placed', async (who) => {
    for (const query of ['runs=199', 'runs=199&level=7&months=30&windows=alive', 'runs=199&level=5&category=W4']) {
      const { cells, scan, total, unplaced, months } = await scanned(who, query)
      for (const { n, query: link } of [...cells.slice(0, 25), ...scan.clusters]) expect(await totalOf(who, link), link).toBe(n)
      expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(total)
      const [from, more] = [`${months[0]}-01`, query.includes('W4') ? '&category=W4' : '']
      expect(await totalOf(who, `reportedFrom=${from}${more}`)).toBe(total + unplaced)
    }
  })

  it('a sealed case is counted for nobody who may not see it', async () => {
    expect((await ask('office')).total - (await ask('inspector')).total).toBe(1)
  })

  it('the same cases with the same seed give the same answer, another seed its own p', async () => {
    const [a, b] = [await scanned('office'), await scanned('office')]
    expect(a).toEqual(b)
    expect((await scanned('office', 'runs=199&seed=1')).scan.clusters.map(({ n }) => n)).toEqual(
      a.scan.clusters.map(({ n }) => n),
    )
  })

  it('where there are too few cases nothing is scanned', async () => {
    const { scan } = await ask('office', 'batch=none')
    expect(scan).toMatchObject({ state: 'few', clusters: [] })
  })
})
