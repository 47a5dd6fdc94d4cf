import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../rules/refusal.ts'
import { type Expr, parseCql2 } from './cql2.ts'

const property = (name: string) => ({ kind: 'property' as const, name })
const text = (value: string) => ({ kind: 'text' as const, value })
const is = (name: string, value: string): Expr => ({ op: '=', left: property(name), right: text(value) })

const GOOD: [string, Expr][] = [
  ["state = 'closed'", is('state', 'closed')],
  ["\"环节\"='它''s'", is('环节', "它's")],
  ["a='x' OR b='y' AND c='z'", { op: 'or', args: [is('a', 'x'), { op: 'and', args: [is('b', 'y'), is('c', 'z')] }] }],
  [
    "(a='x' or b='y') and not c='z'",
    {
      op: 'and',
      args: [
        { op: 'or', args: [is('a', 'x'), is('b', 'y')] },
        { op: 'not', arg: is('c', 'z') },
      ],
    },
  ],
  ['n >= -5.5e3', { op: '>=', left: property('n'), right: { kind: 'number', value: -5500 } }],
  ['sample = TRUE', { op: '=', left: property('sample'), right: { kind: 'yes-no', value: true } }],
  ["title LIKE '弃渣%'", { op: 'like', property: 'title', pattern: '弃渣%' }],
  ["title NOT LIKE '%'", { op: 'not', arg: { op: 'like', property: 'title', pattern: '%' } }],
  ["state IN ('a', 'b')", { op: 'in', property: 'state', values: [text('a'), text('b')] }],
  [
    "due NOT BETWEEN DATE('2026-01-01') AND DATE('2026-02-01')",
    {
      op: 'not',
      arg: {
        op: 'between',
        property: 'due',
        low: { kind: 'date', value: '2026-01-01' },
        high: { kind: 'date', value: '2026-02-01' },
      },
    },
  ],
  ['due IS NULL', { op: 'null', property: 'due' }],
  ['due is not null', { op: 'not', arg: { op: 'null', property: 'due' } }],
  [
    "T_AFTER(due, TIMESTAMP('2026-01-01T00:00:00Z'))",
    { op: '>', left: property('due'), right: { kind: 'timestamp', value: '2026-01-01T00:00:00Z' } },
  ],
  [
    'S_INTERSECTS(geometry, POINT(107 33.5))',
    { op: 'intersects', property: 'geometry', shape: { kind: 'point', at: [107, 33.5] } },
  ],
  [
    'S_INTERSECTS(geometry,BBOX(1,2,3,4))',
    {
      op: 'intersects',
      property: 'geometry',
      shape: {
        kind: 'area',
        rings: [
          [
            [1, 2],
            [3, 2],
            [3, 4],
            [1, 4],
            [1, 2],
          ],
        ],
      },
    },
  ],
]

// What a reader that is content with a beginning would answer without its end.
const BAD: [string, number, string][] = [
  ['', 1, '（结尾 end）'],
  ['state =', 8, '（结尾 end）'],
  ["state == 'x'", 8, '='],
  ["state = 'x' AND", 16, '（结尾 end）'],
  ["state = 'x' state = 'y'", 13, 'state'],
  ["state = 'x", 9, "'x"],
  ["(state = 'x'", 13, '（结尾 end）'],
  ["state = 'x')", 12, ')'],
  ["state = 'x'; drop table cases.problem", 12, '; drop table cases.p'],
  ['state LIKE x', 12, 'x'],
  ['state', 6, '（结尾 end）'],
  ["'x'", 4, '（结尾 end）'],
  ['S_WITHIN(geometry, POINT(1 2))', 1, 'S_WITHIN'],
  ["CASEI(state) = 'x'", 1, 'CASEI'],
  ['S_INTERSECTS(geometry, POLYGON((1 2, 3 4)))', 32, '('],
  ['S_INTERSECTS(geometry, POINT(1,2))', 31, ','],
  ["state = lower('X')", 9, 'lower'],
  ['a = 1 + 1', 7, '+ 1'],
  ['NULL = 1', 1, 'NULL'],
]

describe('CQL2 text', () => {
  it.each(GOOD)('%s', (filter, expr) => {
    expect(parseCql2(filter)).toEqual(expr)
  })

  it.each(BAD)('%j is refused where it goes wrong', (filter, at, found) => {
    const refusal = parseCql2(filter)
    expect(isRefusal(refusal)).toBe(true)
    expect(isRefusal(refusal) && [refusal.params['at'], refusal.params['found']]).toEqual([at, found])
  })

  it('is refused when it is nested deeper than a person would', () => {
    const deep = (n: number) => `${'('.repeat(n)}a=1${')'.repeat(n)}`
    expect(isRefusal(parseCql2(deep(40)))).toBe(false)
    expect(isRefusal(parseCql2(deep(41)))).toBe(true)
    expect(isRefusal(parseCql2(`${'NOT '.repeat(5000)}a=1`))).toBe(true)
  })
})
