import type { RawReply } from '../../base/http/route.ts'
import { listAreas } from '../../places/index.ts'
import type { StaffCtx } from '../ctx.ts'
import { exportRows } from '../export/rows.ts'
import { toCsv, toXlsx } from '../export/sheet.ts'
import { problem } from '../problems.ts'
import type { Coloured } from '../store.ts'
import { type AsOf, countAsOf, pageAsOf } from './as-of.ts'

const PAGE = 200
/** More rows than this would hold the one connection of the embedded database for too long. */
const MOST = 10_000

/** The list as of a day as a file, in the columns of the list's own export, with the day in its head. */
export async function exportAsOf(ctx: StaffCtx, o: AsOf & { format: 'xlsx' | 'csv' }): Promise<RawReply> {
  return ctx.tx(async (db) => {
    const found = await countAsOf(ctx, db, o)
    if (found > MOST) throw problem('as-of-too-many', { found, expected: MOST })
    const cases: Coloured[] = []
    for (let after: string | undefined; ; ) {
      const page = await pageAsOf(ctx, db, { ...o, after, limit: PAGE })
      cases.push(...page.items)
      if (!page.next) break
      after = page.next
    }
    const sheet = exportRows(cases, 'list', await listAreas(db, ctx.actor.tenant, {}))
    const dated = { ...sheet, head: [...sheet.head, `截至 ${o.day} 24 时`] }
    const body = o.format === 'csv' ? toCsv(dated) : await toXlsx(dated, ctx.now)
    const name = encodeURIComponent(`问题清单-截至${o.day}.${o.format}`)
    return { type: TYPES[o.format], body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` } }
  })
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
