import { baseProblem } from '../../base/problem.ts'
import { UnknownYear, workingDaysBetween } from '../../base/rules/calendar.ts'
import { addDays, type Day, daysBetween } from '../../base/rules/day.ts'
import type { Law } from '../../base/rules/law.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { canSee } from '../rules/access.ts'
import type { Case } from '../rules/case.ts'
import { clockBriefs } from '../rules/deadlines.ts'
import { whatNow } from '../rules/lifecycle.ts'
import { listItem } from '../rules/wire.ts'
import { sightFor } from '../store-sight.ts'
import { groupOf, isTurnOf, targetsOf, WORK_GROUPS, type WorkGroup, workDays } from './rules/groups.ts'
import { DUTIES, turnsOf } from './rules/turns.ts'
import { type Asking, type Cursor, casesOf, countTurns, listTurns, type Place } from './store-turns.ts'

/** 我的工作: for each group that waits for this actor how many cases there are, and its most urgent ones; counted in an index, not in the list. */
export async function findWork(ctx: StaffCtx, o: { limit: number }) {
  const asking = askingOf(ctx)
  return ctx.tx(async (db) => {
    const totals = await countTurns(db, asking)
    const groups = WORK_GROUPS.filter((group) => totals.has(group))
    const places = await listTurns(db, { ...asking, groups, limit: o.limit + 1 })
    const byGroup = Map.groupBy(places, (place) => place.group)
    const cases = await casesOf(db, idsOf([...byGroup.values()].flatMap((own) => own.slice(0, o.limit))))
    return {
      soonDays: asking.days.soonDays,
      groups: groups.map((group) => ({
        ...{ group, total: totals.get(group)! },
        ...pageOf(ctx, { group, places: byGroup.get(group) ?? [], limit: o.limit, cases }),
      })),
    }
  })
}

/** One group of it, page by page; the total comes with the first page. */
export async function findWorkGroup(ctx: StaffCtx, o: { group: WorkGroup; after?: string | undefined; limit: number }) {
  const after = o.after === undefined ? undefined : cursorOf(o.after)
  const asking = askingOf(ctx)
  return ctx.tx(async (db) => {
    const total = after ? null : ((await countTurns(db, asking, o.group)).get(o.group) ?? 0)
    const places = await listTurns(db, { ...asking, groups: [o.group], limit: o.limit + 1, after })
    const cases = await casesOf(db, idsOf(places.slice(0, o.limit)))
    return { group: o.group, total, ...pageOf(ctx, { ...o, places, cases }) }
  })
}

function askingOf(ctx: StaffCtx): Asking {
  const { actor, law } = ctx
  const orgs = [...new Set(actor.holdings.map(({ org }) => org))]
  return { account: actor.account, orgs, targets: targetsOf(actor), sight: sightFor(ctx), days: workDays(envOf(ctx).today, law) }
}

const idsOf = (places: Place[]) => [...new Set(places.map(({ id }) => id))]

type Found = Awaited<ReturnType<typeof casesOf>>

// What is shown is asked of the procedure once more: what it refuses is not shown, whatever was written down.
function pageOf(ctx: StaffCtx, o: { group: WorkGroup; places: Place[]; limit: number; cases: Found }) {
  const shown = o.places.slice(0, o.limit)
  const items = shown.flatMap((place) => {
    const found = o.cases.get(place.id)
    return found && stillWaits(ctx, place.group, found.case) ? itemOf(ctx, place, found) : []
  })
  return { items, next: o.places.length > o.limit ? shown[shown.length - 1]!.cursor : null }
}

function stillWaits(ctx: StaffCtx, group: WorkGroup, c: Case): boolean {
  const { actor, law } = ctx
  const env = envOf(ctx)
  if (ctx.policy && !canSee(actor, c)) return false
  const move = DUTIES.find((duty) => duty === group)
  if (move) return whatNow(c, actor, env).some((option) => option.move === move && option.allowed)
  const turns = turnsOf(c, { law, today: env.today })
  return turns.some((turn) => groupOf(turn, workDays(env.today, law)) === group && isTurnOf(actor, c, turn))
}

function itemOf(ctx: StaffCtx, { group, since: waited, due }: Place, found: NonNullable<ReturnType<Found['get']>>) {
  const { today } = envOf(ctx)
  const since = group === 'overdue' && due ? addDays(due, 1) : waited // it presses since it is late, not since the clock began
  return {
    ...listItem(found.case, ctx.actor),
    ...{ colour: found.colour, why: found.colourWhy, clocks: clockBriefs(found.case, today, ctx.law) },
    waits: { since, ...(due ? daysTo(due, { c: found.case, today, law: ctx.law }) : {}) },
  }
}

// Days are counted as the clock that ends on that day counts them; what is over is over by natural days.
function daysTo(due: Day, { c, today, law }: { c: Case; today: Day; law: Law }) {
  const natural = { due, left: daysBetween(today, due), unit: 'natural' as const }
  const { stage } = clockBriefs(c, today, law)
  const isWorking = stage?.due === due && c.clocks.stage?.rule.unit === 'working' && c.clocks.stage.until === undefined
  if (!isWorking || due <= today) return natural
  try {
    return { due, left: workingDaysBetween(law.calendar, today, due), unit: 'working' as const }
  } catch (error) {
    if (error instanceof UnknownYear) return natural
    throw error
  }
}

function cursorOf(after: string): Cursor {
  const found = /^([012])_(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(after)
  if (!found) throw baseProblem('malformed', { where: 'query.after', found: after.slice(0, 60) })
  return { rank: Number(found[1]), due: found[2]!, id: found[3]! }
}
