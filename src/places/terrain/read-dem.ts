import { basename } from 'node:path'
import type { GeoTIFFImage } from 'geotiff'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { type DemInfo, demGeometry, isHeight, withImage } from './dem.ts'

/** What a DEM holds, after each of its blocks was decoded once. */
export type DemSummary = { format: 'geotiff'; dem: DemInfo; voids: number }

/**
 * Judges a DEM by its header, then decodes every block once: in this process, where a hostile block can do no harm. The file is kept as it
 * is under its hash, so what is read of it later was read here before.
 */
export async function readDem(
  o: { file: string; name?: string | undefined; crs?: string | undefined },
  progress: (done: number, total: number) => void,
): Promise<DemSummary | Refusal> {
  return withImage(o.file, async (image) => {
    const geometry = await demGeometry(image, { file: o.name ?? basename(o.file), crs: o.crs })
    if (isRefusal(geometry)) return geometry
    const range = await rangeOf(image, geometry, progress)
    if (range.min > range.max) return refuse('invalid', 'places/dem-empty', { file: o.name ?? basename(o.file) })
    return { format: 'geotiff', dem: { ...geometry, min: range.min, max: range.max }, voids: range.voids }
  })
}

async function rangeOf(
  image: GeoTIFFImage,
  { width, height, nodata }: Pick<DemInfo, 'width' | 'height' | 'nodata'>,
  progress: (done: number, total: number) => void,
): Promise<{ min: number; max: number; voids: number }> {
  const range = { min: Infinity, max: -Infinity, voids: 0 }
  const rows = Math.max(1, Math.min(image.getTileHeight(), Math.floor(8_000_000 / width)))
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows)
    const values = await image.readRasters({ samples: [0], interleave: true, window: [0, top, width, bottom] })
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (!isHeight(value, nodata)) range.voids++
      else {
        if (value < range.min) range.min = value
        if (value > range.max) range.max = value
      }
    }
    progress(bottom, height)
  }
  return range
}
