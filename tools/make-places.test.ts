import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Boundaries, ringsOf } from '../src/places/rules/locate.ts'
import { findCrossings, signedArea2 } from './lattice-rings.ts'
import { makePlaces } from './make-places.ts'

const root = resolve(import.meta.dirname, '..')
const shared = resolve(root, process.env['QINBA_TEST_DATA'] ?? '../shared/data')
const shippedFile = (name: string) => readFileSync(`${root}/data/places/610700/${name}`, 'utf8')
const { features } = JSON.parse(shippedFile('counties.wgs84.geojson')) as Boundaries

test.each(features.map((feature) => [feature.properties.name, feature] as const))('%s is valid', (_, { geometry }) => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  for (const [shell, ...holes] of polygons) {
    expect(signedArea2(shell!)).toBeGreaterThan(0)
    for (const hole of holes) expect(signedArea2(hole)).toBeLessThan(0)
  }
  for (const ring of ringsOf(geometry)) {
    expect(ring.at(-1)).toEqual(ring[0])
    expect(new Set(ring.map(String)).size).toBe(ring.length - 1)
  }
  expect(findCrossings(ringsOf(geometry))).toEqual([])
})

test('neighbours share every border edge; what one county has alone is the outline of the city and one gap', () => {
  const edges = new Map<string, number>()
  for (const ring of features.flatMap((feature) => ringsOf(feature.geometry))) {
    for (const [i, to] of ring.slice(1).entries()) {
      const [from, back] = [`${ring[i]} ${to}`, `${to} ${ring[i]}`]
      if (edges.has(from)) throw new Error(`two counties lie left of ${from}`)
      if (edges.has(back)) edges.delete(back)
      else edges.set(from, 1)
    }
  }
  const next = new Map([...edges.keys()].map((edge) => edge.split(' ') as [string, string]))
  expect(next.size).toBe(edges.size)
  expect(ringsIn(next)).toBe(2)
})

describe.skipIf(!existsSync(`${shared}/admin`))('from the shared data (skipped where it is absent)', () => {
  test('the tool makes the shipped files, byte for byte', () => {
    const { files, report } = makePlaces(shared)
    for (const [name, text] of Object.entries(files)) expect(text === shippedFile(name), name).toBe(true)
    expect(report).toHaveLength(11)
    for (const line of report) expect(line).toMatch(/area (\S+) → \1 cells/)
  })
})

function ringsIn(next: Map<string, string>): number {
  let rings = 0
  for (const start of next.keys()) {
    if (next.has(start)) rings++
    for (let at: string | undefined = start; at !== undefined && next.has(at); ) {
      const to: string | undefined = next.get(at)
      next.delete(at)
      at = to
    }
  }
  return rings
}
