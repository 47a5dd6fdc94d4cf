import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import type { Crs } from '../../places/rules/crs.ts'
import { findByName } from '../../places/rules/find-by-name.ts'
import { localize } from '../../places/rules/localize.ts'
import { parsePoint } from '../../places/rules/point.ts'
import type { Place } from '../rules/case.ts'
import type { Field } from './columns.ts'
import { isBlank, type Reader } from './reader.ts'
import { POINT_MARKS } from './translate.ts'
import { countiesOf, unitNames } from './units.ts'
import { QINLINGS } from './values.ts'

/**
 * Where a row's problem is. The region comes from its own column, else from 涉及区县及部门, else from the responsible units, else from
 * the text; several counties make it the city's. Where nothing names one, `cityWide` says whether the list as a whole is the city's.
 */
export function placeOf(
  reader: Reader,
  o: { areas: readonly Area[]; cityWide: boolean; crs?: Crs | undefined },
): Place | undefined {
  const region = regionOf(reader, o)
  const point = pointOf(reader, o.crs)
  const qinling = reader.code('qinling', QINLINGS)
  if (!region) return undefined
  const town = region.town ?? townIn(`${reader.text('town')} ${reader.text('address')}`, region.code, o.areas)
  const address = [reader.text('town'), reader.text('address')].filter((text) => !isBlank(text)).join(' ')
  return {
    region: region.code,
    ...(town && { town }),
    ...(address && { address }),
    ...(point && { point }),
    ...(qinling && { qinling }),
  }
}

type Region = { code: string; town?: string }

function regionOf(reader: Reader, { areas, cityWide }: { areas: readonly Area[]; cityWide: boolean }): Region | undefined {
  const city = areas.find((area) => area.level === 'city')!
  if (!isBlank(reader.text('region'))) return oneOf(reader.accept('region', findByName(areas, reader.text('region'))), city)
  const units = unitNames(reader.text('regionUnits'))
  const foreign = units.find((name) => LOOKS_LIKE_AREA.test(name) && isRefusal(findByName(areas, name)))
  if (foreign) return reader.accept('regionUnits', outside(foreign, areas))
  const named = WITH_COUNTIES.map((field) => unitNames(reader.text(field)).flatMap((name) => countiesIn(name, areas))).find(
    (found) => found.length > 0,
  )
  const told = named ?? TEXTS.map((field) => countiesIn(reader.text(field), areas)).find((found) => found.length > 0)
  if (told) return oneOf(told, city)
  if (
    cityWide ||
    TEXTS.some((field) => reader.text(field).includes(city.name)) ||
    units.some((name) => WHOLE.test(name) || name.startsWith(city.name))
  )
    return { code: city.code }
  return reader.refuse('region', 'cases/import-no-region', { expected: counties(areas) })
}

const LOOKS_LIKE_AREA = /^.{1,6}[市县区州盟旗]$/
const WHOLE = /^(市级|市直|全市|各县|各区|市[^县区]*局)/
const WITH_COUNTIES: readonly Field[] = ['regionUnits', 'implementer', 'responsible']
const TEXTS: readonly Field[] = ['address', 'title', 'problem', 'enterprise']

function countiesIn(text: string, areas: readonly Area[]): Area[] {
  const whole = text.length <= 30 ? countiesOf(text, areas) : []
  if (whole.length > 0) return whole
  const units = localize(areas.filter(isUnit), text)
  const mentions = units.length > 0 ? units : localize(areas, text)
  return mentions.flatMap(({ area }) => {
    const county = area.level === 'township' ? areas.find((other) => other.code === area.parent) : area
    return county ? [county] : []
  })
}

function isUnit({ level }: Area): boolean {
  return level === 'county' || level === 'zone'
}

function oneOf(found: readonly Area[] | undefined, city: Area): Region | undefined {
  if (!found) return undefined
  const codes = [...new Set(found.map((area) => (area.level === 'township' ? area.parent! : area.code)))]
  if (codes.length !== 1) return { code: city.code }
  const town = found.find((area) => area.level === 'township')
  return { code: codes[0]!, ...(town && { town: town.code }) }
}

function outside(found: string, areas: readonly Area[]): Refusal {
  return refuse('invalid', 'cases/import-outside', { found, expected: counties(areas) })
}

// A zone has no towns of its own, so any one town of the city may lie in it.
function townIn(text: string, region: string, areas: readonly Area[]): string | undefined {
  const county = areas.find((area) => area.code === region)
  if (isBlank(text) || county?.level === 'city') return undefined
  const near = county?.level === 'county' ? areas.filter((area) => area.code === region || area.parent === region) : areas
  const towns = localize(near, `${county?.name ?? ''} ${text}`).filter(({ area }) => area.level === 'township')
  const codes = new Set(towns.flatMap(({ area }) => (area.parent === region || county?.level === 'zone' ? [area.code] : [])))
  return codes.size === 1 ? [...codes][0] : undefined
}

function pointOf(reader: Reader, crs: Crs | undefined): Place['point'] {
  const [lng, lat] = isBlank(reader.text('point')) ? [reader.text('lng'), reader.text('lat')] : pairOf(reader.text('point'))
  if (isBlank(lng) && isBlank(lat)) return undefined
  const field = isBlank(reader.text('point')) ? 'lng' : 'point'
  const point = parsePoint({ lng, lat, crs })
  if (isRefusal(point)) return reader.refuse(field, point.code, { found: `${lng} ${lat}`.trim(), expected: '107.02, 33.07' })
  return point
}

function pairOf(text: string): [string, string] {
  const [lng = '', lat = ''] = text.split(POINT_MARKS)
  return [lng, lat]
}

function counties(areas: readonly Area[]): string {
  return areas
    .filter(({ level }) => level === 'county' || level === 'zone')
    .map(({ name }) => name)
    .join('、')
}
