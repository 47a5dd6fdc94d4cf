import type { Language } from '../../base/problem.ts'
import type { Month } from '../../base/rules/day.ts'
import type { StaffCtx } from '../ctx.ts'
import { envOf } from '../ctx.ts'
import { PATH_LABELS, SOURCE_LABELS } from '../rules/labels.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { findRegions } from './regions.ts'
import { boardDays, CITED, filterOf, NUMBER_LABELS, NUMBERS, type NumberCode, wordsOf } from './rules/numbers.ts'
import { type BoardRow, type Counts, countBoard, type Dimension } from './store-board.ts'

/** A number, and the address part of the problem list that shows exactly its cases. */
export type Cell = { n: number; query: string }

export type BoardOrder = { by: Dimension; region?: string | undefined; language: Language }

/** 作战图: every number by county (or path, source, batch) and in total, as far as the actor sees, with what it counts in words. */
export async function showBoard(ctx: StaffCtx, o: BoardOrder) {
  const { clause, ...days } = boardDays(envOf(ctx).today, ctx.law)
  return ctx.tx(async (db) => {
    const regions = await findRegions(ctx, db, o.region)
    const seen = seenBy(await sightIn(ctx, db))
    const { rows, colouredOn } = await countBoard(db, ctx.actor.tenant, { ...o, days, seen })
    const names = new Map(regions.all.map((area) => [area.code, area.name]))
    const only = o.region ? { region: o.region } : {}
    const shown = o.by === 'region' ? withEmpty(rows, regions.own) : rows
    return {
      ...{ today: days.today, month: days.month, colouredOn, by: o.by },
      numbers: NUMBERS.map((code) => ({
        ...{ code, label: NUMBER_LABELS[code][o.language] },
        text: wordsOf(code, { ...days, colouredOn: colouredOn ?? days.today })[o.language],
        ...(CITED.includes(code) ? { clause } : {}),
      })),
      rows: shown.map(({ key, counts }) => ({
        ...{ key, name: nameOf(key, o, names) },
        cells: cellsOf(counts, { row: { ...only, ...narrowing(o.by, key) }, month: days.month }),
      })),
      total: cellsOf(sumOf(rows), { row: only, month: days.month }),
    }
  })
}

// A division without a case has a row of zeros: nothing to show is something to show.
function withEmpty(rows: BoardRow[], regions: readonly { code: string }[]): BoardRow[] {
  const missing = regions.filter(({ code }) => !rows.some((row) => row.key === code))
  const all = [...rows, ...missing.map(({ code }) => ({ key: code, counts: sumOf([]) }))]
  return all.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
}

function nameOf(key: string | null, { by, language }: BoardOrder, regions: ReadonlyMap<string, string>): string | null {
  if (key === null || by === 'batch') return key
  if (by === 'region') return regions.get(key) ?? key
  const labels: Readonly<Record<string, { zh: string; en: string }>> = by === 'path' ? PATH_LABELS : SOURCE_LABELS
  return labels[key]?.[language] ?? key
}

function narrowing(by: Dimension, key: string | null): Record<string, string> {
  return key === null ? { noBatch: 'true' } : { [by]: key }
}

function sumOf(rows: readonly BoardRow[]): Counts {
  const sum = (code: NumberCode) => rows.reduce((n, row) => n + row.counts[code], 0)
  return Object.fromEntries(NUMBERS.map((code) => [code, sum(code)])) as Counts
}

function cellsOf(counts: Counts, { row, month }: { row: Record<string, string>; month: Month }): Record<NumberCode, Cell> {
  const query = (code: NumberCode) => new URLSearchParams({ ...row, ...filterOf(code, { month }) }).toString()
  return Object.fromEntries(NUMBERS.map((code) => [code, { n: counts[code], query: query(code) }])) as Record<NumberCode, Cell>
}
