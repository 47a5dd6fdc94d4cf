import type { Asked, Collection, Collections, Feature, FeaturePage } from '../../base/ogc/collection.ts'
import type { Actor } from '../../people/index.ts'
import { findCityBox } from '../../places/index.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import { countedTotal, isCounted } from '../map/store.ts'
import type { Case } from '../rules/case.ts'
import { publicNotice } from '../rules/wire.ts'
import { type Filter, listNotices } from '../store-list.ts'
import { seenBy, sightIn } from '../store-sight.ts'
import { CASE_QUERYABLES, NOTICE_QUERYABLES } from './queryables.ts'
import { type CaseRow, findFeature, pageOfFeatures, pageOfNotices } from './store-features.ts'

/** The problem list as points, by the same wall as the list. */
const CASES: Collection<Actor> = {
  id: 'cases',
  title: { zh: '问题清单', en: 'The problem list' },
  description: {
    zh: '本岗位可读的问题，点位；没有坐标的问题没有图形。',
    en: 'The problems that your post may read, as points; without a geometry where no point is known.',
  },
  geometry: 'Point',
  queryables: CASE_QUERYABLES,
  day: 'reportedOn',
  extent: (ctx) => ctx.tx((db) => findCityBox(db, ctx.actor.tenant)),
  page: pageOfCases,
  find: async (ctx, id) => {
    if (!isUuid(id)) return undefined
    const row = await ctx.tx(async (db) => findFeature(db, ctx.actor.tenant, { id, seen: seenBy(await sightIn(ctx, db)) }))
    return row && featureOf(row)
  },
}

/** What anybody may read on the public pages, as features without a place: where a problem lies is not published. */
const NOTICES: Collection<Actor> = {
  id: 'notices',
  title: { zh: '整改销号公示', en: 'Public notices' },
  description: { zh: '已公示的问题，与公示网页相同。', en: 'What is or was on public notice, as on the public pages.' },
  geometry: 'none',
  queryables: NOTICE_QUERYABLES,
  day: 'from',
  page: async (ctx, asked) => {
    if (asked.boxes) return { features: [], next: null, matched: 0 } // nothing without a place lies in a box
    const { docs, next } = await ctx.tx((db) => pageOfNotices<Case>(db, ctx.actor.tenant, { ...asked, today: envOf(ctx).today }))
    return { features: docs.map(noticeOf), next }
  },
  find: async (ctx, id) => {
    if (!isUuid(id)) return undefined
    const [found] = await ctx.tx((db) => listNotices(db, ctx.actor.tenant, { today: envOf(ctx).today, id, limit: 1 }))
    return found && noticeOf(found)
  },
}

/** What this context shows at /ogc. */
export const collections: Collections<Actor>[] = [
  { permission: 'case.read', has: (id) => id === CASES.id, list: async () => [CASES] },
  { permission: 'public', has: (id) => id === NOTICES.id, list: async () => [NOTICES] },
]

async function pageOfCases(ctx: StaffCtx, asked: Asked): Promise<FeaturePage> {
  return ctx.tx(async (db) => {
    const sight = await sightIn(ctx, db)
    const { rows, next } = await pageOfFeatures(db, ctx.actor.tenant, { ...asked, seen: seenBy(sight) })
    const filter = countable(asked)
    const isCheap = filter !== undefined && asked.after === undefined && isCounted(filter, sight)
    const matched = isCheap ? await countedTotal(db, { sight, filter }) : undefined
    return { features: rows.map(featureOf), next, matched }
  })
}

// What counts made beforehand know.
function countable({ equals }: Asked): Filter | undefined {
  if (!equals) return undefined
  const { region, state, colour, ...others } = equals
  return Object.keys(others).length === 0 ? { region, colour, ...(state && { state: [state] }) } : undefined
}

function featureOf({ id, lng, lat, spot: _, ...properties }: CaseRow): Feature {
  return {
    id,
    geometry: lng === null || lat === null ? null : { type: 'Point', coordinates: [lng, lat] },
    properties: { ...properties },
  }
}

function noticeOf(c: Case): Feature {
  const { id, units, ...properties } = publicNotice(c)
  return { id, geometry: null, properties: { ...properties, units: units.join('、') } }
}

const isUuid = (id: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)
