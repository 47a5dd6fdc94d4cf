import { Readable } from 'node:stream'
import type { RawReply } from '../../base/http/route.ts'
import { dayOf, type Instant } from '../../base/rules/day.ts'
import { listAreas } from '../../places/index.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { countSamples } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { type ExportOrder, type Known, piecesOf } from './formats.ts'
import { NAMES } from './rows.ts'
import { type ExportFormat, isSheet } from './rules/kinds.ts'

/** 导出: the list as this actor sees it now, as a file that is made while it is read; `x-rows` says how many rows there are. */
export async function exportCases(ctx: StaffCtx, order: ExportOrder): Promise<RawReply> {
  const o = { ...order, filter: { ...order.filter, days: boardDays(envOf(ctx).today, ctx.law) } }
  const { all, ...known } = await ctx.tx((db) => knownOf(ctx, db, o))
  const day = dayOf(ctx.now.toISOString() as Instant)
  const name = encodeURIComponent(`${isSheet(o.format) ? NAMES[o.layout] : NAMES.list}-${day}.${o.format}`)
  return {
    type: TYPES[o.format],
    body: Readable.from(piecesOf(ctx, o, known)),
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}`, 'x-rows': String(all) },
  }
}

/** What is asked of the database before the first page. */
export async function knownOf(
  ctx: StaffCtx,
  db: Parameters<Parameters<StaffCtx['tx']>[0]>[0],
  { filter }: Pick<ExportOrder, 'filter'>,
): Promise<Known & { all: number }> {
  const seen = seenBy(await sightIn(ctx, db))
  return {
    areas: await listAreas(db, ctx.actor.tenant, {}),
    ...(await countSamples(db, ctx.actor.tenant, { filter, seen })),
  }
}

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json',
  gpkg: 'application/geopackage+sqlite3',
  'shp.zip': 'application/zip',
  kml: 'application/vnd.google-earth.kml+xml',
}
