import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { crsOfEpsg } from '../rules/epsg.ts'
import { toWgs84Of } from './read/to-wgs84.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const EXACT = [4326, 4490, 3857, 32648, 32649, ...range(4491, 4554)]

// The definitions are written from EPSG's parameters; PostGIS brings EPSG's own, read by another library.
it('turns every CGCS2000, WGS 84 and UTM system as PostGIS does, to a millimetre', async () => {
  const off: string[] = []
  for (const code of EXACT) {
    const meridian = Number(/lon_0=(\d+)/.exec(crsOfEpsg(code)!.proj)?.[1] ?? 107)
    const at = { lng: (crsOfEpsg(code)!.degrees ? 107 : meridian) + 0.7, lat: 33.1 }
    const { rows } = await world.house.database.pool.query(
      'select st_x(g) x, st_y(g) y from (select st_transform(st_setsrid(st_makepoint($1, $2), 4326), $3::int) g) t',
      [at.lng, at.lat, code],
    )
    const [lng, lat] = toWgs84Of(crsOfEpsg(code)!)(rows[0].x, rows[0].y)
    if (Math.hypot(lng! - at.lng, lat! - at.lat) > 1e-8) off.push(`${code}: ${lng}, ${lat}`)
  }
  expect(off).toEqual([])
})

it('names the same meridian and false easting as EPSG for the two older datums', async () => {
  for (const code of [...range(2327, 2390), ...range(2401, 2442), ...range(21413, 21423), ...range(21453, 21463)]) {
    const { rows } = await world.house.database.pool.query('select proj4text p from spatial_ref_sys where srid = $1', [code])
    const number = (text: string, key: string) => Number(new RegExp(`\\+${key}=([\\d.]+)`).exec(text)?.[1])
    const own = crsOfEpsg(code)!.proj
    expect([code, number(own, 'lon_0'), number(own, 'x_0')]).toEqual([code, number(rows[0].p, 'lon_0'), number(rows[0].p, 'x_0')])
  }
})
