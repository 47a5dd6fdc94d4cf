import { gridDisk } from 'h3-js'
import type { Db } from '../../base/db.ts'
import type { Language } from '../../base/problem.ts'
import { addDays, addMonths, type Month, monthOf, toDay } from '../../base/rules/day.ts'
import { listOrganisations } from '../../people/index.ts'
import { listAreas } from '../../places/index.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { cellShape, h3Name } from '../numbers/cell.ts'
import { addressOf } from '../numbers/rules/address.ts'
import { queryOf } from '../numbers/rules/figures.ts'
import { CATEGORY_LABELS } from '../rules/labels.ts'
import type { Filter } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { type FrequentRule, frequentOn, isFrequent, monthsAtRisk } from './rules/frequent.ts'
import type { Found, ScanInput } from './rules/scan.ts'
import { scanOf } from './scans.ts'
import { type CellFacts, type CellMonth, countCells, countUnplaced, describeCells } from './store-cells.ts'

/** What is looked at: the list's filter, cells of which level, how many months up to which, and how the scan looks. */
export type HotspotOrder = {
  filter: Filter
  level: number
  months: number
  until?: string | undefined
  alive: boolean
  runs: number
  seed: number
  language: Language
}

/** Fewer cases than this say nothing about place and time. */
const LEAST_CASES = 10
/** A list longer than this nobody reads; the map draws the same. */
const MOST_CELLS = 1500
const MOST_RADIUS = 3
/** A cylinder holds at most half of the cases, as is usual. */
const SHARE = 0.5

/** 热点: cases by cell and month against what is expected, and the clusters that a space–time scan finds. */
export async function findHotspots(ctx: StaffCtx, o: HotspotOrder) {
  const { today } = envOf(ctx)
  const rule = frequentOn(ctx.law, today)
  const months = monthsUpTo((o.until as Month | undefined) ?? monthOf(today), o.months)
  const data = await ctx.tx((db) => readCells({ ctx, db, o, months }))
  const grid = gridOf(data.counted, months)
  const named = namer(data, o)
  const address = { ...addressOf(o.filter), reportedFrom: `${months[0]}-01`, reportedTo: lastDay(months.at(-1)!) }
  const scanned = scanFor(grid, { o, months: months.length, rule })
  return {
    ...{ today, level: o.level, km2: grid.cells.length > 0 ? cellShape(grid.cells[0]!, o.level).km2 : 0, months },
    ...{ total: grid.all, unplaced: data.unplaced, rule: { ...rule, visits: rule.visits } },
    cells: cellsOf(grid, { rule, address, level: o.level, named }).slice(0, MOST_CELLS),
    scan: {
      ...{
        state: scanned.state,
        done: scanned.done,
        ms: scanned.ms,
        runs: o.runs,
        seed: o.seed,
        alive: o.alive,
        longest: rule.months,
      },
      clusters: scanned.found.map((found, at) => clusterOf(found, { grid, rule, months, address, named, at })),
    },
  }
}

type Grid = { cells: string[]; counts: number[]; months: string[]; all: number }

async function readCells({ ctx, db, o, months }: { ctx: StaffCtx; db: Db; o: HotspotOrder; months: string[] }) {
  const { tenant } = ctx.actor
  const days = { reportedFrom: `${months[0]}-01`, reportedTo: lastDay(months.at(-1)!) }
  const filter = { ...o.filter, ...days, days: boardDays(envOf(ctx).today, ctx.law) }
  const where = { filter, seen: seenBy(await sightIn(ctx, db)), level: o.level }
  const counted = await countCells(db, tenant, where)
  const facts = await describeCells(db, tenant, { ...where, cells: [...new Set(counted.map(({ cell }) => cell))] })
  const [areas, orgs] = [await listAreas(db, tenant, {}), await listOrganisations(db)]
  return { counted, facts, areas, orgs, unplaced: await countUnplaced(db, tenant, where) }
}

function gridOf(counted: readonly CellMonth[], months: string[]): Grid {
  const cells = [...new Set(counted.map(({ cell }) => h3Name(cell)))]
  const at = new Map(cells.map((cell, i) => [cell, i]))
  const counts = new Array<number>(cells.length * months.length).fill(0)
  for (const { cell, month, n } of counted) counts[at.get(h3Name(cell))! * months.length + months.indexOf(month)]! += n
  return { cells, counts, months, all: counts.reduce((a, b) => a + b, 0) }
}

function scanFor(grid: Grid, { o, months, rule }: { o: HotspotOrder; months: number; rule: FrequentRule }) {
  if (grid.all < LEAST_CASES || months < 2) return { state: 'few' as const, done: 0, ms: 0, found: [] }
  const at = new Map(grid.cells.map((cell, i) => [cell, i]))
  const input: ScanInput = {
    ...{ counts: grid.counts, places: grid.cells.length, months, rings: grid.cells.map((cell) => ringsOf(cell, at)) },
    ...{ longest: Math.min(rule.months, months - 1), alive: o.alive, share: SHARE, runs: o.runs, seed: o.seed },
  }
  return scanOf(input)
}

// What each further step of the radius adds; steps that add no cell with cases are left out.
function ringsOf(cell: string, at: ReadonlyMap<string, number>): number[][] {
  const inside = (steps: number) => gridDisk(cell, steps).flatMap((other) => at.get(other) ?? [])
  const disks = Array.from({ length: MOST_RADIUS + 1 }, (_, steps) => inside(steps))
  return disks.map((disk, steps) => (steps === 0 ? disk : disk.filter((place) => !disks[steps - 1]!.includes(place))))
}

type Named = (cells: readonly string[]) => ReturnType<typeof namesOf>
const NOBODY = {
  region: null,
  regionName: null,
  town: null,
  townName: null,
  unit: null,
  unitName: null,
  category: null,
  categoryName: null,
}

function namer({ facts, areas, orgs }: Awaited<ReturnType<typeof readCells>>, { language }: HotspotOrder): Named {
  const byCell = new Map(facts.map((fact) => [h3Name(fact.cell), fact]))
  const names = new Map([
    ...areas.map((a): [string, string] => [a.code, a.name]),
    ...orgs.map((org): [string, string] => [org.id, org.name]),
  ])
  return (cells) => namesOf(cells.map((cell) => byCell.get(cell)).find(Boolean), names, language)
}

function namesOf(fact: CellFacts | undefined, names: ReadonlyMap<string, string>, language: Language) {
  if (!fact) return NOBODY
  const { region, town, unit, category } = fact
  const name = (key: string | null) => (key ? (names.get(key) ?? key) : null)
  const label = category && (CATEGORY_LABELS as Record<string, { zh: string; en: string }>)[category]?.[language]
  return {
    ...{ region, regionName: name(region), town, townName: name(town), unit, unitName: name(unit) },
    ...{ category, categoryName: label || null },
  }
}

type CellsOf = { rule: FrequentRule; address: Record<string, string>; level: number; named: Named }

// Expected of the last months of the rule: the cell's own share of all cases, at the pace of the whole in those months.
function cellsOf(grid: Grid, { rule, address, level, named }: CellsOf) {
  const width = grid.months.length
  const since = Math.max(0, width - rule.months)
  const recentAll = sum(grid.counts.filter((_, at) => at % width >= since))
  return grid.cells
    .map((cell, at) => {
      const byMonth = grid.counts.slice(at * width, (at + 1) * width)
      const [n, recent] = [sum(byMonth), sum(byMonth.slice(since))]
      const { centre, ring } = cellShape(cell, level)
      const expected = round((n * recentAll) / Math.max(1, grid.all))
      return {
        ...{ cell, centre, ring, n, recent, expected, byMonth },
        ...named([cell]),
        query: queryOf(address, { cells: cell }),
      }
    })
    .sort((a, b) => b.n - a.n || (a.cell < b.cell ? -1 : 1))
}

type ClusterOf = { grid: Grid; rule: FrequentRule; months: string[]; address: Record<string, string>; named: Named; at: number }

function clusterOf(found: Found, { grid, rule, months, address, named, at }: ClusterOf) {
  const own = gridDisk(grid.cells[found.centre]!, found.radius).filter((cell) => grid.cells.includes(cell))
  const cells = [grid.cells[found.centre]!, ...own.filter((cell) => cell !== grid.cells[found.centre])]
  const [from, to] = [months[found.from]!, months[found.to]!]
  const frequent = isFrequent(found, rule)
  const byMonth = months.map((_, m) => sum(own.map((cell) => grid.counts[grid.cells.indexOf(cell) * months.length + m]!)))
  return {
    ...{ rank: at + 1, centre: cellShape(cells[0]!, 0).centre, radius: found.radius, cells, from, to, byMonth },
    ...{ n: found.n, expected: round(found.expected), ratio: round(found.n / found.expected), llr: round(found.llr), p: found.p },
    ...{ frequent, visits: frequent ? rule.visits.frequent : rule.visits.other, monthsAtRisk: monthsAtRisk(months, byMonth) },
    ...named(cells),
    query: queryOf(address, { cells: cells.join(','), reportedFrom: `${from}-01`, reportedTo: lastDay(to) }),
  }
}

function monthsUpTo(last: Month, n: number): string[] {
  const first = addMonths(toDay(`${last}-01`), 1 - n)
  return Array.from({ length: n }, (_, at) => monthOf(addMonths(first, at)))
}

const lastDay = (month: string) => addDays(addMonths(toDay(`${month}-01`), 1), -1)
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const round = (n: number) => Math.round(n * 100) / 100
