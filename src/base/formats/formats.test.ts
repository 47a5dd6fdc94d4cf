import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { gdal, hasGdal } from '../../../test/gdal.ts'
import { csvPieces } from './csv.ts'
import { gbkBytes } from './gbk.ts'
import { geoJsonPieces } from './geojson.ts'
import { geoPackagePieces } from './geopackage.ts'
import { kmlPieces } from './kml.ts'
import { shapefilePieces } from './shapefile.ts'
import type { Cell, GeoFeed, GeoRow, Pieces } from './table.ts'
import { columnName, xlsxPieces } from './xlsx.ts'

const dir = mkdtempSync(join(tmpdir(), 'qinba-formats-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function whole(pieces: Pieces): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(Buffer.from(piece))
  return Buffer.concat(all)
}

async function saved(name: string, pieces: Pieces): Promise<string> {
  writeFileSync(join(dir, name), await whole(pieces))
  return join(dir, name)
}

async function* batches<T>(...all: T[]): AsyncGenerator<T> {
  yield* all
}

const sheet = (...rows: Cell[][]) => ({ name: '表', head: ['表'], header: ['甲', '乙'], rows: batches(rows) })

// What OWASP and the makers of spreadsheets name as beginnings of a formula, plain and disguised.
const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '   +cmd',
  '\u00a0=1',
  '\u3000=1',
  '\ufeff=1',
  '\u200b=1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
  '\tplain',
]
const PLAIN = ['a=1', '1-2', '（一）', "'quoted", '', '5%', '中=文']

describe('csv', () => {
  it('begins with the mark, ends every record with CR LF, and every record has as many fields', async () => {
    const text = (await whole(csvPieces(sheet(['一,二', '三"四'], ['五\r\n六', -5])))).toString()
    expect(text).toBe('\ufeff表,\r\n甲,乙\r\n"一,二","三""四"\r\n"五\r\n六",-5\r\n')
  })

  it.each(HOSTILE)('guards %j', async (cell) => {
    const text = (await whole(csvPieces(sheet(['x', cell])))).toString()
    expect(text.split('甲,乙\r\n')[1]).toMatch(/^x,"?'/)
  })

  it.each(PLAIN)('leaves %j as it is', async (cell) => {
    const text = (await whole(csvPieces(sheet(['x', cell])))).toString()
    expect(text.split('甲,乙\r\n')[1]).toBe(`x,${cell}\r\n`)
  })
})

describe('xlsx', () => {
  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })

  it.skipIf(!hasGdal())('types every text as text, and leaves out what XML cannot hold', async () => {
    const rows = HOSTILE.map((cell): Cell[] => [cell, 7])
    const path = await saved(
      'a.xlsx',
      xlsxPieces(sheet(...rows, ['a\u0000b\ud800c<&>', -1.5]), { now: new Date(), widths: [14] }),
    )
    const said = gdal('ogrinfo', ['-al', '-oo', 'HEADERS=DISABLE', path])
    expect(said).toContain(`Feature Count: ${HOSTILE.length + 3}`)
    expect(said).toContain('=HYPERLINK("http://x")')
    expect(said).toContain('ab\ufffdc<&>')
    const formulas = said.split('\n').filter((line) => /Formula/i.test(line))
    expect(formulas).toEqual([])
  })
})

describe('gbk', () => {
  it('is what a reader of GBK reads back, with ? for what it has no place for', () => {
    expect(new TextDecoder('gbk').decode(gbkBytes('汉台区 砂场 a1 镕喆'))).toBe('汉台区 砂场 a1 镕喆')
    expect(gbkBytes('😀a').toString()).toBe('?a')
  })
})

const ROWS: GeoRow[] = [
  { id: 'a', name: '甲', point: { lng: 107.03, lat: 33.07 }, style: 'red', values: ['汉台区“砂场”<&>', '2026-03-01', 3, true] },
  { id: 'b', name: '乙', point: undefined, style: 'green', values: [null, null, null, false] },
  { id: 'c', name: '丙', point: { lng: 107.5, lat: 33.25 }, style: 'red', values: ['长'.repeat(120), '2026-12-31', -12, false] },
]
const feed = (): GeoFeed => ({
  ...{ name: 'cases', title: '问题清单', now: new Date('2026-03-10T02:00:00Z'), styles: { red: 'd3322a', green: '2d9a62' } },
  fields: [
    { name: 'address', short: 'ADDRESS', title: '地址', kind: 'text', width: 60 },
    { name: 'reported_on', short: 'REPORTED', title: '登记日期', kind: 'day' },
    { name: 'lacking', short: 'LACKING', title: '待补', kind: 'integer' },
    { name: 'sample', short: 'SAMPLE', title: '示例', kind: 'yes-no' },
  ],
  rows: batches([ROWS[0]!, ROWS[1]!], [], [ROWS[2]!]),
})

describe('geojson', () => {
  it('is one collection, a feature on each line, and valid when empty', async () => {
    const text = (await whole(geoJsonPieces(feed()))).toString()
    const found = JSON.parse(text)
    expect(found.features.map((f: { geometry: unknown }) => f.geometry)).toEqual([
      { type: 'Point', coordinates: [107.03, 33.07] },
      null,
      { type: 'Point', coordinates: [107.5, 33.25] },
    ])
    expect(found.features[0].properties).toEqual({
      address: '汉台区“砂场”<&>',
      reported_on: '2026-03-01',
      lacking: 3,
      sample: true,
    })
    const lines = text.trim().split('\n').slice(1, -1)
    expect(lines.map((line) => JSON.parse(line.replace(/,$/, '')).id)).toEqual(['a', 'b', 'c'])
    expect(JSON.parse((await whole(geoJsonPieces({ ...feed(), rows: batches() }))).toString()).features).toEqual([])
  })
})

describe.skipIf(!hasGdal())('what GDAL reads', () => {
  const about = (path: string, ...more: string[]) => gdal('ogrinfo', ['-al', ...more, path])

  it('a GeoPackage in CGCS2000', async () => {
    const said = about(await saved('a.gpkg', geoPackagePieces(feed())))
    expect(said).toContain('Feature Count: 3')
    expect(said).toContain('ID["EPSG",4490]')
    expect(said).toContain('Extent: (107.030000, 33.070000) - (107.500000, 33.250000)')
    expect(said).toMatch(/sample: Integer\(Boolean\)/)
    expect(said).toMatch(/reported_on \(Date\) = 2026\/12\/31/)
    expect(said).toContain('长'.repeat(120))
    const rules = gdal('ogrinfo', [
      join(dir, 'a.gpkg'),
      '-sql',
      `select (select count(*) from gpkg_spatial_ref_sys where srs_id in (-1, 0, 4326, 4490)) as srs,
        (select application_id from pragma_application_id) as app, (select user_version from pragma_user_version) as version,
        (select count(*) from gpkg_geometry_columns g join gpkg_contents c using (table_name) where g.srs_id = c.srs_id) as bound,
        (select count(*) from pragma_foreign_key_check) as broken`,
    ])
    expect(rules).toMatch(/srs .*= 4/)
    expect(rules).toMatch(/app .*= 1196444487/)
    expect(rules).toMatch(/version .*= 10300/)
    expect(rules).toMatch(/bound .*= 1/)
    expect(rules).toMatch(/broken .*= 0/)
  })

  it.each(['utf-8', 'gbk'] as const)('a Shapefile in %s, text cut between two characters', async (encoding) => {
    const path = await saved(`${encoding}.shp.zip`, shapefilePieces(feed(), { encoding }))
    const said = about(path)
    expect(said).toContain('Feature Count: 3')
    expect(said).toContain('Extent: (107.030000, 33.070000) - (107.500000, 33.250000)')
    expect(said).toContain('CGCS2000')
    expect(said).toContain('汉台区“砂场”<&>')
    expect(said).toMatch(new RegExp(`ADDRESS \\(String\\) = ${'长'.repeat(encoding === 'gbk' ? 30 : 20)}\n`))
    expect(said).toMatch(/REPORTED \(Date\) = 2026\/03\/01/)
    expect(said).toMatch(/LACKING \(Integer\d*\) = -12/)
    const names = gdal('ogr2ogr', ['-f', 'CSV', '/vsistdout/', path, '-select', 'SAMPLE'])
    expect(names.trim().split('\n').length).toBe(4)
  })

  it('a KML in which every feature has its colour', async () => {
    const path = await saved('a.kml', kmlPieces(feed()))
    expect(about(path)).toContain('Feature Count: 3')
    expect(about(path)).toContain('汉台区“砂场”<&>')
  })

  it('leaves no folder behind, also where the reading is given up', async () => {
    const own = mkdtempSync(join(dir, 'tmp-'))
    const usual = process.env['TMPDIR']
    process.env['TMPDIR'] = own
    for (const pieces of [geoPackagePieces(feed()), shapefilePieces(feed(), { encoding: 'gbk' })]) {
      await pieces.next()
      await pieces.return(undefined)
    }
    await expect(whole(geoPackagePieces({ ...feed(), rows: broken() }))).rejects.toThrow('the database went away')
    process.env['TMPDIR'] = usual ?? '/tmp'
    expect(readdirSync(own)).toEqual([])
  })

  // biome-ignore lint/correctness/useYield: it breaks before its first row
  async function* broken(): AsyncGenerator<GeoRow[]> {
    throw new Error('the database went away')
  }
})
