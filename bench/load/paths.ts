import pg from 'pg'
import { unitOf } from '../../src/cases/map/rules/tile.ts'
import { drawer } from './generate.ts'

/** What people at work ask for, drawn from the list itself with a fixed seed. */
export interface Paths {
  list: string[]
  detail: string[]
  tile: string[]
  /** The tiles by their numbers, for another server of tiles. */
  tiles: { z: number; x: number; y: number }[]
}

const N = 300

/** Lists with the filters of the desk, pages of single cases, and tiles from the whole city down to a street, where cases lie. */
export async function drawPaths(databaseUrl: string): Promise<Paths> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ id: string; region: string; state: string; colour: string; lng: number; lat: number }>(
    `select id, region, state, colour, st_x(geom) as lng, st_y(geom) as lat from cases.problem where geom is not null order by md5(id::text) limit ${N}`,
  )
  await client.end()
  const draw = drawer('paths')
  const tiles = rows.map(({ lng, lat }) => {
    const z = 7 + Math.floor(draw() * 10)
    const at = unitOf({ lng, lat })
    return { z, x: Math.floor(at.x * 2 ** z), y: Math.floor(at.y * 2 ** z) }
  })
  const filters = [
    '',
    ...new Set(
      rows.flatMap((r) => [
        `region=${r.region}`,
        `state=${r.state}`,
        `colour=${r.colour}`,
        `region=${r.region}&state=${r.state}`,
      ]),
    ),
  ]
  return {
    list: rows.map(() => `/api/cases?${filters[Math.floor(draw() * filters.length)]}`),
    detail: rows.map((r) => `/api/cases/${r.id}`),
    tile: tiles.map(({ z, x, y }) => `/tiles/cases/${z}/${x}/${y}.mvt`),
    tiles,
  }
}
