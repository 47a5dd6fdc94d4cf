import { type RawBuilder, sql } from 'kysely'
import { baseProblem } from '../base/problem.ts'
import type { Sort } from './rules/list-view.ts'

export type { Sort }

/** The last day of a case `p`, as the index has it: without one it comes after every other (`case`, as the planner trusts no `coalesce` under row-level security). */
export const LAST_DAY = sql`(case when p.due is null then '9999-12-31'::date else p.due end)`

const URGENCY = sql`(case when p.state in ('closed','declined','merged','unfounded','transferred') then 3 when p.colour = 'red' then 0
  when p.colour = 'yellow' then 1 else 2 end)`

interface Order {
  order: RawBuilder<unknown>
  /** The place of a case in the order as text, and what its cursor begins with: a cursor of another order is none of this one. */
  key: RawBuilder<unknown>
  mark: string
  after(cursor: string | undefined): RawBuilder<unknown>[]
}

/** How a page of `cases.problem p` is ordered and where the next one begins; each order is that of an index. */
export function orderOf(sort: Sort): Order {
  const { columns, key, shape, mark, beyond, unique } = ORDERS[sort]
  const down = beyond === '<'
  const by = unique ? columns : [...columns, sql`p.id`] // no two cases have one number
  const order = sql.join(by.map((column) => (down ? sql`${column} desc` : column)))
  return { order, key, mark, after: (cursor) => (cursor === undefined ? [] : [afterOf(cursor)]) }

  function afterOf(cursor: string): RawBuilder<unknown> {
    const found = new RegExp(`^${mark}${shape}_([0-9a-f-]{36})$`).exec(cursor)
    if (!found) throw baseProblem('malformed', { where: 'query.after', found: cursor.slice(0, 60) })
    const values = [...found.slice(1, -1).map((text, i) => TYPED[sort][i]!(text)), sql`${found.at(-1)}::uuid`]
    return sql`(${sql.join(by)}) ${sql.raw(beyond)} (${sql.join(values.slice(0, by.length))})`
  }
}

const DAY = '(\\d{4}-\\d{2}-\\d{2})'
const day = (text: string) => sql`${text}::date`
const words = (text: string) => sql`${text}`
const REPORTED = { columns: [sql`p.reported_on`], key: sql`p.reported_on::text`, shape: DAY }
const DUE = { columns: [LAST_DAY], key: sql`${LAST_DAY}::text`, shape: DAY }
const NO = { columns: [sql`p.no`], key: sql`p.no`, shape: '([^_]{1,40})', unique: true as const }

const ORDERS: Record<
  Sort,
  {
    columns: RawBuilder<unknown>[]
    key: RawBuilder<unknown>
    shape: string
    mark: string
    beyond: '<' | '>'
    unique?: true
  }
> = {
  reported: { ...REPORTED, mark: '', beyond: '<' },
  reported_up: { ...REPORTED, mark: 'r', beyond: '>' },
  due: { ...DUE, mark: 'd', beyond: '>' },
  due_down: { ...DUE, mark: 'D', beyond: '<' },
  no: { ...NO, mark: 'n', beyond: '>' },
  no_down: { ...NO, mark: 'N', beyond: '<' },
  urgency: {
    columns: [URGENCY, LAST_DAY],
    key: sql`${URGENCY} || '.' || ${LAST_DAY}::text`,
    shape: `(\\d)\\.${DAY}`,
    mark: 'u',
    beyond: '>',
  },
}

const TYPED: Record<Sort, ((text: string) => RawBuilder<unknown>)[]> = {
  reported: [day],
  reported_up: [day],
  due: [day],
  due_down: [day],
  no: [words],
  no_down: [words],
  urgency: [(text) => sql`${text}::int`, day],
}
