import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { inCity } from '../in-city.ts'
import { FULL_SIGHT } from '../rules/access.ts'
import { insertCases } from '../store.ts'
import { begin } from '../testing/story.ts'
import { checkCounts, recountCases } from './check.ts'
import { readTile } from './draw-tile.ts'
import { foldSpots } from './fold.ts'
import { rangeOf, type Tile, unitOf } from './rules/tile.ts'
import { wrongCells } from './store-fold.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const status = (answer: { statusCode: number }) => answer.statusCode

function tileOver({ lng, lat }: { lng: number; lat: number }, z: number): Tile {
  const at = unitOf({ lng, lat })
  return { z, x: Math.floor(at.x * 2 ** z), y: Math.floor(at.y * 2 ** z) }
}
const urlOf = ({ z, x, y }: Tile, query = '') => `/tiles/cases/${z}/${x}/${y}.mvt${query}`

async function open(person: Person, url: string) {
  const answer = await person.get(url)
  expect(answer.statusCode, answer.body).toBe(200)
  const { layers } = new VectorTile(new PbfReader(gunzipSync(answer.rawPayload)))
  const all = (name: string) => {
    const layer = layers[name]
    return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i))
  }
  return { cases: all('cases'), clusters: all('clusters') }
}

describe('tiles over a list', () => {
  const HANZHONG = tileOver(walk.POINT, 8)

  routeTests('GET /tiles/cases/{z}/{x}/{y}.mvt', {
    allowed: async () => {
      const c = await walk.report(world)
      const { cases } = await open(await world.as('office'), urlOf(tileOver(walk.POINT, 14)))
      expect(cases.map((f) => f.properties['id'])).toContain(c.id)
      expect(cases.find((f) => f.properties['id'] === c.id)!.properties).toMatchObject({
        no: c.no,
        title: walk.REPORT.title,
        state: 'reported',
        colour: 'green',
        region: '610702',
      })
      const tile = tileOver(walk.POINT, 14)
      const [lng, lat] = (cases[0]!.toGeoJSON(tile.x, tile.y, tile.z).geometry as unknown as { coordinates: [number, number] })
        .coordinates
      expect(lng).toBeCloseTo(walk.POINT.lng, 4)
      expect(lat).toBeCloseTo(walk.POINT.lat, 4)
    },
    forbidden: async () => {
      expect(status(await world.app.inject({ url: urlOf(HANZHONG) }))).toBe(401)
      expect(status(await (await world.as('auditor')).get(urlOf(HANZHONG)))).toBe(403)
      for (const who of ['county-office-chenggu', 'unit-hantai'])
        expect(await open(await world.as(who), urlOf(HANZHONG)), who).toMatchObject({ cases: [], clusters: [] })
    },
    malformed: async () => {
      const office = await world.as('office')
      for (const bad of [
        '/tiles/cases/8/x/1.mvt',
        '/tiles/cases/23/0/0.mvt',
        urlOf(HANZHONG, '?state=flying'),
        urlOf(HANZHONG, '?within=1,2;3,4'),
      ])
        expect(status(await office.get(bad)), bad).toBe(400)
    },
    missing: async () => {
      const office = await world.as('office')
      expect(status(await office.get('/tiles/cases/3/8/0.mvt'))).toBe(404)
      expect(await open(office, '/tiles/cases/3/0/0.mvt')).toMatchObject({ cases: [], clusters: [] })
    },
  })

  routeTests('GET /tiles/cases.json', {
    allowed: async () => {
      const { tiles, vector_layers } = (await (await world.as('office')).get('/tiles/cases.json')).json()
      expect(tiles).toEqual(['/tiles/cases/{z}/{x}/{y}.mvt'])
      expect(vector_layers.map((l: { id: string }) => l.id)).toEqual(['clusters', 'cases'])
    },
    forbidden: async () => {
      expect(status(await world.app.inject({ url: '/tiles/cases.json' }))).toBe(401)
      expect(status(await (await world.as('auditor')).get('/tiles/cases.json'))).toBe(403)
    },
    malformed: { none: 'it takes nothing' },
    missing: { none: 'it names nothing' },
  })
})

describe('the counted cells', () => {
  // 301 more places round Hantai's, one of them ten times: enough for clusters.
  beforeAll(async () => {
    const steps = Array.from({ length: 301 }, (_, i) => {
      const n = i < 10 ? 0 : i
      const point = { lng: walk.POINT.lng + (n % 20) * 0.001, lat: walk.POINT.lat + Math.floor(n / 20) * 0.001 }
      const { c, events } = begin('inspection', {
        day: '2026-03-10',
        report: { title: `第${i}处`, place: { region: '610702', point } },
      })
      const own = { id: crypto.randomUUID(), no: `HZ-2026-9${String(i).padStart(5, '0')}` }
      return { case: { ...c, ...own }, event: { ...events[0]!, case: own.id } }
    })
    await inCity(world.house, (db) => insertCases(db, steps))
  })

  const sum = (features: { properties: Record<string, unknown> }[]) => features.reduce((n, f) => n + Number(f.properties['n']), 0)
  async function count(person: Person, query = ''): Promise<number> {
    return (await person.get(`/api/cases?limit=1&${query}`)).json().total
  }

  it('clusters and single cases of a tile add up to the list, before and after the fold, at every depth', async () => {
    const office = await world.as('office')
    const all = await count(office)
    for (const folded of [false, true]) {
      if (folded) expect(await foldSpots(world.house)).toBeGreaterThan(300)
      for (const z of [0, 5, 8, 10, 11, 12]) {
        const { clusters, cases } = await open(office, urlOf(tileOver(walk.POINT, z)))
        expect(clusters.length, `z${z}`).toBeGreaterThan(0)
        expect(sum(clusters) + cases.length, `z${z} folded ${folded}`).toBe(all)
      }
      expect(await inCity(world.house, wrongCells)).toEqual([])
    }
  })

  it('a cluster says how many of each colour, how many are open, and what box to look at', async () => {
    const { clusters } = await open(await world.as('office'), urlOf(tileOver(walk.POINT, 9)))
    const {
      n,
      green,
      yellow,
      red,
      open: unfinished,
      closed,
      west,
      south,
      east,
      north,
    } = clusters[0]!.properties as Record<string, number>
    expect(green! + yellow! + red!).toBe(n)
    expect(unfinished! + closed!).toBe(n)
    expect(west! < walk.POINT.lng && walk.POINT.lng < east! && south! < walk.POINT.lat && walk.POINT.lat < north!).toBe(true)
  })

  it('filters narrow the tile as they narrow the list, counted or not', async () => {
    const office = await world.as('office')
    const at = urlOf(tileOver(walk.POINT, 9))
    for (const query of [
      'region=610702',
      'region=610722',
      'state=reported',
      'colour=green',
      'colour=red',
      'q=第1',
      'path=inspection',
      'category=W4',
      'incomplete=false',
    ]) {
      const { clusters, cases } = await open(office, `${at}?${query}`)
      expect(sum(clusters) + cases.length, query).toBe(await count(office, query))
    }
  })

  it('a drawn shape narrows both alike, a crossed one too', async () => {
    const office = await world.as('office')
    const { lng, lat } = walk.POINT
    const shapes = [
      [
        [lng - 0.0005, lat - 0.0005],
        [lng + 0.0055, lat - 0.0005],
        [lng + 0.0055, lat + 0.0055],
        [lng - 0.0005, lat + 0.0055],
      ],
      [
        [lng - 0.0005, lat - 0.0005],
        [lng + 0.0055, lat + 0.0055],
        [lng + 0.0055, lat - 0.0005],
        [lng - 0.0005, lat + 0.0055],
      ],
      [
        [lng, lat],
        [lng + 0.001, lat],
        [lng + 0.002, lat],
      ],
    ]
    const counts = []
    for (const shape of shapes) {
      const query = `within=${shape.map((c) => c.join(',')).join(';')}`
      const { clusters, cases } = await open(office, urlOf(tileOver(walk.POINT, 12), `?${query}`))
      counts.push(sum(clusters) + cases.length)
      expect(counts.at(-1)).toBe(await count(office, query))
    }
    expect(counts[0]).toBeGreaterThan(20)
    expect(counts[1]).toBeGreaterThan(0)
    expect(counts[1]).toBeLessThan(counts[0]!)
    expect(counts[2]).toBe(0)
  })

  it('a case that moves on leaves its old count; what binds a unit shows to the unit alone', async () => {
    const unit = await world.as('unit-hantai')
    const before = await open(unit, urlOf(tileOver(walk.POINT, 9)))
    const c = await walk.assign(world, await walk.triage(world, await walk.report(world)))
    const after = await open(unit, urlOf(tileOver(walk.POINT, 9)))
    expect(after.cases.length - before.cases.length).toBe(1)
    expect(after.cases.map((f) => f.properties['id'])).toContain(c.id)
    expect(await inCity(world.house, wrongCells)).toEqual([])
    await foldSpots(world.house)
    expect(await inCity(world.house, wrongCells)).toEqual([])
    const counted = await count(await world.as('office'), 'state=assigned')
    const shown = await open(await world.as('office'), urlOf(tileOver(walk.POINT, 9), '?state=assigned'))
    expect(sum(shown.clusters) + shown.cases.length).toBe(counted)
  })

  const counts = async () => (await checkCounts(world.house)).filter(({ check }) => check === 'counts')

  it('counts that something else spoilt are found and made anew', async () => {
    await foldSpots(world.house)
    expect(await counts()).toMatchObject([{ level: 'ok' }])
    await world.house.database.pool.query('update cases.spot_count set n = n + 1 where level = 9')
    expect(await counts()).toMatchObject([{ check: 'counts', level: 'bad' }])
    await recountCases(world.house)
    expect(await counts()).toMatchObject([{ level: 'ok' }])
    await foldSpots(world.house)
    expect(await counts()).toMatchObject([{ level: 'ok' }])
  })

  it('a range of spots holds exactly the tile, for any tile', async () => {
    await inCity(world.house, async (db) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 6, max: 18 }),
          fc.integer({ min: 0, max: 19 }),
          fc.integer({ min: 0, max: 15 }),
          async (z, i, j) => {
            const tile = tileOver({ lng: walk.POINT.lng + i * 0.001, lat: walk.POINT.lat + j * 0.001 }, z)
            expect(rangeOf(tile).to).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
            const { clusters, points } = await readTile(db, { tile, filter: {}, sight: FULL_SIGHT })
            const drawn = clusters.reduce((n, c) => n + c.n, 0) + points.length
            const inside = await readTile(db, { tile, filter: { path: 'inspection' }, sight: FULL_SIGHT })
            expect(inside.clusters.reduce((n, c) => n + c.n, 0) + inside.points.length).toBe(drawn)
            for (const p of points) expect(tileOver(p, z)).toEqual(tile)
          },
        ),
        { numRuns: 40 },
      )
    })
  })
})
