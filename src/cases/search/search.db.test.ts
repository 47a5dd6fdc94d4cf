import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, type Statement } from '../../../test/record.ts'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { inCity } from '../in-city.ts'
import { checkCounts } from '../index.ts'
import { insertCases } from '../store.ts'
import { begin } from '../testing/story.ts'

const N = 3000
const COMMON = 2300

let world: World
let office: Person
// Two counties; in one of a thousand a word stands that few have, in most of them one that many have. The last is sealed.
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  const steps = Array.from({ length: N }, (_, i) => {
    const region = i % 2 === 0 ? '610702' : '610722'
    const few = i % 1000 === 3 ? '，旁有石灰窑' : ''
    const many = i < COMMON ? '弃渣堆放' : '污水直排'
    const report = { title: `${many}第${i}处`, originalText: `${many}${few}，共${i}方。`, place: { region, point: walk.POINT } }
    const { c, events } = begin('complaint', { day: '2026-03-10', report })
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
    const own = { id, no: `HZ-2026-8${String(i).padStart(5, '0')}`, ...(i === 1003 && { originalNo: '12345-〔2026〕77号' }) }
    const secrecy = i === N - 1 ? (3 as const) : c.secrecy
    return { case: { ...c, ...own, secrecy }, event: { ...events[0]!, case: id } }
  })
  await inCity(world.house, (db) => insertCases(db, steps))
  await world.house.database.vacuum()
})
afterAll(() => world.close())

const titles = async (who: Person, query: string) =>
  (await who.get(`/api/cases?limit=200&${query}`)).json().items.map((i: { title: string }) => i.title)
const of = (q: string) => `q=${encodeURIComponent(q)}`

describe('words', () => {
  it.each([
    ['石灰窑', ['弃渣堆放第2003处', '弃渣堆放第1003处', '弃渣堆放第3处']],
    ['石灰', ['弃渣堆放第2003处', '弃渣堆放第1003处', '弃渣堆放第3处']],
    ['窑', ['弃渣堆放第2003处', '弃渣堆放第1003处', '弃渣堆放第3处']],
    ['石灰 2003', ['弃渣堆放第2003处']],
    ['HZ-2026-802003', ['弃渣堆放第2003处']],
    ['hz2026802003', ['弃渣堆放第2003处']],
    ['１２３４５ 77号', ['弃渣堆放第1003处']],
    ['灰石', []],
    ['石灰%', ['弃渣堆放第2003处', '弃渣堆放第1003处', '弃渣堆放第3处']],
    ['。', []],
  ])('%s', async (q, expected) => {
    expect(await titles(office, of(q))).toEqual(expected)
  })

  it('find by the name of the county, and together with the other filters', async () => {
    expect(await titles(office, of('汉台 窑'))).toEqual([])
    expect(await titles(office, of('城固 窑'))).toHaveLength(3)
    expect(await titles(office, `region=610722&state=reported&${of('窑')}`)).toHaveLength(3)
    expect(await titles(office, `state=closed&${of('窑')}`)).toEqual([])
  })

  it('that very many have are counted up to a limit, and paged through all the same', async () => {
    const first = (await office.get(`/api/cases?limit=200&${of('弃渣')}`)).json()
    expect([first.total, first.items.length]).toEqual([2000, 200])
    const second = (await office.get(`/api/cases?limit=200&after=${first.next}&${of('弃渣')}`)).json()
    expect(second.items[0].title).toBe(`弃渣堆放第${COMMON - 201}处`)
    expect((await office.get(`/api/cases?region=610722&${of('弃渣')}`)).json().total).toBe(COMMON / 2)
  })

  it('follow the case: what it is called anew is found, what it was called is not', async () => {
    const c = await walk.report(world)
    const before = (await office.get(`/api/cases/${c.id}`)).json()
    expect(await titles(office, of('龙江街道'))).toEqual([])
    const move = {
      move: 'triage',
      category: 'W4',
      pollution: ['waste'],
      thing: 'place',
      severity: 'general',
      qinling: 'outside',
      title: '龙江街道砂石',
    }
    expect((await office.post(`/api/cases/${c.id}/moves`, move, { version: before.version })).statusCode).toBe(200)
    expect(await titles(office, of('龙江街道'))).toEqual(['龙江街道砂石'])
    expect(await titles(office, of(before.title))).not.toContain('龙江街道砂石')
    expect(await titles(office, of('龙江 石灰'))).toEqual([])
  })

  it('show nobody what is not theirs', async () => {
    const hantai = await world.as('county-office-hantai')
    expect(await titles(hantai, of('窑'))).toEqual([])
    expect((await hantai.get(`/api/cases?${of('弃渣堆放第')}`)).json().total).toBe(COMMON / 2)
    expect(await titles(await world.as('county-office-chenggu'), of('窑'))).toHaveLength(3)
    expect(await titles(await world.as('unit-hantai'), of('弃渣'))).toEqual([])
    const sealed = `污水直排第${N - 1}处` // 封存: by division only for the city's office and leaders
    expect(await titles(office, of(sealed))).toEqual([sealed])
    for (const who of ['inspector', 'county-office-chenggu', 'chief-chenggu', 'analyst'])
      expect(await titles(await world.as(who), of(sealed)), who).toEqual([])
  })

  it('are there for every case: the doctor looks', async () => {
    expect((await checkCounts(world.house)).find((f) => f.check === 'search')).toMatchObject({ level: 'ok' })
  })
})

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** The plans of the statements that a request sends, and of what the owner's function does within. */
async function plansOf(url: string): Promise<Plan[]> {
  const statements = await record(async () => expect((await office.get(url)).statusCode).toBe(200))
  const client = await world.house.database.pool.connect()
  const found: Plan[] = []
  try {
    for (const s of statements) {
      if (/^\s*commit/i.test(s.text)) continue
      if (/\bcases\.(problem|search|find_words)\b/.test(s.text)) found.push(...(await explained(client, s)))
      await client.query({ text: s.text, values: s.values })
    }
  } finally {
    await client.query('rollback')
    client.release()
  }
  return found
}

async function explained(client: { query(o: object): Promise<unknown> }, { text, values }: Statement): Promise<Plan[]> {
  const answer = (await client.query({ text: `explain (format json) ${text}`, values })) as {
    rows: { 'QUERY PLAN': { Plan: Plan }[] }[]
  }
  return nodes(answer.rows[0]!['QUERY PLAN'][0]!.Plan)
}

describe('a word of two characters', () => {
  it('is looked up in the index by the function, with no look through the texts', async () => {
    const { rows } = await world.house.database.pool.query<{ source: string }>(
      `select prosrc as source from pg_proc where oid = 'cases.find_words(int[], text[], int)'::regprocedure`,
    )
    const body = rows[0]!.source
      .replaceAll('sought', '$1::int[]')
      .replace(/\bwords\b/g, '$2::text[]')
      .replace(/\bmost\b/g, '$3::int')
    const client = await world.house.database.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.tenant', '610700', true)`)
      await client.query(`set local plan_cache_mode = force_generic_plan`) // as within the function: made for no word in particular
      await client.query(`prepare looked_up (int[], text[], int) as ${body}`)
      const answer = await client.query(`explain (format json) execute looked_up ('{1}', '{a}', 2001)`)
      const plan = nodes(answer.rows[0]['QUERY PLAN'][0].Plan)
      expect(plan.map((n) => n['Index Name'])).toContain('search_grams')
      expect(plan.filter((n) => n['Node Type'] === 'Seq Scan').map((n) => n['Relation Name'])).toEqual([])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  it('leads to the cases by their keys, a common one along the list: nowhere is all of it looked through', async () => {
    for (const url of [
      `/api/cases?${of('石灰')}`,
      `/api/cases?state=reported&${of('石灰')}`,
      `/api/search?${of('石灰')}`,
      `/api/search?${of('弃渣')}`,
    ]) {
      const plans = await plansOf(url)
      expect(plans.length, url).toBeGreaterThan(2)
      const through = plans.filter(
        (n) => n['Node Type'] === 'Seq Scan' && ['problem', 'search'].includes(n['Relation Name'] ?? ''),
      )
      expect(through, url).toEqual([])
    }
  })

  it('would be caught: a look through the list', async () => {
    const plans = await explained(
      { query: (o: object) => world.house.database.pool.query(o as { text: string; values: unknown[] }) },
      { text: `select 1 from cases.problem where title ilike $1`, values: ['%石灰%'] },
    )
    expect(plans.some((n) => n['Node Type'] === 'Seq Scan' && n['Relation Name'] === 'problem')).toBe(true)
  })
})

const status = (answer: { statusCode: number }) => answer.statusCode

routeTests('GET /api/search', {
  allowed: async () => {
    const found = (await office.get(`/api/search?limit=2&${of('石灰窑')}`)).json()
    expect(found.cases.map((c: { title: string }) => c.title)).toEqual(['弃渣堆放第2003处', '弃渣堆放第1003处'])
    expect(found.cases[0].piece).toMatchObject({ match: '石灰窑' })
    expect(found.more).toBe(true)
    const exact = (await office.get(`/api/search?${of('hz-2026-800007')}`)).json()
    expect(exact.cases[0].no).toBe('HZ-2026-800007')
    const named = (await office.get(`/api/search?${of('城固')}`)).json()
    expect(named.areas[0]).toMatchObject({ code: '610722', name: '城固县' })
    expect(named.organisations.length).toBeGreaterThan(0)
    expect((await office.get(`/api/search?${of('，')}`)).json()).toEqual({ cases: [], organisations: [], areas: [], more: false })
  },
  forbidden: async () => {
    expect(status(await world.app.inject({ method: 'GET', url: `/api/search?${of('石灰')}` }))).toBe(401)
    expect(status(await (await world.as('sysadmin')).get(`/api/search?${of('石灰')}`))).toBe(403)
    const { cases } = (await (await world.as('county-office-hantai')).get(`/api/search?${of('石灰')}`)).json()
    expect(cases).toEqual([])
  },
  malformed: async () => {
    for (const query of ['', 'q=', `q=${'x'.repeat(101)}`, `${of('石灰')}&limit=21`])
      expect(status(await office.get(`/api/search?${query}`)), query).toBe(400)
  },
  missing: { none: 'what is not there is an empty answer' },
})
