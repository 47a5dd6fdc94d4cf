import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type Person, type World } from '../../../test/world.ts'
import { zipText } from '../../../test/zip-text.ts'
import { toDay } from '../../base/rules/day.ts'
import { commonData, renderDocument } from '../index.ts'

let world: World
let office: Person
let leader: Person
beforeAll(async () => {
  world = await openWorld()
  office = await world.as('office')
  leader = await world.as('leader')
})
afterAll(() => world.close())

const shown = async (kind: string) => (await office.get(`/api/templates/${kind}`)).json()
const refused = async (send: (who: Person) => Promise<{ statusCode: number }>, by: string, url: string) => {
  expect((await send(await world.as(by))).statusCode).toBe(403)
  expect((await world.app.inject({ url })).statusCode).toBe(401)
}

routeTests('GET /api/templates', {
  allowed: async () => {
    const { items } = (await office.get('/api/templates')).json()
    expect(items).toHaveLength(10)
    expect(items.find((i: { kind: string }) => i.kind === 'minutes')).toMatchObject({ version: 0, confirmed: false })
  },
  forbidden: () => refused((who) => who.get('/api/templates'), 'unit-hantai', '/api/templates'),
  malformed: { none: 'it takes nothing' },
  missing: { none: 'a list' },
})

routeTests('GET /api/templates/{kind}', {
  allowed: async () => {
    const { text, shipped, version } = await shown('acceptance')
    expect([text === shipped, version]).toEqual([true, 0])
  },
  forbidden: () => refused((who) => who.get('/api/templates/acceptance'), 'unit-hantai', '/api/templates/acceptance'),
  malformed: async () => expect((await office.get('/api/templates/none')).statusCode).toBe(400),
  missing: { none: 'the kinds are a closed list, every one has a text' },
})

routeTests('POST /api/templates/{kind}', {
  allowed: async () => {
    const { text } = await shown('bulletin')
    const saved = await office.post('/api/templates/bulletin', { text: `${text}\n特此通报。\n` }, { version: 0 })
    expect(saved.json()).toMatchObject({ version: 1, confirmed: false, act: 'save', by: '示例·督办' })
    expect((await office.post('/api/templates/bulletin', { text }, { version: 0 })).statusCode).toBe(409)
  },
  forbidden: () =>
    refused((who) => who.post('/api/templates/bulletin', { text: 'x' }, { version: 0 }), 'leader', '/api/templates/bulletin'),
  malformed: async () => {
    const { text } = await shown('reminder')
    const answer = await office.post('/api/templates/reminder', { text: `${text}\n{{nobody}}` }, { version: 0 })
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'paper/unknown-placeholder', detail: expect.stringContaining('nobody') })
    expect(answer.json().detail).toContain(`第 ${text.split('\n').length + 1} 行`)
  },
  missing: { none: 'the kinds are a closed list' },
})

routeTests('POST /api/templates/{kind}/confirm', {
  allowed: async () => {
    const { text } = await shown('supervision')
    const changed = text.replace('书面报送我办', '书面报我办')
    await office.post('/api/templates/supervision', { text: changed }, { version: 0 })
    const data = commonData(world.house.settings, { today: toDay('2026-03-10') })
    const render = () => world.system.tx((db) => renderDocument(db, 'supervision', { ...data, title: '扬尘' }))
    expect((await render()).specimen).toBe(true)
    const confirmed = await leader.post('/api/templates/supervision/confirm', {}, { version: 1 })
    expect(confirmed.json()).toMatchObject({ version: 2, confirmed: true, text: changed })
    expect((await leader.post('/api/templates/supervision/confirm', {}, { version: 2 })).statusCode).toBe(409)
    expect(await render()).toMatchObject({ specimen: false, title: '关于督促办理扬尘问题的督办函' })
    await office.post('/api/templates/supervision', { text }, { version: 2 })
    expect((await render()).specimen).toBe(true) // whoever changes the wording asks for a new confirmation
  },
  forbidden: () =>
    refused((who) => who.post('/api/templates/assignment/confirm', {}, { version: 0 }), 'office', '/api/templates/assignment'),
  malformed: async () => expect((await leader.post('/api/templates/none/confirm', {}, { version: 0 })).statusCode).toBe(400),
  missing: { none: 'the kinds are a closed list' },
})

routeTests('POST /api/templates/{kind}/default', {
  allowed: async () => {
    const { text } = await shown('minutes')
    await office.post('/api/templates/minutes', { text: text.replace('集中验收', '现场验收') }, { version: 0 })
    const back = (await office.post('/api/templates/minutes/default', {}, { version: 1 })).json()
    expect([back.version, back.act, back.text]).toEqual([2, 'default', text])
    expect(back.versions.map((v: { version: number }) => v.version)).toEqual([2, 1])
    expect((await office.post('/api/templates/minutes/default', {}, { version: 2 })).statusCode).toBe(409)
  },
  forbidden: () =>
    refused((who) => who.post('/api/templates/minutes/default', {}, { version: 0 }), 'leader', '/api/templates/minutes'),
  malformed: async () => expect((await office.post('/api/templates/none/default', {}, { version: 0 })).statusCode).toBe(400),
  missing: { none: 'the kinds are a closed list' },
})

routeTests('GET /api/templates/{kind}/preview.{format}', {
  allowed: async () => {
    const answer = await office.get('/api/templates/assignment/preview.docx')
    expect(answer.headers['content-disposition']).toContain('attachment')
    expect(zipText(answer.rawPayload)).toContain('样式（未经核定）')
    expect((await office.get('/api/templates/assignment/preview.pdf')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  },
  forbidden: () =>
    refused((who) => who.get('/api/templates/assignment/preview.pdf'), 'unit-hantai', '/api/templates/assignment/preview.pdf'),
  malformed: async () => expect((await office.get('/api/templates/assignment/preview.odt')).statusCode).toBe(400),
  missing: { none: 'the kinds are a closed list' },
})

describe('a version', () => {
  it('is never changed by the application', async () => {
    const change = world.house.database.begin(world.house.tenant, (db) =>
      import('kysely').then(({ sql }) => sql`update admin.template set text = ''`.execute(db)),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })
})
