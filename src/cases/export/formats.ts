import { csvPieces } from '../../base/formats/csv.ts'
import { geoJsonPieces } from '../../base/formats/geojson.ts'
import { geoPackagePieces } from '../../base/formats/geopackage.ts'
import { kmlPieces } from '../../base/formats/kml.ts'
import { type Encoding, shapefilePieces } from '../../base/formats/shapefile.ts'
import type { Pieces, SheetFeed } from '../../base/formats/table.ts'
import { xlsxPieces } from '../../base/formats/xlsx.ts'
import type { Area } from '../../places/rules/area.ts'
import type { StaffCtx } from '../ctx.ts'
import type { Filter } from '../store-list.ts'
import { pagesOfCases, pagesOfRows } from './pages.ts'
import { placesOf } from './places.ts'
import { NAMES, sheetOf } from './rows.ts'
import type { ExportFormat, ExportLayout } from './rules/kinds.ts'
import { widthsOf } from './sheet.ts'

/** What is exported, and how. */
export interface ExportOrder {
  format: ExportFormat
  layout: ExportLayout
  filter: Filter
  /** Of the text in a Shapefile. */
  encoding: Encoding
}

/** What is known before the first row is read. */
export interface Known {
  areas: readonly Area[]
  samples: number
  /** Told of how many rows have gone out. */
  passed?(rows: number): void
}

/** The file, piece by piece, as its rows are read. */
export function piecesOf(ctx: StaffCtx, o: ExportOrder, known: Known): Pieces {
  const { format, encoding } = o
  if (format === 'csv') return csvPieces(sheetFeed(ctx, o, known))
  if (format === 'xlsx') {
    const sheet = sheetFeed(ctx, o, known)
    return xlsxPieces(sheet, { now: ctx.now, widths: widthsOf(sheet.header) })
  }
  const title = NAMES.list + (known.samples > 0 ? `（含示例数据 ${known.samples} 行）` : '')
  const pages = counted(pagesOfRows(ctx, o.filter), known)
  const feed = placesOf({ areas: known.areas, now: ctx.now, title, pages })
  if (format === 'geojson') return geoJsonPieces(feed)
  if (format === 'kml') return kmlPieces(feed)
  return format === 'gpkg' ? geoPackagePieces(feed) : shapefilePieces(feed, { encoding })
}

function sheetFeed(ctx: StaffCtx, { layout, filter }: ExportOrder, known: Known): SheetFeed {
  const { rowsOf, ...sheet } = sheetOf(layout, known)
  async function* rows() {
    let at = 1
    for await (const page of counted(pagesOfCases(ctx, filter), known)) {
      yield rowsOf(page, at)
      at += page.length
    }
  }
  return { ...sheet, rows: rows() }
}

async function* counted<T>(pages: AsyncIterable<T[]>, { passed }: Known): AsyncGenerator<T[]> {
  let rows = 0
  for await (const page of pages) {
    rows += page.length
    yield page
    passed?.(rows)
  }
}
