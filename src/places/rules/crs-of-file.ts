import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type CrsDef, crsOfEpsg, type DatumKey, epsgOfTransverse, geographicDef, guessZone } from './epsg.ts'

/** The system that the numbers of a file are in: a definition, or GCJ-02, which only a person can say. */
export type FileCrs = CrsDef | { readonly name: 'GCJ-02'; readonly gcj02: true; readonly degrees: true }

/** West, south, east, north, in the file's own numbers. */
export type Extent = readonly [number, number, number, number]

/** What the person who loads a file says of its system: `EPSG:4524`, `4524`, `wgs84`, `cgcs2000`, `gcj02`. */
export function crsSaid(text: string): FileCrs | Refusal {
  const word = text.trim().toLowerCase()
  if (word === 'gcj02' || word === 'gcj-02') return { name: 'GCJ-02', gcj02: true, degrees: true }
  const code =
    WORDS[word] ?? Number(/^(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?(\d{4,6})$/.exec(word)?.[1] ?? /^(\d{4,6})$/.exec(word)?.[1])
  const def = Number.isInteger(code) ? crsOfEpsg(code) : undefined
  return def ?? refuse('invalid', 'places/layer-unknown-crs', { found: text.slice(0, 60), expected: EXPECTED })
}

/** What a GeoJSON `crs` member names; CRS84 is WGS 84. GeoJSON numbers are longitude, latitude whatever the axis order of the code. */
export function crsOfName(name: string): FileCrs | Refusal {
  return /crs:?84$/i.test(name.trim()) ? crsOfEpsg(4326)! : crsSaid(name)
}

const WORDS: Readonly<Record<string, number>> = { wgs84: 4326, cgcs2000: 4490, beijing54: 4214, xian80: 4610 }
const EXPECTED =
  'EPSG:4326, 4490, 4214, 4610, 3857, 32601–32660, 4491–4554 (CGCS2000 GK), 2327–2390 (Xi’an 80), 2401–2442, 21413–21463 (Beijing 54), gcj02'

/** What a WKT description (a `.prj`, a GeoPackage's own) means; its EPSG number wins, then its numbers, then the text as it is. */
export function crsOfWkt(wkt: string): FileCrs | Refusal {
  const text = wkt.trim()
  const authority =
    /AUTHORITY\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(text) ?? /ID\[\s*"EPSG"\s*,\s*(\d+)\s*\]\s*\]\s*$/i.exec(text)
  const byCode = authority && crsOfEpsg(Number(authority[1]))
  if (byCode) return byCode
  const name = /^\w+\s*\[\s*"([^"]*)"/.exec(text)?.[1]
  if (name === undefined) return refuse('invalid', 'places/layer-unknown-crs', { found: text.slice(0, 60), expected: EXPECTED })
  const datum = datumOf(text)
  if (/^(GEOGCS|GEOGCRS|GEODCRS)/i.test(text)) return datum ? geographic(datum) : { name, proj: text, degrees: true }
  return byNumbers(text, datum) ?? { name, proj: text, degrees: false, ...(datum && offOf(datum)) }
}

function offOf(datum: DatumKey): { offByM?: number } {
  const { offByM } = geographicDef(datum)
  return offByM === undefined ? {} : { offByM }
}

const GEOGRAPHIC_CODES: Readonly<Record<DatumKey, number>> = { wgs84: 4326, cgcs2000: 4490, beijing54: 4214, xian80: 4610 }

function geographic(datum: DatumKey): CrsDef {
  return crsOfEpsg(GEOGRAPHIC_CODES[datum]) ?? geographicDef(datum)
}

function datumOf(wkt: string): DatumKey | undefined {
  if (/CGCS_?2000|China[_ ](Geodetic[_ ]Coordinate[_ ]System[_ ])?2000/i.test(wkt)) return 'cgcs2000'
  if (/Xian[_ ]?(19)?80/i.test(wkt)) return 'xian80'
  if (/Beijing[_ ]?(19)?54/i.test(wkt)) return 'beijing54'
  return /WGS[_ ]?(19)?84/i.test(wkt) ? 'wgs84' : undefined
}

function byNumbers(wkt: string, datum: DatumKey | undefined): CrsDef | undefined {
  if (/Mercator_Auxiliary_Sphere|Pseudo-?_?Mercator/i.test(wkt)) return crsOfEpsg(3857)
  if (!datum || !/PROJECTION\[\s*"(Gauss[_ ]Kruger|Transverse[_ ]Mercator)"/i.test(wkt)) return undefined
  const number = (key: string) => Number(new RegExp(`PARAMETER\\[\\s*"${key}"\\s*,\\s*([-\\d.eE+]+)`, 'i').exec(wkt)?.[1])
  if (number('latitude_of_origin') !== 0 && !Number.isNaN(number('latitude_of_origin'))) return undefined
  const code = epsgOfTransverse({
    datum,
    meridian: number('central_meridian'),
    falseEasting: number('false_easting'),
    scale: number('scale_factor'),
  })
  return code === undefined ? undefined : crsOfEpsg(code)
}

/**
 * The system of a file from what is said and what the file itself tells, held against its numbers: degrees beyond ±180, a zone number
 * that does not belong to the easting, latitude before longitude are refused, each with what was found and what was expected.
 */
export function settleCrs(o: {
  said?: FileCrs | undefined
  told?: FileCrs | undefined
  extent: Extent | undefined
}): FileCrs | Refusal {
  const crs = o.said ?? o.told
  if (!o.extent) return crs ?? crsOfEpsg(4326)!
  if (crs) return checkExtent(crs, o.extent) ?? crs
  const wgs84 = crsOfEpsg(4326)!
  if (!isDegrees(o.extent) && !isSwapped(o.extent))
    return refuse('invalid', 'places/layer-no-crs', { found: said(o.extent), expected: expectedFor(o.extent) })
  return checkExtent(wgs84, o.extent) ?? wgs84
}

function checkExtent(crs: FileCrs, extent: Extent): Refusal | undefined {
  if (crs.degrees) return checkDegrees(crs, extent)
  const zone = 'zonePrefix' in crs ? crs.zonePrefix : undefined
  if (!/Gauss/.test(crs.name)) return undefined
  const [west, south, east] = extent
  if (isNorthing(west) && !isNorthing(south)) return refuse('invalid', 'places/layer-swapped', { found: said(extent) })
  const from = zone === undefined ? 0 : zone * 1_000_000
  if (west >= from && east <= from + 1_000_000) return undefined
  return refuse('invalid', 'places/layer-wrong-zone', {
    found: said(extent),
    expected: `${crs.name}: ${from}–${from + 1_000_000}`,
  })
}

function checkDegrees(crs: FileCrs, extent: Extent): Refusal | undefined {
  if (isSwapped(extent)) return refuse('invalid', 'places/layer-swapped', { found: said(extent) })
  if (isDegrees(extent)) return undefined
  return refuse('invalid', 'places/layer-not-degrees', { found: said(extent), name: crs.name, expected: expectedFor(extent) })
}

// Northings of the mainland, which no easting of ours reaches: with a zone's number eastings begin at 13 million.
const isNorthing = (n: number) => n > 1_900_000 && n < 6_000_000
const isDegrees = ([w, s, e, n]: Extent) => w >= -180 && e <= 180 && s >= -90 && n <= 90
// All of the file in China when its two numbers change places, and none of it as they stand.
const isSwapped = ([w, s, e, n]: Extent) => w >= 3 && e <= 54 && s >= 72 && n <= 136

const said = ([w, s, e, n]: Extent) => `x ${short(w)} … ${short(e)}, y ${short(s)} … ${short(n)}`
const short = (n: number) => String(Number(n.toFixed(Math.abs(n) < 1000 ? 6 : 1)))

function expectedFor(extent: Extent): string {
  return guessZone(extent[0]) ?? 'x −180 … 180, y −90 … 90'
}
