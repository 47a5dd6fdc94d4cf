import type { Db } from '../../base/db.ts'
import { listAreas } from '../../places/index.ts'
import type { Area } from '../../places/rules/area.ts'
import type { StaffCtx } from '../ctx.ts'
import { problem } from '../problems.ts'

/** The counties, zones and the city itself; `own` are those that have a row even without a case. 422 for a region that is none of them. */
export async function findRegions(ctx: StaffCtx, db: Db, region?: string): Promise<{ all: Area[]; own: Area[] }> {
  const all = await listAreas(db, ctx.actor.tenant, { levels: ['city', 'county', 'zone'] })
  if (region && !all.some((area) => area.code === region)) throw problem('no-such-area', { code: region })
  const { areas } = ctx.scope
  const own = all.filter(({ code, level }) => (areas === '*' ? level !== 'city' : areas.includes(code)))
  return { all, own: own.filter(({ code }) => !region || code === region) }
}
