/** How a coordinate system is turned to WGS 84: `code` is the EPSG number where there is one, `proj` a definition in PROJ's words. */
export type CrsDef = {
  readonly code?: number
  readonly name: string
  readonly proj: string
  /** Metres by which the result may be off because no official parameters are published; absent where it is the same to 0.1 m. */
  readonly offByM?: number
  /** For a Gauss-Krüger zone: the zone's number in front of the easting (36 500 000), or none. */
  readonly zonePrefix?: number
  /** True where the numbers are degrees. */
  readonly degrees: boolean
}

type Datum = { readonly name: string; readonly proj: string; readonly offByM?: number }

// CGCS2000 is taken as WGS 84: the ellipsoids differ by 0.1 mm, the frames by less than a map shows.
const CGCS2000: Datum = { name: 'CGCS2000', proj: '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0' }
// The state keeps the parameters of the two older datums; these three-parameter shifts are PROJ's own for 4214, and none for 4610.
const BEIJING54: Datum = { name: 'Beijing 1954', proj: '+ellps=krass +towgs84=15.8,-154.4,-82.3,0,0,0,0', offByM: 50 }
const XIAN80: Datum = { name: "Xi'an 1980", proj: '+a=6378140 +rf=298.257 +towgs84=0,0,0,0,0,0,0', offByM: 150 }
const WGS84: Datum = { name: 'WGS 84', proj: '+datum=WGS84' }

const DATUMS: Readonly<Record<string, Datum>> = { cgcs2000: CGCS2000, beijing54: BEIJING54, xian80: XIAN80, wgs84: WGS84 }
export type DatumKey = 'cgcs2000' | 'beijing54' | 'xian80' | 'wgs84'

type Family = { first: number; last: number; datum: DatumKey; width: 3 | 6; zone?: number; meridian: number }

// EPSG's blocks of Gauss-Krüger systems: `zone` is the number of the first zone where eastings carry it, `meridian` that of the first code.
const GAUSS_KRUGER: readonly Family[] = [
  { first: 4491, last: 4501, datum: 'cgcs2000', width: 6, zone: 13, meridian: 75 },
  { first: 4502, last: 4512, datum: 'cgcs2000', width: 6, meridian: 75 },
  { first: 4513, last: 4533, datum: 'cgcs2000', width: 3, zone: 25, meridian: 75 },
  { first: 4534, last: 4554, datum: 'cgcs2000', width: 3, meridian: 75 },
  { first: 2327, last: 2337, datum: 'xian80', width: 6, zone: 13, meridian: 75 },
  { first: 2338, last: 2348, datum: 'xian80', width: 6, meridian: 75 },
  { first: 2349, last: 2369, datum: 'xian80', width: 3, zone: 25, meridian: 75 },
  { first: 2370, last: 2390, datum: 'xian80', width: 3, meridian: 75 },
  { first: 21413, last: 21423, datum: 'beijing54', width: 6, zone: 13, meridian: 75 },
  { first: 21453, last: 21463, datum: 'beijing54', width: 6, meridian: 75 },
  { first: 2401, last: 2421, datum: 'beijing54', width: 3, zone: 25, meridian: 75 },
  { first: 2422, last: 2442, datum: 'beijing54', width: 3, meridian: 75 },
]

const GEOGRAPHIC: Readonly<Record<number, DatumKey>> = { 4326: 'wgs84', 4490: 'cgcs2000', 4214: 'beijing54', 4610: 'xian80' }

/** The definition of an EPSG code that layers may come in, or undefined. */
export function crsOfEpsg(code: number): CrsDef | undefined {
  const geographic = GEOGRAPHIC[code]
  if (geographic) return { code, ...geographicDef(geographic) }
  if (code === 3857) return { code, name: 'WGS 84 / Pseudo-Mercator', proj: MERCATOR, degrees: false }
  if (code > 32600 && code <= 32660) return { code, ...utm(code - 32600, 'N') }
  if (code > 32700 && code <= 32760) return { code, ...utm(code - 32700, 'S') }
  const family = GAUSS_KRUGER.find(({ first, last }) => code >= first && code <= last)
  return family && gaussKruger(code, family)
}

/** Longitude and latitude of a datum. */
export function geographicDef(key: DatumKey): CrsDef {
  const datum = DATUMS[key]!
  return { name: datum.name, proj: `+proj=longlat ${datum.proj} +no_defs`, degrees: true, ...off(datum) }
}

/** The EPSG code of a transverse Mercator system told by its numbers, or undefined. */
export function epsgOfTransverse(o: {
  datum: DatumKey
  meridian: number
  falseEasting: number
  scale: number
}): number | undefined {
  if (o.datum === 'wgs84' && o.scale === 0.9996 && o.falseEasting === 500_000) {
    const zone = (o.meridian + 183) / 6
    return Number.isInteger(zone) && zone >= 1 && zone <= 60 ? 32600 + zone : undefined
  }
  if (o.scale !== 1) return undefined
  const codes = GAUSS_KRUGER.filter((family) => family.datum === o.datum).flatMap((family) => codesOf(family))
  // A meridian such as 105° belongs to a 6° and a 3° zone without prefix alike: the same numbers, the same place.
  return codes.find((c) => c.meridian === o.meridian && c.falseEasting === o.falseEasting)?.code
}

/** The Gauss-Krüger systems whose numbers an easting could be, for a message: `36 500 000` says 3° zone 36. */
export function guessZone(easting: number): string | undefined {
  const zone = Math.floor(easting / 1_000_000)
  if (zone >= 25 && zone <= 45) return `EPSG:${4513 + zone - 25} (CGCS2000 3°, ${zone})`
  if (zone >= 13 && zone <= 23) return `EPSG:${4491 + zone - 13} (CGCS2000 6°, ${zone})`
  return zone === 0 && easting > 100_000 ? 'EPSG:4543 (CGCS2000 3°, 102°E), EPSG:4544 (105°E), EPSG:4545 (108°E)' : undefined
}

const MERCATOR = '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs'

function utm(zone: number, half: 'N' | 'S'): Omit<CrsDef, 'code'> {
  const proj = `+proj=utm +zone=${zone}${half === 'S' ? ' +south' : ''} +datum=WGS84 +units=m +no_defs`
  return { name: `WGS 84 / UTM ${zone}${half}`, proj, degrees: false }
}

function gaussKruger(code: number, family: Family): CrsDef {
  const { meridian, falseEasting, zone } = codesOf(family)[code - family.first]!
  const datum = DATUMS[family.datum]!
  return {
    code,
    name: `${datum.name} / ${family.width}° Gauss-Krüger ${zone ? `zone ${zone}` : `${meridian}°E`}`,
    proj: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 ${datum.proj} +units=m +no_defs`,
    degrees: false,
    ...(zone !== undefined && { zonePrefix: zone }),
    ...off(datum),
  }
}

function codesOf(family: Family): { code: number; meridian: number; falseEasting: number; zone?: number }[] {
  return Array.from({ length: family.last - family.first + 1 }, (_, i) => {
    const zone = family.zone === undefined ? undefined : family.zone + i
    return {
      code: family.first + i,
      meridian: family.meridian + i * family.width,
      falseEasting: 500_000 + (zone ?? 0) * 1_000_000,
      ...(zone !== undefined && { zone }),
    }
  })
}

function off(datum: Datum): { offByM?: number } {
  return datum.offByM === undefined ? {} : { offByM: datum.offByM }
}
