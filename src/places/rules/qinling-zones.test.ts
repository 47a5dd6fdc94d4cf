import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../base/rules/day.ts'
import { checkRows, type RuleRow } from '../../base/rules/law.ts'
import type { LayerKind } from './layer-kinds.ts'
import { qinlingZone, type ZoneAreas, type ZoneFacts } from './qinling-zones.ts'
import { zoneLawAt } from './zone-criteria.ts'

const ROWS = JSON.parse(readFileSync(join(import.meta.dirname, '../../../data/rules/places.json'), 'utf8')) as RuleRow[]
const DAY = toDay('2026-03-10')
const LAW = zoneLawAt(ROWS, DAY)!
const AREA_KINDS = [...new Set(LAW.criteria.flatMap((c) => (c.test === 'inside' || c.test === 'inside-all' ? [...c.kinds] : [])))]
const ALL: LayerKind[] = [...AREA_KINDS, 'qinling_line', 'urban_boundary', 'main_ridge', 'branch_ridge', 'elevation']

const layer = (kind: LayerKind) => ({ id: kind, name: kind, kind, version: 1 })
const hit = (kind: LayerKind) => ({ layer: kind, feature: `${kind}-1` })

/** A place inside the range, low, far from every ridge, in no area; every layer is loaded. */
function facts(
  o: { inside?: LayerKind[]; elevation?: number; main?: number; branch?: number; without?: LayerKind[] } = {},
): ZoneFacts {
  const loaded = ALL.filter((kind) => !o.without?.includes(kind))
  const inside = [...(o.without?.includes('qinling_line') ? [] : ['qinling_line' as const]), ...(o.inside ?? [])]
  const isIn = (kind: LayerKind) => inside.includes(kind)
  return {
    layers: loaded.map(layer),
    inside: inside.map(hit),
    together: isIn('species_habitat') && isIn('nature_reserve_general') ? ['species_habitat+nature_reserve_general'] : [],
    elevation: loaded.includes('elevation')
      ? { min: o.elevation ?? 600, max: o.elevation ?? 600, layer: 'elevation' }
      : undefined,
    distances: {
      ...(loaded.includes('main_ridge') && { main_ridge: o.main ?? Infinity }),
      ...(loaded.includes('branch_ridge') && { branch_ridge: o.branch ?? Infinity }),
    },
  }
}

const zoneOf = (o: Parameters<typeof facts>[0]) => qinlingZone(LAW, facts(o)).zone

describe('data/rules/places.json', () => {
  it('is sound, and every row of the regulation says where it comes from and that nobody has checked it', () => {
    expect(checkRows(ROWS)).toEqual([])
    for (const { rule } of LAW.criteria)
      expect([rule.unverified, rule.confidence, rule.source.length > 40]).toEqual([true, 'M', true])
  })

  it('holds no zones before the regulation, and then nothing is said', () => {
    expect(zoneLawAt(ROWS, toDay('2019-11-30'))).toBeUndefined()
    expect(qinlingZone(undefined, facts())).toMatchObject({ zone: 'unknown', atLeast: 'unknown' })
  })

  it('names a row that does not parse', () => {
    const broken = ROWS.map((row) =>
      row.key === 'core-elevation' ? { ...row, value: { ...(row.value as object), from: 'high' } } : row,
    )
    expect(() => zoneLawAt(broken, DAY)).toThrow('qinling-zone/core-elevation@2019-12-01 does not parse: from')
  })
})

describe('秦岭三区', () => {
  it.each([
    ['nothing but the range', {}, 'general'],
    ['just below 1500 m', { elevation: 1499.99 }, 'general'],
    ['1500 m is included', { elevation: 1500 }, 'key'],
    ['just below 2000 m', { elevation: 1999.99 }, 'key'],
    ['2000 m is core', { elevation: 2000 }, 'core'],
    ['1000 m from the main ridge is included', { main: 1000 }, 'core'],
    ['beyond 1000 m of it', { main: 1000.01 }, 'general'],
    ['500 m from a branch is included', { branch: 500 }, 'core'],
    ['beyond 500 m of it', { branch: 500.01 }, 'general'],
    [
      'a reserve at 1200 m: the layer says core, the height nothing',
      { inside: ['nature_reserve_core'], elevation: 1200 },
      'core',
    ],
    ['the strictest wins', { inside: ['forest_park', 'heritage', 'water_source_2'] }, 'core'],
    ['key by a layer, core by height', { inside: ['relic'], elevation: 2400 }, 'core'],
    ['a habitat alone is key', { inside: ['species_habitat'] }, 'key'],
    ['a habitat in a general-control area is core', { inside: ['species_habitat', 'nature_reserve_general'] }, 'core'],
    [
      'inside the city development boundary it is none of the three',
      { inside: ['urban_boundary', 'relic'], elevation: 2500 },
      'outside',
    ],
  ] as const)('%s', (_name, o, zone) => {
    expect(zoneOf(o as Parameters<typeof facts>[0])).toBe(zone)
  })

  it.each(LAW.criteria.flatMap((c) => (c.test === 'inside' ? c.kinds.map((kind) => [kind, c.zone] as const) : [])))(
    'lying in %s gives %s',
    (kind, zone) => {
      expect(zoneOf({ inside: [kind] })).toBe(zone)
    },
  )

  it('is outside beyond the range line, however high', () => {
    const high = facts({ elevation: 3000 })
    expect(qinlingZone(LAW, { ...high, inside: high.inside.filter((h) => h.layer !== 'qinling_line') }).zone).toBe('outside')
  })

  it('names what is missing instead of guessing', () => {
    const answer = qinlingZone(LAW, facts({ without: ['elevation', 'main_ridge'] }))
    expect(answer).toMatchObject({
      zone: 'unknown',
      atLeast: 'general',
      mayBeStricter: true,
      missing: ['elevation', 'main_ridge'],
    })
    const key = qinlingZone(LAW, facts({ inside: ['relic'], without: ['elevation'] }))
    expect(key).toMatchObject({ zone: 'key', atLeast: 'key', mayBeStricter: true })
    const core = qinlingZone(LAW, facts({ inside: ['heritage'], without: ['elevation', 'main_ridge', 'qinling_line'] }))
    expect(core).toMatchObject({ zone: 'core', mayBeStricter: false, assumed: ['qinling_line'] })
    const nowhere = qinlingZone(LAW, { layers: [], inside: [], distances: {} })
    expect(nowhere).toMatchObject({ zone: 'unknown', atLeast: 'unknown' })
  })

  it('takes a loaded area of 1500 and of 2000 m for a DEM, each for its own clause', () => {
    const without = facts({ without: ['elevation'] })
    const both = { ...without, layers: [...without.layers, layer('elevation_2000'), layer('elevation_1500')] }
    expect(qinlingZone(LAW, both).zone).toBe('general')
    expect(qinlingZone(LAW, { ...both, inside: [...both.inside, hit('elevation_1500')] }).zone).toBe('key')
    expect(qinlingZone(LAW, { ...both, inside: [...both.inside, hit('elevation_2000')] }).zone).toBe('core')
  })

  it('explains each step: the clause, the row of the law, the layers asked, what was found', () => {
    const { why } = qinlingZone(LAW, facts({ main: 312.34, elevation: 1650 }))
    expect(why.find((step) => step.key === 'core-main-ridge')).toMatchObject({
      answer: 'yes',
      found: '312.3 m',
      sources: ['main_ridge v1'],
      clause: '核心保护区 ①',
      rule: { version: 'qinling-zone/core-main-ridge@2019-12-01', unverified: true },
    })
    expect(why.find((step) => step.key === 'key-elevation')).toMatchObject({ answer: 'yes', found: '1650.0 m' })
    expect(why).toHaveLength(LAW.criteria.length + 2)
  })
})

describe('a parcel', () => {
  const areas = (o: Partial<ZoneAreas>): ZoneAreas => ({ total: 100, core: 0, key: 0, general: 0, urban: 0, outside: 0, ...o })

  it('takes the strictest zone that it touches and keeps the share of each', () => {
    const answer = qinlingZone(LAW, {
      ...facts({ inside: ['nature_reserve_core'] }),
      areas: areas({ core: 10, key: 30, general: 60 }),
    })
    expect(answer).toMatchObject({ zone: 'core', shares: { core: 0.1, key: 0.3, general: 0.6, urban: 0, outside: 0 } })
  })

  it('does not become core by what it meets only beyond the range line', () => {
    const half = { ...facts({ inside: ['nature_reserve_core'] }), areas: areas({ general: 40, outside: 60 }) }
    expect(qinlingZone(LAW, half).zone).toBe('general')
    expect(qinlingZone(LAW, { ...half, areas: areas({ urban: 100 }) }).zone).toBe('outside')
  })
})

describe('adding a protective layer', () => {
  const STRICT = { unknown: 0, outside: 0, general: 1, key: 2, core: 3 }
  const protective = ALL.filter((kind) => kind !== 'qinling_line' && kind !== 'urban_boundary')
  const place = fc.record({
    inside: fc.subarray(AREA_KINDS),
    elevation: fc.integer({ min: 300, max: 3700 }),
    main: fc.oneof(fc.constant(Infinity), fc.double({ min: 0, max: 3000, noNaN: true })),
    branch: fc.oneof(fc.constant(Infinity), fc.double({ min: 0, max: 3000, noNaN: true })),
  })

  it('never weakens what is proven, and never turns a known zone into a weaker one', () => {
    fc.assert(
      fc.property(place, fc.subarray(protective), fc.constantFrom(...protective), (o, without, added) => {
        const seen = (hidden: LayerKind[]) =>
          qinlingZone(LAW, facts({ ...o, inside: o.inside.filter((kind) => !hidden.includes(kind)), without: hidden }))
        const before = seen([...without, added])
        const after = seen(without.filter((kind) => kind !== added))
        expect(STRICT[after.atLeast]).toBeGreaterThanOrEqual(STRICT[before.atLeast])
        if (before.zone !== 'unknown') expect(STRICT[after.zone]).toBeGreaterThanOrEqual(STRICT[before.zone])
        if (!before.mayBeStricter) expect(after.zone).toBe(before.zone)
      }),
      { numRuns: 2000 },
    )
  })
})
