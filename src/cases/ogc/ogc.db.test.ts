import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gdalOnline, hasGdal } from '../../../test/gdal.ts'
import { record, rowsVisited } from '../../../test/record.ts'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { recountCases } from '../map/check.ts'
import { copyCase } from '../testing/store-many.ts'

const MANY = 1500
const NOBODY = '00000000-0000-4000-8000-000000000000'

let world: World
let office: Person
let first: walk.Shown
beforeAll(async () => {
  world = await openWorld({ desk: true })
  office = await world.as('office')
  first = await walk.assign(world, await walk.triage(world, await walk.report(world, { title: '首个问题' })))
  await walk.report(world, { title: '城固弃渣', place: { region: '610722', address: '城固某村' } })
  await copyCase(world.house, first.id, MANY)
  await recountCases(world.house)
})
afterAll(() => world.close())

interface Items {
  features: {
    id: string
    geometry: { type: string; coordinates: [number, number] } | null
    properties: Record<string, unknown>
  }[]
  numberReturned: number
  numberMatched?: number
  links: { rel: string; href: string; type: string }[]
}
const get = (path: string, person = office) => person.get(`/ogc${path}`)
const stranger = (path: string) => world.app.inject(`/ogc${path}`)
async function items(query: string, person = office): Promise<Items> {
  const answer = await get(`/collections/cases/items?${query}`, person)
  expect([answer.statusCode, query, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, query, ''])
  return answer.json()
}
const filtered = async (filter: string) => (await items(`limit=1000&filter=${encodeURIComponent(filter)}`)).numberReturned
async function allPages(query: string): Promise<Items['features']> {
  const all: Items['features'] = []
  for (let next: string | undefined = `/collections/cases/items?${query}`; next; ) {
    const page: Items = (await get(next)).json()
    all.push(...page.features)
    next = page.links.find((l) => l.rel === 'next')?.href.replace(/^.*?\/ogc/, '')
  }
  return all
}
const refusesStrange = async (path: string) => {
  expect((await get(`${path}?colour=x`)).statusCode).toBe(400)
  expect((await get(`${path}?f=xml`)).statusCode).toBe(400)
}
const NOTHING = { none: 'there is one for everybody' }

routeTests('GET /ogc', {
  allowed: async () => {
    const answer = await stranger('')
    expect(answer.headers['content-type']).toContain('application/json')
    const { links } = answer.json<Items>()
    expect(links.map((l) => l.rel)).toEqual(['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data'])
    for (const link of links) expect([link.href, (await world.app.inject(link.href)).statusCode]).toEqual([link.href, 200])
    const page = await office.get('/ogc', { headers: { accept: 'text/html,*/*' } })
    expect(page.headers['content-type']).toContain('text/html')
  },
  forbidden: async () => {
    // Everybody may come in; what there is to see is told apart at the collections.
    expect((await stranger('')).statusCode).toBe(200)
  },
  malformed: () => refusesStrange(''),
  missing: NOTHING,
})

routeTests('GET /ogc/conformance', {
  allowed: async () => {
    expect((await stranger('/conformance')).json().conformsTo).toContain(
      'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    )
  },
  forbidden: async () => {
    expect((await stranger('/conformance')).statusCode).toBe(200)
  },
  malformed: () => refusesStrange('/conformance'),
  missing: NOTHING,
})

routeTests('GET /ogc/api', {
  allowed: async () => {
    const answer = await get('/api')
    expect(answer.headers['content-type']).toBe('application/vnd.oai.openapi+json;version=3.0')
    const api = answer.json()
    expect([api.openapi, Object.keys(api.paths)]).toEqual(['3.0.3', expect.arrayContaining(['/collections/cases/items'])])
  },
  forbidden: async () => {
    const paths = Object.keys((await stranger('/api')).json().paths)
    expect(paths).toContain('/collections/notices/items')
    expect(paths).not.toContain('/collections/cases/items')
  },
  malformed: () => refusesStrange('/api'),
  missing: NOTHING,
})

const idsOf = (answer: { json(): { collections: { id: string }[] } }) => answer.json().collections.map((c) => c.id)

routeTests('GET /ogc/collections', {
  allowed: async () => {
    expect(idsOf(await get('/collections'))).toEqual(['divisions', 'cases', 'notices'])
    const page = await get('/collections?f=html')
    expect(page.body).toContain('问题清单')
  },
  forbidden: async () => {
    expect(idsOf(await stranger('/collections'))).toEqual(['notices'])
    expect(idsOf(await get('/collections', await world.as('payout')))).toEqual(['divisions', 'notices'])
  },
  malformed: () => refusesStrange('/collections'),
  missing: NOTHING,
})

const guarded = async (path: string) => {
  expect((await stranger(path)).statusCode).toBe(401)
  expect((await get(path, await world.as('payout'))).statusCode).toBe(403)
}
const unknown = async (path: (id: string) => string) => {
  for (const id of ['nothing', 'layer-000000000000', encodeURIComponent("x' or 1=1")])
    expect((await get(path(id))).statusCode).toBe(404)
}

routeTests('GET /ogc/collections/{collectionId}', {
  allowed: async () => {
    const found = (await get('/collections/cases')).json()
    expect(found).toMatchObject({ id: 'cases', itemType: 'feature', storageCrs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' })
    expect(found.extent.spatial.bbox[0][0]).toBeGreaterThan(105)
  },
  forbidden: () => guarded('/collections/cases'),
  malformed: () => refusesStrange('/collections/cases'),
  missing: () => unknown((id) => `/collections/${id}`),
})

routeTests('GET /ogc/collections/{collectionId}/queryables', {
  allowed: async () => {
    const answer = await get('/collections/cases/queryables')
    expect(answer.headers['content-type']).toContain('application/schema+json')
    expect(answer.json().properties).toMatchObject({
      state: { type: 'string', enum: expect.arrayContaining(['closed']) },
      due: { type: 'string', format: 'date' },
      geometry: { $ref: 'https://geojson.org/schema/Point.json' },
    })
  },
  forbidden: () => guarded('/collections/cases/queryables'),
  malformed: () => refusesStrange('/collections/cases/queryables'),
  missing: () => unknown((id) => `/collections/${id}/queryables`),
})

routeTests('GET /ogc/collections/{collectionId}/items', {
  allowed: async () => {
    const answer = await get(`/collections/cases/items?no=${first.no}`)
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-crs']]).toEqual([
      ...[200, 'application/geo+json', '<http://www.opengis.net/def/crs/OGC/1.3/CRS84>'],
    ])
    const [found] = answer.json<Items>().features
    expect(found).toMatchObject({
      ...{ id: first.id, geometry: { type: 'Point', coordinates: [walk.POINT.lng, walk.POINT.lat] } },
      properties: { no: first.no, title: '首个问题', state: 'assigned', region: '610702', reportedOn: '2026-03-10' },
    })
    // What a row of the list shows, and nothing else.
    expect(Object.keys(found!.properties).sort()).toEqual(
      `batch category closedOn colour due incomplete no outcome path region reportedOn sample secrecy source state title town village`.split(
        ' ',
      ),
    )
    expect((await stranger('/collections/notices/items')).json().features).toEqual([])
    const divisions = (await get('/collections/divisions/items?level=county')).json<Items>()
    expect([divisions.numberMatched, divisions.features[0]?.geometry?.type]).toEqual([divisions.features.length, 'MultiPolygon'])
  },
  forbidden: async () => {
    await guarded('/collections/cases/items')
    const hantai = await items(`limit=1000&title=${encodeURIComponent('城固弃渣')}`, await world.as('county-office-hantai'))
    expect(hantai.features).toEqual([])
    expect((await items('region=610722')).numberReturned).toBe(1)
    expect((await items('region=610722', await world.as('county-office-hantai'))).numberReturned).toBe(0)
  },
  malformed: async () => {
    for (const bad of [
      'colur=red',
      'limit=0',
      'limit=ten',
      'bbox=1,2,3',
      'bbox=1,2,3,x',
      'bbox=1,9,3,2',
      'bbox=1,2,3,4&bbox-crs=EPSG:4527',
      'crs=http://www.opengis.net/def/crs/EPSG/0/2000',
      'datetime=yesterday',
      'datetime=2026-01-01/2026-02-01/2026-03-01',
      'after=x',
      'bbox=1,2,3,4&after=2026-01-01_x',
      'filter=state%20==%201',
      "filter=nothing='x'",
      'filter=state=1',
      "filter=due='x'",
      "filter=secrecy='x'",
      'filter=state=colour',
      "filter=geometry='x'",
      'filter=S_INTERSECTS(state,POINT(1%202))',
      'filter=S_INTERSECTS(geometry,POINT(1000%202))',
      "filter=state='a'&filter-lang=cql2-json",
      'incomplete=perhaps',
      'f=html&f=json',
      `filter=${encodeURIComponent("state = 'a' OR ".repeat(700))}x=1`,
    ]) {
      const answer = await get(`/collections/cases/items?${bad}`)
      expect([bad.slice(0, 60), answer.statusCode]).toEqual([bad.slice(0, 60), 400])
    }
  },
  missing: () => unknown((id) => `/collections/${id}/items`),
})

routeTests('GET /ogc/collections/{collectionId}/items/{featureId}', {
  allowed: async () => {
    const uri = 'http://www.opengis.net/def/crs/EPSG/0/4490'
    const answer = await get(`/collections/cases/items/${first.id}?crs=${uri}`)
    expect([answer.json().id, answer.json().geometry.coordinates, answer.headers['content-crs']]).toEqual([
      ...[first.id, [walk.POINT.lat, walk.POINT.lng], `<${uri}>`],
    ])
    expect((await get('/collections/divisions/items/610702')).json().properties.name).toBe('汉台区')
  },
  forbidden: async () => {
    await guarded(`/collections/cases/items/${first.id}`)
    expect((await get(`/collections/cases/items/${first.id}`, await world.as('county-office-chenggu'))).statusCode).toBe(404)
  },
  malformed: () => refusesStrange(`/collections/cases/items/${first.id}`),
  missing: async () => {
    for (const id of [NOBODY, 'x', "x'"])
      expect((await get(`/collections/cases/items/${encodeURIComponent(id)}`)).statusCode).toBe(404)
  },
})

const countIn = async (condition: ReturnType<typeof sql>) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from cases.problem p where ${condition}`.execute(
      world.house.database.owner,
    )
  ).rows[0]!.n

describe('the features of the list', () => {
  it('come page by page, each once, in a box and without one', { timeout: 60_000 }, async () => {
    const all = await countIn(sql`true`)
    expect(all).toBe(MANY + 2)
    for (const query of ['limit=400', 'limit=400&bbox=107,33,108,34', 'limit=1000&bbox=107.0312,33.0678,107.04,33.07']) {
      const found = await allPages(query)
      expect(new Set(found.map((f) => f.id)).size).toBe(found.length)
      const box = /bbox=(.*)/.exec(query)?.[1]?.split(',').map(Number)
      const inBox = box
        ? sql`st_x(p.geom) between ${box[0]} and ${box[2]} and st_y(p.geom) between ${box[1]} and ${box[3]}`
        : sql`true`
      expect([query, found.length]).toEqual([query, await countIn(inBox)])
    }
    expect((await items('')).numberMatched).toBe(all)
    expect((await items('state=assigned&region=610702')).numberMatched).toBe(MANY + 1)
  })

  it('are asked for in every system', async () => {
    const inDegrees = (await items('limit=1000&bbox=107.031,33.067,107.036,33.069')).numberReturned
    expect(inDegrees).toBeGreaterThan(100)
    const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`
    expect((await items(`limit=1000&bbox=33.067,107.031,33.069,107.036&bbox-crs=${epsg(4326)}`)).numberReturned).toBe(inDegrees)
    const box = 'S_INTERSECTS(geometry,BBOX(33.067,107.031,33.069,107.036))'
    expect((await items(`limit=1000&filter=${box}&filter-crs=${epsg(4490)}`)).numberReturned).toBe(inDegrees)
    const [found] = (await items(`no=${first.no}&crs=${epsg(3857)}`)).features
    expect(found!.geometry!.coordinates[0]).toBeCloseTo(11_914_658.68, 1)
  })

  it('are narrowed by a filter as the database would', { timeout: 60_000 }, async () => {
    const [from, to] = ['2025-09-01', '2025-09-30']
    const cases: [string, ReturnType<typeof sql>][] = [
      ["state <> 'assigned'", sql`state <> 'assigned'`],
      ["title LIKE '首个问题12%'", sql`title like '首个问题12%'`],
      ["title LIKE '%\\'", sql`title like '%\\\\'`],
      [`reportedOn BETWEEN DATE('${from}') AND DATE('${to}')`, sql`reported_on between ${from} and ${to}`],
      [`T_AFTER(reportedOn, DATE('2026-02-20'))`, sql`reported_on > '2026-02-20'`],
      [`reportedOn < TIMESTAMP('2025-06-01T16:00:00Z')`, sql`reported_on < '2025-06-02'`],
      ["no IN ('HZ-2026-9000001','HZ-2026-9000002')", sql`no in ('HZ-2026-9000001','HZ-2026-9000002')`],
      ['geometry IS NULL OR closedOn IS NOT NULL', sql`geom is null or closed_on is not null`],
      ["NOT (region = '610702' AND sample = FALSE)", sql`not (region = '610702' and not sample)`],
      [
        'S_INTERSECTS(geometry, POLYGON((107.03 33.06, 107.04 33.06, 107.04 33.0681, 107.03 33.06)))',
        sql`st_intersects(geom, st_geomfromtext('POLYGON((107.03 33.06, 107.04 33.06, 107.04 33.0681, 107.03 33.06))', 4326))`,
      ],
    ]
    for (const [filter, condition] of cases) {
      const n = await countIn(condition)
      const found = filter.startsWith('title LIKE') || n <= 1000 ? await filtered(filter).catch((e) => e) : n
      expect([filter, found]).toEqual([filter, n])
    }
    // A bow tie holds both wings.
    expect(
      await filtered('S_INTERSECTS(geometry, POLYGON((107.03 33.06, 107.05 33.08, 107.05 33.06, 107.03 33.08, 107.03 33.06)))'),
    ).toBeGreaterThan(0)
    expect((await items(`limit=1000&datetime=${from}/${to}`)).numberReturned).toBe(
      await countIn(sql`reported_on between ${from} and ${to}`),
    )
    expect((await items(`limit=1000&datetime=../2025-06-01`)).numberReturned).toBe(
      await countIn(sql`reported_on <= '2025-06-01'`),
    )
  })

  it('take one query a page, which reads little more than its own rows', async () => {
    await world.house.database.vacuum()
    for (const who of ['office', 'county-office-hantai']) {
      const person = await world.as(who)
      const query = 'bbox=107,33,108,34&limit=10'
      const next = (await items(query, person)).links.find((l) => l.rel === 'next')!.href
      const statements = await record(async () => expect((await person.get(next)).statusCode).toBe(200))
      expect(statements.filter(({ text }) => /cases\.problem/.test(text)).length).toBe(1)
      expect(await rowsVisited(world.house.database.pool, statements, 'problem')).toBeLessThan(60)
    }
  })
})

describe.skipIf(!hasGdal())('what GDAL makes of it', { timeout: 120_000 }, () => {
  const ask = async (...args: string[]) =>
    gdalOnline('ogrinfo', ['-ro', ...args], { GDAL_HTTP_COOKIE: await cookieOf('office'), OGR_OAPIF_PAGE_SIZE: '500' })
  const source = () => `OAPIF:${world.url}/ogc`

  it('lists the collections', async () => {
    const said = await ask(source())
    expect(said).toMatch(/divisions .*Polygon|divisions/)
    expect(said).toContain('cases')
    expect(said).toContain('notices')
  })

  it('counts and pages through all of them', async () => {
    expect(await ask('-so', source(), 'cases')).toContain(`Feature Count: ${MANY + 2}`)
    const said = await ask('-q', source(), 'cases')
    expect(said.match(/^OGRFeature/gm)?.length).toBe(MANY + 2)
    expect(said).toContain('首个问题')
  })

  it('narrows by place and by attribute', async () => {
    const box = ['107.0312', '33.0678', '107.036', '33.07']
    const inBox = await ask('-q', '-spat', ...box, source(), 'cases')
    expect(inBox.match(/^OGRFeature/gm)?.length).toBe(
      await countIn(
        sql`st_x(geom) between ${box[0]}::float8 and ${box[2]}::float8 and st_y(geom) between ${box[1]}::float8 and ${box[3]}::float8`,
      ),
    )
    const where = await ask('-q', '-where', "region = '610722'", source(), 'cases')
    expect(where.match(/^OGRFeature/gm)?.length).toBe(1)
    const none = await ask('-q', '-where', "state = 'closed'", source(), 'cases')
    expect(none.match(/^OGRFeature/gm)).toBeNull()
  })

  it('reads the divisions with their boundaries', async () => {
    const said = await ask('-q', '-where', "level = 'county'", source(), 'divisions')
    expect(said).toContain('汉台区')
    expect(said).toMatch(/MULTIPOLYGON/)
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
