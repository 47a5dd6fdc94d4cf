import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, Db } from '../base/db.ts'
import { parseCalendar } from '../base/rules/calendar.ts'
import { checkRows, type Law, type RuleRow } from '../base/rules/law.ts'
import { isRefusal, type Refusal } from '../base/rules/refusal.ts'
import { loadRules, saveRules } from '../base/store-rules.ts'
import { hasAreas, loadPlaces, savePlaces } from '../places/index.ts'

/** What makes the product one city's: its code and names, its office, and where its divisions lie. */
export interface City {
  tenant: number
  name: { zh: string; en: string }
  office: string
  officePhone: string
  /** Case numbers begin with it: HZ-2026-000001. */
  numberPrefix: string
  places: string
}

const DATA = join(import.meta.dirname, '../../data')

/** Reads `data/cities/<tenant>.json`; throws one clear line when the city is not configured. */
export async function loadCity(tenant: number): Promise<City> {
  const file = join(DATA, 'cities', `${tenant}.json`)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`city ${tenant} is not configured: ${file} does not exist`)
  })
  return JSON.parse(text) as City
}

/** Divisions, boundaries and the rules that ship with the product; a second run writes nothing new and reads no map. */
export async function setUpCity(database: Database, city: City): Promise<void> {
  const rules = await shippedRules()
  await database.begin(city.tenant, async (db) => {
    if (!(await hasAreas(db, city.tenant)))
      await savePlaces(db, city.tenant, orThrow(await loadPlaces(join(DATA, 'places', city.places))))
    await saveRules(db, rules)
  })
}

/** The law as it stands in the database, with the working-day calendar that ships with the product. */
export async function loadLaw(db: Db): Promise<Law> {
  const calendar = orThrow(parseCalendar(JSON.parse(await readFile(join(DATA, 'calendar/state-council.json'), 'utf8'))))
  return { rules: await loadRules(db), calendar }
}

async function shippedRules(): Promise<RuleRow[]> {
  const rows = JSON.parse(await readFile(join(DATA, 'rules/cases.json'), 'utf8')) as RuleRow[]
  const wrong = checkRows(rows)[0]
  if (wrong) throw new Error(`data/rules/cases.json: ${wrong.problem} of ${wrong.kind}/${wrong.key}: ${wrong.ranges.join(', ')}`)
  return rows
}

function orThrow<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`)
  return answer
}
