import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
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
  /** The folder that the city was read from; its divisions lie in `places/<places>` of it. */
  dir: string
}

const DATA = join(import.meta.dirname, '../../data')

/**
 * Reads `cities/<tenant>.json` of a folder: the one that ships with the product, or the operator's own (CITY_DIR). Throws one clear
 * line that names the file and what is wrong with it.
 */
export async function loadCity(tenant: number, dir: string = DATA): Promise<City> {
  const file = join(dir, 'cities', `${tenant}.json`)
  const text = await readFile(file, 'utf8').catch((e: NodeJS.ErrnoException) => {
    const why = e.code === 'ENOENT' ? 'does not exist' : `cannot be read (${e.code})`
    throw new Error(`city ${tenant} is not configured: ${file} ${why}`)
  })
  const found = CITY.safeParse(parseJson(text, file))
  if (!found.success) throw new Error(`${file}: ${found.error.issues.map(sayIssue).join('; ')}`)
  if (found.data.tenant !== tenant) throw new Error(`${file}: tenant is ${found.data.tenant}, expected ${tenant}`)
  return { ...found.data, dir }
}

const TEXT = z.string().trim().min(1).max(100)
const CITY = z.object({
  tenant: z.int(),
  name: z.object({ zh: TEXT, en: TEXT }),
  office: TEXT,
  officePhone: z.string().max(40),
  numberPrefix: z.string().regex(/^[A-Z]{2,8}$/, 'expected two to eight capital letters'),
  places: z.string().regex(/^[\w-]{1,40}$/, 'expected the name of a folder in places/'),
})

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (e) {
    throw new Error(`${file} is no JSON: ${e instanceof Error ? e.message : String(e)}`)
  }
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.') || 'city'}: ${message}`
}

/** Divisions, boundaries and the rules that ship with the product; a second run writes nothing new and reads no map. */
export async function setUpCity(database: Database, city: City): Promise<void> {
  const rules = await shippedRules()
  await database.begin(city.tenant, async (db) => {
    if (!(await hasAreas(db, city.tenant)))
      await savePlaces(db, city.tenant, await loadPlaces(join(city.dir, 'places', city.places), String(city.tenant)))
    await saveRules(db, rules)
  })
}

/** The law as it stands in the database, with the working-day calendar that ships with the product. */
export async function loadLaw(db: Db): Promise<Law> {
  const calendar = orThrow(parseCalendar(JSON.parse(await readFile(join(DATA, 'calendar/state-council.json'), 'utf8'))))
  return { rules: await loadRules(db), calendar }
}

async function shippedRules(): Promise<RuleRow[]> {
  const tables = await Promise.all(
    RULE_TABLES.map(async (name) => JSON.parse(await readFile(join(DATA, 'rules', name), 'utf8')) as RuleRow[]),
  )
  const wrong = checkRows(tables.flat())[0]
  if (wrong) throw new Error(`data/rules: ${wrong.problem} of ${wrong.kind}/${wrong.key}: ${wrong.ranges.join(', ')}`)
  return tables.flat()
}

const RULE_TABLES = ['cases.json', 'places.json', 'numbers.json']

function orThrow<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`)
  return answer
}
