import { isRefusal } from '../../base/rules/refusal.ts'
import type { Area } from '../../places/rules/area.ts'
import { findByName } from '../../places/rules/find-by-name.ts'
import type { Duty, Leader } from '../rules/case.ts'
import type { DutyKind } from '../rules/codes.ts'
import type { Field } from './columns.ts'
import { isBlank } from './reader.ts'

export type Org = { id: string; name: string }

/** The organisation behind a name as sheets write it, or undefined where nobody bears it. */
export type FindOrg = (name: string) => Org | undefined

/** An organisation that a sheet names and the directory does not know; `area` is the county its name begins with, or the city. */
export type NewOrg = { name: string; area: string }

type Cells = Partial<Record<Field, string>>

const DUTY_COLUMNS: readonly [Field, DutyKind][] = [
  ['implementer', 'responsible'],
  ['responsible', 'responsible'],
  ['lead', 'lead'],
  ['supporting', 'supporting'],
  ['supervising', 'supervising'],
  ['acceptance', 'acceptance'],
]

/** The names in a cell of units (`市水利局、城固县人民政府；…`), brackets kept together. */
export function unitNames(cell: string): string[] {
  if (isBlank(cell)) return []
  const parts = cell.split(/[、,，;；\n|]+(?![^(（]*[)）])/).map((part) =>
    part
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[。.]$/, ''),
  )
  return [...new Set(parts.filter((part) => !isBlank(part)).map((part) => part.slice(0, 100)))]
}

// Who is bound by what, as the row's columns name them; a county named alone stands for its government.
function namedDuties(cells: Cells, areas: readonly Area[]): { name: string; as: DutyKind }[] {
  const own = DUTY_COLUMNS.flatMap(([field, as]) =>
    unitNames(cells[field] ?? '').map((name) => ({ name: officialName(name, areas), as })),
  )
  const all = own.some(({ as }) => as === 'responsible') ? own : [...own, ...fromRegionUnits(cells.regionUnits ?? '', areas)]
  return all.filter(({ name, as }, at) => all.findIndex((other) => other.name === name && other.as === as) === at)
}

/** The organisations that rows name and `find` does not know, each once however it is spelt, under their full names. */
export function newOrgs(rows: readonly Cells[], o: { areas: readonly Area[]; find: FindOrg }): NewOrg[] {
  const city = cityOf(o.areas)
  const names = rows.flatMap((cells) => namedDuties(cells, o.areas).map(({ name }) => name)).filter((name) => !o.find(name))
  const bySpelling = new Map(names.map((name) => [spelling(name, city.name), name]))
  return [...bySpelling.values()].map((name) => ({
    name: name.startsWith('市') ? `${city.name}${name.slice(1)}` : name,
    area: areaOf(name, o.areas),
  }))
}

/** The duties of a row with the ids of the directory; a name without one is left out. */
export function dutiesOf(cells: Cells, o: { areas: readonly Area[]; find: FindOrg }): Duty[] {
  return namedDuties(cells, o.areas).flatMap(({ name, as }) => {
    const org = o.find(name)
    return org ? [{ org: org.id, orgName: org.name, as }] : []
  })
}

/** Finds organisations by their names as sheets shorten them: 市水利局 is 汉中市水利局, 住房城乡建设 is 住房和城乡建设. */
export function orgFinder(orgs: readonly Org[], areas: readonly Area[]): FindOrg {
  const { name: city } = cityOf(areas)
  const index = new Map(orgs.map((org) => [spelling(org.name, city), org]))
  return (name) => index.get(spelling(name, city))
}

/** 责任领导 as cells write it: 副市长张三, 张三（副市长）, 张三 副市长; the first where there are several. */
export function leaderOf(cell: string): Leader | undefined {
  if (isBlank(cell)) return undefined
  const first = cell
    .split(/[、,，;；\n]/)[0]!
    .normalize('NFKC')
    .trim()
  const bracket = /^([^()]{2,12})\(([^()]+)\)$/.exec(first)
  if (bracket) return { name: bracket[1]!.trim(), title: bracket[2]!.trim() }
  const words = first.split(/\s+/)
  if (words.length < 2) return splitTitle(first)
  const name = words.find((word) => !TITLE_END.test(word)) ?? words[0]!
  return { name, title: words.filter((word) => word !== name).join(' ') }
}

const TITLE_END = /(长|书记|主任|秘书|委员|组长|局长|县长|区长|市长|调研员|常委)$/

function splitTitle(text: string): Leader {
  const found = /^(.*(?:市长|县长|区长|局长|书记|主任|镇长|秘书长|部长|处长|科长|组长|常委))(\p{Script=Han}{2,4})$/u.exec(text)
  if (found) return { name: found[2]!, title: found[1]! }
  const after = /^(\p{Script=Han}{2,3})((?:副|常务副)?(?:市长|县长|区长|局长|书记|主任|镇长))$/u.exec(text)
  return after ? { name: after[1]!, title: after[2]! } : { name: text.slice(0, 40), title: '' }
}

// 涉及区县及部门: the counties answer, the departments help; without a county the first department answers.
function fromRegionUnits(cell: string, areas: readonly Area[]): { name: string; as: DutyKind }[] {
  const names = unitNames(cell).filter((name) => !isCity(name, areas))
  const isCounty = (name: string) => countiesOf(name, areas).length > 0
  const counties = names.some(isCounty)
  return names.map((name, at) => ({
    name: officialName(name, areas),
    as: (counties ? isCounty(name) : at === 0) ? 'responsible' : 'supporting',
  }))
}

/** The counties and zones that a name as a whole stands for; none for a department, the city, or a name of elsewhere. */
export function countiesOf(name: string, areas: readonly Area[]): Area[] {
  return areasNamed(name, areas).filter((area) => area.level === 'county' || area.level === 'zone')
}

function isCity(name: string, areas: readonly Area[]): boolean {
  const found = areasNamed(name, areas)
  return found.length > 0 && found.every((area) => area.level === 'city')
}

// The same few names stand in every row of a sheet.
const known = new WeakMap<readonly Area[], Map<string, Area[]>>()

function areasNamed(name: string, areas: readonly Area[]): Area[] {
  const names = known.get(areas) ?? new Map<string, Area[]>()
  known.set(areas, names)
  const before = names.get(name)
  if (before) return before
  const answer = findByName(areas, name)
  const found = isRefusal(answer) ? [] : answer
  names.set(name, found)
  return found
}

function officialName(name: string, areas: readonly Area[]): string {
  const [county, ...others] = countiesOf(name, areas)
  if (!county || others.length > 0) return name
  return county.level === 'zone' ? `${county.name}管委会` : `${county.name}人民政府`
}

function areaOf(name: string, areas: readonly Area[]): string {
  const county = areas.find((area) => (area.level === 'county' || area.level === 'zone') && name.startsWith(area.name))
  return county?.code ?? cityOf(areas).code
}

function cityOf(areas: readonly Area[]): Area {
  return areas.find((area) => area.level === 'city')!
}

function spelling(name: string, city: string): string {
  const tight = name.normalize('NFKC').replace(/[\s和与及]/g, '')
  return tight.startsWith(city) && tight.length > city.length ? `市${tight.slice(city.length)}` : tight
}
