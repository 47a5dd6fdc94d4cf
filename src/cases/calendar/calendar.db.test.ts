import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let c: walk.Shown
beforeAll(async () => {
  world = await openWorld()
  c = await walk.assign(world, await walk.triage(world, await walk.report(world)))
})
afterAll(() => world.close())

async function linesOf(who: string): Promise<string[]> {
  const answer = await (await world.as(who)).get('/api/cases/due.ics')
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  return answer.body.replaceAll('\r\n ', '').split('\r\n')
}
const uids = (lines: string[]) => lines.filter((line) => line.startsWith('UID:')).map((line) => line.slice(4))

routeTests('GET /api/cases/due.ics', {
  allowed: async () => {
    const lines = await linesOf('unit-hantai')
    expect(uids(lines)).toEqual([`${c.id}-case@610700.qinba`, `${c.id}-stage@610700.qinba`])
    expect(lines).toContain('DTSTART;VALUE=DATE:20260630')
    expect(lines).toContain('SUMMARY:【整改期限】褒河右岸弃渣堆放')
    expect(lines).toContain('SUMMARY:【待签收】褒河右岸弃渣堆放')
  },
  forbidden: async () => {
    expect((await world.app.inject('/api/cases/due.ics')).statusCode).toBe(401)
    expect((await (await world.as('payout')).get('/api/cases/due.ics')).statusCode).toBe(403)
    // Who may read the case but whose organisation it does not bind has nothing due.
    for (const who of ['county-office-hantai', 'unit-chenggu', 'grid-hantai']) expect(uids(await linesOf(who))).toEqual([])
  },
  malformed: { none: 'there is nothing to ask with' },
  missing: { none: 'where nothing is due the calendar is empty' },
})

describe('a day that moves', () => {
  it('keeps its name and gets a higher number', async () => {
    const before = await linesOf('unit-hantai')
    c = await walk.sign(world, c)
    const after = await linesOf('unit-hantai')
    expect(uids(after)).toEqual(uids(before))
    const sequence = (lines: string[]) => Number(lines.find((line) => line.startsWith('SEQUENCE:'))!.slice(9))
    expect(sequence(after)).toBe(sequence(before) + 1)
    expect(after).toContain('SUMMARY:【待报方案】褒河右岸弃渣堆放')
  })
})
