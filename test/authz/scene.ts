import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { type Db, widen } from '../../src/base/db.ts'
import { THUMB } from '../../src/base/files/inspect.ts'
import { beginJournal } from '../../src/base/journal/store.ts'
import { rewriteAll } from '../../src/cases/rewrite.ts'
import type { CaseEvent } from '../../src/cases/rules/event.ts'
import { evolve } from '../../src/cases/rules/evolve.ts'
import { insertCases, updateCase } from '../../src/cases/store.ts'
import { begin, PLACE, photo, type Story } from '../../src/cases/testing/story.ts'
import { walkTo } from '../../src/cases/testing/walks.ts'
import { photo as picture } from '../photos.ts'
import { openWorld, type World, type WorldOptions } from '../world.ts'
import type { Asking, Kept } from './expected.ts'

/** A case of the scene with what a request needs to ask for it. */
export interface Planted extends Kept {
  n: number
  id: string
  no: string
  title: string
  batch: string
  state: string
  evidence: string
  at: { lng: number; lat: number }
}

/** Somebody who sends requests. */
export interface Sender extends Asking {
  name: string
  send(o: InjectOptions): Promise<LightMyRequestResponse>
}

export interface Scene {
  world: World
  cases: Planted[]
  /** Everybody, each with the clearance given. */
  everybody(clearance: number): Promise<Sender[]>
}

const COUNTIES = [
  { code: '610702', unit: '汉台区住房和城乡建设局', at: { lng: 107.03, lat: 33.07 } },
  { code: '610722', unit: '城固县住房和城乡建设局', at: { lng: 107.33, lat: 33.15 } },
] as const
const LABELS = [0, 1, 2, 3] as const
/** Nobody bound yet; a unit of the county bound; a unit of the other county bound too; on public notice. */
const KINDS = ['free', 'bound', 'shared', 'noticed'] as const
const OTHER_CITY = 610800
const NOW = new Date('2026-03-27T02:00:00Z')

/** A world with a case of every label and kind in two counties, and one case of another city in the same database. */
export async function openScene(o: WorldOptions = {}): Promise<Scene> {
  const world = await openWorld({ now: NOW, ...o })
  const orgs = await organisationsOf(world)
  const sha256 = await keepPhoto(world)
  const cases: Planted[] = []
  await setUpOtherCity(world)
  for (const county of COUNTIES)
    for (const label of LABELS)
      for (const kind of KINDS) {
        const other = COUNTIES.find((c) => c !== county)!
        const helper = kind === 'shared' ? other.unit : '汉中市水利局'
        const org = { unit: orgs.get(county.unit)!, helper: orgs.get(helper)!, inspection: orgs.get('汉中市住房和城乡建设局')! }
        cases.push(await plant(world, { n: cases.length + 1, city: 610700, county, label, kind, org, sha256 }))
      }
  const none = { unit: randomUUID(), helper: randomUUID(), inspection: randomUUID() }
  const far = { code: String(OTHER_CITY), at: { lng: 107.2, lat: 33.1 } }
  cases.push(
    await plant(world, { n: cases.length + 1, city: OTHER_CITY, county: far, label: 0, kind: 'free', org: none, sha256 }),
  )
  await rewriteAll(world.house)
  await freeze(world)
  const stranger = await foreignSession(world)
  return { world, cases, everybody: (clearance) => everybody(world, { clearance, orgs, stranger }) }
}

async function organisationsOf(world: World): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people.organisation`.execute(
    world.house.database.owner,
  )
  return new Map(rows.map((r) => [r.name, r.id]))
}

async function keepPhoto(world: World): Promise<string> {
  const content = await picture({ takenAt: '2026-03-02T10:00:00', lng: 107.03, lat: 33.07 })
  const { sha256 } = await world.house.blobs.put(Readable.from([content]))
  await world.house.blobs.putDerived(sha256, THUMB, content)
  return sha256
}

interface Wanted {
  n: number
  city: number
  county: { code: string; at: { lng: number; lat: number } }
  label: number
  kind: (typeof KINDS)[number]
  org: Record<'unit' | 'helper' | 'inspection', string>
  sha256: string
}

const STATE_OF = { free: 'reported', bound: 'rectifying', shared: 'rectifying', noticed: 'publicising' } as const

// The pure story of one case, told again for this place, label and these organisations, and written as the product writes it.
async function plant(world: World, o: Wanted): Promise<Planted> {
  const id = randomUUID()
  const evidence = randomUUID()
  const at = { lng: o.county.at.lng + o.n * 0.001, lat: o.county.at.lat }
  const title = `第${o.n}号图斑`
  const batch = `批次${o.n}号`
  const story = begin('inspection', {
    report: { title, batch, secrecy: 0, place: { region: '610702', point: PLACE, address: '河岸' } },
  })
  story.go('office', photo('site_visit', '2026-03-01', { id: evidence, sha256: o.sha256 }))
  const told = o.kind === 'free' ? story : walkTo('inspection', STATE_OF[o.kind], { story })
  const no = `HZ-2026-8${String(o.n).padStart(5, '0')}`
  const events = retold(told, { ...o, id, no, at })
  const kept = await write(world, o.city, events)
  return {
    ...{ n: o.n, id, no, title, batch, evidence, at, state: STATE_OF[o.kind] },
    ...{
      city: o.city,
      county: o.county.code,
      label: o.label,
      orgs: kept.duties.map((d) => d.org),
      onNotice: o.kind === 'noticed',
    },
  }
}

const ORG_KEYS = ['org', 'implementer', 'acceptanceUnit']

function retold(story: Story, o: Wanted & Pick<Planted, 'id' | 'no' | 'at'>): CaseEvent[] {
  const text = JSON.stringify(story.events, (key, value) => {
    if (ORG_KEYS.includes(key)) return o.org[value as keyof typeof o.org] ?? value
    if (value === 'case-1') return o.id
    if (key === 'no' && /^HZ-/.test(String(value))) return o.no
    if (key === 'secrecy') return o.label
    if (key === 'region') return o.county.code
    if (key === 'point') return o.at
    return key === 'tenant' ? o.city : value
  })
  return JSON.parse(text) as CaseEvent[]
}

async function write(world: World, tenant: number, events: CaseEvent[]) {
  return world.house.database.begin(tenant, async (db) => {
    await widen(db, { tenant, areas: '*', orgs: [], clearance: 3 })
    let c = evolve(undefined, events[0]!)
    await insertCases(db, [{ case: c, event: events[0]! }])
    for (const event of events.slice(1)) {
      c = evolve(c, event)
      if (!(await updateCase(db, { case: c, event }))) throw new Error(`${c.no} was not written`)
    }
    return c
  })
}

// A month frozen with a colour for every case, as the job of the month's end leaves it.
async function freeze(world: World): Promise<void> {
  const db = world.house.database.owner
  await sql`insert into cases.colour_snapshot (tenant, month, case_id, colour, manual, why, region)
    select tenant, '2026-02', id, 'green', false, '[]', region from cases.problem`.execute(db)
  await sql`insert into cases.frozen_month (tenant, id, month, frozen_at)
    select distinct tenant, gen_random_uuid(), '2026-02', '2026-03-01T00:00:00Z'::timestamptz from (select distinct tenant from cases.problem) p`.execute(
    db,
  )
}

async function setUpOtherCity(world: World): Promise<void> {
  const { database } = world.house
  await sql`insert into places.area (tenant, code, name, level) values (${OTHER_CITY}, ${String(OTHER_CITY)}, '榆林市', 'city')`.execute(
    database.owner,
  )
  await database.begin(OTHER_CITY, (db) => beginJournal(db, OTHER_CITY, 'sha256'))
}

/** A live session of another city's office, in the same tables: its token must open nothing here. */
async function foreignSession(world: World): Promise<string> {
  const token = 'another-city'
  const [org, post, account] = [randomUUID(), randomUUID(), randomUUID()]
  const area = String(OTHER_CITY)
  await world.house.database.begin(OTHER_CITY, async (db: Db) => {
    await sql`insert into people.organisation (tenant, id, name, kind, area) values (base.tenant(), ${org}, '督办', 'office', ${area})`.execute(
      db,
    )
    await sql`insert into people.post (tenant, id, org, title, role, area) values (base.tenant(), ${post}, ${org}, '督办', 'office', ${area})`.execute(
      db,
    )
    await sql`insert into people.account (tenant, id, username, name, clearance) values (base.tenant(), ${account}, 'far', '远', 3)`.execute(
      db,
    )
    await sql`insert into people.holding (tenant, id, post, account, from_day) values (base.tenant(), ${randomUUID()}, ${post}, ${account}, '2026-01-01')`.execute(
      db,
    )
    await sql`insert into people.session (tenant, token_hash, account, created_at, seen_at, idle_minutes, expires_at)
      values (base.tenant(), ${createHash('sha256').update(token).digest()}, ${account}, ${NOW}, ${NOW}, 600, '2027-01-01')`.execute(
      db,
    )
  })
  return token
}

async function everybody(world: World, o: { clearance: number; orgs: Map<string, string>; stranger: string }): Promise<Sender[]> {
  const { clearance } = o
  await sql`update people.account set clearance = ${clearance}`.execute(world.house.database.owner)
  const senders: Sender[] = []
  for (const { username, role, region } of world.accounts) {
    const person = await world.as(username)
    const { rows } = await sql<{ org: string }>`select p.org from people.holding h join people.post p on p.id = h.post
      where h.account = ${person.account}`.execute(world.house.database.owner)
    senders.push({ name: `${username}@${clearance}`, role, county: region, org: rows[0]!.org, clearance, send: person.send })
  }
  const cookie = `qinba_session=${o.stranger}`
  return [
    ...senders,
    { name: 'nobody', role: 'nobody', clearance, send: (r) => world.app.inject(r) },
    {
      name: 'other city',
      role: 'other city',
      clearance,
      send: (r) => world.app.inject({ ...r, headers: { ...(r.headers as Record<string, string>), cookie, 'x-csrf-token': 'x' } }),
    },
  ]
}
