import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { STANDING } from '../counts/standing-schema.ts'
import { isDay } from '../day-schema.ts'
import { FilterQuery } from '../filter-schema.ts'
import type { Filter } from '../store-list.ts'
import { exportNumbers } from './export.ts'
import { type Asked, showCross, showNumbers, showStage, showStages } from './numbers.ts'
import { addressOf } from './rules/address.ts'
import { DIMENSIONS, FIGURES, PERIOD_DAYS } from './rules/figures.ts'
import { STAGES } from './rules/stages.ts'

const route = routeOf<Actor>()

/** The list's filters, and a period instead of the list's own days; which day makes a case one of the period is said by `on`. */
export const NumbersQuery = FilterQuery.omit({
  ...{ passed: true, passedIn: true, reportedFrom: true, reportedTo: true, closedFrom: true, closedTo: true },
}).extend({
  ...STANDING,
  from: isDay.optional(),
  to: isDay.optional(),
  on: z.enum(PERIOD_DAYS).default('reported'),
})

const By = z.enum(DIMENSIONS)
const Count = z.enum(['natural', 'working']).default('natural')
const Key = { key: z.string().nullable(), name: z.string().nullable() }
const Clause = z.object({ version: z.string(), source: z.string(), unverified: z.boolean() })
const Minimum = z.object({ n: z.number(), clause: Clause })
const Cell = z.object({
  n: z.number(),
  query: z.string(),
  of: z.number().optional(),
  ofQuery: z.string().optional(),
  percent: z.number().nullable().optional(),
})
const Cells = z.record(z.enum(FIGURES), Cell)
const Days = z.number().nullable()
const SPREAD = {
  n: z.number(),
  query: z.string(),
  ...{ min: Days, p25: Days, median: Days, p75: Days, p90: Days, max: Days },
  bins: z.array(z.object({ from: z.number(), to: z.number().nullable(), n: z.number() })),
}
const Head = { today: z.string(), on: z.enum(PERIOD_DAYS) }

/** What every route of the numbers asks of its address, told apart into filter and period. */
export function askedOf<T extends z.infer<typeof NumbersQuery>>(query: T, language: 'zh' | 'en'): Asked {
  const { on, from, to, ...filter } = query
  return { filter: filter as Filter, address: addressOf(filter), period: { on, from, to }, language }
}

/** 统计 over HTTP: each number comes with the query of `/cases?…` that lists exactly its cases. */
export const numberRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/numbers',
    permission: 'case.read',
    summary: { zh: '统计数字（任意筛选，按一个维度）', en: 'The figures (any filter, by one dimension)' },
    query: NumbersQuery.extend({ by: By.default('region') }),
    reply: z.object({
      ...{ ...Head, by: By, minimum: Minimum },
      figures: z.array(z.object({ code: z.enum(FIGURES), label: z.string(), text: z.string(), ofText: z.string().optional() })),
      rows: z.array(z.object({ ...Key, cells: Cells })),
      total: Cells,
    }),
    run: (ctx, { query: { by, ...query }, language }) => showNumbers(ctx, { ...askedOf(query, language), by }),
  }),
  route({
    method: 'GET',
    path: '/api/numbers/stages',
    permission: 'case.read',
    summary: { zh: '各环节用时（分布）', en: 'The days of each stage (distributions)' },
    query: NumbersQuery.extend({ count: Count }),
    reply: z.object({
      ...{ ...Head, count: Count, minimum: Minimum, missing: z.number() },
      stages: z.array(
        z.object({
          ...{ stage: z.enum(STAGES), label: z.string(), ...SPREAD },
          suspended: z.object({ n: z.number(), days: z.number() }),
        }),
      ),
    }),
    run: (ctx, { query: { count, ...query }, language }) => showStages(ctx, { ...askedOf(query, language), count }),
  }),
  route({
    method: 'GET',
    path: '/api/numbers/stages/{stage}',
    permission: 'case.read',
    summary: { zh: '一个环节的用时（按一个维度）', en: 'The days of one stage (by one dimension)' },
    params: z.object({ stage: z.enum(STAGES) }),
    query: NumbersQuery.extend({ by: By.default('region'), count: Count }),
    reply: z.object({
      ...{ ...Head, count: Count, minimum: Minimum, by: By, stage: z.enum(STAGES), label: z.string() },
      rows: z.array(z.object({ ...Key, ...SPREAD })),
    }),
    run: (ctx, { params, query: { by, count, ...query }, language }) =>
      showStage(ctx, { ...askedOf(query, language), ...params, by, count }),
  }),
  route({
    method: 'GET',
    path: '/api/numbers/cross',
    permission: 'case.read',
    summary: { zh: '交叉表（两个维度的件数）', en: 'Cases by two dimensions' },
    query: NumbersQuery.extend({ by: By.default('region'), across: By.default('category') }),
    reply: z.object({
      ...{ ...Head, by: By, across: By },
      rows: z.array(z.object(Key)),
      columns: z.array(z.object(Key)),
      cells: z.array(z.object({ key: z.string().nullable(), across: z.string().nullable(), n: z.number(), query: z.string() })),
    }),
    run: (ctx, { query: { by, across, ...query }, language }) => showCross(ctx, { ...askedOf(query, language), by, across }),
  }),
  route({
    method: 'GET',
    path: '/api/numbers/file',
    permission: 'case.read',
    summary: { zh: '统计数字（导出）', en: 'The figures as a file' },
    query: NumbersQuery.extend({ by: By.default('region'), format: z.enum(['xlsx', 'csv']).default('xlsx') }),
    run: (ctx, { query: { by, format, ...query }, language }) => exportNumbers(ctx, { ...askedOf(query, language), by, format }),
  }),
]
