import { DatabaseSync } from 'node:sqlite'
import type { Geometry } from 'geojson'
import { isRefusal, type Refusal, refuse } from '../../../base/rules/refusal.ts'
import type { RawFeature, RawLayer } from './feature.ts'
import { chooseLayer } from './shapefile.ts'
import { readWkb } from './wkb.ts'

type Row = Record<string, unknown>

/** One feature table of a GeoPackage; where there are several, `layer` names it, or the answer lists what was found. */
export function readGeoPackage(path: string, layer: string | undefined): RawLayer | Refusal {
  const db = new DatabaseSync(path, { readOnly: true, allowExtension: false })
  // A file may bring views and triggers of its own: nothing in its schema is trusted to do anything but hold rows.
  db.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma mmap_size = 0')
  const tables = db.prepare('select table_name as name, column_name as geom, srs_id as srs from gpkg_geometry_columns').all()
  const chosen = chooseLayer(
    tables.map((row) => String(row['name'])),
    layer,
  )
  if (isRefusal(chosen)) return chosen
  const { geom, srs } = tables.find((row) => row['name'] === chosen)!
  const crs = crsOf(db, srs)
  return {
    format: 'geopackage',
    layer: chosen,
    count: Number(db.prepare(`select count(*) as n from ${quoted(chosen)}`).get()?.['n'] ?? 0),
    features: () => featuresOf(db, chosen, String(geom)),
    ...(crs && { crs }),
    warnings: crs ? [] : ['no-srs'],
  }
}

function* featuresOf(db: DatabaseSync, table: string, geom: string): Generator<RawFeature> {
  for (const row of db.prepare(`select * from ${quoted(table)}`).iterate()) {
    const { [geom]: blob, ...properties } = row as Row
    yield { geometry: blob instanceof Uint8Array ? geometryOf(blob) : null, properties: plain(properties) }
  }
}

// GeoPackage binary: "GP", version, flags (bits 1–3 size of the envelope, bit 4 empty), srs, envelope, WKB.
function geometryOf(blob: Uint8Array): Geometry | null {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  if (bytes.toString('latin1', 0, 2) !== 'GP') throw new Error('a geometry without its GP header')
  const flags = bytes.readUInt8(3)
  const envelope = ENVELOPES[(flags >> 1) & 7]
  if (envelope === undefined) throw new Error('a geometry with an unknown envelope')
  return flags & 0x10 ? null : readWkb(bytes.subarray(8 + envelope))
}

const ENVELOPES = [0, 32, 48, 48, 64]

// The number of a system is the file's own (some files call UTM 12 "4327"): only what the organisation says, or the definition, counts.
function crsOf(db: DatabaseSync, srs: unknown): { name: string } | { wkt: string } | undefined {
  const row = db
    .prepare(
      'select organization as org, organization_coordsys_id as code, definition as wkt from gpkg_spatial_ref_sys where srs_id = ?',
    )
    .get(Number(srs))
  const org = String(row?.['org'] ?? '').toUpperCase()
  const wkt = String(row?.['wkt'] ?? '')
  if (org === 'EPSG') return { name: `EPSG:${Number(row?.['code'])}` }
  return /^(PROJ|GEOG|GEOD)/i.test(wkt) ? { wkt } : undefined
}

function plain(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !(value instanceof Uint8Array)))
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** What stands in the way of opening a file as a GeoPackage at all. */
export function geoPackageFault(error: unknown): Refusal {
  const found = String(error instanceof Error ? error.message : error).slice(0, 160)
  return refuse('invalid', 'places/layer-unreadable', { format: 'GeoPackage', found })
}
