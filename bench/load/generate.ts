import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../src/base/db.ts'
import { appendEvents } from '../../src/base/journal/store.ts'
import { dayOf, type Instant } from '../../src/base/rules/day.ts'
import { inCity } from '../../src/cases/in-city.ts'
import { foldSpots } from '../../src/cases/map/fold.ts'
import type { Case } from '../../src/cases/rules/case.ts'
import { PATHS, STATES } from '../../src/cases/rules/codes.ts'
import { colourOf } from '../../src/cases/rules/colours.ts'
import type { CaseEvent } from '../../src/cases/rules/event.ts'
import { happeningOf, insertCases, saveColours } from '../../src/cases/store.ts'
import { walkTo } from '../../src/cases/testing/walks.ts'
import type { OpenHouse } from '../../src/house.ts'

const BATCH = 1000

/**
 * Adds `n` cases to the list with their whole stories in the journal: real walks of the life cycle, each with its own number, county,
 * place and day. Half of the places lie in a few towns. The same seed gives the same list.
 */
export async function generate(
  house: OpenHouse,
  o: { n: number; first?: number; seed?: string; say?(done: number): void },
): Promise<void> {
  const places = await placesOf(house, Math.min(o.n, 200_000))
  const orgs = await inCity(house, async (db) =>
    (await sql<{ id: string }>`select id from people.organisation order by name`.execute(db)).rows.map((r) => r.id),
  )
  const stories = templates()
  const today = dayOf(house.clock().toISOString() as Instant)
  for (let from = 0; from < o.n; from += BATCH) {
    const size = Math.min(BATCH, o.n - from)
    const made = Array.from({ length: size }, (_, i) => {
      const number = (o.first ?? 0) + from + i
      const draw = drawer(`${o.seed ?? 'qinba'} ${number}`)
      return tell(pick(stories, draw()), {
        number,
        place: places[Math.floor(draw() * places.length)]!,
        org: () => pick(orgs, draw()),
        draw,
      })
    })
    await inCity(house, (db) => write(db, made, { today, house }))
    if (from % (20 * BATCH) === 0) await foldSpots(house)
    o.say?.(from + size)
  }
  await foldSpots(house)
}

interface Story {
  case: Case
  events: CaseEvent[]
}

async function write(
  db: Db,
  made: Story[],
  { today, house }: { today: ReturnType<typeof dayOf>; house: OpenHouse },
): Promise<void> {
  await insertCases(
    db,
    made.map((m) => ({ case: m.case, event: m.events[0]! })),
  )
  await appendEvents(db, house.tenant, made.flatMap((m) => m.events.slice(1)).map(happeningOf))
  const rows = made.map(({ case: c }) => ({ id: c.id, version: c.version, ...colourOf(c, { today, law: house.law() }) }))
  await saveColours(db, rows, today)
}

/** A walk to every state that a path passes, as JSON; a list is mostly what was finished. */
function templates(): { text: string; weight: number }[] {
  return PATHS.flatMap((path) =>
    STATES.flatMap((state) => {
      try {
        const story = walkTo(path, state)
        if (story.c.state !== state) return []
        return [{ text: JSON.stringify({ case: story.c, events: story.events }), weight: state === 'closed' ? 30 : 1 }]
      } catch {
        return [] // the path does not pass this state
      }
    }),
  )
}

interface Teller {
  number: number
  place: { region: string; lng: number; lat: number }
  org(): string
  draw(): number
}

function tell({ text }: { text: string }, o: Teller): Story {
  const { region, lng, lat } = o.place
  const orgs = new Map<string, string>()
  const own = text
    .replaceAll('case-1', uuidOf(`case ${o.number}`))
    .replaceAll('HZ-2026-000001', `HZ-2026-${String(1_000_000 + o.number)}`)
    .replaceAll('"lng":107.0312,"lat":33.0678', `"lng":${lng},"lat":${lat}`)
    .replaceAll('610702', region)
    .replaceAll('2026-03-02', DAYS[Math.floor(o.draw() * DAYS.length)]!)
    .replaceAll('弃渣堆放', `${pick(THINGS, o.draw()).text}${o.number}`)
    .replace(/"org":"(\w+)"/g, (_, key: string) => `"org":"${orgs.get(key) ?? orgs.set(key, o.org()).get(key)}"`)
  return JSON.parse(own) as Story
}

const THINGS = ['弃渣堆放', '生活污水直排', '砂石厂扬尘', '养殖粪污', '违建占河', '垃圾焚烧', '采石破坏山体', '餐饮油烟'].map(
  (text) => ({ text, weight: 1 }),
)
// The walks are reported on 2026-03-02; an earlier report fits the rest of each.
const DAYS = Array.from({ length: 270 }, (_, i) => new Date(Date.UTC(2025, 5, 6 + i)).toISOString().slice(0, 10))

async function placesOf(house: OpenHouse, n: number): Promise<Teller['place'][]> {
  const rows = await inCity(
    house,
    async (db) =>
      (
        await sql<Teller['place']>`select code as region, st_x(p) as lng, st_y(p) as lat
      from places.boundary b, lateral (select (st_dump(st_generatepoints(b.geom, greatest(50, (${n} * st_area(b.geom) / 2.7)::int), 7))).geom as p) points
      where b.tenant = base.tenant() order by code, lng, lat`.execute(db)
      ).rows,
  )
  const draw = drawer('towns')
  const towns = Array.from({ length: 40 }, () => rows[Math.floor(draw() * rows.length)]!)
  const near = () => (draw() + draw() + draw() - 1.5) * 0.02
  return rows.map((row) => {
    if (draw() < 0.5) return row
    const town = towns[Math.floor(draw() * towns.length)]!
    return { region: town.region, lng: round(town.lng + near()), lat: round(town.lat + near()) }
  })
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

function pick<T extends { weight: number } | string>(list: T[], chance: number): T {
  const weightOf = (x: T) => (typeof x === 'string' ? 1 : x.weight)
  let left = chance * list.reduce((sum, x) => sum + weightOf(x), 0)
  for (const x of list) {
    left -= weightOf(x)
    if (left < 0) return x
  }
  return list[list.length - 1]!
}

function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function drawer(seed: string): () => number {
  let state = createHash('md5').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
