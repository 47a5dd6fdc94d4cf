import { commonData, renderDocument } from '../../../admin/index.ts'
import type { Db } from '../../../base/db.ts'
import type { RawReply } from '../../../base/http/route.ts'
import { type PaperType, paperFile } from '../../../base/paper/paper-file.ts'
import { addDays, addMonths, type Day, dayOf, type Instant, monthOf, toDay } from '../../../base/rules/day.ts'
import { listOrganisations } from '../../../people/index.ts'
import { findRegions } from '../../counts/regions.ts'
import { envOf, type StaffCtx } from '../../ctx.ts'
import { problem } from '../../problems.ts'
import { seenBy, sightIn } from '../../store-sight.ts'
import { minimumOn } from '../rules/minimum.ts'
import { type BulletinFacts, bulletinData, bulletinDocument } from './rules/bulletin.ts'
import { countMonth, countPace, findFrozen, listGood, listRed } from './store-bulletin.ts'

const MOST_RED = 20
const MOST_GOOD = 3

/** 月通报 of a frozen month, as data for a template and as a document in the product's own wording. 404 for a month that is not frozen. */
export async function showBulletin(ctx: StaffCtx, month: string) {
  const { today } = envOf(ctx)
  const facts = await ctx.tx((db) => factsOf(ctx, db, month))
  const data = bulletinData(facts)
  return { month, facts, data, document: bulletinDocument(data, { office: ctx.settings.office, today }) }
}

/** The same in the city's own wording (template `bulletin`) as a file; it is a draft until an office numbers and sends it. */
export async function bulletinFile(ctx: StaffCtx, { month, format }: { month: string; format: PaperType }): Promise<RawReply> {
  const { today } = envOf(ctx)
  const { data, document } = await showBulletin(ctx, month)
  const { goodCases: _, ...filled } = data
  const rendered = await ctx.tx((db) =>
    renderDocument(db, 'bulletin', { ...commonData(ctx.settings, { today }), to: document.to ?? '', ...filled }),
  )
  return paperFile({ ...rendered, draft: true }, { format, name: document.title })
}

async function factsOf(ctx: StaffCtx, db: Db, month: string): Promise<BulletinFacts> {
  const { tenant } = ctx.actor
  const frozenAt = await findFrozen(db, tenant, month)
  if (!frozenAt) throw problem('month-not-frozen', { found: month })
  const seen = seenBy(await sightIn(ctx, db))
  const where = { ...daysOf(month), month, seen }
  const { own, all } = await findRegions(ctx, db)
  const units = new Map((await listOrganisations(db)).map((org) => [org.id, org.name]))
  const names = new Map(all.map((area) => [area.code, area.name]))
  const lines = await countMonth(db, tenant, where)
  const { reported, ...inTime } = await countPace(db, tenant, where)
  const red = await listRed(db, tenant, { ...where, limit: MOST_RED + 200 })
  const named = (c: (typeof red)[number]) => ({
    ...{ no: c.no, title: c.title, due: c.due, met: c.met },
    ...{ county: names.get(c.region) ?? c.region, unit: c.unit && (units.get(c.unit) ?? null) },
  })
  const codes = [...new Set([...own.map(({ code }) => code), ...lines.map(({ region }) => region)])].sort()
  const none = { green: 0, yellow: 0, red: 0, overdue: 0, done: 0 }
  return {
    ...{ month, lastDay: where.last, frozenOn: dayOf(frozenAt as Instant), before: await monthBefore(ctx, db, { month, seen }) },
    counties: codes.map((code) => {
      const { region: _, ...line } = lines.find(({ region }) => region === code) ?? { region: code, ...none }
      return { name: names.get(code) ?? code, ...line }
    }),
    ...{ reported, inTime, red: red.slice(0, MOST_RED).map(named), redMore: Math.max(0, red.length - MOST_RED) },
    good: (await listGood(db, tenant, { ...where, limit: MOST_GOOD })).map(named),
    minimum: minimumOn(ctx.law, envOf(ctx).today).n,
  }
}

async function monthBefore(ctx: StaffCtx, db: Db, o: { month: string; seen: ReturnType<typeof seenBy> }) {
  const month = monthOf(addDays(toDay(`${o.month}-01`), -1))
  if (!(await findFrozen(db, ctx.actor.tenant, month))) return null
  const lines = await countMonth(db, ctx.actor.tenant, { ...daysOf(month), month, seen: o.seen })
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((n, line) => n + of(line), 0)
  return { open: sum(({ green, yellow, red }) => green + yellow + red), done: sum(({ done }) => done) }
}

function daysOf(month: string): { first: Day; last: Day } {
  const first = toDay(`${month}-01`)
  return { first, last: addDays(addMonths(first, 1), -1) }
}
