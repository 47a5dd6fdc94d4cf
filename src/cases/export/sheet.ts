import writeXlsxFile from 'write-excel-file/node'

export type Cell = string | number

/** A table to be written: lines above the header, the header, the rows. */
export type ExportSheet = { name: string; head: string[]; header: string[]; rows: Cell[][] }

/** The table as csv in UTF-8 with its mark, so that Excel and WPS read it; no cell of text can become a formula. */
export function toCsv({ head, header, rows }: ExportSheet): string {
  const lines = [...head.map((line) => [line]), header, ...rows]
  return `\ufeff${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** The table as xlsx: text is typed as text, so it needs no guard; numbers stay numbers. */
export async function toXlsx({ name, head, header, rows }: ExportSheet): Promise<Buffer> {
  const text = (value: string) => ({ value: value.slice(0, LONGEST), type: String, wrap: true })
  const cell = (value: Cell) => (typeof value === 'number' ? { value, type: Number } : value === '' ? null : text(value))
  const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const })
  const data = [...head.map((line) => [bold(line)]), header.map(bold), ...rows.map((row) => row.map(cell))]
  return writeXlsxFile(data, { sheet: name, columns: header.map((title) => ({ width: WIDE.test(title) ? 40 : 14 })) }).toBuffer()
}

// What Excel holds at most in a cell.
const LONGEST = 32_767
const WIDE = /问题|目标|措施|情况/

// A spreadsheet takes these for the start of a formula, the full-width ones too.
function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n;\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
