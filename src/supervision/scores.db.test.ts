import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../test/route-tests.ts'
import * as walk from '../../test/walk.ts'
import { openWorld, type World } from '../../test/world.ts'
import { freezeMonths, recolourAll } from '../cases/index.ts'
import { afterColours } from './index.ts'

/** Two months of colours, scored by hand beside the product. */

const at = (day: string, hour = 10) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)

let world: World
let b: walk.Shown

beforeAll(async () => {
  world = await openWorld({ now: at('2026-03-10') })
  await walk.walkTo(world, 'signed', { title: '弃渣甲' })
  b = await walk.walkTo(world, 'signed', { title: '弃渣乙', secrecy: 1 })
  const far = { region: '610722', point: { lng: 107.33, lat: 33.15 } }
  const c = await walk.triage(world, await walk.report(world, { title: '弃渣丙', place: far }))
  const org = (await walk.organisations(world))('城固县住房和城乡建设局')
  const leader = { name: '丙领导', title: '副县长' }
  const act = { move: 'assign', duties: [{ org, as: 'responsible' }], leader, term: { words: '2026年6月底前' } }
  await walk.move(world, c, { who: 'office', act })
  await walk.report(world, { title: '无人负责丁' })
  for (const day of ['2026-06-15', '2026-07-02']) await night(day)
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
const status = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode
const turned = async (url: string) => [await status(world.app.inject({ url })), await status(get('auditor', url))]

describe('the score of a month', () => {
  it('is what a hand makes of it: May (its last day is the 30th before the end) and June two yellow and one, July two red and one', async () => {
    await night('2026-08-01')
    const scores = (await get('office', '/api/supervision/scores?month=2026-07')).json()
    const row = (rows: { name: string }[], name: string) => rows.find((r) => r.name === name)
    expect(row(scores.regions, '汉台区')).toMatchObject({
      score: 96,
      change: -2,
      counts: { green: 1, yellow: 0, red: 2 },
      points: { red: -4 },
    })
    expect(row(scores.regions, '城固县')).toMatchObject({ score: 98, change: -1, counts: { red: 1 } })
    expect(row(scores.orgs, '汉台区住房和城乡建设局')).toMatchObject({ score: 96, counts: { green: 0, red: 2 } })
    const june = (await get('office', '/api/supervision/scores?month=2026-06')).json()
    expect(row(june.regions, '汉台区')).toMatchObject({ score: 98, change: 0, counts: { green: 1, yellow: 2 } })
    expect(june.rule).toMatchObject({ unverified: true, value: { full: 100, yellow: -1, red: -2, floor: 0 } })
  })

  it('stands when a case changes hands later', async () => {
    const before = (await get('office', '/api/supervision/scores?month=2026-07')).json()
    await world.house.database.pool.query(
      `update cases.problem set doc = jsonb_set(doc, '{duties}', '[]'), bound_orgs = '{}' where id = $1`,
      [b.id],
    )
    await afterColours(world.house)
    expect((await get('office', '/api/supervision/scores?month=2026-07')).json()).toEqual(before)
    await world.house.database.pool.query(
      `update cases.problem set doc = jsonb_set(doc, '{duties}', $2::jsonb), bound_orgs = $3 where id = $1`,
      [b.id, JSON.stringify(b['duties']), [...new Set((b['duties'] as { org: string }[]).map((d) => d.org))]],
    )
  })
})

describe('the routes', () => {
  routeTests('GET /api/supervision/scores', {
    allowed: async () => expect((await get('unit-hantai', '/api/supervision/scores')).json().orgs).toHaveLength(1),
    forbidden: async () => {
      expect(await turned('/api/supervision/scores')).toEqual([401, 403])
      const { regions } = (await get('county-office-chenggu', '/api/supervision/scores?month=2026-07')).json()
      expect(regions.map((r: { name: string }) => r.name)).toEqual(['城固县'])
    },
    malformed: async () => expect(await status(get('office', '/api/supervision/scores?month=2026-13'))).toBe(400),
    missing: async () => expect(await status(get('office', '/api/supervision/scores?month=2020-01'))).toBe(404),
  })
  routeTests('GET /api/supervision/scores/cases', {
    allowed: async () => {
      const { items: found } = (
        await get('office', '/api/supervision/scores/cases?month=2026-07&region=610702&colour=red')
      ).json()
      expect(found.map((i: { title: string; points: number }) => `${i.title} ${i.points}`).sort()).toEqual([
        '弃渣乙 -2',
        '弃渣甲 -2',
      ])
      expect(found[0].why[0]).toMatchObject({ rule: 'overdue' })
    },
    forbidden: async () => {
      expect(await turned('/api/supervision/scores/cases?month=2026-07')).toEqual([401, 403])
      expect((await get('unit-chenggu', '/api/supervision/scores/cases?month=2026-07&region=610702')).json().items).toEqual([])
    },
    malformed: async () => expect(await status(get('office', '/api/supervision/scores/cases'))).toBe(400),
    missing: async () => {
      expect((await get('office', '/api/supervision/scores/cases?month=2025-01')).json().items).toEqual([])
      expect(await status(get('office', '/api/supervision/scores/cases?month=2020-01'))).toBe(422) // before any rule
    },
  })
  routeTests('GET /api/supervision/scores/file', {
    allowed: async () => {
      const csv = await get('office', '/api/supervision/scores/file?month=2026-07&format=csv')
      expect(csv.body).toContain('县区,汉台区,96,1,0,2,0,-4,0,-2')
      expect(csv.body).toContain('未核实')
      const xlsx = await get('office', '/api/supervision/scores/file?month=2026-07')
      expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
    },
    forbidden: async () => {
      expect(await turned('/api/supervision/scores/file?month=2026-07')).toEqual([401, 403])
      expect((await get('unit-chenggu', '/api/supervision/scores/file?month=2026-07&format=csv')).body).not.toContain('汉台')
    },
    malformed: async () => expect(await status(get('office', '/api/supervision/scores/file?month=x'))).toBe(400),
    missing: async () => expect(await status(get('office', '/api/supervision/scores/file?month=2020-01'))).toBe(404),
  })
})
