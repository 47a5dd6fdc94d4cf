/** A table as csv in UTF-8 with its mark, so that Excel and WPS read it; no cell can become a formula. */
export function csvOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${[header, ...rows].map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`
}

// A spreadsheet takes these for the start of a formula, the full-width ones too.
function cellOf(value: string): string {
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
