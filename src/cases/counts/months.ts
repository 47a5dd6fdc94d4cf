import { addMonths, dayOf, type Instant, type Month, monthOf, toDay } from '../../base/rules/day.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { COLOURS, type Colour } from '../rules/codes.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import type { Cell } from './board.ts'
import { findRegions } from './regions.ts'
import { countMonths, listFrozenMonths, type MonthRow } from './store-board.ts'

/** The colours of one month in one county; `manual` says how many of them were set by two persons. */
type MonthCells = { month: string; manual: number } & Record<Colour, Cell>

/**
 * 月度快照: for each of the last ended months whether and when it was frozen, and how many cases had each colour in it, by county and in
 * total, as far as the actor sees. The present month stands at the end and is not frozen yet.
 */
export async function showMonths(ctx: StaffCtx, o: { months: number; region?: string | undefined }) {
  const { today } = envOf(ctx)
  const first = toDay(`${monthOf(today)}-01`)
  const from = monthOf(addMonths(first, -o.months))
  return ctx.tx(async (db) => {
    const regions = await findRegions(ctx, db, o.region)
    const frozen = await listFrozenMonths(db, ctx.actor.tenant, from)
    const seen = seenBy(await sightIn(ctx, db))
    const rows = await countMonths(db, ctx.actor.tenant, { from, region: o.region, seen })
    const ended = Array.from({ length: o.months }, (_, i) => monthOf(addMonths(first, i - o.months)))
    const months = [...sinceFirst(ended, frozen[0]?.month), monthOf(today)]
    const only: Record<string, string> = o.region ? { region: o.region } : {}
    const known = frozen.map(({ month }) => month)
    const codes = [...new Set([...regions.own.map(({ code }) => code), ...rows.map((row) => row.region)])].sort()
    return {
      today,
      months: months.map((month) => {
        const at = frozen.find((f) => f.month === month)?.frozenAt as Instant | undefined
        return { month, ended: month !== monthOf(today), frozenOn: at ? dayOf(at) : null }
      }),
      rows: codes.map((code) => ({
        ...{ key: code, name: regions.all.find((area) => area.code === code)?.name ?? code },
        months: known.map((month) =>
          monthCells(
            rows.filter((row) => row.region === code),
            { month, row: { region: code } },
          ),
        ),
      })),
      total: known.map((month) => monthCells(rows, { month, row: only })),
    }
  })
}

// Before the first month that was frozen there is nothing to show; the last ended month is shown even when nothing froze it.
function sinceFirst(ended: Month[], first: string | undefined): Month[] {
  return ended.filter((month, i) => i === ended.length - 1 || (first !== undefined && month >= first))
}

function monthCells(rows: readonly MonthRow[], { month, row }: { month: string; row: Record<string, string> }): MonthCells {
  const of = rows.filter((r) => r.month === month)
  const cell = (colour: Colour): Cell => {
    const n = sum(of.filter((r) => r.colour === colour).map((r) => r.n))
    return { n, query: new URLSearchParams({ ...row, month, monthColour: colour }).toString() }
  }
  const cells = Object.fromEntries(COLOURS.map((colour) => [colour, cell(colour)])) as Record<Colour, Cell>
  return { month, ...cells, manual: sum(of.map((r) => r.manual)) }
}

const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
