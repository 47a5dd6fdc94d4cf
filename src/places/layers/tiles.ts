import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Ctx } from '../../base/ctx.ts'
import { across, boundsOfTile, down, isTile, type TileName } from '../terrain/rules/mercator.ts'
import { layerProblem } from './problems.ts'
import { findLayer } from './store.ts'
import { type TileFeature, tileFeatures } from './store-tiles.ts'

const EXTENT = 4096
const BUFFER = 1 / 32
const MOST_FEATURES = 5000
const MOST_VERTICES = 60_000
const deflate = promisify(gzip)

/** A tile of a layer's current version: one MVT layer `layer`, whose features bear their name and the attributes that were chosen. */
export async function layerTile(
  ctx: Ctx,
  o: { id: string; tile: TileName; attributes: readonly string[] },
): Promise<{ body: Buffer; truncated: boolean }> {
  if (!isTile(o.tile)) throw layerProblem('no-tile', { ...o.tile })
  const found = await ctx.tx(async (db) => {
    const layer = await findLayer(db, o.id)
    if (!layer?.current || layer.kind === 'elevation') throw layerProblem('no-layer')
    const pixel = 360 / 2 ** o.tile.z / EXTENT
    const box = boundsOfTile(o.tile, BUFFER)
    // A tile that is too heavy is drawn coarser before anything is left out: eight units of 4096 are half a pixel of a screen.
    const fine = await tileFeatures(db, { layer: o.id, box, pixel, limit: MOST_FEATURES })
    return verticesOf(fine) <= MOST_VERTICES
      ? fine
      : tileFeatures(db, { layer: o.id, box, pixel: pixel * 8, limit: MOST_FEATURES })
  })
  const shown = within(found, MOST_VERTICES)
  const features = shown.flatMap((feature) => encodeFeature(feature, o))
  const tile = { features } as unknown as Parameters<typeof fromGeojsonVt>[0][string]
  const body = await deflate(fromGeojsonVt({ layer: tile }, { version: 2, extent: EXTENT }))
  return { body, truncated: shown.length < found.length || found.length === MOST_FEATURES }
}

const verticesOf = (features: readonly TileFeature[]) => features.reduce((sum, feature) => sum + feature.vertices, 0)

function within(features: readonly TileFeature[], most: number): TileFeature[] {
  let left = most
  return features.filter((feature) => {
    left -= feature.vertices
    return left >= 0
  })
}

/** A feature of geojson-vt: type 1 points, 2 lines, 3 rings; positions in the tile's own units. */
type VtFeature = { id: number; type: 1 | 2 | 3; geometry: unknown[]; tags: Record<string, string | number | boolean> }

function encodeFeature(feature: TileFeature, o: { tile: TileName; attributes: readonly string[] }): VtFeature[] {
  const tags = { name: feature.name, ...chosen(feature.attributes, o.attributes) }
  const part = partOf(feature.geometry, o.tile)
  return part && part.geometry.length > 0 ? [{ id: feature.n, ...part, tags }] : []
}

function chosen(attributes: TileFeature['attributes'], names: readonly string[]): TileFeature['attributes'] {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(attributes, name) ? [[name, attributes[name]!]] : [])))
}

type Position = [number, number]

function partOf(geometry: TileFeature['geometry'], tile: TileName): Pick<VtFeature, 'type' | 'geometry'> | undefined {
  const c = geometry?.coordinates
  const place = placer(tile)
  switch (geometry?.type) {
    case 'Point':
      return { type: 1, geometry: [place(c as Position)] }
    case 'MultiPoint':
      return { type: 1, geometry: (c as Position[]).map(place) }
    case 'LineString':
      return { type: 2, geometry: lines([c as Position[]], place, 2) }
    case 'MultiLineString':
      return { type: 2, geometry: lines(c as Position[][], place, 2) }
    case 'Polygon':
      return { type: 3, geometry: rings(c as Position[][], place) }
    case 'MultiPolygon':
      return { type: 3, geometry: (c as Position[][][]).flatMap((polygon) => rings(polygon, place)) }
    default:
      return undefined
  }
}

function placer({ z, x, y }: TileName): (at: Position) => Position {
  const size = 2 ** z * EXTENT
  return ([lng, lat]) => [Math.round(across(lng) * size - x * EXTENT), Math.round(down(lat) * size - y * EXTENT)]
}

type Place = (at: Position) => Position

function lines(list: Position[][], place: Place, least: number): Position[][] {
  return list.map((line) => withoutRepeats(line.map(place))).filter((line) => line.length >= least)
}

// A shell turns one way and its holes the other (MVT 4.3.4.4); a ring that has shrunk to nothing is dropped, a shell with its holes.
function rings(polygon: Position[][], place: Place): Position[][] {
  const [shell, ...holes] = polygon.map((ring) => withoutRepeats(ring.map(place)))
  if (!shell || shell.length < 4 || turn(shell) === 0) return []
  return [oriented(shell, 1), ...holes.filter((hole) => hole.length >= 4 && turn(hole) !== 0).map((hole) => oriented(hole, -1))]
}

function withoutRepeats(line: Position[]): Position[] {
  return line.filter((at, i) => i === 0 || at[0] !== line[i - 1]![0] || at[1] !== line[i - 1]![1])
}

function oriented(ring: Position[], sign: 1 | -1): Position[] {
  return Math.sign(turn(ring)) === sign ? ring : ring.toReversed()
}

function turn(ring: readonly Position[]): number {
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1]
  return sum
}
