import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Box, Position } from './rules/box.ts'

/** A county as a map needs it before its border is there: where it lies and where its name stands. */
export interface Spread {
  code: string
  name: string
  box: Box
  /** A point inside, for the name. */
  middle: Position
}

/** The boxes of the counties that have a boundary, by code. */
export async function listSpreads(db: Db, tenant: number): Promise<Spread[]> {
  const { rows } = await sql<Spread>`select a.code, a.name,
    json_build_array(round(st_xmin(b.geom)::numeric, 5), round(st_ymin(b.geom)::numeric, 5),
      round(st_xmax(b.geom)::numeric, 5), round(st_ymax(b.geom)::numeric, 5)) as box,
    json_build_array(round(st_x(m.p)::numeric, 5), round(st_y(m.p)::numeric, 5)) as middle
    from places.boundary b join places.area a on a.tenant = b.tenant and a.code = b.code
    cross join lateral (select st_pointonsurface(b.geom) as p) m
    where b.tenant = ${tenant} order by a.code`.execute(db)
  return rows
}
