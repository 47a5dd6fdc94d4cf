import { closeSync, openSync, writeSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import type { Geometry } from 'geojson'
import { isRefusal, type Refusal, refuse } from '../../../base/rules/refusal.ts'
import { crsOfName, crsOfWkt, crsSaid, type Extent, type FileCrs, settleCrs } from '../../rules/crs-of-file.ts'
import { isLayerKind, leastDimension } from '../../rules/layer-kinds.ts'
import { describe } from './attributes.ts'
import { cleanGeometry, eachPosition, type FaultCode } from './clean.ts'
import type { RawFeature, RawLayer } from './feature.ts'
import { readGeoJson } from './geojson.ts'
import { geoPackageFault, readGeoPackage } from './geopackage.ts'
import { LIMITS } from './limits.ts'
import { readShapefile, readZippedShapefile } from './shapefile.ts'
import { projectGeometry, type ToWgs84, toWgs84Of } from './to-wgs84.ts'

/** What the reading process is asked: a file, where its features go as lines of JSON, and what the person said of it. */
export type ReadOrder = {
  file: string
  name?: string
  out: string
  kind: string
  crs?: string | undefined
  layer?: string | undefined
}

/** One line of the file that is written. */
export type FeatureLine = {
  n: number
  name: string
  attributes: Record<string, string | number | boolean>
  from: string | null
  to: string | null
  vertices: number
  faults: FaultCode[]
  /** WGS 84; null: left out for its faults. */
  geometry: Geometry | null
}

/** What was read. */
export type ReadSummary = {
  format: RawLayer['format']
  layer: string | null
  crs: { code: number | null; name: string; said: boolean; told: string | null; offByM: number | null }
  features: number
  vertices: number
  warnings: string[]
}

/** Reads a vector file of unknown content, writes its features in WGS 84 to `order.out`, and says what it found; or refuses it whole. */
export async function readLayer(
  order: ReadOrder,
  progress: (done: number, total: number) => void,
): Promise<ReadSummary | Refusal> {
  const raw = await openLayer(order)
  if (isRefusal(raw)) return raw
  const seen = survey(raw)
  if (isRefusal(seen)) return seen
  const crs = systemOf(order, raw, seen.extent)
  if (isRefusal(crs)) return crs
  const to = wayTo(crs)
  if (isRefusal(to)) return to
  const summary = { features: writeLines(raw, { order, to, progress }), vertices: seen.vertices, warnings: raw.warnings }
  return { format: raw.format, layer: raw.layer ?? null, crs: crsWords(order, raw, crs), ...summary }
}

async function openLayer({ file, layer }: ReadOrder): Promise<RawLayer | Refusal> {
  const head = await headOf(file)
  if (isRefusal(head)) return head
  if (head.bytes.toString('latin1', 0, 15) === 'SQLite format 3') return openGeoPackage(file, layer)
  if (head.bytes.readUInt32BE(0) === 9994) return readShapefile(file)
  if (head.bytes.readUInt32LE(0) === 0x04034b50) return readZippedShapefile(await readFile(file), layer)
  if (!/^(\uFEFF)?\s*[{[]/.test(head.bytes.toString('utf8')))
    return refuse('invalid', 'places/layer-unknown-format', { found: hex(head.bytes) })
  if (head.size > LIMITS.jsonBytes) return tooLarge(head.size, LIMITS.jsonBytes)
  return readGeoJson(await readFile(file))
}

function openGeoPackage(file: string, layer: string | undefined): RawLayer | Refusal {
  try {
    return readGeoPackage(file, layer)
  } catch (error) {
    return geoPackageFault(error)
  }
}

async function headOf(path: string): Promise<{ bytes: Buffer; size: number } | Refusal> {
  const file = await open(path).catch(() => undefined)
  if (!file) return refuse('invalid', 'places/layer-no-file', {})
  try {
    const { size } = await file.stat()
    if (size > LIMITS.bytes) return tooLarge(size, LIMITS.bytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return bytesRead < 4 ? refuse('invalid', 'places/layer-unknown-format', { found: `${bytesRead} B` }) : { bytes: buffer, size }
  } finally {
    await file.close()
  }
}

const tooLarge = (found: number, limit: number) => refuse('invalid', 'places/layer-too-large', { found, limit })
const hex = (bytes: Buffer) => bytes.subarray(0, 8).toString('hex')

type Survey = { extent: Extent | undefined; vertices: number }

// The first walk over the file: how much there is, and between which numbers it lies.
function survey(raw: RawLayer): Survey | Refusal {
  if (raw.count > LIMITS.features) return tooMany('features', raw.count, LIMITS.features)
  let vertices = 0
  let box: [number, number, number, number] | undefined
  for (const { geometry } of raw.features()) {
    const cleaned = cleanGeometry(geometry)
    vertices += cleaned.vertices
    if (vertices > LIMITS.vertices) return tooMany('vertices', vertices, LIMITS.vertices)
    if (cleaned.geometry) box = widened(box, cleaned.geometry)
  }
  return { extent: box, vertices }
}

const tooMany = (what: string, found: number, limit: number) =>
  refuse('invalid', `places/layer-too-many-${what}`, { found, limit })

function widened(box: [number, number, number, number] | undefined, geometry: Geometry): [number, number, number, number] {
  let [west, south, east, north] = box ?? [Infinity, Infinity, -Infinity, -Infinity]
  eachPosition(geometry, (x, y) => {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  })
  return [west, south, east, north]
}

function systemOf(order: ReadOrder, raw: RawLayer, extent: Extent | undefined): FileCrs | Refusal {
  const said = order.crs === undefined ? undefined : crsSaid(order.crs)
  if (isRefusal(said)) return said
  const told = raw.crs && ('wkt' in raw.crs ? crsOfWkt(raw.crs.wkt) : crsOfName(raw.crs.name))
  // What a person says is meant to overrule a file that names its system wrongly, or in words nobody understands.
  if (isRefusal(told)) return said ? settleCrs({ said, extent }) : told
  return settleCrs({ said, told, extent })
}

function wayTo(crs: FileCrs): ToWgs84 | Refusal {
  try {
    return toWgs84Of(crs)
  } catch (error) {
    const found = `${crs.name}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200)
    return refuse('invalid', 'places/layer-unknown-crs', { found, expected: 'EPSG:4490, EPSG:4524 …' })
  }
}

function crsWords(order: ReadOrder, raw: RawLayer, crs: FileCrs): ReadSummary['crs'] {
  const told = raw.crs && ('wkt' in raw.crs ? /"([^"]*)"/.exec(raw.crs.wkt)?.[1] : raw.crs.name)
  return {
    code: ('code' in crs && crs.code) || null,
    name: crs.name,
    said: order.crs !== undefined,
    told: told?.slice(0, 120) ?? null,
    offByM: ('offByM' in crs && crs.offByM) || null,
  }
}

type Writing = { order: ReadOrder; to: ToWgs84; progress: (done: number, total: number) => void }

function writeLines(raw: RawLayer, { order, to, progress }: Writing): number {
  const least = isLayerKind(order.kind) ? leastDimension(order.kind) : 0
  const out = openSync(order.out, 'wx', 0o600)
  let n = 0
  let pending: string[] = []
  const flush = () => {
    if (pending.length > 0) writeSync(out, `${pending.join('\n')}\n`)
    pending = []
  }
  try {
    for (const feature of raw.features()) {
      pending.push(JSON.stringify(lineOf(++n, feature, { least, to })))
      if (n % 100 !== 0) continue
      flush()
      progress(n, raw.count)
    }
    flush()
  } finally {
    closeSync(out)
  }
  progress(n, raw.count)
  return n
}

function lineOf(n: number, { geometry, properties }: RawFeature, o: { least: number; to: ToWgs84 }): FeatureLine {
  const cleaned = cleanGeometry(geometry)
  const fault = cleaned.geometry && refusedFor(cleaned.geometry, cleaned.vertices, o.least)
  const projected = cleaned.geometry && !fault ? projectGeometry(cleaned.geometry, o.to) : null
  const lost = fault ?? (projected === undefined ? 'no-transform' : undefined)
  return {
    ...{ n, ...describe(properties), vertices: cleaned.vertices },
    faults: lost ? [...cleaned.faults, lost] : cleaned.faults,
    geometry: projected ?? null,
  }
}

function refusedFor(geometry: Geometry, vertices: number, least: number): FaultCode | undefined {
  if (vertices > LIMITS.featureVertices) return 'too-many-vertices'
  const dimension = /Polygon$/.test(geometry.type) ? 2 : /LineString$/.test(geometry.type) ? 1 : 0
  return dimension < least ? 'wrong-shape' : undefined
}
