/** A table as csv in UTF-8 with its mark, so that Excel and WPS read it; no cell of text can become a formula. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${csvLines(rows)}`
}

/** Records (RFC 4180), each ended by CR LF. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/**
 * What a spreadsheet may take for a formula: these, the full-width ones too, also behind blanks that it trims away. Excel drops the
 * invisible ones among them as well.
 */
export const FORMULA = /^[\s\u00a0\u180e\u200b-\u200f\u2060\u3000\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const guarded = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
