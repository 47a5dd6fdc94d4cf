import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../base/db.ts'
import { rangesOver, SPOT_BITS, unitOf } from './map/rules/tile.ts'
import type { Case } from './rules/case.ts'
import type { Colour } from './rules/codes.ts'
import type { RelatedRule } from './rules/path-rule.ts'
import { type Listed, UNLISTED } from './rules/wire.ts'
import type { Coloured } from './store.ts'

/** A case as far as it is compared and listed. */
export type KinRow = Listed & Pick<Case, 'links' | 'enterprise'>

/** Looked at within the ranges of one place, however many lie there. */
const MOST_NEAR = 200

/**
 * Cases that may belong beside `c`, one statement: each kind by its own index, newest first (at a place: nearest first), one more than
 * the rule shows of each. `seen` is the policy wall as a condition on `p`.
 */
export async function findKin(
  db: Db,
  tenant: number,
  o: { c: Case; rule: RelatedRule; seen?: RawBuilder<unknown> | undefined },
): Promise<Coloured<KinRow>[]> {
  const parts = partsOf({ ...o, tenant })
  if (parts.length === 0) return []
  const { rows } = await sql<{
    doc: Listed
    links: Case['links']
    enterprise: string | null
    colour: Colour
    colour_why: unknown[]
  }>`with kin as (${sql.join(parts, sql` union `)})
    select p.doc - ${UNLISTED}::text[] as doc, p.doc->'links' as links, p.enterprise, p.colour, p.colour_why
    from cases.problem p where p.tenant = ${tenant} and p.id in (select id from kin)
    order by p.reported_on desc, p.id desc`.execute(db)
  return rows.map(({ doc, links, enterprise, colour, colour_why }) => ({
    case: { ...doc, links, ...(enterprise && { enterprise }) },
    ...{ colour, colourWhy: colour_why },
  }))
}

type Asked = { c: Case; rule: RelatedRule; tenant: number; seen?: RawBuilder<unknown> | undefined }

function partsOf(o: Asked): RawBuilder<unknown>[] {
  const { c } = o
  const enterprise = c.enterprise?.trim()
  const unit = c.duties.find((duty) => duty.as === 'responsible')?.org
  const named = [c.links.mergedInto, c.links.reboundOf, c.links.inferredFrom].filter((id) => id !== undefined)
  return [
    ...(c.place.point ? [nearest(o, c.place.point)] : []),
    ...(named.length > 0 ? [newest(o, sql`p.id = any (${named}::uuid[])`)] : []),
    ...['merged_into', 'rebound_of', 'inferred_from'].map((link) => newest(o, sql`p.${sql.ref(link)} = ${c.id}`)),
    ...(enterprise ? [newest(o, sql`p.enterprise = ${enterprise}`)] : []),
    ...(!enterprise && unit ? [newest(o, sql`p.responsible_org = ${unit}`)] : []),
    ...(c.batch ? [newest(o, sql`p.batch = ${c.batch}`)] : []),
  ]
}

const others = ({ c, tenant, seen }: Asked) => sql`p.tenant = ${tenant} and p.id <> ${c.id} ${seen ? sql`and ${seen}` : sql``}`

function newest(o: Asked, tie: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select p.id from cases.problem p where ${others(o)} and ${tie}
    order by p.reported_on desc, p.id desc limit ${o.rule.most + 1})`
}

// Spots are squares of web mercator, so that near is near by them too; the rule measures the metres.
function nearest(o: Asked, point: { lng: number; lat: number }): RawBuilder<unknown> {
  const at = unitOf(point)
  const [x, y] = [at.x * 2 ** SPOT_BITS, at.y * 2 ** SPOT_BITS]
  const ranges = rangesOver(boxRound(point, o.rule.radiusM)).map(({ from, to }) => ({ from, to }))
  return sql`(select near.id from jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb) as r ("from" bigint, "to" bigint),
    lateral (select p.id, p.spot_x, p.spot_y from cases.problem p where ${others(o)} and p.spot between r."from" and r."to"
      limit ${MOST_NEAR}) near
    order by (near.spot_x - ${x}::float8) ^ 2 + (near.spot_y - ${y}::float8) ^ 2, near.id limit ${o.rule.most + 1})`
}

const METRES_A_DEGREE = 110_500

function boxRound({ lng, lat }: { lng: number; lat: number }, radiusM: number): [number, number, number, number] {
  const dLat = radiusM / METRES_A_DEGREE
  const dLng = dLat / Math.cos((lat * Math.PI) / 180)
  return [lng - dLng, lat - dLat, lng + dLng, lat + dLat]
}
