import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { runCommand } from '../../commands.ts'
import { geoJson, polygon, scratch, square } from './test-files.ts'

let world: World
const files = scratch()
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(async () => {
  await world.close()
  files.remove()
})

async function qinba(...argv: string[]) {
  const said = { out: [] as string[], err: [] as string[], progress: [] as string[] }
  const io = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
    progress: (done: number, total: number, what: string) => void said.progress.push(`${what} ${done}/${total}`),
  }
  return { code: await runCommand(world.house, { argv, cwd: files.dir }, io), ...said }
}

it('adds, lists and removes a layer', async () => {
  files.write('red.geojson', geoJson([{ geometry: polygon(square(107, 33, 0.1).slice(0, 4)), properties: { name: '红线一' } }]))
  const added = await qinba(
    'layers',
    'add',
    'red.geojson',
    '--name',
    '红线',
    '--kind',
    'ecological_redline',
    '--date',
    '2025-06-01',
    '--json',
  )
  const { layer, findings } = JSON.parse(added.out[0]!)
  expect([added.code, layer.name, layer.date, layer.repaired]).toEqual([0, '红线', '2025-06-01', 1])
  expect(findings).toEqual([{ n: 1, name: '红线一', problem: 'unclosed', kept: true }])
  expect(added.progress).toEqual(expect.arrayContaining(['reading 1/1', 'writing 1/1']))
  const listed = await qinba('layers', 'list')
  expect(listed.out).toHaveLength(1)
  expect(listed.out[0]).toContain('红线 v1')
  expect((await qinba('layers', 'remove', layer.id)).code).toBe(0)
  expect((await qinba('layers', 'list')).out).toEqual([])
  expect((await qinba('layers', 'list', '--history')).out).toHaveLength(1)
  expect((await qinba('layers', 'remove', layer.id)).code).toBe(1)
})

it('refuses in one line, in both languages, and leaves nothing', async () => {
  files.write('metres.geojson', geoJson([{ geometry: polygon(square(36_410_000, 3_650_000, 1000)) }]))
  const refused = await qinba('layers', 'add', 'metres.geojson', '--name', 'x', '--kind', 'other')
  expect([refused.code, refused.err.length]).toEqual([1, 1])
  expect(refused.err[0]).toMatch(/没有说明坐标系.*EPSG:4524.* \/ No coordinate system/)
  expect((await qinba('layers', 'add', 'nowhere.geojson', '--name', 'x', '--kind', 'other')).code).toBe(1)
  expect((await qinba('layers', 'list')).out).toEqual([])
})

it('takes wrong words for wrong usage', async () => {
  for (const argv of [
    ['layers', 'add'],
    ['layers', 'add', 'a', '--kind', 'planet', '--name', 'x'],
    ['layers', 'add', 'a', '--bogus'],
    ['layers', 'remove', 'x'],
  ])
    expect([argv.join(' '), (await qinba(...argv)).code]).toEqual([argv.join(' '), 2])
})
