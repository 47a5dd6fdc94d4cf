import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { CRS, type Crs, type Point, toWgs84 } from './crs.ts'

/** Coordinates as they arrive: numbers, or text such as `107°01'55"E`, `33.0678N`, `东经107度1分`; `crs` is WGS 84 if unsaid. */
export type RawPoint = { readonly lng: number | string; readonly lat: number | string; readonly crs?: string | undefined }

type Axis = 'lng' | 'lat'
type Reading = { readonly degrees: number; readonly axis?: Axis }

const LIMIT = { lng: 180, lat: 90 }
// Land and sea of China with a margin: only used to see that two numbers stand in the wrong order.
const CHINA = { west: 72, east: 138, south: 0.8, north: 56 }
const HEMISPHERE: Record<string, { axis: Axis; sign: 1 | -1 }> = {
  E: { axis: 'lng', sign: 1 },
  W: { axis: 'lng', sign: -1 },
  N: { axis: 'lat', sign: 1 },
  S: { axis: 'lat', sign: -1 },
}
const LETTER: Record<string, string> = { 东经: 'E', 西经: 'W', 北纬: 'N', 南纬: 'S' }
const NUMBER = '(\\d+(?:\\.\\d+)?)'
const DEGREES = new RegExp(
  `^([NSEW])?\\s*([+-])?${NUMBER}\\s*°?\\s*(?:(?<=[°\\s])${NUMBER}\\s*′?\\s*(?:(?<=[′\\s])${NUMBER}\\s*″?\\s*)?)?([NSEW])?$`,
)

/** What a user gave as WGS 84 degrees, or why it is no place: unreadable, out of range, swapped, 0/0, unknown system. */
export function parsePoint(raw: RawPoint): Point | Refusal {
  const crs = (raw.crs ?? 'wgs84').trim().toLowerCase()
  if (!isCrs(crs)) return refuse('invalid', 'places/point-crs', { found: String(raw.crs), expected: CRS.join(', ') })
  const lng = readDegrees(raw.lng, 'lng')
  if (isRefusal(lng)) return lng
  const lat = readDegrees(raw.lat, 'lat')
  if (isRefusal(lat)) return lat
  if (lng.axis === 'lat' || lat.axis === 'lng') return refuseSwapped(lng.degrees, lat.degrees)
  return checkPoint({ lng: lng.degrees, lat: lat.degrees }) ?? toWgs84({ lng: lng.degrees, lat: lat.degrees }, crs)
}

function isCrs(text: string): text is Crs {
  return (CRS as readonly string[]).includes(text)
}

function readDegrees(value: number | string, axis: Axis): Reading | Refusal {
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? { degrees: value }
      : refuse('invalid', 'places/point-unreadable', { axis, found: String(value) })
  }
  if (value.trim() === '') return refuse('invalid', 'places/point-missing', { axis })
  return readText(value) ?? refuse('invalid', 'places/point-unreadable', { axis, found: value })
}

function readText(text: string): Reading | undefined {
  const match = DEGREES.exec(plain(text))
  if (!match) return undefined
  const [, before, sign, degrees, minutes, seconds, after] = match
  if ((before && after) || (sign && (before ?? after))) return undefined
  const parts = [degrees, minutes, seconds].map((part) => Number(part ?? 0))
  const size = sexagesimal(parts[0]!, parts[1]!, parts[2]!)
  if (size === undefined) return undefined
  const hemisphere = HEMISPHERE[before ?? after ?? '']
  if (!hemisphere) return { degrees: sign === '-' ? -size : size }
  return { degrees: size * hemisphere.sign, axis: hemisphere.axis }
}

function sexagesimal(degrees: number, minutes: number, seconds: number): number | undefined {
  if (minutes >= 60 || seconds >= 60) return undefined
  if ((minutes || seconds) && !Number.isInteger(degrees)) return undefined
  return seconds && !Number.isInteger(minutes) ? undefined : degrees + minutes / 60 + seconds / 3600
}

// One spelling for the many of degrees, minutes, seconds and hemispheres. NFKC turns º into a letter and ″ into ′′: mind the order.
function plain(text: string): string {
  return text
    .replace(/[º˚度]/g, '°')
    .replace(/['’‘＇分]/g, '′')
    .replace(/["”“＂秒]/g, '″')
    .normalize('NFKC')
    .replace(/′′/g, '″')
    .replace(/东经|西经|北纬|南纬/g, (words) => LETTER[words]!)
    .toUpperCase()
    .trim()
}

function checkPoint({ lng, lat }: Point): Refusal | undefined {
  if (lng === 0 && lat === 0) return refuse('invalid', 'places/point-zero')
  if (!isInChina(lng, lat) && isInChina(lat, lng)) return refuseSwapped(lng, lat)
  return checkRange('lng', lng) ?? checkRange('lat', lat)
}

function checkRange(axis: Axis, found: number): Refusal | undefined {
  const max = LIMIT[axis]
  return Math.abs(found) > max ? refuse('invalid', 'places/point-out-of-range', { axis, found, min: -max, max }) : undefined
}

function refuseSwapped(lng: number, lat: number): Refusal {
  return refuse('invalid', 'places/point-swapped', { lng, lat })
}

function isInChina(lng: number, lat: number): boolean {
  return lng >= CHINA.west && lng <= CHINA.east && lat >= CHINA.south && lat <= CHINA.north
}
