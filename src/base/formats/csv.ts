import type { Cell, Pieces, SheetFeed } from './table.ts'

/** The sheet as csv (RFC 4180) in UTF-8 with its mark, so that Excel and WPS read it; no cell of text can become a formula. */
export async function* csvPieces({ head, header, rows }: SheetFeed): Pieces {
  const wide = (line: string) => [line, ...header.slice(1).map(() => '')] // every record has as many fields
  yield `\ufeff${csvLines([...head.map(wide), header])}`
  for await (const batch of rows) yield csvLines(batch)
}

/** Records, each ended by CR LF. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/**
 * What a spreadsheet may take for a formula: these, the full-width ones too, also behind blanks that it trims away. Excel drops the
 * invisible ones among them as well.
 */
export const FORMULA = /^[\s\u00a0\u180e\u200b-\u200f\u2060\u3000\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/

function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const guarded = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
