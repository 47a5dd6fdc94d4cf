import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { zipText } from '../../../test/zip-text.ts'
import { inCity } from '../in-city.ts'
import type { Case } from '../rules/case.ts'
import type { Path, State } from '../rules/codes.ts'
import { insertCases } from '../store.ts'
import { walkTo } from '../testing/walks.ts'

const NOBODY = '00000000-0000-4000-8000-000000000009'
const REPORTER = 'sealed-record-of-who-reported'

let world: World
let office: Person
const planted = new Map<string, Case>()
beforeAll(async () => {
  world = await openWorld({ now: new Date('2026-04-10T02:00:00Z') })
  office = await world.as('office')
  await plant('reported', 'inspection', 'reported')
  await plant('assigned', 'inspection', 'assigned')
  await plant('closed', 'inspection', 'closed')
  await plant('petition', 'petition', 'closed')
  await plant('internal', 'petition', 'closed', { secrecy: 1 })
})
afterAll(() => world.close())

async function plant(name: string, path: Path, state: State, more: Partial<Case> = {}): Promise<void> {
  const { c, events } = walkTo(path, state)
  const n = planted.size + 1
  const id = `00000000-0000-4000-8000-00000000010${n}`
  const duties = c.duties.map((duty) => ({ ...duty, org: NOBODY }))
  const own = {
    id,
    no: `HZ-2026-90000${n}`,
    version: 1,
    batch: '第三轮',
    originalNo: `X-${n}`,
    reporter: REPORTER,
    duties,
    ...more,
  }
  const made = { ...c, ...own } as Case
  planted.set(name, made)
  await inCity(world.house, (db) => insertCases(db, [{ case: made, event: { ...events[0]!, case: id } }]))
}

const at = (name: string) => `/api/cases/${planted.get(name)!.id}/letters`
const confirm = async (kind: string) =>
  (await (await world.as('leader')).post(`/api/templates/${kind}/confirm`, {}, { version: 0 })).statusCode

async function refused(url: string): Promise<void> {
  expect((await world.app.inject({ url })).statusCode).toBe(401)
  expect((await (await world.as('auditor')).get(url)).statusCode).toBe(403)
  expect((await (await world.as('grid-chenggu')).get(url)).statusCode).toBe(404) // of another county
}

routeTests('GET /api/cases/{id}/letters', {
  allowed: async () => {
    const { kinds } = (await office.get(at('assigned'))).json()
    expect(kinds.map((k: { kind: string; ready: boolean }) => [k.kind, k.ready])).toEqual([
      ['assignment', true],
      ['acceptance', false],
      ['closure_notice', false],
    ])
    expect(kinds[1].why).toBe('问题尚未验收')
  },
  forbidden: () => refused(at('assigned')),
  malformed: async () => expect((await office.get('/api/cases/x/letters')).statusCode).toBe(400),
  missing: async () => expect((await office.get(`/api/cases/${NOBODY}/letters`)).statusCode).toBe(404),
})

routeTests('GET /api/cases/{id}/letters/{kind}.{format}', {
  allowed: async () => {
    const text = zipText((await office.get(`${at('assigned')}/assignment.docx`)).rawPayload, 'word/document.xml')
    for (const part of [planted.get('assigned')!.originalText, '生态环境问题交办单', planted.get('assigned')!.no])
      expect(text).toContain(part)
    expect((await office.get(`${at('reported')}/assignment.docx`)).statusCode).toBe(409)
    const acceptance = await office.get(`${at('closed')}/acceptance.xlsx`)
    expect(zipText(acceptance.rawPayload)).toContain('任务措施全部完成')
  },
  forbidden: () => refused(`${at('assigned')}/assignment.docx`),
  malformed: async () => expect((await office.get(`${at('assigned')}/assignment.odt`)).statusCode).toBe(400),
  missing: async () => expect((await office.get(`/api/cases/${NOBODY}/letters/assignment.docx`)).statusCode).toBe(404),
})

routeTests('POST /api/cases/{id}/letters', {
  allowed: async () => {
    expect((await office.post(at('assigned'), { kind: 'assignment' })).json().code).toBe('cases/letter-specimen')
    expect(await confirm('assignment')).toBe(200)
    const first = await office.post(at('assigned'), { kind: 'assignment' })
    expect([first.statusCode, first.json().number]).toEqual([201, '汉环督交〔2026〕1号'])
    expect((await office.post(at('reported'), { kind: 'assignment' })).statusCode).toBe(409) // and takes no number
    expect((await office.post(at('closed'), { kind: 'assignment' })).json().number).toBe('汉环督交〔2026〕2号')
    const { issued } = (await office.get(at('assigned'))).json()
    expect(issued.map((l: { number: string; by: string }) => [l.number, l.by])).toEqual([['汉环督交〔2026〕1号', '示例·督办']])
  },
  forbidden: async () => {
    const county = await world.as('county-office-hantai')
    expect((await county.post(at('assigned'), { kind: 'assignment' })).statusCode).toBe(403)
    expect((await world.app.inject({ method: 'POST', url: at('assigned'), payload: {} })).statusCode).toBe(401)
  },
  malformed: async () => expect((await office.post(at('assigned'), { kind: 'x' })).statusCode).toBe(422),
  missing: async () => expect((await office.post(`/api/cases/${NOBODY}/letters`, { kind: 'assignment' })).statusCode).toBe(404),
})

routeTests('GET /api/cases/{id}/letters/issued/{letter}.{format}', {
  allowed: async () => {
    await confirm('acceptance')
    const letter = (await office.post(at('closed'), { kind: 'acceptance' })).json()
    const url = `${at('closed')}/issued/${letter.id}`
    for (const format of ['docx', 'pdf'] as const) {
      const file = (await office.get(`${url}.${format}`)).rawPayload
      expect(createHash('sha256').update(file).digest('hex')).toBe(letter[format])
    }
    const text = zipText((await office.get(`${url}.docx`)).rawPayload)
    expect([text.includes('样式'), text.includes('草稿')]).toEqual([false, false])
    expect((await office.get(`${at('assigned')}/issued/${letter.id}.pdf`)).statusCode).toBe(404) // of another case
  },
  forbidden: () => refused(`${at('closed')}/issued/${NOBODY}.pdf`),
  malformed: async () => expect((await office.get(`${at('closed')}/issued/x.pdf`)).statusCode).toBe(400),
  missing: async () => expect((await office.get(`${at('closed')}/issued/${NOBODY}.pdf`)).statusCode).toBe(404),
})

const list = async (url: string, who = office) => zipText((await who.get(`/api/cases/lists/${url}`)).rawPayload)

routeTests('GET /api/cases/lists/{kind}.{format}', {
  allowed: async () => {
    const all = await list('problem_list.xlsx?batch=第三轮')
    for (const { no } of planted.values()) expect(all).toContain(no)
    expect(await list('closure_list.xlsx')).toContain('<mergeCell ref="A1:G1"/>')
    expect((await office.get('/api/cases/lists/petition_list.pdf')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/api/cases/lists/problem_list.xlsx' })).statusCode).toBe(401)
    expect((await (await world.as('auditor')).get('/api/cases/lists/problem_list.xlsx')).statusCode).toBe(403)
    const other = await list('problem_list.xlsx', await world.as('county-office-chenggu'))
    for (const { no } of planted.values()) expect(other).not.toContain(no)
  },
  malformed: async () => expect((await office.get('/api/cases/lists/problem_list.xlsx?state=x')).statusCode).toBe(400),
  missing: { none: 'no case that matches is an empty list' },
})

describe('what may not stand in a letter', () => {
  it('who reported, in any of them', async () => {
    for (const kind of ['assignment', 'acceptance', 'closure_notice'])
      expect(zipText((await office.get(`${at('closed')}/${kind}.docx`)).rawPayload)).not.toContain(REPORTER)
    for (const kind of ['problem_list', 'closure_list', 'petition_list'])
      expect(await list(`${kind}.xlsx`)).not.toContain(REPORTER)
  })

  it('a case that is not labelled public, in the lists for the public', async () => {
    const text = await list('petition_list.xlsx')
    expect(text).toContain(planted.get('petition')!.originalNo)
    expect(text).not.toContain(planted.get('internal')!.originalNo)
  })
})
