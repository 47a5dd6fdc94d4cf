import type { Cell } from '../../base/formats/table.ts'
import { xlsxPieces } from '../../base/formats/xlsx.ts'
import { csvLines } from '../../base/rules/csv.ts'

/** A table that is there as a whole: lines above the header, the header, the rows. */
export type ExportSheet = { name: string; head: string[]; header: string[]; rows: Cell[][] }

/** The table as csv, in one piece. */
export function toCsv({ head, header, rows }: ExportSheet): string {
  const wide = (line: string) => [line, ...header.slice(1).map(() => '')]
  return `\ufeff${csvLines([...head.map(wide), header, ...rows])}`
}

/** The table as xlsx, in one piece; `now` is the time that its parts bear. */
export async function toXlsx({ rows, ...sheet }: ExportSheet, now = new Date('2000-01-01T00:00:00Z')): Promise<Buffer> {
  const pieces: Buffer[] = []
  const feed = { ...sheet, rows: once(rows) }
  for await (const piece of xlsxPieces(feed, { now, widths: widthsOf(sheet.header) })) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

/** How wide the columns of a sheet are: what tells a story is wider. */
export const widthsOf = (header: readonly string[]): number[] => header.map((title) => (WIDE.test(title) ? 40 : 14))

const WIDE = /问题|目标|措施|情况/

async function* once<T>(rows: T): AsyncGenerator<T> {
  yield rows
}
