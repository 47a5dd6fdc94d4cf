import fc from 'fast-check'

/** Whatever the documents of the interface say of a value. */
export type Schema = Record<string, unknown>

const HOSTILE_TEXT = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066甲',
  '😀'.repeat(50),
  "' or 1=1 --",
  "'; drop table cases.problem; --",
  '%',
  '%_\\',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '=cmd|calc',
  'NaN',
  'Infinity',
  '-1',
  '1e309',
  '99999999999999999999',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '275760-09-13',
  '2026-03-10T25:61:61Z',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '汉'.repeat(600),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '107.03,33.07;107.04,33.07',
  '1,2,3,4',
  '180,90,-180,-90',
  '1e308,1e308,1e308,1e308',
  '2026-03-10_00000000-0000-4000-8000-000000000000',
  '9999-99-99_00000000-0000-4000-8000-000000000000',
  '0001-01-01_00000000-0000-4000-8000-00000000000g',
]

const HOSTILE_NUMBERS = [0, -0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, 1e21, Number.MIN_VALUE]

/** Text that has broken programs before, or any. */
export const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXT), fc.string({ unit: 'binary', maxLength: 40 }))

const deep = fc.integer({ min: 1, max: 300 }).map((n) => {
  let value: unknown = 1
  for (let i = 0; i < n; i++) value = i % 2 ? [value] : { a: value }
  return value
})

/** Any JSON, and what JSON cannot hold once it is written. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], { __proto__: null }, { length: 1e9 }),
  fc.jsonValue({ maxDepth: 4 }),
  deep,
)

/** Things that exist, which a request may name. */
export type Ids = readonly string[]

const likely = (schema: Schema, ids: Ids): fc.Arbitrary<string> => {
  const { format, pattern, minLength, maxLength } = schema as {
    format?: string
    pattern?: string
    minLength?: number
    maxLength?: number
  }
  if (format === 'uuid') return fc.oneof({ weight: 1, arbitrary: fc.uuid() }, { weight: 5, arbitrary: fc.constantFrom(...ids) })
  if (pattern && /\\d\{4\}/.test(pattern))
    return fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
  return fc.oneof(
    fc.constantFrom('610702', '610722', '610700', '107.03', '33.07', '2026-03-10', 'wgs84', 'gcj02', '2026年6月底前', '弃渣'),
    fc.string({ minLength: minLength ?? 1, maxLength: Math.min(maxLength ?? 30, 30) }),
  )
}

/** Values that a JSON Schema allows, as far as it says; wrong ones come from `near`. */
export function valid(schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  const s = schema as {
    const?: unknown
    enum?: unknown[]
    anyOf?: Schema[]
    oneOf?: Schema[]
    allOf?: Schema[]
    type?: string | string[]
    items?: Schema
    properties?: Record<string, Schema>
    required?: string[]
    minimum?: number
    maximum?: number
    minItems?: number
  }
  if (s.const !== undefined) return fc.constant(s.const)
  if (s.enum) return fc.constantFrom(...s.enum)
  const several = s.anyOf ?? s.oneOf
  if (several) return fc.oneof(...several.map((one) => valid(one, ids)))
  const { minimum: min = -1000, maximum: max = 1_000_000 } = s
  if (s.type === 'integer') return fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) })
  if (s.type === 'number') return fc.double({ min, max, noNaN: true })
  if (s.type === 'boolean') return fc.boolean()
  if (s.type === 'null') return fc.constant(null)
  if (s.type === 'array')
    return fc.array(valid(s.items ?? {}, ids), { minLength: s.minItems ?? 0, maxLength: (s.minItems ?? 0) + 2 })
  if (s.type === 'object' || s.properties) {
    const fields = Object.fromEntries(Object.entries(s.properties ?? {}).map(([name, field]) => [name, valid(field, ids)]))
    return fc.record(fields, { requiredKeys: (s.required ?? []).filter((name) => name in fields) })
  }
  return s.type === 'string' ? likely(schema, ids) : fc.oneof(fc.constant(107.03), likely(schema, ids))
}

/** A value that holds but for one place in it. */
export function near(schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid(schema, ids), hostileValue, fc.nat(), fc.boolean())
    .map(([value, wrong, where, takeAway]) => spoil(value, { wrong, where, takeAway }))
}

function spoil(value: unknown, o: { wrong: unknown; where: number; takeAway: boolean }): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return o.wrong
  const keys = Object.keys(value)
  const key = keys[o.where % keys.length]!
  const rest = Math.floor(o.where / keys.length)
  const inner = (value as Record<string, unknown>)[key]
  if (o.takeAway && rest % 3 === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
  const spoilt = spoil(inner, { ...o, where: rest })
  return Array.isArray(value) ? value.map((v, i) => (String(i) === key ? spoilt : v)) : { ...value, [key]: spoilt }
}
