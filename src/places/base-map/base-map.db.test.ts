import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeTests } from '../../../test/route-tests.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { HEAD_BYTES } from './rules/imagery.ts'
import type { MapStyle } from './rules/style-json.ts'

const KEY = '0123456789abcdef0123456789abcdef'
const FILE = Buffer.alloc(1000, 7)

let world: World
let mapDir: string
beforeAll(async () => {
  world = await openWorld()
  mapDir = world.house.settings.mapDir
  mkdirSync(join(mapDir, 'folder.pmtiles'), { recursive: true })
  FILE.write('PMTiles')
  FILE.set([3], 7)
  FILE.set([2, 8, 14], 99)
  writeFileSync(join(mapDir, '航片 2025.pmtiles'), FILE)
  writeFileSync(join(mapDir, 'empty.pmtiles'), '')
  writeFileSync(join(mapDir, 'notes.txt'), 'no imagery')
  writeFileSync(join(mapDir, '../outside.pmtiles'), FILE)
})
afterAll(() => world.close())

const style = async (headers: Record<string, string> = {}) =>
  (await (await world.as('grid-hantai')).get('/tiles/style.json', { headers })).json<MapStyle>()

routeTests('GET /tiles/style.json', {
  allowed: async () => {
    const { sources, metadata, layers } = await style()
    expect(Object.keys(sources)).toEqual([
      'counties',
      'county-names',
      'rivers',
      'river-names',
      'settlements',
      'imagery:航片 2025',
    ])
    expect(metadata['qinba:counties']).toHaveLength(11)
    const [west, south, east, north] = metadata['qinba:bounds']!
    expect([
      west > 105.4,
      west < 105.6,
      south > 32,
      south < 32.3,
      east > 108.2,
      east < 108.4,
      north > 33.8,
      north < 34,
    ]).not.toContain(false)
    const names = layers.find((layer) => layer.id === 'settlement-name')
    expect(names?.layout?.['text-field']).toEqual(['get', 'zh'])
    const english = await style({ 'accept-language': 'en' })
    expect(english.layers.find((layer) => layer.id === 'settlement-name')?.layout?.['text-field']).toEqual(['get', 'en'])
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: '/tiles/style.json' })).statusCode).toBe(401)
  },
  malformed: { none: 'it takes nothing' },
  missing: { none: 'a city that ships no rivers gets a style without them' },
})

const IMAGERY = `/tiles/base/${encodeURIComponent('航片 2025')}.pmtiles`

routeTests('GET /tiles/base/{file}', {
  allowed: async () => {
    const person = await world.as('grid-hantai')
    const part = await person.get(IMAGERY, { headers: { range: `bytes=0-${HEAD_BYTES - 1}` } })
    expect([part.statusCode, part.headers['content-range'], part.headers['accept-ranges']]).toEqual([
      206,
      `bytes 0-${HEAD_BYTES - 1}/1000`,
      'bytes',
    ])
    expect(part.rawPayload.equals(FILE.subarray(0, HEAD_BYTES))).toBe(true)
    const tail = await person.get(IMAGERY, { headers: { range: 'bytes=-10' } })
    expect([tail.statusCode, tail.headers['content-length'], tail.rawPayload.length]).toEqual([206, '10', 10])
    const whole = await person.get(IMAGERY)
    expect([whole.statusCode, whole.rawPayload.equals(FILE), whole.headers.etag]).toEqual([200, true, part.headers.etag])
  },
  forbidden: async () => {
    expect((await world.app.inject({ url: IMAGERY })).statusCode).toBe(401)
  },
  malformed: async () => {
    const person = await world.as('grid-hantai')
    expect((await person.get('/tiles/base/notes.txt')).statusCode).toBe(400)
    const beyond = await person.get(IMAGERY, { headers: { range: 'bytes=1000-' } })
    expect([beyond.statusCode, beyond.headers['content-range'], beyond.json().code]).toEqual([
      416,
      'bytes */1000',
      'places/no-such-part',
    ])
  },
  missing: async () => {
    const person = await world.as('grid-hantai')
    for (const name of [
      'none',
      'folder',
      'empty',
      '..%2Foutside',
      '%2E%2E%2Foutside',
      '..%5Coutside',
      '.hidden',
      '%252e%252e%252foutside',
    ]) {
      const answer = await person.get(`/tiles/base/${name}.pmtiles`)
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 404, 'places/no-imagery'])
    }
    expect((await person.get('/tiles/base/../outside.pmtiles')).statusCode).toBe(404)
  },
})

describe('imagery', () => {
  it('may lie elsewhere, behind a link that the operator made', async () => {
    symlinkSync(join(mapDir, '../outside.pmtiles'), join(mapDir, 'linked.pmtiles'))
    expect((await (await world.as('grid-hantai')).get('/tiles/base/linked.pmtiles')).statusCode).toBe(200)
    expect(Object.keys((await style()).sources)).toContain('imagery:linked')
  })
})

describe('天地图', () => {
  it('is named to no browser without a key: not in the style, not in the content policy', async () => {
    const answer = await (await world.as('grid-hantai')).get('/tiles/style.json')
    expect(answer.body + String(answer.headers['content-security-policy'])).not.toContain('tianditu')
  })

  it('may be asked by the page when the operator has a key', async () => {
    const keyed = await openWorld({ config: { tiandituKey: KEY } })
    try {
      const answer = await (await keyed.as('grid-hantai')).get('/tiles/style.json')
      expect(answer.body).toContain(`tk=${KEY}`)
      const policy = String(answer.headers['content-security-policy']).split(';')
      for (const directive of ['img-src', 'connect-src'])
        expect(policy.find((each) => each.trim().startsWith(directive))).toContain('https://t0.tianditu.gov.cn')
      expect(policy.find((each) => each.startsWith('script-src'))).toBe("script-src 'self'")
    } finally {
      await keyed.close()
    }
  })
})
