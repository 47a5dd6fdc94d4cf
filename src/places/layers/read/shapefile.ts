import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseDbf, parseShp } from 'shpjs'
import { isRefusal, type Refusal, refuse } from '../../../base/rules/refusal.ts'
import { guessEncoding } from './dbf-encoding.ts'
import type { RawFeature, RawLayer } from './feature.ts'
import { LIMITS } from './limits.ts'
import { unzip } from './unzip.ts'

/** The parts of one shapefile. */
type Parts = { shp: Buffer; dbf?: Buffer | undefined; prj?: Buffer | undefined; cpg?: Buffer | undefined }

const WANTED = /^(?!.*(?:^|\/)(?:__MACOSX\/|\._)).*\.(shp|dbf|prj|cpg)$/i

/** A zip with one shapefile in it, or with several of which `layer` names one. */
export async function readZippedShapefile(bytes: Buffer, layer: string | undefined): Promise<RawLayer | Refusal> {
  const parts = await unzip(bytes, (name) => WANTED.test(name))
  if (isRefusal(parts)) return parts
  const names = [...parts.keys()].filter((name) => /\.shp$/i.test(name)).map((name) => name.slice(0, -4))
  const chosen = chooseLayer(names, layer)
  if (isRefusal(chosen)) return chosen
  const part = (suffix: string) => [...parts].find(([name]) => name.toLowerCase() === `${chosen}.${suffix}`.toLowerCase())?.[1]
  return readParts({ shp: part('shp')!, dbf: part('dbf'), prj: part('prj'), cpg: part('cpg') }, basename(chosen))
}

/** A `.shp` on disk with what stands beside it. */
export async function readShapefile(path: string): Promise<RawLayer | Refusal> {
  const base = path.slice(0, -4)
  const beside = async (suffix: string) =>
    (await readLimited(`${base}.${suffix}`)) ?? readLimited(`${base}.${suffix.toUpperCase()}`)
  const shp = await readLimited(path)
  if (!shp) return refuse('invalid', 'places/layer-unreadable', { format: 'Shapefile', found: 'shp' })
  const parts = { shp, dbf: await beside('dbf'), prj: await beside('prj'), cpg: await beside('cpg') }
  return readParts(parts, basename(base))
}

/** The one layer that is meant: the only one there is, or the one that is named; refused with the list of what was found. */
export function chooseLayer(names: readonly string[], wanted: string | undefined): string | Refusal {
  const list = names.slice(0, 30).join(', ')
  if (names.length === 0) return refuse('invalid', 'places/layer-none-inside', { found: '0' })
  if (wanted === undefined) return names.length === 1 ? names[0]! : refuse('invalid', 'places/layer-which', { found: list })
  const chosen = names.find((name) => name === wanted || basename(name) === wanted)
  return chosen ?? refuse('invalid', 'places/layer-no-such', { found: wanted.slice(0, 80), expected: list })
}

async function readLimited(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > LIMITS.bytes) return undefined
  return readFile(path)
}

function readParts({ shp, dbf, prj, cpg }: Parts, layer: string): RawLayer | Refusal {
  const fault = shpFault(shp) ?? (dbf && dbfFault(dbf))
  if (fault) return refuse('invalid', 'places/layer-unreadable', { format: 'Shapefile', found: fault })
  const encoding = dbf && guessEncoding(dbf, cpg?.toString('latin1'))
  const geometries = parseShp(viewOf(shp))
  const rows = dbf && encoding ? parseDbf(viewOf(dbf), encoding.name) : []
  const warnings = [
    ...(dbf ? [] : ['no-attributes']),
    ...(prj ? [] : ['no-prj']),
    ...(dbf && rows.length !== geometries.length ? [`rows-differ:${geometries.length}/${rows.length}`] : []),
    ...(encoding ? [`encoding:${encoding.name}:${encoding.by}`] : []),
  ]
  const features = function* (): Generator<RawFeature> {
    for (const [i, geometry] of geometries.entries()) yield { geometry, properties: rows[i] ?? {} }
  }
  const crs = prj && { wkt: prj.toString('utf8') }
  return { format: 'shapefile', features, count: geometries.length, layer, ...(crs && { crs }), warnings }
}

const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

// The parser stops without a word at the first record that is cut off: a file shorter than it says it is, is refused here.
function shpFault(shp: Buffer): string | undefined {
  if (shp.length < 100 || shp.readInt32BE(0) !== 9994) return 'shp: no header'
  const said = shp.readInt32BE(24) * 2
  return said > shp.length ? `shp: ${shp.length} of ${said} bytes` : undefined
}

function dbfFault(dbf: Buffer): string | undefined {
  if (dbf.length < 32) return 'dbf: no header'
  const said = dbf.readUInt16LE(8) + dbf.readUInt32LE(4) * dbf.readUInt16LE(10)
  return said > dbf.length + 1 ? `dbf: ${dbf.length} of ${said} bytes` : undefined
}
