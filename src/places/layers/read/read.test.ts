import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../../base/rules/refusal.ts'
import { layerProblem } from '../problems.ts'
import { geoJson, polygon, scratch, square, zip } from '../test-files.ts'
import { describe as describeAttributes } from './attributes.ts'
import { cleanGeometry } from './clean.ts'
import { guessEncoding } from './dbf-encoding.ts'
import { runReader } from './run-reader.ts'
import { readWkb } from './wkb.ts'

const files = scratch()
afterAll(() => files.remove())

describe('every refusal of a file', () => {
  it('has its words in both languages', () => {
    const root = resolve(import.meta.dirname, '../..')
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.includes('test'),
    )
    const codes = sources.flatMap((name) =>
      [...readFileSync(join(root, name), 'utf8').matchAll(/'places\/((?:layer|dem)-[a-z-]+)'/g)].map((m) => m[1]!),
    )
    expect(codes.length).toBeGreaterThan(25)
    expect([...new Set(codes)].filter((code) => !(code in layerProblem.defs))).toEqual([])
  })
})

describe('a shape of unknown making', () => {
  it.each([
    ['a closed ring stays as it is', polygon(square(0, 0, 1)), 5, []],
    ['an open ring is closed', polygon(square(0, 0, 1).slice(0, 4)), 5, ['unclosed']],
    [
      'a ring of two points is no ring',
      polygon([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
      0,
      ['short-ring'],
    ],
    ['heights are dropped', { type: 'Point', coordinates: [1, 2, 3] }, 1, []],
    ['a number that is none', { type: 'Point', coordinates: [1, null] }, 0, ['not-finite']],
    [
      'a line of one place',
      {
        type: 'LineString',
        coordinates: [
          [1, 1],
          [1, 1],
        ],
      },
      0,
      ['empty'],
    ],
    ['coordinates that are a text', { type: 'Polygon', coordinates: 'x' }, 0, ['malformed']],
    ['a type that is none', { type: 'Circle', coordinates: [0, 0] }, 0, ['malformed']],
    [
      'of a mixture the areas',
      { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [9, 9] }, polygon(square(0, 0, 1))] },
      5,
      ['collection'],
    ],
    ['an empty polygon', { type: 'Polygon', coordinates: [] }, 0, ['empty']],
  ])('%s', (_name, found, vertices, faults) => {
    const cleaned = cleanGeometry(found as Parameters<typeof cleanGeometry>[0])
    expect([cleaned.vertices, cleaned.faults]).toEqual([vertices, faults])
    expect(cleaned.geometry === null).toBe(vertices === 0)
  })
})

describe('WKB', () => {
  const u32 = (n: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(n)
    return bytes
  }
  it('with heights and measures is read as two dimensions', () => {
    const doubles = Buffer.from(new Float64Array([107, 33, 500, 1]).buffer)
    for (const code of [3001, 0xc0000001])
      expect(readWkb(Buffer.concat([Buffer.from([1]), u32(code), doubles]))).toEqual({ type: 'Point', coordinates: [107, 33] })
  })
  it('that claims more than it holds is refused before anything is made of it', () => {
    expect(() => readWkb(Buffer.concat([Buffer.from([1]), u32(2), u32(4_000_000_000)]))).toThrow('too soon')
    const nested = Buffer.concat(Array.from({ length: 100 }, () => Buffer.concat([Buffer.from([1]), u32(7), u32(1)])))
    expect(() => readWkb(nested)).toThrow('nested')
  })
})

describe('the texts of a table', () => {
  const table = (bytes: number[], mark = 0) => {
    const head = Buffer.alloc(33)
    head[29] = mark
    head.writeUInt16LE(33, 8)
    return Buffer.concat([head, Buffer.from(bytes)])
  }
  it.each([
    ['.cpg first', table([0xe6, 0xb1, 0x89]), 'GBK', { name: 'gb18030', by: 'cpg' }],
    ['.cpg as a number', table([]), '936', { name: 'gb18030', by: 'cpg' }],
    ['then the header', table([0x41], 77), undefined, { name: 'gb18030', by: 'header' }],
    ['then valid UTF-8', table([0xe6, 0xb1, 0x89]), undefined, { name: 'utf-8', by: 'bytes' }],
    ['else GBK', table([0xba, 0xba, 0xd6, 0xd0]), 'unknown', { name: 'gb18030', by: 'bytes' }],
    [
      'a character cut at the field’s end is still UTF-8',
      table([...Buffer.from('汉中市生态环境局汉中市生态环境局汉中市'), 0xe6, 0xb1]),
      undefined,
      { name: 'utf-8', by: 'bytes' },
    ],
  ])('%s', (_name, dbf, cpg, expected) => expect(guessEncoding(dbf, cpg)).toEqual(expected))
})

describe('attributes', () => {
  it('give a name, days, and nothing that a column cannot keep', () => {
    const { name, attributes, from, to } = describeAttributes({
      BHDMC: '佛坪\0保护区',
      有效期起: '2024年1月5日',
      JZRQ: 20251231,
      bad: Number.NaN,
      none: null,
      half: '\uD800x',
    })
    expect({ name, from, to }).toEqual({ name: '佛坪保护区', from: '2024-01-05', to: '2025-12-31' })
    expect(attributes).toEqual({ BHDMC: '佛坪保护区', 有效期起: '2024年1月5日', JZRQ: 20251231, half: '\uFFFDx' })
    expect(describeAttributes({ start_date: '2024-02-30' }).from).toBeNull()
    expect(
      Object.keys(
        describeAttributes(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, 'x'.repeat(3000)]))).attributes,
      ).length,
    ).toBeLessThan(5)
  })
})

describe('the process that reads', () => {
  const run = (content: string | Buffer, o: { seconds?: number; heapMb?: number } = {}) =>
    runReader({ file: files.write('f', content), out: join(files.dir, crypto.randomUUID()), kind: 'other' }, () => {}, o)
  const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.code : 'read')

  it('that takes too long or too much memory is ended, and the answer is one refusal', async () => {
    const big = geoJson(Array.from({ length: 20_000 }, () => ({ geometry: polygon(square(107, 33, 0.1)) })))
    expect(codeOf(await run(big, { heapMb: 24 }))).toBe('places/layer-heavy-memory')
    expect(codeOf(await run(big, { seconds: 0.05 }))).toBe('places/layer-heavy-seconds')
  })

  it('counts entries, features and corners', async () => {
    const parts = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`${i}.shp`, 'x']))
    expect(codeOf(await run(zip(parts)))).toBe('places/layer-zip-entries')
    const features = `{"type":"FeatureCollection","features":[${Array.from({ length: 200_001 }, () => '{"type":"Feature"}').join()}]}`
    expect(codeOf(await run(features))).toBe('places/layer-too-many-features')
  })
})
