import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { proveJournal } from '../../base/journal/prove.ts'
import { toDay } from '../../base/rules/day.ts'
import { ruleAt } from '../../base/rules/law.ts'
import { journalled } from '../../contexts.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const as = (who: string) => world.as(who)
const replace = (o: object = {}) => ({
  op: 'replace',
  kind: 'evidence',
  key: 'default',
  reason: '手机定位误差',
  validFrom: '2026-04-01',
  value: { radiusM: 300, onSitePeople: 2, clockSkewMinutes: 10 },
  source: '内部规定',
  confidence: 'D',
  ...o,
})

async function propose(o: object = {}) {
  const answer = await (await as('office')).post('/api/rule-changes', replace(o))
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ id: string; version: number; state: string }>()
}

async function decide(id: string, o: { approve: boolean; who?: string; version?: number }) {
  const body = { approve: o.approve, words: '已议定' }
  return (await as(o.who ?? 'leader')).post(`/api/rule-changes/${id}/decision`, body, { version: o.version ?? 1 })
}

describe('a rule that is changed', () => {
  it('holds from its day on, after a second person, and the days before keep the row they had', async () => {
    const { id } = await propose({ kind: 'reopen', key: 'default', value: { radiusM: 80, months: 24 } })
    const before = world.house.law().rules.length
    expect((await decide(id, { approve: true })).json()).toMatchObject({ state: 'approved', version: 2 })
    await world.house.reloadLaw()
    const { rules } = world.house.law()
    expect(rules).toHaveLength(before + 1)
    const on = (day: string) => ruleAt<{ radiusM: number }>(rules, 'reopen', 'default', toDay(day)).value.radiusM
    expect([on('2026-03-31'), on('2026-04-01')]).toEqual([50, 80])
    const found = await proveJournal(world.house, { journalled })
    expect(found).toMatchObject({ ok: true })
  })

  it('is shown as verified once its source was checked by two people', async () => {
    const office = await as('office')
    const rules = async () =>
      (await office.get('/api/rules?kind=category')).json<{ items: { key: string; unverified: boolean }[] }>().items
    expect((await rules()).find((r) => r.key === 'A')!.unverified).toBe(true)
    const made = await office.post('/api/rule-changes', { op: 'confirm', kind: 'category', key: 'A', reason: '已核对三定方案' })
    await decide(made.json().id, { approve: true })
    await world.house.reloadLaw()
    expect((await rules()).find((r) => r.key === 'A')!.unverified).toBe(false)
  })
})

routeTests('GET /api/rule-changes', {
  allowed: async () => {
    const { id } = await propose({ key: 'default', kind: 'colour', value: colour({ redMilestoneLateDays: 20 }) })
    const { items } = (await (await as('auditor')).get('/api/rule-changes')).json<{ items: { id: string }[] }>()
    expect(items.map((c) => c.id)).toContain(id)
    await decide(id, { approve: false })
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/rule-changes' })).statusCode).toBe(401)
    expect((await (await as('payout')).get('/api/rule-changes')).statusCode).toBe(403)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'it names nothing' },
})

function colour(change: object) {
  const row = world.house.law().rules.find((r) => r.kind === 'colour' && r.key === 'default')!
  return { ...(row.value as object), ...change }
}

routeTests('POST /api/rule-changes', {
  allowed: async () => {
    const { id, state } = await propose()
    expect(state).toBe('proposed')
    expect((await (await as('office')).post('/api/rule-changes', replace())).statusCode).toBe(409) // one at a time
    await decide(id, { approve: false })
  },
  forbidden: async () => {
    for (const who of ['leader', 'county-office-hantai', 'sysadmin'])
      expect((await (await as(who)).post('/api/rule-changes', replace())).statusCode, who).toBe(403)
  },
  malformed: async () => {
    const office = await as('office')
    const wrong = [
      { validFrom: '2026-02-30' },
      { validFrom: '2026-03-01' },
      { value: { radiusM: 'far', onSitePeople: 2, clockSkewMinutes: 10 } },
      { value: { radiusM: 300 } },
      { key: 'none' },
      { confidence: 'X' },
      { reason: ' ' },
    ]
    for (const o of wrong) expect((await office.post('/api/rule-changes', replace(o))).statusCode, JSON.stringify(o)).toBe(422)
  },
  missing: { none: 'it makes something new' },
})

routeTests('POST /api/rule-changes/{id}/decision', {
  allowed: async () => {
    const { id } = await propose()
    expect((await decide(id, { approve: false })).json()).toMatchObject({ state: 'refused', words: '已议定' })
    expect((await decide(id, { approve: true, version: 2 })).statusCode).toBe(409)
  },
  forbidden: async () => {
    expect((await decide(NOBODY, { approve: true, who: 'office-2' })).statusCode).toBe(403)
  },
  malformed: async () => {
    const { id } = await propose()
    const leader = await as('leader')
    expect((await leader.post(`/api/rule-changes/${id}/decision`, { approve: 'yes' }, { version: 1 })).statusCode).toBe(422)
    expect((await decide(id, { approve: true, version: 7 })).statusCode).toBe(409)
    await decide(id, { approve: false })
  },
  missing: async () => {
    expect((await decide(NOBODY, { approve: true })).statusCode).toBe(404)
  },
})

routeTests('POST /api/rule-changes/{id}/withdraw', {
  allowed: async () => {
    const { id } = await propose()
    const answer = await (await as('office')).post(`/api/rule-changes/${id}/withdraw`, {}, { version: 1 })
    expect(answer.json()).toMatchObject({ state: 'withdrawn' })
  },
  forbidden: async () => {
    const { id } = await propose()
    expect((await (await as('office-2')).post(`/api/rule-changes/${id}/withdraw`, {}, { version: 1 })).statusCode).toBe(403)
    await decide(id, { approve: false })
  },
  malformed: async () => {
    expect((await (await as('office')).post('/api/rule-changes/x/withdraw', {}, { version: 1 })).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await (await as('office')).post(`/api/rule-changes/${NOBODY}/withdraw`, {}, { version: 1 })).statusCode).toBe(404)
  },
})
