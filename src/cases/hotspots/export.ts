import type { Cell } from '../../base/formats/table.ts'
import type { RawReply } from '../../base/http/route.ts'
import type { StaffCtx } from '../ctx.ts'
import { type ExportSheet, toCsv, toXlsx } from '../export/sheet.ts'
import { problem } from '../problems.ts'
import { findHotspots, type HotspotOrder } from './hotspots.ts'

type Found = Awaited<ReturnType<typeof findHotspots>>
type Cluster = Found['scan']['clusters'][number]

const WORDS = {
  zh: {
    name: '排查任务清单',
    header: [
      '序号',
      '县区',
      '乡镇',
      '经度',
      '纬度',
      '主要类别',
      '主要责任单位',
      '易发月份',
      '建议频次（次/月）',
      '聚集时段',
      '件数',
      '预期',
      'p',
      '是否高发',
      '排查结果',
      '排查人、日期',
    ],
    yes: '高发',
    no: '未达高发',
  },
  en: {
    name: 'inspection tasks',
    header: [
      'No.',
      'County',
      'Town',
      'Longitude',
      'Latitude',
      'Mostly',
      'Unit',
      'Months at risk',
      'Visits a month',
      'Cluster',
      'Cases',
      'Expected',
      'p',
      'Frequent',
      'What was found',
      'Who, when',
    ],
    yes: 'frequent',
    no: 'not frequent',
  },
} as const

/** 排查任务清单 as a file: the chosen clusters of a scan that is through. */
export async function exportTasks(
  ctx: StaffCtx,
  o: HotspotOrder & { ranks: readonly number[]; format: 'xlsx' | 'csv' },
): Promise<RawReply> {
  const found = await findHotspots(ctx, o)
  if (found.scan.state === 'running' || found.scan.state === 'busy')
    throw problem('scan-running', { found: found.scan.done, expected: o.runs })
  const words = WORDS[o.language]
  const chosen = found.scan.clusters.filter(({ rank }) => o.ranks.length === 0 || o.ranks.includes(rank))
  const { rule, scan, today } = found
  const sheet: ExportSheet = {
    name: words.name,
    head: [
      `${words.name} ${today}`,
      `${rule.clause.version}: n ≥ ${rule.minCases}, ${rule.months} months, p ≤ ${rule.maxP}; ${scan.runs} permutations, seed ${scan.seed}`,
    ],
    header: [...words.header],
    rows: chosen.map((cluster) => lineOf(cluster, words)),
  }
  const body = o.format === 'csv' ? toCsv(sheet) : await toXlsx(sheet)
  const name = encodeURIComponent(`${words.name}-${today}.${o.format}`)
  return { type: TYPES[o.format], body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
}

function lineOf(c: Cluster, words: { yes: string; no: string }): Cell[] {
  const place = [c.regionName ?? '', c.townName ?? '', Number(c.centre.lng.toFixed(5)), Number(c.centre.lat.toFixed(5))]
  const task = [c.categoryName ?? '', c.unitName ?? '', c.monthsAtRisk.join(' '), c.visits]
  return [c.rank, ...place, ...task, `${c.from} – ${c.to}`, c.n, c.expected, c.p, c.frequent ? words.yes : words.no, '', '']
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
