import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { WHOLE_CITY } from './also-known.ts'
import type { Area } from './area.ts'
import { localize } from './localize.ts'
import { cellNames, townNames } from './names.ts'

const LIST = /[、,;/|\n]|和|及|与/
const OFFICE = /(人民政府|政府|管理委员会|管委会)$/

/**
 * The areas a cell of an office's table names, each once, in the cell's order: counties, zones, the city, or a town written
 * with its county or alone in the city under its name. Refuses a part it does not know, naming it
 * (`places/unknown-area-name`), one that several towns bear (`places/ambiguous-area-name`) and an empty cell.
 */
export function findByName(areas: readonly Area[], text: string): Area[] | Refusal {
  const cell = text.normalize('NFKC').replaceAll('各县(市、区)', '各县区').trim()
  if (cell === '') return refuse('invalid', 'places/area-name-blank-cell')
  const found: Area[] = []
  for (const part of cell.split(LIST).filter((piece) => piece.trim() !== '')) {
    const answer = findPart(areas, part, text)
    if (isRefusal(answer)) return answer
    found.push(...answer)
  }
  return found.length ? [...new Set(found)] : refuseUnknown(areas, cell, text)
}

// Tables pad short names with blanks (`洋  县`), and a name may have its own (STATEN ISLAND), so blanks part names only where the part
// as a whole is none.
function findPart(areas: readonly Area[], part: string, text: string): Area[] | Refusal {
  const whole = findOne(areas, part.trim()) ?? findOne(areas, tight(part))
  if (whole) return [whole]
  const found = part
    .trim()
    .split(/\s+/)
    .map((word) => findOne(areas, word))
  return found.every((area) => area !== undefined) ? found : refuseUnknown(areas, part.trim(), text)
}

function findOne(areas: readonly Area[], name: string): Area | undefined {
  const city = areas.find((area) => area.level === 'city')
  const units = areas.filter((area) => area.level === 'county' || area.level === 'zone')
  const forms = formsOf(name, city)
  for (const form of forms) {
    if (city && [city.name, bare(city.name), ...WHOLE_CITY].includes(form)) return city
    const unit = units.find((area) => cellNames(area).includes(form))
    if (unit) return unit
  }
  return forms.map((form) => findTown(areas, form)).find((town) => town !== undefined)
}

// As written, without the office's name, without the city's.
function formsOf(name: string, city: Area | undefined): string[] {
  const place = name.replace(OFFICE, '')
  return [...new Set([name, place, bareOf(place, city)])]
}

function bareOf(name: string, city: Area | undefined): string {
  const local = name.replace(/^陕西省?/, '')
  if (!city) return local
  const prefix = [city.name, bare(city.name), '市'].find((word) => local.startsWith(word) && local !== word)
  return prefix ? local.slice(prefix.length) : local
}

function bare(cityName: string): string {
  return cityName.replace(/市$/, '')
}

// A town counts where its name, with or without its county's before it, is all there is.
function findTown(areas: readonly Area[], name: string): Area | undefined {
  const [first, second, third] = localize(areas, name)
  const town = second ?? first
  if (town?.area.level !== 'township' || town.end !== name.length || third) return undefined
  if (!second) return first!.start === 0 ? town.area : undefined
  return first!.start === 0 && first!.end === town.start && first!.area.code === town.area.parent ? town.area : undefined
}

function tight(text: string): string {
  return text.replace(/\s+/g, '')
}

function refuseUnknown(areas: readonly Area[], found: string, cell: string): Refusal {
  const towns = areas.filter((area) => area.level === 'township' && townNames(area).includes(tight(found)))
  if (towns.length > 1) {
    const candidates = towns.map((town) => `${areas.find((area) => area.code === town.parent)?.name}${town.name}`).join('、')
    return refuse('invalid', 'places/ambiguous-area-name', { found, cell, candidates })
  }
  const units = areas.filter((area) => area.level === 'county' || area.level === 'zone').map((area) => area.name)
  return refuse('invalid', 'places/unknown-area-name', { found, cell, expected: units.join('、') })
}
