import { csvLines } from '../rules/csv.ts'
import type { Pieces, SheetFeed } from './table.ts'

/** The sheet as csv (RFC 4180) in UTF-8 with its mark, so that Excel and WPS read it; no cell of text can become a formula. */
export async function* csvPieces({ head, header, rows }: SheetFeed): Pieces {
  const wide = (line: string) => [line, ...header.slice(1).map(() => '')] // every record has as many fields
  yield `\ufeff${csvLines([...head.map(wide), header])}`
  for await (const batch of rows) yield csvLines(batch)
}
