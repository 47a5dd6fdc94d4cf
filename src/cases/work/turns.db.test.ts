import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, rowsVisited } from '../../../test/record.ts'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type Person, systemCtx, type World } from '../../../test/world.ts'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import { type Actor, findActor } from '../../people/index.ts'
import type { commandCtx } from '../import/command.ts'
import { importDemo } from '../import/load-demo.ts'
import { inCity } from '../in-city.ts'
import { rewriteAll } from '../rewrite.ts'
import type { Case } from '../rules/case.ts'
import { PATHS, STATES } from '../rules/codes.ts'
import type { CaseEvent } from '../rules/event.ts'
import { whatNow } from '../rules/lifecycle.ts'
import { insertCases, pageOfCases } from '../store.ts'
import { walkTo } from '../testing/walks.ts'
import { groupOf, isTurnOf, workDays } from './rules/groups.ts'
import { DUTIES, turnsOf } from './rules/turns.ts'

const ROLES = [
  'office',
  'leader',
  'inspector',
  'county-office-hantai',
  'county-office-chenggu',
  'unit-hantai',
  'unit-chenggu',
  'chief-hantai',
  'grid-hantai',
  'analyst',
  'publisher',
]

let world: World
// Every state of every path, in two counties, with every label, bound to real organisations; written one after another on real days.
beforeAll(async () => {
  world = await openWorld({ now: new Date('2026-04-20T02:00:00Z') })
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people.organisation`.execute(
    world.house.database.owner,
  )
  const org = (name: string) => rows.find((row) => row.name === name)!.id
  const cases: Case[] = []
  for (const [county, unit] of [
    ['610702', '汉台区住房和城乡建设局'],
    ['610722', '城固县住房和城乡建设局'],
  ] as const)
    for (const path of PATHS)
      for (const state of STATES)
        for (const last of [false, true]) {
          const c = walked({ path, state, last })
          if (c?.state !== state) continue
          const own = { county, unit: org(unit), helper: org('汉中市水利局'), inspection: org('汉中市住房和城乡建设局') }
          cases.push(placed(c, { ...own, n: cases.length }))
        }
  await inCity(world.house, (db) =>
    insertCases(
      db,
      cases.map((c) => ({ case: c, event: firstEvent(c) })),
    ),
  )
  await rewriteAll(world.house)
  await world.house.database.vacuum()
})
afterAll(() => world.close())

function walked(o: { path: (typeof PATHS)[number]; state: (typeof STATES)[number]; last: boolean }): Case | undefined {
  try {
    return walkTo(o.path, o.state, { last: o.last }).c
  } catch {
    return undefined // this path does not pass this state
  }
}

interface Own {
  county: string
  unit: string
  helper: string
  inspection: string
  n: number
}

function placed(c: Case, o: Own): Case {
  const text = JSON.stringify(c, (key, value) => {
    if (['org', 'implementer', 'acceptanceUnit'].includes(key)) return o[value as 'unit'] ?? value
    return key === 'region' ? o.county : value
  })
  const tail = String(o.n).padStart(12, '0')
  const own = { id: `00000000-0000-4000-8000-${tail}`, no: `HZ-2026-7${tail.slice(-5)}`, secrecy: (o.n % 4) as Case['secrecy'] }
  return { ...(JSON.parse(text) as Case), ...own }
}

const firstEvent = (c: Case) =>
  ({
    type: 'report',
    tenant: c.tenant,
    case: c.id,
    version: 1,
    at: '2026-03-02T02:00:00.000Z',
    by: { account: 'x', name: 'x', role: 'office' },
    data: {},
  }) as unknown as CaseEvent

async function actorOf(person: Person): Promise<Actor> {
  const today = dayOf(world.time.now.toISOString() as Instant)
  return (await inCity(world.house, (db) => findActor(db, person.account, today)))!
}

/** What the rules say of each case, one by one. */
async function byRules(actor: Actor): Promise<Map<string, string[]>> {
  const today = dayOf(world.time.now.toISOString() as Instant)
  const law = world.house.law()
  const all = await inCity(world.house, (db) => pageOfCases(db, { limit: 10_000 }))
  const groups = all.flatMap(({ case: c }) =>
    turnsOf(c, { law, today })
      .filter((turn) => isTurnOf(actor, c, turn))
      .flatMap((turn) => groupOf(turn, workDays(today, law)) ?? [])
      .map((group) => ({ group, id: c.id })),
  )
  return new Map([...Map.groupBy(groups, (g) => g.group)].map(([group, own]) => [group, own.map((g) => g.id).sort()]))
}

type Item = { id: string; colour: string; waits: { due?: string } }
type Answer = { groups: { group: string; total: number; items: Item[]; next: string | null }[] }

async function allOf(person: Person, group: string): Promise<Item[]> {
  const items: Item[] = []
  for (let after = ''; ; ) {
    const page = (await person.get(`/api/work/${group}?limit=3${after}`)).json<{ items: Item[]; next: string | null }>()
    items.push(...page.items)
    if (!page.next) return items
    after = `&after=${page.next}`
  }
}

describe('a work list', () => {
  it.each(ROLES)('of %s is what the rules say of every case, counted and page by page', async (role) => {
    for (const days of [0, 3, 60, 220]) {
      world.time.now = new Date(Date.parse('2026-04-20T02:00:00Z') + days * 86_400_000)
      const person = await world.as(role)
      const expected = await byRules(await actorOf(person))
      const { groups } = (await person.get('/api/work')).json<Answer>()
      expect(Object.fromEntries(groups.map((g) => [g.group, g.total]))).toEqual(
        Object.fromEntries([...expected].map(([group, ids]) => [group, ids.length])),
      )
      if (days > 3) continue
      for (const { group } of groups) {
        const items = await allOf(person, group)
        expect(items.map((i) => i.id).sort(), group).toEqual(expected.get(group))
        const keys = items.map((i) => `${['red', 'yellow', 'green'].indexOf(i.colour)} ${i.waits.due ?? '9999'} ${i.id}`)
        expect(keys, group).toEqual([...keys].sort())
      }
    }
    world.time.now = new Date('2026-04-20T02:00:00Z')
  })

  it('has something for everybody who moves cases, and every county its own', async () => {
    const seen = new Set<string>()
    for (const role of ROLES.slice(0, 6)) {
      const { groups } = (await (await world.as(role)).get('/api/work')).json<Answer>()
      expect(groups.length, role).toBeGreaterThan(0)
      for (const { group } of groups) seen.add(group)
    }
    expect(seen.size).toBeGreaterThan(10)
  })

  it('follows a move at once: the turn passes from one to the next', async () => {
    const office = await world.as('office')
    const first = (await office.get('/api/work/triage')).json().items[0]
    const before = (await office.get('/api/work')).json<Answer>()
    const total = (answer: Answer, group: string) => answer.groups.find((g) => g.group === group)?.total ?? 0
    const { version } = (await office.get(`/api/cases/${first.id}`)).json()
    const move = { move: 'decline', reason: '示例：线索不详' }
    expect((await office.post(`/api/cases/${first.id}/moves`, move, { version })).statusCode).toBe(200)
    const after = (await office.get('/api/work')).json<Answer>()
    expect(total(after, 'triage')).toBe(total(before, 'triage') - 1)
  })

  it('reads of the list only the cases that it shows', async () => {
    const office = await world.as('office')
    const statements = await record(async () => expect((await office.get('/api/work/triage?limit=3')).statusCode).toBe(200))
    expect(await rowsVisited(world.house.database.pool, statements, 'problem')).toBe(3)
  })

  it('is the same after it was made anew, and nothing is written where nothing was wrong', async () => {
    const { pool } = world.house.database
    const read = async () => (await pool.query('select xmin::text, * from cases.turn order by case_id, turn, org')).rows
    const before = await read()
    await rewriteAll(world.house)
    expect(await read()).toEqual(before)
    await pool.query(`delete from cases.turn where turn = 'sign'`)
    await rewriteAll(world.house)
    const bare = (rows: Record<string, unknown>[]) => rows.map(({ xmin: _, ...row }) => row)
    expect(bare(await read())).toEqual(bare(before))
  })
})

// Moves that are work of the day whenever the procedure allows them.
const PLAIN = DUTIES.filter((move) => !['progress', 'recheck', 'mark_unfounded', 'override_colour'].includes(move))

describe('imported rows, which are completed where they stand', () => {
  it('wait with what the procedure says', async () => {
    await importDemo(systemCtx(world.house) as ReturnType<typeof commandCtx>)
    const at = { today: dayOf(world.time.now.toISOString() as Instant), law: world.house.law() }
    const all = await inCity(world.house, (db) => pageOfCases(db, { limit: 10_000 }))
    const imported = all.map((found) => found.case).filter((c) => c.imported)
    expect(imported.filter((c) => c.incomplete.length > 0).length).toBeGreaterThan(5)
    for (const role of ROLES.slice(0, 6)) {
      const actor = await actorOf(await world.as(role))
      for (const c of imported) {
        const turns = turnsOf(c, at).filter((turn) => turn.since <= at.today && isTurnOf(actor, c, turn))
        const open = whatNow(c, actor, { ...at, at: `${at.today}T00:00:00.000Z` as Instant }).filter((option) => option.allowed)
        const allowed = PLAIN.filter((move) => open.some((option) => option.move === move))
        expect(
          PLAIN.filter((move) => turns.some(({ turn }) => turn === move)),
          `${role} ${c.no} ${c.state}`,
        ).toEqual(allowed)
      }
    }
    const office = await world.as('office')
    const expected = await byRules(await actorOf(office))
    const { groups } = (await office.get('/api/work')).json<Answer>()
    expect(groups.map((g) => [g.group, g.total])).toEqual(groups.map((g) => [g.group, expected.get(g.group)?.length]))
  })
})

const status = (answer: { statusCode: number }) => answer.statusCode

routeTests('GET /api/work/{group}', {
  allowed: async () => {
    const { group, total, items } = (await (await world.as('office')).get('/api/work/triage?limit=2')).json()
    expect([group, items.length]).toEqual(['triage', 2])
    expect(total).toBeGreaterThan(2)
    expect(items[0].waits.since <= dayOf(world.time.now.toISOString() as Instant)).toBe(true)
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ method: 'GET', url: '/api/work/triage' }))).toBe(401)
    expect(status(await (await world.as('sysadmin')).get('/api/work/triage'))).toBe(403)
    const { items } = (await (await world.as('county-office-chenggu')).get('/api/work/triage?limit=100')).json()
    expect(items.length).toBeGreaterThan(0)
    expect(items.every((i: { place: { region: string } }) => i.place.region === '610722')).toBe(true)
  },
  malformed: async () => {
    const office = await world.as('office')
    for (const url of ['nothing', 'triage?limit=101', 'triage?after=x'])
      expect(status(await office.get(`/api/work/${url}`)), url).toBe(400)
  },
  missing: { none: 'a group in which nothing waits is an empty answer' },
})
