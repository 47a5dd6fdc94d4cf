import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { dbfHeader, dbfRecord, recordBytes } from './dbf.ts'
import { filePieces, inFolder } from './spool.ts'
import type { GeoFeed, GeoRow, Pieces } from './table.ts'
import { zipPieces } from './zip.ts'

export type Encoding = 'utf-8' | 'gbk'

/** The layer as a zipped Shapefile of points in CGCS2000; its text in UTF-8 or, for older programs, in GBK. The names of fields are short ones, a readme says which is which. */
export function shapefilePieces(feed: GeoFeed, { encoding }: { encoding: Encoding }): Pieces {
  return inFolder(async function* (dir) {
    const paths = { shp: join(dir, 'shp'), shx: join(dir, 'shx'), dbf: join(dir, 'dbf') }
    await write(paths, feed, encoding)
    const parts = [
      ...(['shp', 'shx', 'dbf'] as const).map((ending) => ({
        name: `${feed.name}.${ending}`,
        content: () => filePieces(paths[ending]),
      })),
      { name: `${feed.name}.prj`, content: PRJ },
      { name: `${feed.name}.cpg`, content: encoding === 'gbk' ? 'GBK' : 'UTF-8' },
      { name: 'README.txt', content: readme(feed) },
    ]
    yield* zipPieces(parts, feed.now)
  })
}

const PRJ =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

function readme({ title, fields }: GeoFeed): string {
  const lines = fields.map(({ short, name, title: said }) => `${short.padEnd(12)}${name.padEnd(24)}${said}`)
  return `\ufeff${title}\r\n\r\n字段 field  name                    含义 meaning\r\n${lines.join('\r\n')}\r\n\r\n坐标 CGCS2000（EPSG:4490）经纬度；文字超出字段宽度时截断，全文见 GeoPackage 或 GeoJSON。\r\nCoordinates: CGCS2000 (EPSG:4490) longitude, latitude. Text longer than its field is cut; GeoPackage and GeoJSON have all of it.\r\n`
}

async function write(paths: { shp: string; shx: string; dbf: string }, feed: GeoFeed, encoding: Encoding): Promise<void> {
  const shp = await open(paths.shp, 'w')
  const shx = await open(paths.shx, 'w')
  const dbf = await open(paths.dbf, 'w')
  try {
    await writeRows({ shp, shx, dbf }, feed, encoding)
  } finally {
    await Promise.all([shp.close(), shx.close(), dbf.close()])
  }
}

type Files = Record<'shp' | 'shx' | 'dbf', FileHandle>
type Box = [number, number, number, number]

const HEADER = 100
const INDEX = 8

// The headers hold the lengths and the box: they are written over at the end.
async function writeRows({ shp, shx, dbf }: Files, feed: GeoFeed, encoding: Encoding): Promise<void> {
  let n = 0
  let end = HEADER
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const spec = { fields: feed.fields, encoding, now: feed.now }
  await Promise.all([shp.write(Buffer.alloc(HEADER)), shx.write(Buffer.alloc(HEADER)), dbf.write(dbfHeader(spec, 0))])
  for await (const batch of feed.rows) {
    const shapes = batch.map((row, i) => shapeOf(row, n + i + 1))
    const index = shapes.map((shape) => {
      const entry = Buffer.alloc(INDEX)
      entry.writeInt32BE(end / 2, 0)
      entry.writeInt32BE((shape.length - 8) / 2, 4)
      end += shape.length
      return entry
    })
    for (const { point } of batch) if (point) grow(box, point)
    await shp.write(Buffer.concat(shapes))
    await shx.write(Buffer.concat(index))
    await dbf.write(Buffer.concat(batch.map((row) => dbfRecord(spec, row.values))))
    n += batch.length
  }
  await dbf.write(Buffer.from([0x1a]))
  await shp.write(header(end, box), 0, HEADER, 0)
  await shx.write(header(HEADER + n * INDEX, box), 0, HEADER, 0)
  const head = dbfHeader(spec, n)
  await dbf.write(head, 0, head.length, 0)
  if (n > 0 && recordBytes(spec) > 65_535) throw new Error('a record of a dBASE file has at most 65,535 bytes')
}

const POINT = 1
const NOWHERE = 0

function shapeOf({ point }: GeoRow, at: number): Buffer {
  const bytes = Buffer.alloc(point ? 28 : 12)
  bytes.writeInt32BE(at, 0)
  bytes.writeInt32BE((bytes.length - 8) / 2, 4)
  bytes.writeInt32LE(point ? POINT : NOWHERE, 8)
  if (point) {
    bytes.writeDoubleLE(point.lng, 12)
    bytes.writeDoubleLE(point.lat, 20)
  }
  return bytes
}

function header(bytes: number, box: Box): Buffer {
  const head = Buffer.alloc(HEADER)
  head.writeInt32BE(9994, 0)
  head.writeInt32BE(bytes / 2, 24)
  head.writeInt32LE(1000, 28)
  head.writeInt32LE(POINT, 32)
  for (const [i, value] of (box[0] === Infinity ? [0, 0, 0, 0] : box).entries()) head.writeDoubleLE(value, 36 + i * 8)
  return head
}

function grow(box: Box, { lng, lat }: { lng: number; lat: number }): void {
  box[0] = Math.min(box[0], lng)
  box[1] = Math.min(box[1], lat)
  box[2] = Math.max(box[2], lng)
  box[3] = Math.max(box[3], lat)
}
