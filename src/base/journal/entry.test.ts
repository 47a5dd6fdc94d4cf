import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HASHES } from '../crypto/algorithms.ts'
import { type Entry, isInstant, leafOf } from './entry.ts'

const ENTRY: Entry = {
  tenant: 610700,
  seq: 2,
  context: 'cases',
  subject: '0198a0de-0000-7000-8000-000000000001',
  subjectSeq: 1,
  kind: 'assign',
  at: '2026-08-15T02:03:04.005Z',
  by: { user: 7, post: '区县办公室' },
  data: { '\u20ac': '\u{1F600}', é: 'x\ny', a: [1e21, 0.1, -5, true, null] },
}

const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('\\u0000'))

/** What a jsonb column does: keys by length then bytes, numbers as plain decimals. */
function throughJsonb(value: unknown): unknown {
  return JSON.parse(asJsonb(value))
}

function asJsonb(value: unknown): string {
  if (typeof value === 'number') return asNumeric(value)
  if (Array.isArray(value)) return `[${value.map(asJsonb).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => byLengthThenBytes(Buffer.from(a), Buffer.from(b)))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${asJsonb(inner)}`).join(', ')}}`
}

function byLengthThenBytes(a: Buffer, b: Buffer): number {
  return a.length - b.length || a.compare(b)
}

/** numeric has neither an exponent nor a negative zero. */
function asNumeric(value: number): string {
  const [digits = '', exponent = '0'] = Math.abs(value).toString().split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  const shift = Number(exponent)
  const all = whole + fraction
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0')
  const at = Math.max(point, 1)
  const text = `${padded.slice(0, at)}${padded.length > at ? `.${padded.slice(at)}` : ''}`
  return value < 0 ? `-${text}` : text
}

const shuffled = (record: object) => Object.fromEntries(Object.entries(record).reverse())

describe.each(HASHES)('hashed with %s', (HASH) => {
  describe('leafOf', () => {
    it('is the hash of 0x00 and the canonical JSON written out by hand', () => {
      // Reckoned apart from this code: H(b'\0' + '{"at":"2026-08-15T02:03:04.005Z","by":{"post":"区县办公室","user":7},"context":…,"tenant":610700}')
      expect(leafOf('sha256', ENTRY).toString('hex')).toBe('e49bc095c59e95334ff17ac791b1ebecfed7ee8b128369994e10be5484bd403a')
      expect(leafOf('sm3', ENTRY).toString('hex')).toBe('be2de66f62e65789ab3d2adc9902f3bf889896be3a7e1f57bb29e8c694c9e1d7')
    })

    it('does not depend on key order, on re-parsing or on what else the row carries', () => {
      fc.assert(
        fc.property(json, json, (by, data) => {
          const entry = { ...ENTRY, by, data }
          const stored = { ...(shuffled(entry) as Entry), by: throughJsonb(by), data: throughJsonb(data), leaf: Buffer.alloc(1) }
          expect(leafOf(HASH, stored)).toEqual(leafOf(HASH, entry))
        }),
        { numRuns: 500 },
      )
    })

    it('takes every finite number back from jsonb', () => {
      const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
      fc.assert(
        fc.property(finite, (data) => {
          expect(leafOf(HASH, { ...ENTRY, data: throughJsonb(data) })).toEqual(leafOf(HASH, { ...ENTRY, data }))
        }),
        { numRuns: 500, examples: [[-0], [5e-324], [Number.MAX_VALUE], [1e21], [-1e-7]] },
      )
    })

    it('depends on every field', () => {
      const others: Partial<Entry>[] = [
        { tenant: 610800 },
        { seq: 3 },
        { context: 'zoning' },
        { subject: '0198a0de-0000-7000-8000-000000000002' },
        { subjectSeq: 2 },
        { kind: 'close' },
        { at: '2026-08-15T02:03:04.006Z' },
        { by: null },
        { data: null },
      ]
      const hashes = [{}, ...others].map((other) => leafOf(HASH, { ...ENTRY, ...other }).toString('hex'))
      expect(new Set(hashes).size).toBe(10)
    })
  })

  describe('what is refused', () => {
    class Photo {
      id = 1
    }
    const circle: unknown[] = []
    circle.push({ circle })
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

    it.each<[string, unknown, string]>([
      ['undefined', undefined, 'data is undefined'],
      ['undefined within', { photos: [{ id: undefined }] }, 'data.photos[0].id is undefined'],
      ['a hole', new Array(1), 'data[0] is undefined'],
      ['NaN', { ph: Number.NaN }, 'data.ph is NaN'],
      ['Infinity', [1, -Infinity], 'data[1] is -Infinity'],
      ['a Date', { on: new Date(0) }, 'data.on is a Date'],
      ['a bigint', 1n, 'data is a bigint'],
      ['a function', { toJSON: () => 1 }, 'data.toJSON is a function'],
      ['a symbol', Symbol('x'), 'data is a symbol'],
      ['a symbol as a key', { [Symbol('x')]: 1 }, 'data is a symbol as a key'],
      ['a Map', new Map(), 'data is a Map'],
      ['a Buffer', Buffer.of(1), 'data is a Buffer'],
      ['an instance', new Photo(), 'data is a Photo'],
      ['a boxed number', Object(5), 'data is a Number'],
      ['half a surrogate pair', { text: '\ud83d' }, 'data.text is text with half a surrogate pair'],
      ['half a surrogate pair as a key', { '\udc00': 1 }, 'a key of data is text with half a surrogate pair'],
      ['U+0000', ['a\0b'], 'data[0] is text with U+0000'],
      ['a circle', circle, 'nested deeper than 100 levels, or in a circle'],
      ['too deep', nested(101), 'nested deeper than 100 levels'],
    ])('%s', (_, data, message) => {
      expect(() => leafOf(HASH, { ...ENTRY, data })).toThrow(TypeError)
      expect(() => leafOf(HASH, { ...ENTRY, data })).toThrow(message)
      expect(() => leafOf(HASH, { ...ENTRY, data: null, by: data })).toThrow(message.replaceAll('data', 'by'))
    })

    it.each<[object, string]>([
      [{ tenant: 0 }, 'tenant must be a whole number from 1, found 0'],
      [{ seq: '2' }, 'seq must be a whole number from 1, found "2"'],
      [{ seq: 2 ** 53 }, 'seq must be'],
      [{ subjectSeq: 1.5 }, 'subjectSeq must be a whole number from 1, found 1.5'],
      [{ context: '' }, 'context must be a text that is not empty, found ""'],
      [{ kind: null }, 'kind must be a text that is not empty, found null'],
      [{ kind: 'a\0' }, 'kind must be'],
      [{ subject: ENTRY.subject.toUpperCase() }, 'subject must be a UUID in lower case'],
      [{ at: new Date(0) }, 'at must be RFC 3339 in UTC with milliseconds (2026-08-15T02:03:04.005Z), found a Date'],
      [{ at: '2026-02-30T00:00:00.000Z' }, 'at must be'],
    ])('%o', (wrong, message) => {
      expect(() => leafOf(HASH, { ...ENTRY, ...wrong } as Entry)).toThrow(`journal entry: ${message}`)
    })

    it('lets through 100 levels, a key named __proto__ and objects without a prototype', () => {
      const data = [nested(99), JSON.parse('{"__proto__":{"a":1}}'), Object.assign(Object.create(null), { b: 1 })]
      expect(leafOf(HASH, { ...ENTRY, data })).toEqual(leafOf(HASH, { ...ENTRY, data: throughJsonb(data) }))
      const other = [nested(99), JSON.parse('{"__proto__":{"a":2}}'), { b: 1 }]
      expect(leafOf(HASH, { ...ENTRY, data: other })).not.toEqual(leafOf(HASH, { ...ENTRY, data }))
    })
  })
})

it('isInstant takes one form only', () => {
  expect(isInstant('2028-02-29T23:59:59.999Z')).toBe(true)
  const others = [
    '2027-02-29T00:00:00.000Z',
    '2026-08-15T02:03:04Z',
    '2026-08-15T02:03:04.005+08:00',
    '2026-08-15T24:00:00.000Z',
    5,
  ]
  for (const text of others) expect(isInstant(text)).toBe(false)
})
