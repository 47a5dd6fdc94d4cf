import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { routeTests } from '../../../test/route-tests.ts'
import * as walk from '../../../test/walk.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let home: walk.Shown
beforeAll(async () => {
  world = await openWorld()
  home = await walk.walkTo(world, 'self_checked')
})
afterAll(() => world.close())

const NOBODY = '00000000-0000-4000-8000-000000000000'
const ask = async (who: string, id = home.id) => (await world.as(who)).get(`/api/cases/${id}/archive.zip`)
const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex')

async function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const file = await fromBufferPromise(zip)
  const found = new Map<string, Buffer>()
  for await (const entry of file.eachEntry()) found.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)))
  return found
}

describe('the archive package of a case', () => {
  it('holds the dossier, the story and every original, and the manifest is true of all of them', async () => {
    const found = await unzip((await ask('office')).rawPayload)
    const lines = found.get('manifest-sha256.txt')!.toString().trim().split('\n')
    for (const line of lines) {
      const [hash, path] = line.split('  ')
      expect(sha(found.get(decodeURIComponent(path!))!), path).toBe(hash)
    }
    const detail = (await (await world.as('office')).get(`/api/cases/${home.id}`)).json<{ evidence: { sha256: string }[] }>()
    expect(detail.evidence.length).toBeGreaterThan(0)
    for (const { sha256 } of detail.evidence) expect(lines.some((line) => line.startsWith(sha256))).toBe(true)
    expect(found.get('data/卷宗.pdf')!.subarray(0, 5).toString()).toBe('%PDF-')
    const events = found.get('data/events.jsonl')!.toString().trim().split('\n')
    expect(events).toHaveLength(home.version)
    expect(JSON.parse(events[0]!)).toMatchObject({ type: 'report', leaf: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('names nobody who reported', async () => {
    const found = await unzip((await ask('office')).rawPayload)
    for (const name of ['data/case.json', 'data/events.jsonl'])
      expect(found.get(name)!.toString(), name).not.toMatch(/"(reporter|sealed)"/)
  })
})

routeTests('GET /api/cases/{id}/archive.zip', {
  allowed: async () => {
    expect((await ask('county-office-hantai')).statusCode).toBe(200)
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: `/api/cases/${home.id}/archive.zip` })).statusCode).toBe(401)
    expect((await ask('unit-hantai')).statusCode).toBe(403)
    expect((await ask('county-office-chenggu')).statusCode).toBe(404)
  },
  malformed: async () => {
    expect((await ask('office', 'x')).statusCode).toBe(400)
  },
  missing: async () => {
    expect((await ask('office', NOBODY)).statusCode).toBe(404)
  },
})
