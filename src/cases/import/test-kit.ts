import { readFileSync } from 'node:fs'
import { parseCalendar } from '../../base/rules/calendar.ts'
import { type Day, dayOf, type Instant, toDay } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { Actor } from '../../people/rules/actor.ts'
import type { Area } from '../../places/rules/area.ts'
import { parseAreas } from '../../places/rules/parse-areas.ts'
import type { ImportedStart } from '../rules/act.ts'
import type { Case } from '../rules/case.ts'
import type { SourceType } from '../rules/codes.ts'
import { decide, evolve } from '../rules/lifecycle.ts'
import type { Held } from './differing.ts'
import { readHead } from './head.ts'
import type { ImportSink } from './import-table.ts'
import { proveRow } from './prove.ts'
import type { Fault } from './reader.ts'
import type { Sheet } from './sheet.ts'
import { findTable, type Table } from './table.ts'
import { type Org, orgFinder } from './units.ts'

/** What the tests of the import stand on: the shipped divisions, rules and calendar, a day, and a list in memory instead of a database. */
const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

export const TODAY = toDay('2026-11-23')
const AT = '2026-11-23T02:00:00.000Z' as Instant

export const AREAS: Area[] = orThrow(parseAreas(read('data/places/610700/areas.csv')))
const LAW: Law = {
  rules: JSON.parse(read('data/rules/cases.json')),
  calendar: orThrow(parseCalendar(JSON.parse(read('data/calendar/state-council.json')))),
}

const officeOf = (city: string): Actor => ({
  ...{ tenant: Number(city), account: 'a0000000-0000-4000-8000-000000000001', name: '督办', clearance: 3 },
  holdings: [{ post: 'p', title: '督办', role: 'office', org: 'o', orgName: '市环督办', area: city, standIn: false }],
})

/** A sheet of rows as a file would give them. */
export function sheetOf(...rows: (string | undefined)[][]): Sheet {
  return { name: 'Sheet1', rows: rows.map((cells, at) => ({ line: at + 1, cells: cells.map((cell) => cell ?? '') })) }
}

/** The table of such a sheet; throws where there is none. */
export function tableOf(...rows: (string | undefined)[][]): Table {
  return orThrow(findTable([sheetOf(...rows)]))
}

/** What the first row under these headers proves. */
export function startOf(
  cells: Record<string, string>,
  o: { source?: SourceType; today?: Day; head?: string[] } = {},
): ImportedStart {
  const proven = prove(cells, o)
  if (!('start' in proven)) throw new Error(JSON.stringify(proven.faults))
  return proven.start
}

/** The faults of the first row under these headers. */
export function faultsOf(cells: Record<string, string>, o: { source?: SourceType; today?: Day } = {}): Fault[] {
  const proven = prove(cells, o)
  return 'faults' in proven ? proven.faults : []
}

function prove(cells: Record<string, string>, o: { source?: SourceType; today?: Day; head?: string[] }) {
  const table = tableOf(...(o.head ?? []).map((line) => [line]), ['序号', ...Object.keys(cells)], ['1', ...Object.values(cells)])
  const find = (name: string) => orgFinder(ORGS, AREAS)(name) ?? { id: `id of ${name}`, name }
  const { layout, headers } = table
  const base = { today: o.today ?? TODAY, law: LAW, areas: AREAS, find, layout, headers, head: readHead(table.head) }
  return proveRow(table.rows[0]!, { ...base, source: o.source ?? 'provincial_inspection' })
}

const ORGS: Org[] = [
  { id: 'epb', name: '汉中市生态环境局' },
  { id: 'housing', name: '汉中市住房和城乡建设局' },
  { id: 'hantai', name: '汉台区人民政府' },
]

/** A list in memory that takes rows as the database does; `cases` is what it holds. */
export function memorySink(
  o: { failAt?: number; areas?: readonly Area[]; bounded?: boolean } = {},
): ImportSink & { cases: Case[] } {
  const { areas = AREAS, bounded = true } = o
  const cases: Case[] = []
  const taken = { keys: new Map<string, Held>(), nos: new Map<string, Held>() }
  const orgs = [...ORGS]
  const by = officeOf(areas.find(({ level }) => level === 'city')!.code)
  let writes = 0
  const begin = (start: ImportedStart, no: string) => {
    const env = { by, at: AT, today: dayOf(AT), law: LAW, id: `case-${no}`, no }
    const event = decide(undefined, { move: 'import', start }, env)
    return isRefusal(event) ? event : evolve(undefined, event)
  }
  return {
    ...{ cases, today: TODAY, law: LAW, areas },
    organisations: async () => orgs,
    countiesOf: async (points) =>
      bounded ? points.map(({ lng, lat }) => (lng > 105 && lng < 109 && lat > 32 && lat < 34 ? '610702' : undefined)) : undefined,
    existing: async ({ keys, nos }) => ({ keys: only(taken.keys, keys), nos: only(taken.nos, nos) }),
    judge: (start) => begin(start, '—'),
    write: async ({ orgs: wanted, make }) => {
      if (++writes === o.failAt) throw new Error('the power went')
      orgs.push(...wanted.map(({ name }) => ({ id: `id of ${name}`, name })))
      const added = make(orgFinder(orgs, areas)).map((start, at) => orThrow(begin(start, `HZ-2026-${cases.length + at}`)))
      cases.push(...added)
      for (const { no, originalText: text, imported } of added) {
        taken.nos.set(no, { no, text })
        taken.keys.set(imported!.key, { no, text })
      }
      return { cases: added }
    },
  }
}

function only(held: Map<string, Held>, asked: readonly string[]): Map<string, Held> {
  return new Map(asked.flatMap((key) => (held.has(key) ? [[key, held.get(key)!]] : [])))
}

function orThrow<T>(answer: T): Exclude<T, { refused: true }> {
  if (isRefusal(answer)) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`)
  return answer as Exclude<T, { refused: true }>
}
