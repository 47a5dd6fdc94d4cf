import { sql } from 'kysely'
import type { House } from '../../base/ctx.ts'

/**
 * Adds `n` copies of a case to the list, each with its own id, number and place in a grid round the first one's, and without a journal:
 * for what reads many rows and nothing else.
 */
export async function copyCase(house: House, id: string, n: number): Promise<void> {
  await house.database.unwatched(async () => {
    await sql`insert into cases.problem (tenant, id, no, version, path, source, state, title, region, geom, category, pollution, secrecy,
        reported_on, due, bound_orgs, batch, original_no, incomplete, sample, doc)
      select p.tenant, c.id, c.no, p.version, p.path, p.source, p.state, c.title, p.region, st_setsrid(st_makepoint(c.lng, c.lat), 4326),
        p.category, p.pollution, p.secrecy, p.reported_on - i % 300, p.due, p.bound_orgs, p.batch, p.original_no, p.incomplete, p.sample,
        p.doc || jsonb_build_object('id', c.id, 'no', c.no, 'title', c.title, 'reportedOn', (p.reported_on - i % 300)::text,
          'place', p.doc -> 'place' || jsonb_build_object('point', jsonb_build_object('lng', c.lng, 'lat', c.lat)))
      from cases.problem p, generate_series(1, ${n}::int) as i, lateral (select overlay(overlay(md5(${id} || i) placing '4' from 13) placing '8' from 17)::uuid as id, 'HZ-2026-9' || lpad(i::text, 6, '0') as no,
        p.title || i as title, round((st_x(p.geom) + (i % 200) * 0.0001)::numeric, 6)::float8 as lng,
        round((st_y(p.geom) + (i / 200) * 0.0001)::numeric, 6)::float8 as lat) c
      where p.id = ${id}`.execute(house.database.owner)
  })
}
