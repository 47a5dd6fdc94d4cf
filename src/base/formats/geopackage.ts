import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { filePieces, inFolder } from './spool.ts'
import type { GeoFeed, GeoField, GeoRow, GeoValue, Pieces } from './table.ts'

/** The layer as GeoPackage 1.3 in CGCS2000 (EPSG:4490), longitude first as the format has it: written to a file of its own, then read from it. */
export function geoPackagePieces(feed: GeoFeed): Pieces {
  return inFolder(async function* (dir) {
    const path = join(dir, 'layer.gpkg')
    await write(path, feed)
    yield* filePieces(path)
  })
}

const SRS = 4490

async function write(path: string, feed: GeoFeed): Promise<void> {
  const db = new DatabaseSync(path)
  try {
    // A file that nobody keeps unless it is whole needs no journal.
    db.exec(
      `pragma application_id = ${0x47504b47}; pragma user_version = 10300; pragma journal_mode = off; pragma synchronous = off`,
    )
    db.exec(SCHEMA)
    declare(db, feed)
    await insertRows(db, feed)
  } finally {
    db.close()
  }
}

function declare(db: DatabaseSync, { name, title, fields, now }: GeoFeed): void {
  const columns = fields.map((field) => `${quoted(field.name)} ${TYPES[field.kind]}`)
  db.exec(
    `create table ${quoted(name)} (fid integer primary key autoincrement not null, geom point, id text, ${columns.join(', ')})`,
  )
  const systems = db.prepare('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)')
  for (const row of SYSTEMS) systems.run(...row)
  db.prepare('insert into gpkg_contents values (?, ?, ?, ?, ?, null, null, null, null, ?)').run(
    ...[name, 'features', name, title, now.toISOString(), SRS],
  )
  db.prepare('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)').run(name, 'geom', 'POINT', SRS)
}

async function insertRows(db: DatabaseSync, { name, fields, rows }: GeoFeed): Promise<void> {
  const insert = db.prepare(
    `insert into ${quoted(name)} (geom, id, ${fields.map((f) => quoted(f.name)).join(', ')}) values (?, ?${', ?'.repeat(fields.length)})`,
  )
  const box = { west: 180, south: 90, east: -180, north: -90, n: 0 }
  for await (const batch of rows) {
    db.exec('begin')
    for (const row of batch) {
      if (row.point) grow(box, row.point)
      insert.run(geometryOf(row), row.id, ...fields.map((field, i) => stored(field, row.values[i] ?? null)))
    }
    db.exec('commit')
  }
  if (box.n > 0)
    db.prepare('update gpkg_contents set min_x = ?, min_y = ?, max_x = ?, max_y = ?').run(
      box.west,
      box.south,
      box.east,
      box.north,
    )
}

type Box = { west: number; south: number; east: number; north: number; n: number }

function grow(box: Box, { lng, lat }: { lng: number; lat: number }): void {
  box.west = Math.min(box.west, lng)
  box.east = Math.max(box.east, lng)
  box.south = Math.min(box.south, lat)
  box.north = Math.max(box.north, lat)
  box.n += 1
}

// "GP", version 0, flags (little endian, no envelope), system, then a WKB point.
function geometryOf({ point }: GeoRow): Buffer | null {
  if (!point) return null
  const bytes = Buffer.alloc(29)
  bytes.write('GP', 0, 'latin1')
  bytes.writeUInt8(1, 3)
  bytes.writeInt32LE(SRS, 4)
  bytes.writeUInt8(1, 8)
  bytes.writeUInt32LE(1, 9)
  bytes.writeDoubleLE(point.lng, 13)
  bytes.writeDoubleLE(point.lat, 21)
  return bytes
}

const stored = ({ kind }: GeoField, value: GeoValue) =>
  kind === 'yes-no' && value !== null ? Number(Boolean(value)) : typeof value === 'boolean' ? String(value) : value

const TYPES: Record<GeoField['kind'], string> = { text: 'text', day: 'date', integer: 'integer', 'yes-no': 'boolean' }
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const WGS84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
const CGCS2000 =
  'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]'
const SYSTEMS: [string, number, string, number, string, string][] = [
  ['Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'],
  ['Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'],
  ['WGS 84 geodetic', 4326, 'EPSG', 4326, WGS84, 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid'],
  ['CGCS2000', 4490, 'EPSG', 4490, CGCS2000, 'longitude/latitude coordinates in decimal degrees on the CGCS2000 spheroid'],
]

// The tables as GeoPackage 1.3 writes them (annex C).
const SCHEMA = `
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
  last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x double, min_y double, max_x double, max_y double,
  srs_id integer, constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
  z tinyint not null, m tinyint not null, constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));`
