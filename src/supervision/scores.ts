import type { House } from '../base/ctx.ts'
import type { Cell } from '../base/formats/table.ts'
import type { RawReply } from '../base/http/route.ts'
import { addDays, addMonths, type Month, monthOf, toDay } from '../base/rules/day.ts'
import { NoSingleRule } from '../base/rules/law.ts'
import { allFrozenMonths, findMonthWhy, inCity, pageOfMonth, toCsv, toXlsx } from '../cases/index.ts'
import { COLOURS, type Colour } from '../cases/rules/codes.ts'
import { listAreas } from '../places/index.ts'
import { answering } from './case-ref.ts'
import { envOf, type StaffCtx } from './ctx.ts'
import { problem } from './problems.ts'
import { itemSightOf } from './rules/access.ts'
import { scoreRow } from './rules/rows.ts'
import { type ColourCount, citedScore, scoreOf } from './rules/score.ts'
import { countScored, insertScored, listScored, listScoredMonths, type ScoreCount } from './store-score.ts'

const PAGE = 500
const TREND = 6
const MOST_CASES = 500

/**
 * Takes the frozen months over for scoring, each case with the unit that answers for it now: a score of an ended month does not move when a
 * case changes hands later. A month that is there is left as it is.
 */
export async function takeMonthsOver(house: House): Promise<number> {
  const months = await inCity(house, async (db) => {
    const there = new Set(await listScoredMonths(db))
    return (await allFrozenMonths(db)).filter(({ month }) => !there.has(month)).map(({ month }) => month)
  })
  for (const month of months)
    await inCity(house, async (db) => {
      for (let after: string | undefined; ; ) {
        const page = await pageOfMonth(db, month, { after, limit: PAGE })
        const rows = page.map(({ duties, ...row }) => {
          const unit = answering(duties)
          return { ...row, org: unit?.org ?? null, orgName: unit?.orgName ?? null }
        })
        await insertScored(db, month, rows)
        if (page.length < PAGE) return
        after = page[page.length - 1]!.case
      }
    })
  return months.length
}

/** The scores of a month by county and by responsible unit, with the months before to compare them with; without `month` the last one. */
export async function showScores(ctx: StaffCtx, o: { month?: string | undefined }) {
  return ctx.tx(async (db) => {
    const months = await listScoredMonths(db)
    const month = o.month ?? months.at(-1)
    if (month === undefined) return { month: null, months, rule: cited(ctx), regions: [], orgs: [] }
    if (!months.includes(month)) throw problem('no-such-month', { month })
    const from = monthOf(addMonths(toDay(`${month}-01`), 1 - TREND))
    const seen = sightFor(ctx)
    const areas = await listAreas(db, ctx.actor.tenant, { levels: ['city', 'county', 'zone'] })
    const shown = { from, to: month, seen }
    const regions = await countScored(db, { by: 'region', ...shown })
    const orgs = await countScored(db, { by: 'org', ...shown })
    const nameOf = (key: string | null) => areas.find(({ code }) => code === key)?.name ?? key
    const known = months.filter((m) => m >= from && m <= month)
    return {
      ...{ month, months, rule: cited(ctx, month) },
      regions: rowsOf(ctx, regions, { month, known, nameOf: (row) => nameOf(row.key) }),
      orgs: rowsOf(ctx, orgs, { month, known, nameOf: (row) => row.name }),
    }
  })
}

const sightFor = (ctx: StaffCtx) => (ctx.policy ? itemSightOf(ctx.actor) : undefined)

// A month is scored by the rule of its last day.
function rowOf(ctx: StaffCtx, month: string) {
  try {
    return scoreRow(ctx.law, addDays(addMonths(toDay(`${month}-01`), 1), -1))
  } catch (e) {
    throw e instanceof NoSingleRule ? problem('no-score-rule', { month }) : e
  }
}
const cited = (ctx: StaffCtx, month?: string) => citedScore(month ? rowOf(ctx, month) : scoreRow(ctx.law, envOf(ctx).today))

type Shown = { month: string; known: readonly string[]; nameOf(row: ScoreCount): string | null }

function rowsOf(ctx: StaffCtx, counts: readonly ScoreCount[], o: Shown) {
  // A case that nobody answers for counts for its county, and for no unit.
  const keys = [...new Set(counts.filter((c) => c.month === o.month && c.key !== null).map((c) => c.key))]
  const rows = keys.map((key) => {
    const own = counts.filter((c) => c.key === key)
    const months = o.known.map((month) => {
      const of = own.filter((c) => c.month === month)
      return { month, manual: sum(of.map((c) => c.manual)), ...scoreOf(countsOf(of), rowOf(ctx, month).value) }
    })
    const [before, now] = [months.at(-2), months.at(-1)!]
    const had = before && own.some((c) => c.month === before.month)
    return {
      ...{ key, name: o.nameOf(own.at(-1)!) ?? null, ...now },
      change: had ? now.score - before.score : null,
      trend: months.map(({ month, score, raw, counts: n }) => ({ month, score, raw, counts: n })),
    }
  })
  return rows.sort((a, b) => a.raw - b.raw || String(a.name).localeCompare(String(b.name), 'zh-CN'))
}

function countsOf(rows: readonly ScoreCount[]): ColourCount {
  const of = (colour: Colour) => sum(rows.filter((r) => r.colour === colour).map((r) => r.n))
  return Object.fromEntries(COLOURS.map((colour) => [colour, of(colour)])) as ColourCount
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

export type ScoreCases = { month: string; region?: string | undefined; org?: string | undefined; colour?: Colour | undefined }

/** The cases behind a number of the scores, each with its points and why it had its colour. */
export async function showScoreCases(ctx: StaffCtx, o: ScoreCases) {
  return ctx.tx(async (db) => {
    const { value } = rowOf(ctx, o.month)
    const found = await listScored(db, { ...o, limit: MOST_CASES, seen: sightFor(ctx) })
    const why = await findMonthWhy(
      db,
      o.month,
      found.map((c) => c.case),
    )
    // What was sealed since then is counted and not named.
    const items = found.flatMap((c) => {
      const said = why.find((w) => w.id === c.case)
      return said ? [{ ...said, colour: c.colour, manual: c.manual, orgName: c.orgName, points: value[c.colour] }] : []
    })
    return { month: o.month, items, hidden: found.length - items.length }
  })
}

/** The scores of a month as a file. */
export async function exportScores(ctx: StaffCtx, o: { month: Month | string; format: 'xlsx' | 'csv' }): Promise<RawReply> {
  const scores = await showScores(ctx, o)
  const { value, version, source } = scores.rule
  const unverified = scores.rule.unverified ? '（未核实）' : ''
  const head = [
    `三色督办月度得分 ${o.month}`,
    `起评 ${value.full} 分，黄 ${value.yellow}，红 ${value.red}，最低 ${value.floor} 分；依据 ${version}${unverified}：${source}`,
  ]
  const row =
    (kind: string) =>
    (r: (typeof scores.regions)[number]): Cell[] => [
      ...[kind, r.name ?? '', r.score, r.counts.green, r.counts.yellow, r.counts.red, r.points.yellow, r.points.red, r.manual],
      r.change ?? '',
    ]
  const header = ['类别', '名称', '得分', '绿', '黄', '红', '黄扣分', '红扣分', '其中人工定色', '较上月']
  const sheet = {
    name: '月度得分',
    head,
    header,
    rows: [...scores.regions.map(row('县区')), ...scores.orgs.map(row('责任单位'))],
  }
  const body = o.format === 'csv' ? toCsv(sheet) : await toXlsx(sheet)
  const name = encodeURIComponent(`三色督办得分-${o.month}.${o.format}`)
  return { type: TYPES[o.format], body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
