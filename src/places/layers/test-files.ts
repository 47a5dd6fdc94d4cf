import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32, deflateRawSync } from 'node:zlib'
import type { Position } from 'geojson'

/** Data that others made, for tests against the real thing; absent in a clone, and then skipped by name. */
export const DATA = resolve(process.env['QINBA_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'))

/** A folder of a test's own. */
export function scratch(): { dir: string; write(name: string, content: string | Buffer): string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-layers-'))
  return {
    dir,
    write(name, content) {
      const path = join(dir, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** A closed square ring from its lower left corner. */
export function square(x: number, y: number, size: number): Position[] {
  return [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ]
}

export type TestFeature = { geometry: unknown; properties?: Record<string, unknown> }

/** A GeoJSON text. */
export function geoJson(features: readonly TestFeature[], more: object = {}): string {
  const all = features.map(({ geometry, properties = {} }) => ({ type: 'Feature', properties, geometry }))
  return JSON.stringify({ type: 'FeatureCollection', features: all, ...more })
}

export const polygon = (...rings: Position[][]) => ({ type: 'Polygon', coordinates: rings })

/** A polygon shapefile by the book (ESRI 1998), one ring per record, its table in the encoding given. */
export function shapefile(
  records: readonly { ring: Position[]; name: string }[],
  encode: (text: string) => Buffer,
): { shp: Buffer; dbf: Buffer } {
  const contents = records.map(({ ring }) => polygonRecord(ring.toReversed()))
  const body = contents.flatMap((content, i) => [be32(i + 1), be32(content.length / 2), content])
  const length = 100 + body.reduce((sum, part) => sum + part.length, 0)
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE(length / 2, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(5, 32)
  return { shp: Buffer.concat([header, ...body]), dbf: table(records.map((record) => encode(record.name))) }
}

function polygonRecord(ring: readonly Position[]): Buffer {
  const head = Buffer.alloc(48)
  head.writeInt32LE(5, 0)
  head.writeInt32LE(1, 36)
  head.writeInt32LE(ring.length, 40)
  return Buffer.concat([head, ...ring.map(([x, y]) => doubles(x!, y!))])
}

function doubles(x: number, y: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeDoubleLE(x, 0)
  bytes.writeDoubleLE(y, 8)
  return bytes
}

function be32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

// dBASE III: one text field of 60 bytes called 名称's usual stand-in, MC.
function table(names: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(65)
  header[0] = 3
  header.writeUInt32LE(names.length, 4)
  header.writeUInt16LE(65, 8)
  header.writeUInt16LE(61, 10)
  header.write('MC', 32, 'latin1')
  header.write('C', 43, 'latin1')
  header[48] = 60
  header[64] = 13
  const rows = names.map((name) => Buffer.concat([Buffer.from(' '), name, Buffer.alloc(60 - name.length, 32)]))
  return Buffer.concat([header, ...rows])
}

/** GBK for the few characters that the tests write: Node decodes it and does not encode it. */
export function gbk(text: string): Buffer {
  const codes: Record<string, number[]> = {
    秦: [0xc7, 0xd8],
    岭: [0xc1, 0xeb],
    核: [0xba, 0xcb],
    心: [0xd0, 0xc4],
    区: [0xc7, 0xf8],
  }
  return Buffer.from([...text].flatMap((char) => codes[char] ?? [char.charCodeAt(0)]))
}

/** A zip archive, its parts deflated; `claim` lies about the size of each. */
export function zip(parts: Readonly<Record<string, Buffer | string>>, o: { claim?: number } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content as string)
    const packed = deflateRawSync(data)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x0800, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(data), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(o.claim ?? data.length, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed])
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, Buffer.alloc(14), Buffer.from(name)])
    central.writeUInt32LE(offset, 42)
    locals.push(local)
    directory.push(central)
    offset += local.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

/** A GeoPackage with polygon tables in one system. */
export function geoPackage(
  path: string,
  o: {
    tables: Readonly<Record<string, readonly { ring: Position[]; name: string }[]>>
    srs: { id: number; org: string; code: number; wkt: string }
  },
): string {
  const db = new DatabaseSync(path)
  db.exec(`create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key, organization text, organization_coordsys_id integer, definition text);
    create table gpkg_contents (table_name text primary key, data_type text, srs_id integer);
    create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer)`)
  db.prepare('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?)').run('x', o.srs.id, o.srs.org, o.srs.code, o.srs.wkt)
  for (const [table, rows] of Object.entries(o.tables)) {
    db.exec(`create table "${table}" (fid integer primary key, geom blob, name text)`)
    db.prepare('insert into gpkg_contents values (?, ?, ?)').run(table, 'features', o.srs.id)
    db.prepare('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)').run(table, 'geom', 'POLYGON', o.srs.id)
    for (const { ring, name } of rows) db.prepare(`insert into "${table}" (geom, name) values (?, ?)`).run(gpBlob(ring), name)
  }
  db.close()
  return path
}

function gpBlob(ring: readonly Position[]): Buffer {
  const head = Buffer.alloc(8)
  head.write('GP', 0, 'latin1')
  head[3] = 1
  const wkb = Buffer.alloc(13)
  wkb[0] = 1
  wkb.writeUInt32LE(3, 1)
  wkb.writeUInt32LE(1, 5)
  wkb.writeUInt32LE(ring.length, 9)
  return Buffer.concat([head, wkb, ...ring.map(([x, y]) => doubles(x!, y!))])
}

/** A multipart body with one file and its fields. */
export function form(
  fields: Readonly<Record<string, string>>,
  file?: { name: string; content: Buffer | string },
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'qinba-test-boundary'
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  if (file)
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(file.content as string),
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { payload: Buffer.concat(parts), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
