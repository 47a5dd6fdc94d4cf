import { type Refusal, refuse } from '../../rules/refusal.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What is compared: an attribute by its name, or a value. */
export type Operand =
  | { kind: 'property'; name: string }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'yes-no'; value: boolean }
  | { kind: 'date'; value: string }
  | { kind: 'timestamp'; value: string }

/** A shape of the filter: a point, or rings of which an odd number must go round what lies inside. Numbers are as they were written. */
export type Shape = { kind: 'point'; at: Position } | { kind: 'area'; rings: Position[][] }
export type Position = [number, number]

export const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

/** A filter as a tree. */
export type Expr =
  | { op: 'and' | 'or'; args: Expr[] }
  | { op: 'not'; arg: Expr }
  | { op: Comparison; left: Operand; right: Operand }
  | { op: 'like'; property: string; pattern: string }
  | { op: 'in'; property: string; values: Operand[] }
  | { op: 'between'; property: string; low: Operand; high: Operand }
  | { op: 'null'; property: string }
  | { op: 'intersects'; property: string; shape: Shape }

/** Parentheses and NOT within one another, at most. */
const DEEPEST = 40

/**
 * Reads CQL2 text (OGC 21-065): comparisons, LIKE, IN, BETWEEN, IS NULL, AND, OR, NOT, S_INTERSECTS with a point, a box or an area, T_AFTER,
 * T_BEFORE and T_EQUALS. Everything else is refused with where it stands: nothing is passed over.
 */
export function parseCql2(text: string): Expr | Refusal {
  const tokens = tokensOf(text)
  if (!Array.isArray(tokens)) return tokens
  try {
    const reader = readerOf(tokens)
    const expr = anyOf(reader, 0)
    if (reader.peek().kind !== 'end') throw new Unexpected(reader.peek(), 'AND, OR')
    return expr
  } catch (e) {
    if (!(e instanceof Unexpected)) throw e
    const { token, expected } = e
    return refuse('invalid', 'ogc/filter', { at: token.at + 1, found: token.text.slice(0, 40) || '（结尾 end）', expected })
  }
}

class Unexpected extends Error {
  readonly token: Token
  readonly expected: string
  constructor(token: Token, expected: string) {
    super(expected)
    this.token = token
    this.expected = expected
  }
}

interface Reader {
  peek(ahead?: number): Token
  next(): Token
  /** Takes the word or mark where it comes next. */
  takes(text: string): boolean
  must(text: string): void
}

function readerOf(tokens: Token[]): Reader {
  let at = 0
  const peek = (ahead = 0) => tokens[Math.min(at + ahead, tokens.length - 1)]!
  const is = (token: Token, text: string) => (token.kind === 'word' || token.kind === 'mark') && token.text.toUpperCase() === text
  const takes = (text: string) => {
    const found = is(peek(), text)
    if (found) at += 1
    return found
  }
  return {
    peek,
    takes,
    next: () => tokens[Math.min(at++, tokens.length - 1)]!,
    must: (text) => {
      if (!takes(text)) throw new Unexpected(peek(), text)
    },
  }
}

function anyOf(r: Reader, depth: number): Expr {
  const args = [allOf(r, depth)]
  while (r.takes('OR')) args.push(allOf(r, depth))
  return args.length === 1 ? args[0]! : { op: 'or', args }
}

function allOf(r: Reader, depth: number): Expr {
  const args = [one(r, depth)]
  while (r.takes('AND')) args.push(one(r, depth))
  return args.length === 1 ? args[0]! : { op: 'and', args }
}

function one(r: Reader, depth: number): Expr {
  if (depth > DEEPEST) throw new Unexpected(r.peek(), `≤ ${DEEPEST} ()`)
  if (r.takes('NOT')) return { op: 'not', arg: one(r, depth + 1) }
  if (r.takes('(')) {
    const inside = anyOf(r, depth + 1)
    r.must(')')
    return inside
  }
  return predicate(r)
}

const TIMES: Record<string, Comparison> = { T_AFTER: '>', T_BEFORE: '<', T_EQUALS: '=' }

function predicate(r: Reader): Expr {
  const token = r.peek()
  const name = token.kind === 'word' && r.peek(1).text === '(' ? token.text.toUpperCase() : ''
  if (name === 'S_INTERSECTS') return intersects(r)
  const op = TIMES[name]
  if (op) return temporal(r, op)
  if (name !== '' && name !== 'DATE' && name !== 'TIMESTAMP')
    throw new Unexpected(token, `S_INTERSECTS, ${Object.keys(TIMES).join(', ')}`)
  return compared(r, operand(r))
}

function intersects(r: Reader): Expr {
  r.next()
  r.must('(')
  const property = propertyName(r)
  r.must(',')
  const shape = shapeOf(r)
  r.must(')')
  return { op: 'intersects', property, shape }
}

function temporal(r: Reader, op: Comparison): Expr {
  r.next()
  r.must('(')
  const left = operand(r)
  r.must(',')
  const right = operand(r)
  r.must(')')
  return { op, left, right }
}

function compared(r: Reader, left: Operand): Expr {
  const token = r.peek()
  const op = COMPARISONS.find((c) => token.kind === 'mark' && token.text === c)
  if (op) {
    r.next()
    return { op, left, right: operand(r) }
  }
  if (left.kind !== 'property') throw new Unexpected(token, COMPARISONS.join(' '))
  const property = left.name
  if (r.takes('IS')) {
    const not = r.takes('NOT')
    r.must('NULL')
    return negated(not, { op: 'null', property })
  }
  return negated(r.takes('NOT'), listed(r, property))
}

function listed(r: Reader, property: string): Expr {
  if (r.takes('LIKE')) {
    const token = r.next()
    if (token.kind !== 'text') throw new Unexpected(token, "'…%'")
    return { op: 'like', property, pattern: token.text }
  }
  if (r.takes('IN')) {
    r.must('(')
    const values = [operand(r)]
    while (r.takes(',')) values.push(operand(r))
    r.must(')')
    return { op: 'in', property, values }
  }
  if (!r.takes('BETWEEN')) throw new Unexpected(r.peek(), `${COMPARISONS.join(' ')} LIKE IN BETWEEN IS`)
  const low = operand(r)
  r.must('AND')
  return { op: 'between', property, low, high: operand(r) }
}

const negated = (not: boolean, arg: Expr): Expr => (not ? { op: 'not', arg } : arg)

const RESERVED = ['AND', 'OR', 'NOT', 'LIKE', 'IN', 'BETWEEN', 'IS', 'NULL']

function operand(r: Reader): Operand {
  const token = r.next()
  if (token.kind === 'text') return { kind: 'text', value: token.text }
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
  if (token.kind === 'name') return { kind: 'property', name: token.text }
  if (token.kind !== 'word' || RESERVED.includes(token.text.toUpperCase()))
    throw new Unexpected(token, "名称 name, '文字 text', 1, DATE('…')")
  const word = token.text.toUpperCase()
  if (word === 'TRUE' || word === 'FALSE') return { kind: 'yes-no', value: word === 'TRUE' }
  if ((word === 'DATE' || word === 'TIMESTAMP') && r.takes('(')) {
    const value = r.next()
    if (value.kind !== 'text') throw new Unexpected(value, "'…'")
    r.must(')')
    return { kind: word === 'DATE' ? 'date' : 'timestamp', value: value.text }
  }
  if (r.peek().text === '(' && r.peek().kind === 'mark') throw new Unexpected(token, 'DATE, TIMESTAMP')
  return { kind: 'property', name: token.text }
}

function propertyName(r: Reader): string {
  const token = r.next()
  if (token.kind !== 'name' && token.kind !== 'word') throw new Unexpected(token, '名称 name')
  return token.text
}

function shapeOf(r: Reader): Shape {
  const token = r.next()
  const word = token.kind === 'word' ? token.text.toUpperCase() : ''
  if (word === 'POINT') {
    r.must('(')
    const at = position(r)
    r.must(')')
    return { kind: 'point', at }
  }
  if (word === 'BBOX') return { kind: 'area', rings: [boxRing(r)] }
  if (word === 'POLYGON') return { kind: 'area', rings: rings(r) }
  if (word !== 'MULTIPOLYGON') throw new Unexpected(token, 'POINT, BBOX, POLYGON, MULTIPOLYGON')
  r.must('(')
  const all = rings(r)
  while (r.takes(',')) all.push(...rings(r))
  r.must(')')
  return { kind: 'area', rings: all }
}

function rings(r: Reader): Position[][] {
  r.must('(')
  const all = [ring(r)]
  while (r.takes(',')) all.push(ring(r))
  r.must(')')
  return all
}

function ring(r: Reader): Position[] {
  const first = r.peek()
  r.must('(')
  const positions = [position(r)]
  while (r.takes(',')) positions.push(position(r))
  r.must(')')
  if (positions.length < 4) throw new Unexpected(first, '≥ 4 个点 positions')
  return positions
}

function position(r: Reader): Position {
  return [number(r), number(r)]
}

function boxRing(r: Reader): Position[] {
  r.must('(')
  const numbers = [number(r)]
  while (r.takes(',')) numbers.push(number(r))
  const [west, south, east, north] = numbers
  const end = r.peek()
  r.must(')')
  if (numbers.length !== 4) throw new Unexpected(end, '4 个数 numbers')
  return [
    [west!, south!],
    [east!, south!],
    [east!, north!],
    [west!, north!],
    [west!, south!],
  ]
}

function number(r: Reader): number {
  const token = r.next()
  if (token.kind !== 'number') throw new Unexpected(token, '数 number')
  return Number(token.text)
}
