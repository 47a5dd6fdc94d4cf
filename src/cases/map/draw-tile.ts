import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Db } from '../../base/db.ts'
import { boardDays } from '../counts/rules/numbers.ts'
import { envOf, type StaffCtx } from '../ctx.ts'
import type { Sight } from '../rules/access.ts'
import { withMatches } from '../search/store-search.ts'
import type { Filter } from '../store-list.ts'
import { sightFor } from '../store-sight.ts'
import { encodeTile } from './encode.ts'
import { CELL_BITS, cellAt, countedLevel, rangeOf, type Tile } from './rules/tile.ts'
import { cellsOfCases, countedCells, type Drawn, isCounted, listPoints, pointsIn } from './store.ts'

/** Up to so many cases are drawn one by one; more are drawn as clusters. */
const MOST_POINTS = 200

/** A vector tile (MVT, gzipped) of the cases that this actor may see. */
export async function drawTile(ctx: StaffCtx, o: { tile: Tile; filter: Filter }): Promise<Buffer> {
  const filter = { ...o.filter, days: boardDays(envOf(ctx).today, ctx.law) }
  const drawn = await ctx.tx(async (db) => {
    const { matches, ...rest } = await withMatches(db, filter)
    // A tile looks at every case that lies in it: of a common word it takes all matches at once.
    const named = matches === 'many' ? rest : { ...rest, matches }
    return readTile(db, { tile: o.tile, filter: named, sight: sightFor(ctx) })
  })
  return await promisify(gzip)(encodeTile(o.tile, drawn))
}

/** Reads a tile with the work of a few thousand rows, however many cases lie under it; only unusual filters count case by case. */
export async function readTile(db: Db, o: { tile: Tile; filter: Filter; sight: Sight }): Promise<Drawn> {
  const where = { ...o, range: rangeOf(o.tile), level: o.tile.z + CELL_BITS }
  const counted = isCounted(o.filter, o.sight) ? countedLevel(o.tile.z) : undefined
  if (counted === undefined) {
    const points = await listPoints(db, { ...where, most: MOST_POINTS + 1 })
    if (points.length <= MOST_POINTS) return { clusters: [], points }
  }
  const cells = counted === undefined ? await cellsOfCases(db, where) : await countedCells(db, { ...where, counted })
  const all = cells.reduce((sum, cell) => sum + cell.n, 0)
  if (all === 0) return { clusters: [], points: [] }
  if (all <= MOST_POINTS) return { clusters: [], points: await listPoints(db, { ...where, most: MOST_POINTS }) }
  const alone = cells.filter((cell) => cell.n === 1).map((cell) => rangeOf(cellAt(where.level, cell.cell)))
  const points = alone.length > 0 ? await pointsIn(db, { ...where, ranges: alone }) : []
  return { clusters: cells.filter((cell) => cell.n > 1), points }
}
