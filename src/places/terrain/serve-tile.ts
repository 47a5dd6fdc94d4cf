import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Ctx } from '../../base/ctx.ts'
import { demFile } from '../layers/files.ts'
import type { Elevation } from '../layers/layer.ts'
import { layerProblem } from '../layers/problems.ts'
import { currentElevations } from '../layers/store.ts'
import type { DemInfo } from './dem.ts'
import { terrainTile } from './hillshade-tile.ts'
import { boundsOfTile, isTile, meet, type TileName } from './rules/mercator.ts'
import { openTileCache } from './tile-cache.ts'

/** Bytes of made tiles that are kept on disk. */
const CACHE_BYTES = 200_000_000

/** No tile is nearer than this; a map draws what is nearer of the last one. */
const NEAREST = 15

/**
 * A terrain tile of the finest DEM that meets it, from the cache or made anew; 404 where there is none, or where it would be so far a view
 * that the whole DEM had to be read. A new one is made while the answer is sent, when the request holds the database no more.
 */
export async function serveTerrainTile(ctx: Ctx, tile: TileName): Promise<Buffer | Readable> {
  const found = isTile(tile) ? (await ctx.tx(currentElevations)).find(({ dem }) => isServed(dem, tile)) : undefined
  if (!found) throw layerProblem('no-tile', { ...tile })
  const cache = openTileCache(join(ctx.settings.layerDir, 'tiles'), CACHE_BYTES)
  const name = `${found.sha.slice(0, 16)}/${tile.z}/${tile.x}/${tile.y}.png`
  const kept = await cache.get(name)
  return kept ?? Readable.from(made(ctx, { found, tile, keep: (png) => cache.put(name, png) }))
}

type Making = { found: Elevation; tile: TileName; keep(png: Buffer): Promise<void> }

async function* made(ctx: Ctx, { found, tile, keep }: Making): AsyncGenerator<Buffer> {
  const png = await terrainTile(await demFile(ctx, found.sha), found.dem, tile)
  await keep(png)
  yield png
}

function isServed(dem: DemInfo, tile: TileName): boolean {
  return tile.z >= zoomsOf(dem).least && tile.z <= NEAREST && meet(dem.bbox, boundsOfTile(tile))
}

// Where a pixel is as wide as 16 cells, a tile reads 4096 by 4096 of them: that is the farthest view.
function zoomsOf({ bbox, cellM }: DemInfo): { least: number; most: number } {
  const metres = 156_543 * Math.cos((((bbox[1] + bbox[3]) / 2) * Math.PI) / 180)
  const native = Math.max(0, Math.ceil(Math.log2(metres / cellM)))
  return { least: Math.max(0, native - 4), most: Math.min(NEAREST, native) }
}

/** What a map must know of the terrain tiles (TileJSON 3.0 with MapLibre's `encoding`); 404 while no DEM is loaded. */
export async function terrainJson(ctx: Ctx) {
  const [finest] = await ctx.tx(currentElevations)
  if (!finest) throw layerProblem('no-terrain')
  const { dem, name } = finest
  const { least, most } = zoomsOf(dem)
  return {
    tilejson: '3.0.0' as const,
    name,
    tiles: ['/tiles/terrain/{z}/{x}/{y}.png'],
    encoding: 'terrarium' as const,
    tileSize: 256 as const,
    minzoom: least,
    maxzoom: most,
    bounds: [...dem.bbox],
  }
}
