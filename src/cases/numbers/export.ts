import type { Cell } from '../../base/formats/table.ts'
import type { RawReply } from '../../base/http/route.ts'
import type { StaffCtx } from '../ctx.ts'
import { type ExportSheet, toCsv, toXlsx } from '../export/sheet.ts'
import { type Asked, type FigureCell, showNumbers, showStages } from './numbers.ts'
import type { Dimension } from './rules/figures.ts'

const WORDS = {
  zh: {
    ...{ name: '统计数字', all: '全部', none: '（未填）', of: '分母', percent: '%', few: '样本不足' },
    ...{
      stage: '环节',
      n: '件数',
      min: '最短',
      p25: '下四分位',
      median: '中位数',
      p75: '上四分位',
      p90: '九成以内',
      max: '最长',
    },
    days: '各环节用时（自然日，扣除中止）',
  },
  en: {
    ...{ name: 'numbers', all: 'All', none: '(none)', of: 'of', percent: '%', few: 'too few' },
    ...{ stage: 'Stage', n: 'Cases', min: 'least', p25: 'p25', median: 'median', p75: 'p75', p90: 'p90', max: 'most' },
    days: 'Days per stage (natural days without suspensions)',
  },
} as const

/** The figures and the days per stage as a file: n beside every share, and no percentage where there are too few cases. */
export async function exportNumbers(ctx: StaffCtx, o: Asked & { by: Dimension; format: 'xlsx' | 'csv' }): Promise<RawReply> {
  const sheet = await sheetOf(ctx, o)
  const body = o.format === 'csv' ? toCsv(sheet) : await toXlsx(sheet)
  const name = encodeURIComponent(`${sheet.name}.${o.format}`)
  return { type: TYPES[o.format], body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
}

async function sheetOf(ctx: StaffCtx, o: Asked & { by: Dimension }): Promise<ExportSheet> {
  const words = WORDS[o.language]
  const board = await showNumbers(ctx, o)
  const { stages } = await showStages(ctx, { ...o, count: 'natural' })
  const lines = [{ name: words.all, key: '', cells: board.total }, ...board.rows]
  const header = [
    '',
    ...board.figures.flatMap(({ label, ofText }) => (ofText ? [label, `${words.of}: ${ofText}`, words.percent] : [label])),
  ]
  const rows = lines.map(({ name, cells }) => [
    name ?? words.none,
    ...board.figures.flatMap(({ code }) => numbersOf(cells[code], words.few, board.minimum.n)),
  ])
  const spreads = stages.map((s): Cell[] => [
    s.label,
    s.n,
    ...[s.min, s.p25, s.median, s.p75, s.p90, s.max].map((days) => days ?? ''),
  ])
  return {
    name: words.name,
    head: [`${words.name} ${o.period.from ?? ''}–${o.period.to ?? board.today} (${o.period.on})`],
    header,
    rows: [
      ...rows,
      [],
      [words.days],
      [words.stage, words.n, words.min, words.p25, words.median, words.p75, words.p90, words.max],
      ...spreads,
    ],
  }
}

function numbersOf(cell: FigureCell, few: string, minimum: number): Cell[] {
  if (cell.of === undefined) return [cell.n]
  return [cell.n, cell.of, cell.percent ?? (cell.of === 0 ? '' : `${few} ${minimum}`)]
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
