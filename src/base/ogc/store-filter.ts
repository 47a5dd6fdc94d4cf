import { type RawBuilder, sql } from 'kysely'
import { baseProblem, type Problem } from '../problem.ts'
import { dayOf, type Instant, isDay } from '../rules/day.ts'
import type { Columns, Queryable } from './collection.ts'
import type { Comparison, Expr, Operand, Shape } from './rules/cql2.ts'
import { boxRound } from './rules/crs.ts'

/** The filter as a condition: every name is one of the queryables, every value a parameter. 400 for what does not fit. */
export function conditionOf(expr: Expr, columns: Columns): RawBuilder<unknown> {
  switch (expr.op) {
    case 'and':
    case 'or':
      return sql`(${sql.join(
        expr.args.map((arg) => conditionOf(arg, columns)),
        expr.op === 'and' ? sql` and ` : sql` or `,
      )})`
    case 'not':
      return sql`(not ${conditionOf(expr.arg, columns)})`
    case 'like': {
      const { column } = named(expr.property, columns, ['text'])
      return sql`${column} like ${escaped(expr.pattern)}`
    }
    case 'in': {
      const { column, field } = named(expr.property, columns)
      return sql`${column} in (${sql.join(expr.values.map((value) => literal(value, field)))})`
    }
    case 'between': {
      const { column, field } = named(expr.property, columns, ['text', 'day', 'number'])
      return sql`${column} between ${literal(expr.low, field)} and ${literal(expr.high, field)}`
    }
    case 'null':
      return sql`${named(expr.property, columns, [...PLAIN, 'geometry']).column} is null`
    case 'intersects': {
      named(expr.property, columns, ['geometry'])
      return columns.inShape!(shapeSql(expr.shape), boxRound(positionsOf(expr.shape)))
    }
    default:
      return compared(expr, columns)
  }
}

function compared({ op, left, right }: { op: Comparison; left: Operand; right: Operand }, columns: Columns): RawBuilder<unknown> {
  const [property, value, turned] = left.kind === 'property' ? [left, right, false] : [right, left, true]
  if (property.kind !== 'property' || value.kind === 'property')
    throw bad(`${JSON.stringify(left)} ${op} ${JSON.stringify(right)}`, '一个名称和一个值 a name and a value')
  const { column, field } = named(property.name, columns)
  return sql`${column} ${OPERATORS[turned ? TURNED[op] : op]} ${literal(value, field)}`
}

const OPERATORS: Record<Comparison, RawBuilder<unknown>> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '>': sql`>`,
  '<=': sql`<=`,
  '>=': sql`>=`,
}
const TURNED: Record<Comparison, Comparison> = { '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
const PLAIN: Queryable['kind'][] = ['text', 'day', 'number', 'yes-no']

function named(name: string, { of, kinds, inShape }: Columns, allowed = PLAIN) {
  const field = kinds.find((q) => q.name === name)
  const column = Object.hasOwn(of, name) ? of[name] : undefined
  if (!field || !column || (field.kind === 'geometry' && !inShape)) throw bad(name, kinds.map((q) => q.name).join(', '))
  if (!allowed.includes(field.kind)) throw bad(`${name}: ${field.kind}`, allowed.join(', '))
  return { field, column }
}

function literal(value: Operand, { kind, name }: Queryable): RawBuilder<unknown> {
  const wrong = () => bad(`${name}: ${JSON.stringify('value' in value ? value.value : value.name)}`, kind)
  if (kind === 'text' && value.kind === 'text') return sql`${value.value}::text`
  if (kind === 'number' && value.kind === 'number') return sql`${value.value}::float8`
  if (kind === 'yes-no' && value.kind === 'yes-no') return sql`${value.value}::boolean`
  if (kind !== 'day') throw wrong()
  if ((value.kind === 'text' || value.kind === 'date') && isDay(value.value)) return sql`${value.value}::date`
  if (value.kind !== 'timestamp' || Number.isNaN(Date.parse(value.value))) throw wrong()
  return sql`${dayOf(new Date(value.value).toISOString() as Instant)}::date`
}

// A single backslash at the end is no pattern of PostgreSQL's.
const escaped = (pattern: string) => (/(^|[^\\])(\\\\)*\\$/.test(pattern) ? `${pattern}\\` : pattern)

function positionsOf(shape: Shape) {
  return shape.kind === 'point' ? [shape.at] : shape.rings.flat()
}

// What rings enclose is even-odd, whatever way they turn and where they cross; on a grid, as GEOS must not throw (docs/decisions/0005).
function shapeSql(shape: Shape): RawBuilder<unknown> {
  const positions = positionsOf(shape)
  const outside = positions.find(([lng, lat]) => !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90))
  if (outside) throw bad(outside.join(' '), '-180 … 180, -90 … 90')
  if (shape.kind === 'point') return sql`st_setsrid(st_makepoint(${shape.at[0]}::float8, ${shape.at[1]}::float8), 4326)`
  const lines = shape.rings.map((ring) => `(${[...ring, ring[0]!].map((at) => at.join(' ')).join(',')})`)
  return sql`st_buildarea(st_unaryunion(st_geomfromtext(${`MULTILINESTRING(${lines.join(',')})`}, 4326), 1e-9))`
}

const bad = (found: string, expected: string): Problem => baseProblem('ogc-filter', { found: found.slice(0, 200), expected })
