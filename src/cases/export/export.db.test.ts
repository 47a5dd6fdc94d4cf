import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gdal, hasGdal } from '../../../test/gdal.ts'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import type { Io } from '../../base/command.ts'
import { headerOf } from '../import/columns.ts'
import { commandCtx } from '../import/command.ts'
import { copyCase } from '../testing/store-many.ts'
import { runExport } from './command.ts'
import { knownOf } from './export-cases.ts'
import { piecesOf } from './formats.ts'
import { PAGE } from './pages.ts'
import { EXPORT_FORMATS, type ExportFormat } from './rules/kinds.ts'

const MANY = 20_000
const HEADERS: Partial<Record<ExportFormat, string[]>> = { xlsx: ['-oo', 'HEADERS=DISABLE'], csv: ['-oo', 'HEADERS=NO'] }

let world: World
let office: Person
beforeAll(async () => {
  world = await openWorld({ desk: true })
  office = await world.as('office')
  await walk.assign(world, await walk.triage(world, await walk.report(world, { title: '=汉台砂场' })))
  await walk.report(world, { title: '城固弃渣', place: { region: '610722', address: '城固某村' } })
})
afterAll(() => world.close())

const url = (format: ExportFormat, query = '') => `/api/cases/export.${format}${query}`

async function saved(format: ExportFormat, query = '', person = office): Promise<string> {
  const answer = await person.get(url(format, query))
  expect(answer.statusCode).toBe(200)
  const path = join(world.house.config.dataDir, `saved-${Math.random().toString(36).slice(2)}.${format}`)
  writeFileSync(path, answer.rawPayload)
  return path
}

routeTests('GET /api/cases/export.{format}', {
  allowed: async () => {
    for (const layout of ['list', 'closure', 'petition']) {
      const answer = await office.get(url('csv', `?layout=${layout}`))
      expect([answer.statusCode, answer.headers['x-rows'], answer.headers['content-type']]).toEqual([
        ...[200, '2', 'text/csv; charset=utf-8'],
      ])
      expect(answer.body).toContain('褒河右岸弃渣露天堆放')
    }
    const list = (await office.get(url('csv'))).body
    expect(list).toContain("'=汉台砂场")
    expect((await office.get(url('csv', '?region=610722'))).body).not.toContain('汉台砂场')
    const geo = (await office.get(url('geojson', '?state=assigned'))).json()
    expect(geo.features[0]).toMatchObject({
      geometry: { type: 'Point', coordinates: [walk.POINT.lng, walk.POINT.lat] },
      properties: {
        title: '=汉台砂场',
        state: 'assigned',
        state_zh: '待签收',
        region_zh: '汉台区',
        lead: '汉台区住房和城乡建设局',
      },
    })
    expect(JSON.stringify(geo)).not.toContain('第十二项')
  },
  forbidden: async () => {
    expect((await world.app.inject(url('csv'))).statusCode).toBe(401)
    for (const who of ['sysadmin', 'secadmin', 'auditor', 'payout'])
      expect((await (await world.as(who)).get(url('csv'))).statusCode).toBe(403)
    const hantai = await world.as('county-office-hantai')
    for (const format of ['csv', 'geojson', 'kml'] as const) {
      const answer = await hantai.get(url(format))
      expect(answer.body).toContain('汉台砂场')
      expect(answer.body).not.toContain('城固')
      expect(answer.headers['x-rows']).toBe('1')
    }
  },
  malformed: async () => {
    for (const bad of [
      'export.pdf',
      'export.csv?colour=blue',
      'export.csv?colur=red',
      'export.xlsx?layout=poem',
      'export.csv?limit=3',
    ])
      expect([bad, (await office.get(`/api/cases/${bad}`)).statusCode]).toEqual([bad, 400])
  },
  missing: { none: 'a list without rows is a file without rows' },
})

describe('what is exported', () => {
  it('is as fresh as the second it is asked for', async () => {
    const c = await walk.report(world, { title: '刚刚登记', place: { region: '610722', address: '某村' } })
    expect((await office.get(url('csv'))).body).toContain(c.no)
    const moved = await walk
      .move(world, c, { who: 'office', act: { move: 'decline', reason: walk.REPORT.originalText, told: true } })
      .catch(() => c)
    expect(
      (await office.get(url('geojson'))).json().features.map((f: { properties: { no: string } }) => f.properties.no),
    ).toContain(moved.no)
  })

  it('holds nothing of handling for those who only look on', async () => {
    const words = { [headerOf('penalty')]: '拟内部处理', [headerOf('note')]: '拟内部处理' }
    await sql`update cases.problem set doc = doc || ${JSON.stringify({ imported: { words } })}::jsonb
      where region = '610702'`.execute(world.house.database.owner)
    const petition = async (who: string) => (await (await world.as(who)).get(url('csv', '?layout=petition'))).body
    expect(await petition('office')).toContain('拟内部处理')
    const onlooker = await petition('grid-hantai')
    expect(onlooker).toContain('褒河右岸弃渣露天堆放')
    expect(onlooker).not.toContain('拟内部处理')
  })

  it.skipIf(!hasGdal()).each(EXPORT_FORMATS)('%s opens in GDAL with as many rows as the list', async (format) => {
    const n = Number((await office.get(url(format))).headers['x-rows'])
    const said = gdal('ogrinfo', ['-al', '-so', ...(HEADERS[format] ?? []), await saved(format)])
    const above = { csv: 2, xlsx: 2 }[format as 'csv'] ?? 0
    expect(said).toContain(`Feature Count: ${n + above}`)
  })
})

describe('a long list', () => {
  beforeAll(async () => {
    await copyCase(world.house, (await walk.report(world, { title: '长清单' })).id, MANY)
  })

  /** The context of the command line with its pages counted. */
  function counting() {
    const ctx = commandCtx(world.house)
    const count = { pages: 0, open: 0, most: 0 }
    const apart: typeof ctx.apart = async (work) => {
      count.pages += 1
      count.most = Math.max(count.most, ++count.open)
      return ctx.apart(work).finally(() => count.open--)
    }
    return { ctx: { ...ctx, apart }, count }
  }

  it.each(['csv', 'geojson'] as const)(
    '%s: every row once, a page at a time, and no page before it is taken',
    { timeout: 120_000 },
    async (format) => {
      const { ctx, count } = counting()
      const order = { format, layout: 'list' as const, filter: {}, encoding: 'utf-8' as const }
      const { all, ...known } = await ctx.tx((db) => knownOf(ctx, db, order))
      const seen: number[] = []
      const stream = Readable.from(piecesOf(ctx, order, { ...known, passed: (n) => seen.push(n) }))
      const numbers = new Set<string>()
      let rows = 0
      for await (const piece of stream) {
        for (const [no] of String(piece).matchAll(/HZ-2026-\d+/g)) numbers.add(no)
        // Told of pages and pages taken never lie more than two apart: the one in hand and the one that waits in the stream.
        rows = Math.max(rows, numbers.size)
        expect(count.pages * PAGE - rows).toBeLessThanOrEqual(3 * PAGE)
      }
      expect(numbers.size).toBe(all)
      expect(all).toBeGreaterThan(MANY)
      expect([count.pages, count.most]).toEqual([Math.ceil(all / PAGE), 1])
      expect(seen.at(-1)).toBe(all)
    },
  )

  it('is not read on when the one who asked goes away', { timeout: 120_000 }, async () => {
    let pages = 0
    const begin = world.house.database.begin
    world.house.database.begin = (tenant, work, o) => {
      pages += 1
      return begin(tenant, work, o)
    }
    try {
      const cookie = await cookieOf('office')
      await new Promise<void>((gone) => {
        const request = httpGet(`${world.url}${url('csv')}`, { headers: { cookie } }, (answer) => {
          answer.once('data', () => request.destroy())
          answer.once('error', () => {})
          answer.once('close', () => gone())
        })
        request.once('error', () => gone())
      })
      await new Promise((later) => setTimeout(later, 500))
      const then = pages
      await new Promise((later) => setTimeout(later, 500))
      expect(pages).toBe(then)
      expect(pages).toBeLessThan(MANY / PAGE / 2)
    } finally {
      world.house.database.begin = begin
    }
  })

  it('comes to the command line in every format, whole or not at all', { timeout: 300_000 }, async () => {
    const dir = world.house.config.dataDir
    const errors: string[] = []
    const io: Io = { out: () => {}, err: (line) => errors.push(line), progress: () => {} }
    const run = (format: string, out: string, values = {}, signal?: AbortSignal) =>
      runExport(world.house, { values: { format, ...values }, files: [out], path: (p) => p }, signal ? { ...io, signal } : io)
    expect(await run('gpkg', join(dir, 'all.gpkg'))).toBe(0)
    if (hasGdal()) expect(gdal('ogrinfo', ['-al', '-so', join(dir, 'all.gpkg')])).toMatch(/Feature Count: 2\d{4}/)
    expect(await run('geojson', join(dir, 'all.geojson'), {}, AbortSignal.abort())).toBe(1)
    expect(await run('csv', join(dir, 'none', 'all.csv'))).toBe(1)
    expect(await run('pdf', join(dir, 'all.pdf'))).toBe(2)
    expect(errors.at(-1)).toContain('geojson|gpkg')
    expect(readdirSync(dir).filter((name) => /\.part$|^all\.geojson$/.test(name))).toEqual([])
    expect(readFileSync(join(dir, 'all.gpkg')).subarray(0, 15).toString()).toBe('SQLite format 3')
  })
})

async function cookieOf(username: string): Promise<string> {
  const account = world.accounts.find((a) => a.username === username)!
  const answer = await world.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { username, password: account.password },
  })
  return String(answer.headers['set-cookie']).split(';')[0]!
}
