import { fromFile, type GeoTIFF, type GeoTIFFImage } from 'geotiff'
import proj4 from 'proj4'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { crsSaid, type FileCrs } from '../rules/crs-of-file.ts'
import { crsOfEpsg } from '../rules/epsg.ts'

/** What is kept in the database of an operator's DEM; the values stay in its file. */
export type DemInfo = {
  width: number
  height: number
  /** Upper left corner of the upper left cell, and the size of a cell (the second is negative), in the file's system. */
  origin: readonly [number, number]
  cell: readonly [number, number]
  crs: { code: number; name: string; proj: string }
  nodata: number | null
  /** West, south, east, north in WGS 84. */
  bbox: readonly [number, number, number, number]
  min: number
  max: number
  cellM: number
}

/** What may be read of one DEM, judged by its header before a cell is decoded. */
export const DEM_LIMITS = { bytes: 2_000_000_000, cells: 500_000_000, blockBytes: 64_000_000, windowCells: 25_000_000 } as const

/** Metres that no place on land has: a void of SRTM (−32768) where the file declares no nodata value. */
export const isHeight = (value: number, nodata: number | null) => value !== nodata && value >= -1000 && value <= 9000

/** Opens a file, hands its image over, and closes it whatever happens. */
export async function withImage<T>(path: string, work: (image: GeoTIFFImage, tiff: GeoTIFF) => Promise<T>): Promise<T> {
  const tiff = await fromFile(path)
  try {
    return await work(await tiff.getImage(), tiff)
  } finally {
    await tiff.close()
  }
}

/** Geometry of a DEM by its header, or why it cannot be used; a file without a system is refused by its name. */
export async function demGeometry(
  image: GeoTIFFImage,
  o: { file: string; crs?: string | undefined },
): Promise<Omit<DemInfo, 'min' | 'max'> | Refusal> {
  const fault = headerFault(image)
  if (fault) return fault
  const crs = demCrs(image, o)
  if (isRefusal(crs)) return crs
  const placed = placement(image)
  if (!placed) return refuse('invalid', 'places/dem-no-place', { file: o.file })
  const [width, height] = [image.getWidth(), image.getHeight()]
  const bbox = boundsOf({ ...placed, width, height, crs })
  if (!bbox.every((n) => Number.isFinite(n)) || Math.abs(bbox[1]) > 90 || Math.abs(bbox[3]) > 90)
    return refuse('invalid', 'places/dem-bad-place', { file: o.file, found: `${placed.origin.join(', ')} (${crs.name})` })
  return { ...placed, ...{ width, height, crs, bbox }, nodata: image.getGDALNoData(), cellM: cellMetres(bbox, width) }
}

function headerFault(image: GeoTIFFImage): Refusal | undefined {
  const [width, height] = [image.getWidth(), image.getHeight()]
  const cells = width * height
  if (!(cells > 0)) return refuse('invalid', 'places/layer-unreadable', { format: 'GeoTIFF', found: `${width} × ${height}` })
  if (cells > DEM_LIMITS.cells) return refuse('invalid', 'places/dem-too-large', { found: cells, limit: DEM_LIMITS.cells })
  const block = image.getTileWidth() * image.getTileHeight() * image.getSamplesPerPixel() * 8
  return block > DEM_LIMITS.blockBytes
    ? refuse('invalid', 'places/dem-block', { found: block, limit: DEM_LIMITS.blockBytes })
    : undefined
}

function demCrs(image: GeoTIFFImage, o: { file: string; crs?: string | undefined }): DemInfo['crs'] | Refusal {
  const keys = image.getGeoKeys() ?? {}
  const told = Number(keys['ProjectedCSTypeGeoKey'] ?? keys['GeographicTypeGeoKey'] ?? 0)
  const found = o.crs === undefined ? (crsOfEpsg(told) ?? missing(told, o.file)) : crsSaid(o.crs)
  if (isRefusal(found)) return found
  if (!isDefined(found)) return refuse('invalid', 'places/dem-gcj02', { file: o.file })
  return { code: found.code ?? 0, name: found.name, proj: found.proj }
}

function missing(told: number, file: string): Refusal {
  return told === 0 || told === 32767
    ? refuse('invalid', 'places/dem-no-crs', { file })
    : refuse('invalid', 'places/dem-unknown-crs', { file, found: `EPSG:${told}` })
}

const isDefined = (crs: FileCrs): crs is Exclude<FileCrs, { gcj02: true }> => !('gcj02' in crs)

// RasterPixelIsPoint: the tie point is the middle of a cell and not its corner. A file that does not say means areas.
const POINT = 2

function placement(image: GeoTIFFImage): Pick<DemInfo, 'origin' | 'cell'> | undefined {
  try {
    const [x, y] = image.getOrigin() as [number, number]
    const [dx, dy] = image.getResolution() as [number, number]
    if (!(dx > 0) || !(dy < 0) || isRotated(image)) return undefined
    const shift = image.getGeoKeys()?.['GTRasterTypeGeoKey'] === POINT ? 0.5 : 0
    return { origin: [x - dx * shift, y - dy * shift], cell: [dx, dy] }
  } catch {
    return undefined
  }
}

function isRotated(image: GeoTIFFImage): boolean {
  const matrix = image.fileDirectory.getValue('ModelTransformation') as ArrayLike<number> | undefined
  return matrix !== undefined && (matrix[1] !== 0 || matrix[4] !== 0)
}

/** Positions between WGS 84 degrees and cells of a DEM (fractions of a cell from its upper left corner). */
export function cellsOf({ origin, cell, crs }: Pick<DemInfo, 'origin' | 'cell' | 'crs'>) {
  const way = isGeographic(crs) ? undefined : proj4('WGS84', crs.proj)
  return {
    toCell(lng: number, lat: number): [number, number] {
      const [x, y] = way ? (way.forward([lng, lat]) as [number, number]) : [lng, lat]
      return [(x - origin[0]) / cell[0], (y - origin[1]) / cell[1]]
    },
    toDegrees(column: number, row: number): [number, number] {
      const place: [number, number] = [origin[0] + column * cell[0], origin[1] + row * cell[1]]
      return way ? (way.inverse(place) as [number, number]) : place
    },
  }
}

const isGeographic = (crs: DemInfo['crs']) => crs.code === 4326 || crs.code === 4490

// The edges are walked, as a straight edge in a projection bulges in degrees.
function boundsOf(dem: Pick<DemInfo, 'origin' | 'cell' | 'crs' | 'width' | 'height'>): [number, number, number, number] {
  const { toDegrees } = cellsOf(dem)
  const steps = Array.from({ length: 17 }, (_, i) => i / 16)
  const edge = steps.flatMap((s) => [
    toDegrees(s * dem.width, 0),
    toDegrees(s * dem.width, dem.height),
    toDegrees(0, s * dem.height),
    toDegrees(dem.width, s * dem.height),
  ])
  const lngs = edge.map(([lng]) => lng)
  const lats = edge.map(([, lat]) => lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

function cellMetres([west, south, east, north]: readonly [number, number, number, number], width: number): number {
  const metres = ((east - west) * Math.PI * 6_378_137 * Math.cos((((south + north) / 2) * Math.PI) / 180)) / 180
  return Number((metres / width).toPrecision(3))
}
