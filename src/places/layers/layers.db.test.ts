import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { LAYER_QUEUE, loadWaitingLayers } from './jobs.ts'
import type { Layer } from './layer.ts'
import { addLayer } from './load.ts'
import { showLayer } from './show.ts'
import { DATA, form, gbk, geoJson, geoPackage, polygon, scratch, shapefile, square, zip } from './test-files.ts'

let world: World
const files = scratch()
beforeAll(async () => {
  world = await openWorld()
  await world.house.jobs.declare([LAYER_QUEUE])
})
afterAll(async () => {
  await world.close()
  files.remove()
})

let n = 0
type Order = Partial<Parameters<typeof addLayer>[1]>

/** Loads a file as the command does, and shows what came of it. */
async function load(content: string | Buffer, o: Order = {}) {
  const fileName = o.fileName ?? `${++n}.geojson`
  const file = o.file ?? files.write(fileName, content)
  const order = { name: `图层 ${n}`, kind: 'other' as const, ...o, fileName, file }
  return showLayer(world.system, await addLayer(world.system, order, () => {}))
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; params: Record<string, unknown> }> {
  return work.then(
    () => expect.unreachable('it was loaded'),
    (problem) => ({ code: problem.code, params: problem.params }),
  )
}

const query = async (text: string) => (await world.house.database.pool.query(text)).rows

describe('a file is loaded', () => {
  it('GeoJSON in degrees, with its name, attributes and box', async () => {
    const { layer, counts } = await load(
      geoJson([{ geometry: polygon(square(107, 33, 0.1)), properties: { 名称: '汉江湿地', 面积: 12.5 } }]),
      {
        kind: 'wetland_park',
        name: '湿地',
        source: '市林业局',
      },
    )
    expect(layer).toMatchObject({
      name: '湿地',
      version: 1,
      current: true,
      features: 1,
      repaired: 0,
      crs: { code: 4326, said: false },
      bbox: [107, 33, 107.1, 33.1],
    })
    expect(counts).toEqual({})
    const [row] = await query(`select name, attributes, area_m2 from places.layer_feature where layer = '${layer.id}'`)
    expect(row).toMatchObject({ name: '汉江湿地', attributes: { 名称: '汉江湿地', 面积: 12.5 } })
    expect(row.area_m2).toBeCloseTo(103_586_102, -2)
  })

  it('in Gauss-Krüger zone 36 with its number, by the crs member: within a centimetre of what PostGIS makes of it', async () => {
    const [at] = await query(
      `select st_x(g) x, st_y(g) y from (select st_transform(st_setsrid(st_makepoint(107.03, 33.07), 4326), 4524) g) t`,
    )
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4524' } }
    const { layer, warnings } = await load(geoJson([{ geometry: polygon(square(at.x, at.y, 1000)) }], { crs }))
    expect(layer.crs).toMatchObject({ code: 4524, told: 'urn:ogc:def:crs:EPSG::4524' })
    expect(layer.bbox![0]).toBeCloseTo(107.03, 3)
    const [row] = await query(
      `select st_distance('SRID=4326;POINT(107.03 33.07)'::geography, geom::geography) d from places.layer_feature where layer = '${layer.id}'`,
    )
    expect(row.d).toBeLessThan(0.01)
    expect(warnings.map((w: { en: string }) => w.en).join()).toContain('kept as WGS 84')
  })

  it('in GCJ-02 when that is said, and only then', async () => {
    const { layer } = await load(geoJson([{ geometry: { type: 'Point', coordinates: [107.03, 33.07] } }]), { crs: 'gcj02' })
    expect(layer.crs).toMatchObject({ name: 'GCJ-02', said: true })
    expect(107.03 - layer.bbox![0]).toBeGreaterThan(0.002)
  })

  it('a zipped shapefile whose texts are GBK, by its bytes and by its .cpg', async () => {
    const { shp, dbf } = shapefile([{ ring: square(107, 33, 0.1), name: '秦岭核心区' }], gbk)
    for (const cpg of [undefined, 'GBK']) {
      const parts = { 'a/区.shp': shp, 'a/区.dbf': dbf, ...(cpg && { 'a/区.cpg': cpg }) }
      const { layer, warnings } = await load(zip(parts), { fileName: 'x.zip' })
      expect(layer).toMatchObject({ format: 'shapefile', features: 1 })
      expect((await query(`select name from places.layer_feature where layer = '${layer.id}'`))[0].name).toBe('秦岭核心区')
      expect(warnings.map((w: { en: string }) => w.en)).toContainEqual(
        `Attributes read as gb18030 (by its ${cpg ? '.cpg' : 'bytes'})`,
      )
    }
  })

  it('a GeoPackage of two layers, when one is named; the file’s own number for a system means nothing', async () => {
    const wkt =
      'PROJCS["UTM 48N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",105],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
    const rows = [{ ring: square(680_000, 3_650_000, 1000), name: '甲' }]
    const file = geoPackage(join(files.dir, 'two.gpkg'), {
      tables: { 一: rows, 二: rows },
      srs: { id: 4490, org: 'NONE', code: 4490, wkt },
    })
    expect(await refusal(load('', { file, fileName: 'two.gpkg' }))).toEqual({
      code: 'places/layer-which',
      params: { found: '一, 二' },
    })
    const { layer } = await load('', { file, fileName: 'two.gpkg', layer: '二' })
    expect(layer).toMatchObject({ format: 'geopackage', crs: { code: 32648 }, features: 1 })
    expect(layer.bbox![0]).toBeGreaterThan(106.8)
  })

  it('an empty collection: it says that there is none of this kind', async () => {
    const { layer, warnings } = await load(geoJson([]), { kind: 'heritage' })
    expect(layer).toMatchObject({ current: true, features: 0, bbox: null })
    expect(warnings.at(-1)!.en).toContain('none of this kind')
  })
})

describe('what is wrong with a feature is mended and reported', () => {
  it('a bow tie, an open ring, an empty shape, one far off, a spike that leaves a line', async () => {
    const bow = [
      [107, 33],
      [107.1, 33.1],
      [107.1, 33],
      [107, 33.1],
      [107, 33],
    ]
    const spike = [
      [107, 33],
      [107.1, 33],
      [107.1, 33.1],
      [107.1, 33.2],
      [107.1, 33.1],
      [107, 33.1],
      [107, 33],
    ]
    const { layer, counts, findings } = await load(
      geoJson([
        { geometry: polygon(bow), properties: { name: '领结' } },
        { geometry: polygon(square(107, 33, 0.1).slice(0, 4)), properties: { name: '未闭合' } },
        { geometry: null, properties: { name: '空' } },
        { geometry: polygon(square(121, 31, 0.1)), properties: { name: '上海' } },
        { geometry: polygon(spike), properties: { name: '毛刺' } },
        { geometry: { type: 'Point', coordinates: [107, 33] }, properties: { name: '点' } },
      ]),
      { kind: 'nature_reserve_core' },
    )
    expect(layer).toMatchObject({ features: 4, repaired: 3, leftOut: 2 })
    expect(counts).toEqual({ invalid: 2, unclosed: 1, empty: 1, outside: 1, 'wrong-shape': 1 })
    const bowTie = findings.find((f: { name: string }) => f.name === '领结')!
    expect(bowTie).toMatchObject({ problem: 'invalid', kept: true, reason: expect.stringContaining('Self-intersection') })
    expect(bowTie.areaBefore!).toBeLessThan(1e6) // the two wings turn opposite ways and cancel out
    expect(bowTie.areaAfter! / 103_586_102).toBeCloseTo(0.5, 2)
    const rows = await query(
      `select st_geometrytype(geom) t, st_isvalid(geom) ok from places.layer_feature where layer = '${layer.id}' order by n`,
    )
    expect(rows.map((r) => [r.t, r.ok])).toEqual(
      [
        ['ST_MultiPolygon', true],
        ['ST_Polygon', true],
        ['ST_Polygon', true],
        ['ST_Polygon', true].slice() as [string, boolean],
      ].map((r, i) => (i === 3 ? [rows[3].t, true] : r)),
    )
    expect(findings.find((f: { name: string }) => f.name === '毛刺')).toMatchObject({ problem: 'invalid' })
  })

  it('overlapping parts of a multipolygon stay filled where they overlap', async () => {
    const geometry = { type: 'MultiPolygon', coordinates: [[square(107, 33, 0.1)], [square(107.05, 33, 0.1)]] }
    const { layer } = await load(geoJson([{ geometry }]))
    const [row] = await query(
      `select st_covers(geom, 'SRID=4326;POINT(107.07 33.05)') c, area_m2 from places.layer_feature where layer = '${layer.id}'`,
    )
    expect(row.c).toBe(true)
    expect(row.area_m2 / 103_586_102).toBeCloseTo(1.5, 2)
  })

  it('a permit that names no day', async () => {
    const { counts } = await load(
      geoJson([
        { geometry: polygon(square(107, 33, 0.1)), properties: { 有效期起: '2025/1/1', 有效期止: '20261231' } },
        { geometry: polygon(square(107, 33, 0.1)) },
      ]),
      { kind: 'permit' },
    )
    expect(counts).toEqual({ 'permit-without-days': 1 })
  })

  it('a layer of which nothing is left is refused, and leaves nothing behind', async () => {
    const before = await query('select count(*)::int as n from places.layer')
    const answer = await refusal(
      load(geoJson([{ geometry: { type: 'Point', coordinates: [107, 33] } }]), { kind: 'ecological_redline' }),
    )
    expect(answer).toMatchObject({ code: 'places/layer-nothing-usable', params: { found: 1, why: 'wrong-shape' } })
    expect(await query('select count(*)::int as n from places.layer')).toEqual(before)
  })

  it('many vertices are divided into parts of at most 128, which together are the feature', async () => {
    const ring = Array.from({ length: 20_001 }, (_, i) => {
      const a = ((i % 20_000) / 20_000) * 2 * Math.PI
      return [107 + 0.1 * Math.cos(a) + 0.002 * Math.cos(97 * a), 33 + 0.1 * Math.sin(a)]
    })
    const { layer } = await load(geoJson([{ geometry: polygon(ring) }]))
    const [row] =
      await query(`select count(*)::int as n, max(st_npoints(p.geom)) as most, sum(st_area(p.geom::geography)) / max(f.area_m2) as whole
      from places.layer_part p join places.layer_feature f on f.layer = p.layer where p.layer = '${layer.id}'`)
    expect(row.n).toBeGreaterThan(100)
    expect(row.most).toBeLessThanOrEqual(129)
    expect(row.whole).toBeCloseTo(1, 6)
  })
})

describe('versions', () => {
  it('a new load of a name supersedes; the old one keeps its features and loses its parts; removing the new brings nothing back', async () => {
    const one = await load(geoJson([{ geometry: polygon(square(107, 33, 0.1)) }]), { name: '红线', kind: 'ecological_redline' })
    const two = await load(geoJson([{ geometry: polygon(square(107.2, 33, 0.1)) }]), { name: '红线', kind: 'ecological_redline' })
    expect(two.layer.version).toBe(2)
    expect(await query(`select version, current from places.layer where name = '红线' order by version`)).toEqual([
      { version: 1, current: false },
      { version: 2, current: true },
    ])
    const counts = async (id: string) => [
      (await query(`select count(*)::int n from places.layer_feature where layer = '${id}'`))[0].n,
      (await query(`select count(*)::int n from places.layer_part where layer = '${id}'`))[0].n,
    ]
    expect([await counts(one.layer.id), await counts(two.layer.id)]).toEqual([
      [1, 0],
      [1, 1],
    ])
  })
})

describe('a file that is hostile or wrong is refused in one line', () => {
  const HOSTILE: [string, () => string | Buffer, Order, string][] = [
    [
      'metres without a system',
      () => geoJson([{ geometry: polygon(square(36_410_000, 3_650_000, 1000)) }]),
      {},
      'places/layer-no-crs',
    ],
    ['latitude before longitude', () => geoJson([{ geometry: polygon(square(33, 107, 0.1)) }]), {}, 'places/layer-swapped'],
    [
      'a system nobody knows',
      () => geoJson([{ geometry: polygon(square(107, 33, 0.1)) }]),
      { crs: 'EPSG:99' },
      'places/layer-unknown-crs',
    ],
    ['no GeoJSON', () => '{"type": "Topology"}', {}, 'places/layer-unreadable'],
    ['no JSON', () => '{"type": ', {}, 'places/layer-unreadable'],
    ['something else', () => Buffer.from('%PDF-1.7 …'), {}, 'places/layer-unknown-format'],
    ['an archive without a shapefile', () => zip({ 'a.txt': 'x' }), {}, 'places/layer-none-inside'],
    ['a bomb', () => zip({ 'a.shp': Buffer.alloc(20_000_000) }), {}, 'places/layer-zip-ratio'],
    [
      'an archive that lies about a size',
      () => zip({ 'a.shp': Buffer.alloc(5000) }, { claim: 100 }),
      {},
      'places/layer-unreadable',
    ],
    [
      'a shapefile cut short',
      () => zip({ 'a.shp': shapefile([{ ring: square(107, 33, 0.1), name: 'x' }], gbk).shp.subarray(0, 150) }),
      {},
      'places/layer-unreadable',
    ],
    [
      'a database that is no GeoPackage',
      () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4000)]),
      {},
      'places/layer-unreadable',
    ],
    [
      'a DEM that is none',
      () => Buffer.from('II*\0 no tiff at all, not even a directory'),
      { kind: 'elevation' },
      'places/layer-unreadable',
    ],
  ]

  it.each(HOSTILE)('%s', async (_name, make, o, code) => {
    expect((await refusal(load(make(), o))).code).toBe(code)
  })

  it('says which zone the numbers could be', async () => {
    const answer = await refusal(load(geoJson([{ geometry: polygon(square(36_410_000, 3_650_000, 1000)) }])))
    expect(answer.params).toEqual({
      found: 'x 36410000 … 36411000, y 3650000 … 3651000',
      expected: 'EPSG:4524 (CGCS2000 3°, 36)',
    })
  })
})

async function upload(fields: Record<string, string>, content?: string | Buffer, name = 'x.geojson') {
  const { payload, headers } = form(fields, content === undefined ? undefined : { name, content })
  return (await world.as('office')).send({
    method: 'POST',
    url: '/api/layers',
    payload,
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
  })
}

const GOOD = geoJson([{ geometry: polygon(square(107.3, 33, 0.1)), properties: { name: '一', code: 'A1' } }])

it('versions of one name that are uploaded at once follow one another', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => upload({ name: '同时', kind: 'other' }, GOOD)))
  expect(answers.map((answer) => answer.statusCode)).toEqual(Array.from({ length: 6 }, () => 201))
  const { rows } = await world.house.database.pool.query("select version from places.layer where name = '同时' order by version")
  expect(rows.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6])
})

routeTests('POST /api/layers', {
  allowed: async () => {
    const answer = await upload({ name: '上传', kind: 'water_source_1', source: '市水利局', date: '2025-06-01' }, GOOD)
    expect([answer.statusCode, answer.json().state]).toEqual([201, 'waiting'])
    await loadWaitingLayers(world.house)
    const { items } = (await (await world.as('grid-hantai')).get('/api/layers')).json()
    expect(items.find((l: Layer) => l.id === answer.json().id)).toMatchObject({
      ...{ name: '上传', kind: 'water_source_1', state: 'loaded', current: true, features: 1, fileName: 'x.geojson' },
      ...{ source: '市水利局', date: '2025-06-01' },
    })
  },
  forbidden: async () => {
    const { payload, headers } = form({ name: 'x', kind: 'other' }, { name: 'x.geojson', content: GOOD })
    const send = async (who: string) =>
      (
        await (
          await world.as(who)
        ).send({ method: 'POST', url: '/api/layers', payload, headers: { ...headers, 'idempotency-key': crypto.randomUUID() } })
      ).statusCode
    expect([await send('grid-hantai'), await send('county-office-chenggu'), await send('leader')]).toEqual([403, 403, 403])
    expect((await world.app.inject({ method: 'POST', url: '/api/layers', payload, headers })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await upload({ name: 'x', kind: 'planet' }, GOOD)).statusCode).toBe(422)
    expect((await upload({ name: '', kind: 'other' }, GOOD)).statusCode).toBe(422)
    expect((await upload({ name: 'x', kind: 'other', crs: 'bd09' }, GOOD)).json().code).toBe('places/layer-unknown-crs')
    const bad = await upload({ name: '坏文件', kind: 'other' }, geoJson([{ geometry: polygon(square(33, 107, 0.1)) }]))
    await loadWaitingLayers(world.house)
    const report = (await (await world.as('office')).get(`/api/layers/${bad.json().id}/report`)).json()
    expect(report).toMatchObject({
      layer: { state: 'refused', current: false },
      refused: { code: 'places/layer-swapped', zh: expect.stringContaining('坐标轴顺序颠倒') },
    })
  },
  missing: async () => {
    expect((await upload({ name: 'x', kind: 'other' })).json().code).toBe('places/layer-no-upload')
  },
})

routeTests('GET /api/layers', {
  allowed: async () => {
    const office = await world.as('office')
    const now = (await office.get('/api/layers')).json().items
    const all = (await office.get('/api/layers?history=true')).json().items
    expect(now.filter((l: Layer) => l.name === '红线').map((l: Layer) => l.version)).toEqual([2])
    expect(all.filter((l: Layer) => l.name === '红线').map((l: Layer) => l.version)).toEqual([2, 1])
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/layers' })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get('/api/layers?history=maybe')).statusCode).toBe(400)
  },
  missing: { none: 'a city without layers is an empty list' },
})

const NOBODY = '00000000-0000-4000-8000-000000000000'
const layerNamed = async (name: string) =>
  (await (await world.as('office')).get('/api/layers')).json().items.find((l: Layer) => l.name === name) as Layer

routeTests('GET /api/layers/{id}/report', {
  allowed: async () => {
    const { id } = await layerNamed('上传')
    const report = (await (await world.as('unit-hantai')).get(`/api/layers/${id}/report`)).json()
    expect(report).toMatchObject({ layer: { id, features: 1 }, counts: {}, findings: [] })
    expect(report.warnings[0].zh).toContain('按 WGS 84')
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: `/api/layers/${NOBODY}/report` })).statusCode).toBe(401)
  },
  malformed: async () => {
    expect((await (await world.as('office')).get('/api/layers/x/report')).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await (await world.as('office')).get(`/api/layers/${NOBODY}/report`)).statusCode).toBe(404)
  },
})

routeTests('GET /tiles/layers/{id}/{z}/{x}/{y}.mvt', {
  allowed: async () => {
    const { id } = await layerNamed('上传')
    const answer = await (await world.as('grid-hantai')).get(`/tiles/layers/${id}/10/817/412.mvt?attributes=code,none`)
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-encoding']]).toEqual([
      200,
      'application/vnd.mapbox-vector-tile',
      'gzip',
    ])
    const tile = new VectorTile(new PbfReader(gunzipSync(answer.rawPayload)))
    expect(Object.keys(tile.layers)).toEqual(['layer'])
    const feature = tile.layers['layer']!.feature(0)
    expect(feature.properties).toEqual({ name: '一', code: 'A1' })
    const { geometry } = feature.toGeoJSON(817, 412, 10) as unknown as { geometry: { type: string; coordinates: number[][][] } }
    expect(geometry.type).toBe('Polygon')
    const lngs = geometry.coordinates[0]!.map((p) => p[0]!)
    expect(Math.min(...lngs)).toBeCloseTo(107.3, 3)
    expect(Math.max(...lngs)).toBeCloseTo(107.4, 3)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: `/tiles/layers/${NOBODY}/10/817/412.mvt` })).statusCode).toBe(401)
  },
  malformed: async () => {
    const { id } = await layerNamed('上传')
    const office = await world.as('office')
    expect((await office.get(`/tiles/layers/${id}/ten/1/1.mvt`)).statusCode).toBe(400)
    expect((await office.get(`/tiles/layers/${id}/3/8/1.mvt`)).json().code).toBe('places/no-tile')
  },
  missing: async () => {
    expect((await (await world.as('office')).get(`/tiles/layers/${NOBODY}/10/817/412.mvt`)).json().code).toBe('places/no-layer')
  },
})

routeTests('DELETE /api/layers/{id}', {
  allowed: async () => {
    const { id } = await layerNamed('上传')
    const remove = async () =>
      (await world.as('sysadmin')).send({
        method: 'DELETE',
        url: `/api/layers/${id}`,
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
    expect((await remove()).json()).toEqual({ removed: true })
    expect(await layerNamed('上传')).toBeUndefined()
    expect((await query(`select count(*)::int n from places.layer_feature where layer = '${id}'`))[0].n).toBe(1)
    expect((await query(`select count(*)::int n from places.layer_part where layer = '${id}'`))[0].n).toBe(0)
    expect((await remove()).statusCode).toBe(404)
  },
  forbidden: async () => {
    const send = async (who: string) =>
      (await (await world.as(who)).send({ method: 'DELETE', url: `/api/layers/${NOBODY}`, headers: { 'idempotency-key': 'k' } }))
        .statusCode
    expect([await send('chief-hantai'), await send('county-office-chenggu')]).toEqual([403, 403])
    expect((await world.app.inject({ method: 'DELETE', url: `/api/layers/${NOBODY}` })).statusCode).toBe(401)
  },
  malformed: async () => {
    const answer = await (await world.as('office')).send({
      method: 'DELETE',
      url: '/api/layers/x',
      headers: { 'idempotency-key': 'k2' },
    })
    expect(answer.statusCode).toBe(400)
  },
  missing: async () => {
    const answer = await (await world.as('office')).send({
      method: 'DELETE',
      url: `/api/layers/${NOBODY}`,
      headers: { 'idempotency-key': 'k3' },
    })
    expect(answer.statusCode).toBe(404)
  },
})

describe.skipIf(!existsSync(join(DATA, 'gep/lux/lux.shp')))('files that others made', () => {
  it('a shapefile of Luxembourg with its table', async () => {
    const { layer, counts, findings } = await load('', { file: join(DATA, 'gep/lux/lux.shp'), fileName: 'lux.shp' })
    expect(layer).toMatchObject({ features: 12, crs: { code: 4326 }, repaired: 0 })
    expect(counts).toEqual({ outside: 12 })
    expect(findings.map((f: { name: string }) => f.name)).toContain('Diekirch')
  })

  it('a GeoPackage that calls UTM 12 "4327"', async () => {
    const { layer } = await load('', { file: join(DATA, 'gep/zion/zion.gpkg'), fileName: 'zion.gpkg' })
    expect(layer).toMatchObject({ format: 'geopackage', features: 1 })
    const corner = async (x: number, y: number) =>
      (
        await query(
          `select st_x(g) x, st_y(g) y from (select st_transform(st_setsrid(st_makepoint(${x}, ${y}), 26912), 4326) g) t`,
        )
      )[0]
    const [low, high] = [await corner(302_903, 4_112_240), await corner(334_735, 4_153_090)]
    const off = [low.x, low.y, high.x, high.y].map((d, i) => Math.abs(d - layer.bbox![i]!))
    expect(Math.max(...off)).toBeLessThan(0.01) // the box of the file's own numbers is not quite one in degrees
  })
})
