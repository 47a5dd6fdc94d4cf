import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeArrayBuffer } from 'geotiff'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { toDay } from '../../base/rules/day.ts'
import { distanceM } from '../rules/locate.ts'
import { withImage } from '../terrain/dem.ts'
import { elevationAt, elevationIn } from '../terrain/elevation.ts'
import { addLayer } from './load.ts'
import { lookupParcel, lookupPoint } from './lookup.ts'
import { DATA, geoJson, polygon, scratch, square } from './test-files.ts'

const DAY = toDay('2026-03-10')
let world: World
const files = scratch()
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  files.remove()
})

let n = 0
async function load(
  kind: Parameters<typeof addLayer>[1]['kind'],
  content: string | Buffer,
  name: string = kind,
): Promise<string> {
  const file = files.write(`${++n}`, content)
  return addLayer(world.system, { name, kind, fileName: `${name}.x`, file }, () => {})
}

/** A DEM of 0.001° cells from 107/33.1 down to 107.1/33: heights rise eastwards from 1005 by 10 m a cell; one void in the first row. */
function dem(): Buffer {
  const values = new Float32Array(100 * 100)
  for (let row = 0; row < 100; row++) for (let column = 0; column < 100; column++) values[row * 100 + column] = 1005 + 10 * column
  values[50] = -32_768
  return Buffer.from(
    writeArrayBuffer(values, {
      ...{ width: 100, height: 100, BitsPerSample: [32], SampleFormat: [3] },
      ...{
        ModelPixelScale: [0.001, 0.001, 0],
        ModelTiepoint: [0, 0, 0, 107, 33.1, 0],
        GeographicTypeGeoKey: 4326,
        GTModelTypeGeoKey: 2,
      },
    } as Parameters<typeof writeArrayBuffer>[1]) as ArrayBuffer,
  )
}

const line = (coordinates: number[][]) => ({ type: 'LineString', coordinates })
const at = (lng: number, lat: number) => lookupPoint(world.system, { lng, lat }, DAY)
const stepOf = (found: Awaited<ReturnType<typeof at>>, key: string) => found.zone.why.find((step) => step.key === key)

// One after the other, as an operator would load them: what is known grows.
describe('a place', () => {
  it('without any layer: nothing is said, and what is missing is named', async () => {
    const found = await at(107.05, 33.05)
    expect(found).toMatchObject({ hits: [], elevation: null, zone: { zone: 'unknown', atLeast: 'unknown' } })
    expect(found.zone.missing).toEqual(expect.arrayContaining(['elevation', 'main_ridge', 'branch_ridge', 'qinling_line']))
  })

  it('by its height: between four cells, or of one beside a void', async () => {
    await load('qinling_line', geoJson([{ geometry: polygon(square(106.9, 32.9, 0.4)), properties: { name: '秦岭' } }]))
    const id = await load('elevation', dem())
    const found = await at(107.0525, 33.0505)
    expect(found.elevation).toMatchObject({ method: 'bilinear', layer: id, cellM: expect.any(Number) })
    expect(found.elevation!.min).toBeCloseTo(1525, 3)
    expect(found.zone).toMatchObject({ zone: 'key', atLeast: 'key', mayBeStricter: true })
    expect((await at(107.0499, 33.0995)).elevation).toMatchObject({ method: 'nearest', min: 1495 })
    expect((await at(106.95, 33.05)).elevation).toBeNull() // inside the range, outside the DEM
  })

  it('by the ridge: geodesic metres, 1000 of them included', async () => {
    await load(
      'main_ridge',
      geoJson([
        {
          geometry: line([
            [106.9, 33.09],
            [107.3, 33.09],
          ]),
          properties: { name: '主梁' },
        },
      ]),
    )
    const found = await at(107.02, 33.085)
    const metres = found.distances.find((d) => d.kind === 'main_ridge')!.metres!
    expect(Math.abs(metres - distanceM({ lng: 107.02, lat: 33.085 }, { lng: 107.02, lat: 33.09 }))).toBeLessThan(1)
    expect(found.zone).toMatchObject({ zone: 'core', mayBeStricter: false })
    expect(stepOf(found, 'core-main-ridge')).toMatchObject({ answer: 'yes', sources: ['main_ridge v1'] })
    expect((await at(107.02, 33.05)).zone.zone).toBe('unknown') // 4 km off, 1225 m high: at least general
    expect((await at(107.02, 33.05)).zone.atLeast).toBe('general')
    expect((await lookupPoint(world.system, { lng: 108.9, lat: 34 }, DAY)).distances).toEqual([
      { kind: 'main_ridge', metres: null },
    ])
  })

  it('by the areas it lies in, borders included', async () => {
    await load('nature_reserve_core', geoJson([{ geometry: polygon(square(107, 33, 0.01)), properties: { name: '朱鹮核心区' } }]))
    for (const [lng, lat] of [
      [107.005, 33.005],
      [107.01, 33.005],
      [107, 33],
    ] as const) {
      const found = await at(lng, lat)
      expect(found.hits.map((hit) => hit.name)).toEqual(['秦岭', '朱鹮核心区'].sort())
      expect(found.zone.zone).toBe('core')
    }
    expect((await at(107.0101, 33.005)).hits.map((hit) => hit.name)).toEqual(['秦岭'])
  })

  it('by a permit on its days only', async () => {
    const permit = (name: string, days: object) => ({
      geometry: polygon(square(107.03, 33.01, 0.01)),
      properties: { name, ...days },
    })
    await load(
      'permit',
      geoJson([
        permit('有效', { valid_from: '2026-01-01', valid_to: '2026-03-10' }),
        permit('过期', { valid_to: '2026-03-09' }),
        permit('无日期', {}),
      ]),
    )
    const on = async (day: string) =>
      (await lookupPoint(world.system, { lng: 107.035, lat: 33.015 }, toDay(day))).hits
        .filter((h) => h.kind === 'permit')
        .map((h) => h.name)
    expect([await on('2026-03-10'), await on('2026-03-11'), await on('2025-12-31')]).toEqual([['有效'], [], ['过期']])
  })

  it('on a day before the regulation has hits and no zone', async () => {
    expect((await lookupPoint(world.system, { lng: 107.005, lat: 33.005 }, toDay('2018-05-01'))).zone).toMatchObject({
      zone: 'unknown',
      why: [],
    })
  })
})

describe('a parcel', () => {
  const parcel = { type: 'Polygon' as const, coordinates: [square(107, 33, 0.02)] }

  it('shares a quarter with the reserve; the rest is general, and the shares are the whole', async () => {
    const found = await lookupParcel(world.system, parcel, DAY)
    const reserve = found.hits.find((hit) => hit.kind === 'nature_reserve_core')!
    expect(reserve.overlapM2! / found.areaM2!).toBeCloseTo(0.25, 3)
    expect(found.zone.zone).toBe('core')
    const { shares } = found.zone
    expect([shares!.core, shares!.key, shares!.general, shares!.urban, shares!.outside].map((s) => Number(s.toFixed(3)))).toEqual(
      [0.25, 0, 0.75, 0, 0],
    )
    expect(found.elevation).toMatchObject({ min: 1005, max: 1195, method: 'cells', cells: 400 })
  })

  it('by height: the cells at 1500 m and above are key, those at 2000 m core, to the cell', async () => {
    // Columns 40 to 99 hold 1405 to 1995 m: ten of sixty lie below 1500 m, none reaches 2000 m; the ridge is 4 km off.
    const found = await lookupParcel(
      world.system,
      {
        type: 'Polygon',
        coordinates: [
          [
            [107.04, 33.02],
            [107.1, 33.02],
            [107.1, 33.04],
            [107.04, 33.04],
            [107.04, 33.02],
          ],
        ],
      },
      DAY,
    )
    expect(found.elevation).toMatchObject({ min: 1405, max: 1995 })
    expect(found.zone.zone).toBe('key')
    expect(found.zone.shares!.key).toBeCloseTo(50 / 60, 3)
    expect(found.zone.shares!.general).toBeCloseTo(10 / 60, 3)
  })

  it('along the ridge: the share within 1000 m is core', async () => {
    const found = await lookupParcel(world.system, { type: 'Polygon', coordinates: [square(107.005, 33.07, 0.02)] }, DAY)
    const metresPerDegree = distanceM({ lng: 107, lat: 33.07 }, { lng: 107, lat: 33.09 }) / 0.02
    expect(found.zone.shares!.core).toBeCloseTo(1000 / metresPerDegree / 0.02, 2)
    expect(found.distances[0]!.metres).toBeCloseTo(0, 6)
  })

  it('leaves the city development boundary to none of the zones', async () => {
    await load('urban_boundary', geoJson([{ geometry: polygon(square(107.01, 33, 0.01)), properties: { name: '县城' } }]))
    const { zone } = await lookupParcel(world.system, parcel, DAY)
    expect(zone.shares!.urban).toBeCloseTo(0.25, 3)
    expect(zone.shares!.general).toBeCloseTo(0.5, 3)
    const inTown = await lookupParcel(world.system, { type: 'Polygon', coordinates: [square(107.012, 33.002, 0.005)] }, DAY)
    expect(inTown.zone).toMatchObject({ zone: 'outside', shares: { urban: 1 } })
    expect((await at(107.015, 33.005)).zone.zone).toBe('outside')
  })

  it('is core where a habitat and a general-control area overlap inside it, and key where they only lie side by side', async () => {
    const one = await load(
      'species_habitat',
      geoJson([{ geometry: polygon(square(107.2, 33, 0.02)), properties: { name: '栖息地' } }]),
    )
    await load(
      'nature_reserve_general',
      geoJson([{ geometry: polygon(square(107.21, 33, 0.02)), properties: { name: '一般控制区' } }]),
    )
    const over = (west: number, size: number) =>
      lookupParcel(world.system, { type: 'Polygon', coordinates: [square(west, 33, size)] }, DAY)
    expect((await over(107.2, 0.03)).zone).toMatchObject({ zone: 'core' })
    expect((await over(107.2, 0.03)).zone.shares!.core).toBeCloseTo(1 / 3 / 1.5, 1)
    expect((await over(107.2, 0.005)).zone.zone).toBe('key')
    expect((await at(107.215, 33.01)).zone.zone).toBe('core')
    expect(one).toBeTruthy()
  })

  it('of 20,000 vertices across 100 features is answered within a few seconds', async () => {
    const cells = Array.from({ length: 100 }, (_, i) => ({
      geometry: polygon(square(106.9 + (i % 10) * 0.04, 32.9 + Math.floor(i / 10) * 0.04, 0.04)),
      properties: { name: `ZH${i}` },
    }))
    await load('control_unit', geoJson(cells))
    const ring = Array.from({ length: 20_000 }, (_, i) => {
      const a = ((i % 19_999) / 19_999) * 2 * Math.PI
      const r = 0.15 + 0.003 * Math.cos(211 * a)
      return [107.1 + r * Math.cos(a), 33.1 + r * Math.sin(a)]
    })
    const started = performance.now()
    const found = await lookupParcel(world.system, { type: 'Polygon', coordinates: [ring] }, DAY)
    const took = performance.now() - started
    expect(took).toBeLessThan(20_000)
    const units = found.hits.filter((hit) => hit.kind === 'control_unit')
    const shared = units.reduce((sum, hit) => sum + hit.overlapM2!, 0)
    expect(units.length).toBeGreaterThan(50)
    expect(shared / found.areaM2!).toBeCloseTo(1, 4)
    const { core, key, general, urban, outside } = found.zone.shares!
    expect(core + key + general + urban + outside).toBeCloseTo(1, 6)
  })
})

routeTests('GET /api/places/lookup', {
  allowed: async () => {
    const answer = (await (await world.as('grid-hantai')).get('/api/places/lookup?lng=107.005&lat=33.005')).json()
    expect(answer).toMatchObject({
      day: '2026-03-10',
      point: { lng: 107.005, lat: 33.005 },
      check: { zone: 'core', withinRedline: null, withinReserve: true, waterSourceZone: null, permits: [] },
    })
    expect(answer.check.elevationMin).toBeCloseTo(1050, 6)
    expect(answer.hits.find((h: { kind: string }) => h.kind === 'nature_reserve_core')).toMatchObject({
      name: '朱鹮核心区',
      layer: { name: 'nature_reserve_core', version: 1 },
      overlapM2: null,
    })
    expect(answer.zone.why.every((step: { rule: { source: string } }) => step.rule.source.includes('条例'))).toBe(true)
    const gcj = (
      await (await world.as('office')).get('/api/places/lookup?lng=107.005&lat=33.005&crs=gcj02&day=2020-01-01')
    ).json()
    expect(gcj.point.lng).toBeLessThan(107.005)
    expect(gcj.day).toBe('2020-01-01')
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/places/lookup?lng=107&lat=33' })).statusCode).toBe(401)
  },
  malformed: async () => {
    const office = await world.as('office')
    expect((await office.get('/api/places/lookup?lng=33&lat=107')).json().code).toBe('places/bad-point')
    expect((await office.get('/api/places/lookup?lng=107&lat=33&day=2026-02-30')).statusCode).toBe(400)
  },
  missing: { none: 'a place that lies in nothing is an answer' },
})

routeTests('POST /api/places/lookup', {
  allowed: async () => {
    const feature = { type: 'Feature', properties: {}, geometry: polygon(square(107, 33, 0.02)) }
    const answer = (await (await world.as('unit-hantai')).post('/api/places/lookup?day=2026-03-10', feature)).json()
    expect(answer).toMatchObject({ check: { zone: 'core', withinReserve: true, elevationMax: 1195 } })
    expect(answer.check.controlUnits).toContain('ZH22')
    expect(answer.hits.find((h: { kind: string }) => h.kind === 'nature_reserve_core').shareOfParcel).toBeCloseTo(0.25, 3)
    expect(answer.hits.find((h: { kind: string }) => h.kind === 'nature_reserve_core').shareOfFeature).toBeCloseTo(1, 3)
  },
  forbidden: async () => {
    expect(
      (await world.app.inject({ method: 'POST', url: '/api/places/lookup', payload: polygon(square(107, 33, 0.02)) })).statusCode,
    ).toBe(401)
  },
  malformed: async () => {
    const post = async (body: unknown) => (await world.as('office')).post('/api/places/lookup', body)
    const bow = polygon([
      [107, 33],
      [107.1, 33.1],
      [107.1, 33],
      [107, 33.1],
      [107, 33],
    ])
    const huge = polygon(Array.from({ length: 20_002 }, (_, i) => [107 + Math.cos(i), 33 + Math.sin(i)]))
    const answers = await Promise.all([
      post({ type: 'Point', coordinates: [107, 33] }),
      post(bow),
      post(huge),
      post(polygon(square(60, 10, 40))),
      post({ type: 'Polygon', coordinates: [[[107, 'x']]] }),
    ])
    expect(answers.map((a) => [a.statusCode, a.json().code])).toEqual([
      [422, 'places/bad-shape'],
      [422, 'places/bad-shape'],
      [422, 'places/layer-too-many-vertices'],
      [422, 'places/bad-shape'],
      [422, 'places/bad-shape'],
    ])
    expect(answers[1]!.json().detail).toContain('Self-intersection')
  },
  missing: { none: 'a parcel that lies in nothing is an answer' },
})

/** Heights of a terrarium tile by pixel. */
async function heights(png: Buffer): Promise<(x: number, y: number) => number> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height, info.channels]).toEqual([256, 256, 3])
  return (x, y) => data[(y * 256 + x) * 3]! * 256 + data[(y * 256 + x) * 3 + 1]! + data[(y * 256 + x) * 3 + 2]! / 256 - 32_768
}

// Tile 12/3265/1649 covers 106.963…107.051 by 32.99…33.06.
routeTests('GET /tiles/terrain/{z}/{x}/{y}.png', {
  allowed: async () => {
    const person = await world.as('grid-hantai')
    const first = await person.get('/tiles/terrain/12/3265/1649.png')
    expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'image/png'])
    const height = await heights(first.rawPayload)
    const west = (3265 / 4096) * 360 - 180
    const lng = west + ((200.5 / 256) * 360) / 4096
    expect(height(200, 128)).toBeCloseTo(1005 + 10 * ((lng - 107) / 0.001 - 0.5), 0)
    // South and west of the DEM no wall stands: no step from pixel to pixel is steeper than three of its own cells.
    for (let y = 1; y < 256; y++)
      for (let x = 1; x < 256; x++) {
        const steps = [height(x, y) - height(x - 1, y), height(x, y) - height(x, y - 1)].map(Math.abs)
        if (Math.max(...steps) > 30) throw new Error(`a step of ${Math.max(...steps)} m at ${x}/${y}`)
      }
    expect((await person.get('/tiles/terrain/12/3265/1649.png')).rawPayload.equals(first.rawPayload)).toBe(true)
    expect(existsSync(join(world.house.settings.layerDir, 'tiles'))).toBe(true)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/tiles/terrain/12/3265/1649.png' })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get('/tiles/terrain/x/0/0.png')).statusCode).toBe(400)
  },
  missing: async () => {
    const office = await world.as('office')
    for (const tile of ['12/3000/1649', '2/3/1', '20/835840/421888', '3/9/9'])
      expect((await office.get(`/tiles/terrain/${tile}.png`)).json().code).toBe('places/no-tile')
  },
})

routeTests('GET /tiles/terrain.json', {
  allowed: async () => {
    const json = (await (await world.as('grid-hantai')).get('/tiles/terrain.json')).json()
    expect(json).toMatchObject({
      tilejson: '3.0.0',
      encoding: 'terrarium',
      tiles: ['/tiles/terrain/{z}/{x}/{y}.png'],
      maxzoom: 11,
      minzoom: 7,
    })
    expect(json.bounds.map((d: number) => Number(d.toFixed(6)))).toEqual([107, 33, 107.1, 33.1])
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/tiles/terrain.json' })).statusCode).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: async () => {
    const bare = await openWorld()
    expect((await (await bare.as('office')).get('/tiles/terrain.json')).json().code).toBe('places/no-terrain')
    await bare.close()
  },
})

describe.skipIf(!existsSync(join(DATA, 'raster/dem_sanfrancisco_3857.tif')))('DEMs that others made', () => {
  it('San Francisco in web Mercator: heights as its cells have them', async () => {
    const file = join(DATA, 'raster/dem_sanfrancisco_3857.tif')
    const id = await addLayer(world.system, { name: 'SF', kind: 'elevation', fileName: 'sf.tif', file }, () => {})
    const { rows } = await world.house.database.pool.query(`select raster from places.layer where id = '${id}'`)
    const info = rows[0].raster
    expect(info.crs.code).toBe(3857)
    const values = await withImage(file, (image) =>
      image.readRasters({ samples: [0], interleave: true, window: [100, 100, 101, 101] }),
    )
    const { cellsOf } = await import('../terrain/dem.ts')
    const [lng, lat] = cellsOf(info).toDegrees(100.5, 100.5)
    const found = await elevationAt(file, info, { lng, lat })
    expect(found!.metres).toBeCloseTo(values[0]!, 3)
    const area = await elevationIn(file, info, {
      parcel: { type: 'Polygon', coordinates: [square(lng - 0.001, lat - 0.001, 0.002)] },
      from: [],
    })
    expect(area!.min).toBeLessThanOrEqual(values[0]!)
    expect(area!.max).toBeGreaterThanOrEqual(values[0]!)
  })

  it('a DEM without a system is refused by its name', async () => {
    const file = join(DATA, 'raster/dem90m_mountain_nocrs.tif')
    const load = addLayer(world.system, { name: 'x', kind: 'elevation', fileName: 'dem90m_mountain_nocrs.tif', file }, () => {})
    await expect(load).rejects.toMatchObject({ code: 'places/dem-no-crs', params: { file: 'dem90m_mountain_nocrs.tif' } })
    expect(readdirSync(world.house.settings.layerDir).filter((name) => name.endsWith('.tif'))).toHaveLength(2) // that of the first test and SF
  })

  it('Luxembourg in degrees', async () => {
    const file = join(DATA, 'gep/lux/elev.tif')
    const id = await addLayer(world.system, { name: 'LUX', kind: 'elevation', fileName: 'elev.tif', file }, () => {})
    const { rows } = await world.house.database.pool.query(`select raster from places.layer where id = '${id}'`)
    expect(rows[0].raster).toMatchObject({ crs: { code: 4326 }, min: 141, max: 547 })
    expect((await lookupPoint(world.system, { lng: 6.1, lat: 49.9 }, DAY)).elevation!.min).toBeGreaterThan(141)
  })
})
