import type { Db } from '../../base/db.ts'
import type { Language } from '../../base/problem.ts'
import { listOrganisations } from '../../people/index.ts'
import { findRegions } from '../counts/regions.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { CATEGORY_LABELS, PATH_LABELS, SOURCE_LABELS } from '../rules/labels.ts'
import type { Filter } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import {
  type Dimension,
  FIGURE,
  FIGURES,
  type FigureCode,
  type Period,
  periodFilter,
  queryOf,
  rowFilter,
} from './rules/figures.ts'
import { minimumOn, percentOf } from './rules/minimum.ts'
import { type Spread, spreadOf } from './rules/spread.ts'
import { STAGES, type Stage, stageLabel } from './rules/stages.ts'
import {
  type Counted,
  countBehind,
  countCross,
  countFigures,
  type FigureRow,
  sumSuspended,
  tallyStage,
  tallyStages,
} from './store-numbers.ts'

/** What is asked for: the list's filter as it stands in the address and as it was parsed, the period, and the language of names. */
export type Asked = { filter: Filter; address: Readonly<Record<string, string>>; period: Period; language: Language }

/** A number with what of the list it opens; with what it is a share of, and the percentage where there are enough cases to say one. */
export type FigureCell = { n: number; query: string; of?: number; ofQuery?: string; percent?: number | null }

/** 统计: every figure by one dimension and in total, as far as the actor sees. The total is counted of all cases, never of rows. */
export async function showNumbers(ctx: StaffCtx, o: Asked & { by: Dimension }) {
  const { minimum, days } = terms(ctx)
  return ctx.tx(async (db) => {
    const rows = await countFigures(db, ctx.actor.tenant, { ...(await counted(ctx, db, o)), by: o.by })
    const names = await namesOf(ctx, db, o, o.by)
    const cells = (row: Pick<FigureRow, 'n' | 'of'>, own: Readonly<Record<string, string>>) =>
      cellsOf(row, { ...o, own, minimum: minimum.n })
    return {
      ...{ today: days.today, by: o.by, on: o.period.on, minimum },
      figures: FIGURES.map((code) => wordsOf(code, o.language)),
      rows: rows.map((row) => ({
        ...{ key: row.key, name: names(row.key) },
        cells: cells(row, rowFilter(o.by, row.key, o.period)),
      })),
      total: cells(sumOf(rows), {}),
    }
  })
}

/** 各环节用时: how the days of each stage are spread over all cases; the spans stand at the end. */
export async function showStages(ctx: StaffCtx, o: Asked & { count: 'natural' | 'working' }) {
  const { minimum, days } = terms(ctx)
  return ctx.tx(async (db) => {
    const what = await counted(ctx, db, o)
    const tallies = await tallyStages(db, ctx.actor.tenant, { ...what, count: o.count })
    const suspended = await sumSuspended(db, ctx.actor.tenant, what)
    const missing = await countBehind(db, ctx.actor.tenant, what)
    return {
      ...{ today: days.today, on: o.period.on, count: o.count, minimum, missing },
      stages: STAGES.filter((stage) => tallies.has(stage)).map((stage) => ({
        ...{ stage, label: stageLabel(stage)[o.language] },
        ...spread(tallies.get(stage)!, { ...o, minimum: minimum.n, own: passedBy(stage, o.count) }),
        suspended: suspended.get(stage) ?? { n: 0, days: 0 },
      })),
    }
  })
}

/** One stage told apart by one dimension. */
export async function showStage(ctx: StaffCtx, o: Asked & { count: 'natural' | 'working'; stage: Stage; by: Dimension }) {
  const { minimum, days } = terms(ctx)
  return ctx.tx(async (db) => {
    const rows = await tallyStage(db, ctx.actor.tenant, { ...(await counted(ctx, db, o)), ...o })
    const names = await namesOf(ctx, db, o, o.by)
    return {
      ...{ today: days.today, on: o.period.on, count: o.count, minimum, by: o.by, stage: o.stage },
      label: stageLabel(o.stage)[o.language],
      rows: [...rows].map(([key, tallies]) => ({
        ...{ key, name: names(key) },
        ...spread(tallies, {
          ...o,
          minimum: minimum.n,
          own: { ...rowFilter(o.by, key, o.period), ...passedBy(o.stage, o.count) },
        }),
      })),
    }
  })
}

/** 交叉表: the number of cases by two dimensions. */
export async function showCross(ctx: StaffCtx, o: Asked & { by: Dimension; across: Dimension }) {
  const { days } = terms(ctx)
  return ctx.tx(async (db) => {
    const cells = await countCross(db, ctx.actor.tenant, { ...(await counted(ctx, db, o)), ...o })
    const rowNames = await namesOf(ctx, db, o, o.by)
    const columnNames = await namesOf(ctx, db, o, o.across)
    const named = (keys: (string | null)[], name: (key: string | null) => string | null) =>
      [...new Set(keys)].map((key) => ({ key, name: name(key) }))
    return {
      ...{ today: days.today, on: o.period.on, by: o.by, across: o.across },
      rows: named(
        cells.map((cell) => cell.key),
        rowNames,
      ),
      columns: named(
        cells.map((cell) => cell.across),
        columnNames,
      ).sort((a, b) => ((a.key ?? '~') < (b.key ?? '~') ? -1 : 1)),
      cells: cells.map((cell) => ({
        ...cell,
        query: address(o, rowFilter(o.by, cell.key, o.period), rowFilter(o.across, cell.across, o.period)),
      })),
    }
  })
}

function terms(ctx: StaffCtx) {
  const { today } = envOf(ctx)
  return { days: boardDays(today, ctx.law), minimum: minimumOn(ctx.law, today) }
}

async function counted(ctx: StaffCtx, db: Db, { filter, period }: Asked): Promise<Counted> {
  const { on, from, to } = period
  const days = on === 'reported' ? { reportedFrom: from, reportedTo: to } : { closedFrom: from, closedTo: to }
  // Of the clear-offs of a period only those that still stand: a case that came back since has no day of clear-off.
  const state = on === 'closed' ? { state: closedOf(filter.state) } : {}
  const all: Filter = { ...filter, ...given(days), ...state, days: boardDays(envOf(ctx).today, ctx.law) }
  return { filter: all, seen: seenBy(await sightIn(ctx, db)), on }
}

const closedOf = (states: string[] | undefined) => (states ?? ['closed']).filter((state) => state === 'closed')
const given = (days: Record<string, string | undefined>) => Object.fromEntries(Object.entries(days).filter(([, day]) => day))

const address = (o: Asked, ...more: Readonly<Record<string, string>>[]) => queryOf(o.address, periodFilter(o.period), ...more)

const passedBy = (stage: Stage, count: 'natural' | 'working') => ({
  passed: stage,
  ...(count === 'working' && { passedIn: count }),
})

type Own = Asked & { own: Readonly<Record<string, string>>; minimum: number }

function cellsOf(row: Pick<FigureRow, 'n' | 'of'>, o: Own): Record<FigureCode, FigureCell> {
  const cell = (code: FigureCode): FigureCell => {
    const { filter, of } = FIGURE[code]
    const n = row.n[code]
    const query = address(o, o.own, filter)
    if (!of) return { n, query }
    return { n, query, of: row.of[code], ofQuery: address(o, o.own, of), percent: percentOf(n, row.of[code], o.minimum) }
  }
  return Object.fromEntries(FIGURES.map((code) => [code, cell(code)])) as Record<FigureCode, FigureCell>
}

function sumOf(rows: readonly FigureRow[]): Pick<FigureRow, 'n' | 'of'> {
  const sum = (kind: 'n' | 'of') =>
    Object.fromEntries(FIGURES.map((code) => [code, rows.reduce((n, row) => n + (row[kind][code] ?? 0), 0)])) as FigureRow['n']
  return { n: sum('n'), of: sum('of') }
}

function spread(tallies: Parameters<typeof spreadOf>[0], o: Own): Spread & { query: string } {
  return { ...spreadOf(tallies, o.minimum), query: address(o, o.own) }
}

function wordsOf(code: FigureCode, language: Language) {
  const { label, text, ofText } = FIGURE[code]
  return { code, label: label[language], text: text[language], ...(ofText && { ofText: ofText[language] }) }
}

async function namesOf(
  ctx: StaffCtx,
  db: Db,
  { language }: Asked,
  by: Dimension,
): Promise<(key: string | null) => string | null> {
  if (by === 'region') {
    const all = new Map((await findRegions(ctx, db)).all.map((area) => [area.code, area.name]))
    return (key) => key && (all.get(key) ?? key)
  }
  if (by === 'unit') {
    const all = new Map((await listOrganisations(db)).map((org) => [org.id, org.name]))
    return (key) => key && (all.get(key) ?? key)
  }
  const labels: Readonly<Record<string, { zh: string; en: string }>> =
    by === 'source' ? SOURCE_LABELS : by === 'path' ? PATH_LABELS : by === 'category' ? CATEGORY_LABELS : {}
  return (key) => key && (labels[key]?.[language] ?? key)
}
