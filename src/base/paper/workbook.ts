import type { Blob } from 'node:buffer'
import type Stream from 'node:stream'
import writeXlsxFile, { type Feature, type Row, type Sheet } from 'write-excel-file/node'
import type { Cell, OfficialDocument, Table } from './rules/document.ts'
import { sheetOf, stampOf } from './rules/geometry.ts'

/**
 * The document as one sheet: its title over all columns, a line with what stands above the table, the tables with merged cells and borders,
 * A4 across or upright, the head rows on every printed page. Text is typed as text, so no cell can become a formula.
 */
export async function writeWorkbook(document: OfficialDocument): Promise<Buffer> {
  const tables = document.body.filter((block) => block.kind === 'table')
  const columns = Math.max(1, ...tables.map(({ widths }) => widths.length))
  const top = headRows(document, columns)
  const rows = document.body.flatMap((block) =>
    block.kind === 'table' ? tableRows(block, widthsOf(document, block)) : [lineOver(block.text, columns)],
  )
  const before = document.body.findIndex((block) => block.kind === 'table')
  const head = { from: top.length + Math.max(before, 0) + 1, count: tables[0]?.head ?? 0 }
  const sheet = SHEET_NAME(document.title)
  const made: Sheet<FileContent> = {
    ...{ data: [...top, ...rows], sheet, columns: widthsOf(document, tables[0]) },
    ...(head.count > 0 ? { stickyRowsCount: head.from + head.count - 1 } : {}),
  }
  return writeXlsxFile([made], {
    features: [printing({ sheet, head, orientation: document.landscape ? 'landscape' : 'portrait' })],
  }).toBuffer()
}

// What write-excel-file takes for an image's bytes in Node; it does not export the name.
type FileContent = Stream | Buffer | Blob

const SHEET_NAME = (title: string): string => title.replace(/[\\/?*[\]:']/g, '').slice(-31)
// What Excel holds at most in a cell.
const LONGEST = 32_767

function headRows(document: OfficialDocument, columns: number): Row[] {
  const { title, issuer, number, note } = document
  const name = {
    fontWeight: 'bold',
    fontSize: 18,
    align: 'center',
    alignVertical: 'center',
    height: 36,
    fontFamily: '方正小标宋简体',
  } as const
  const under = [stampOf(document), issuer, number ?? ''].filter(Boolean).join('　　')
  return [
    over({ value: title.replaceAll('\n', ''), type: String, wrap: true, ...name }, columns),
    lineOver(under, columns),
    ...(note ? [lineOver(note, columns)] : []),
  ]
}

const lineOver = (text: string, columns: number): Row =>
  over({ value: text.slice(0, LONGEST), type: String, wrap: true }, columns)

// A merged cell stands first, the cells that it covers are empty.
function over(cell: object, columns: number): Row {
  return [{ ...cell, columnSpan: columns }, ...Array(columns - 1).fill(null)] as Row
}

const BORDER = { borderStyle: 'thin', borderColor: '#000000' } as const

function tableRows(table: Table, widths: { width: number }[]): Row[] {
  const grid: Row[] = table.rows.map(() => Array(table.widths.length).fill(null))
  const heights = table.rows.map(() => 0)
  const taken = new Set<string>()
  for (const [y, row] of table.rows.entries()) {
    let x = 0
    for (const cell of row) {
      while (taken.has(`${y} ${x}`)) x++
      for (let dy = 0; dy < (cell.down ?? 1); dy++)
        for (let dx = 0; dx < (cell.across ?? 1); dx++) taken.add(`${y + dy} ${x + dx}`)
      const width = widths.slice(x, x + (cell.across ?? 1)).reduce((sum, column) => sum + column.width, 0)
      heights[y] = Math.max(heights[y]!, heightOf(cell, width) / (cell.down ?? 1))
      grid[y]![x] = cellOf(cell)
      x += cell.across ?? 1
    }
  }
  return grid.map((row, y) => row.map((cell) => (cell === null ? null : { ...(cell as object), height: heights[y]! })) as Row)
}

// Neither Excel nor LibreOffice makes a row high enough for merged cells: its lines are counted, a Chinese character two units wide.
function heightOf({ text }: Cell, width: number): number {
  const lines = text.split('\n').map((line) => {
    const units = [...line].reduce((n, char) => n + (char < '\u0100' ? 1.1 : 2.1), 0)
    return Math.max(1, Math.ceil(units / Math.max(2, width - 1)))
  })
  return Math.min(409, lines.reduce((a, b) => a + b, 0) * 14.5 + 4) // Excel's highest row
}

function cellOf(cell: Cell): Row[number] {
  const { text, across, down, bold, align } = cell
  const number = /^(0|[1-9]\d{0,8})$/.test(text)
  return {
    ...(number ? { value: Number(text), type: Number } : { value: text.slice(0, LONGEST), type: String }),
    ...{ wrap: true, alignVertical: 'center', fontFamily: bold ? '黑体' : '仿宋_GB2312', fontSize: 10.5, ...BORDER },
    ...(align ? { align } : {}),
    ...(across ? { columnSpan: across } : {}),
    ...(down ? { rowSpan: down } : {}),
  }
}

// Characters across the printed page, shared out as the table says.
function widthsOf(document: OfficialDocument, table: Table | undefined): { width: number }[] {
  if (!table) return [{ width: 90 }]
  const whole = sheetOf(document).area.width / 1.9
  const sum = table.widths.reduce((a, b) => a + b, 0)
  return table.widths.map((width) => ({ width: Math.max(4.5, Math.round((width / sum) * whole * 10) / 10) }))
}

const MARGINS = '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/>'

// One page wide and as many high as it takes; the head of the table on each.
function printing(o: { sheet: string; head: { from: number; count: number }; orientation: string }): Feature<FileContent> {
  const { sheet, head, orientation } = o
  const titles = `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$${head.from}:$${head.from + head.count - 1}</definedName>`
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transform: (xml) => (head.count > 0 ? xml.replace('<definedNames/>', `<definedNames>${titles}</definedNames>`) : xml),
        },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) =>
            xml
              .replace('<sheetViews>', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
              .replace(
                '</worksheet>',
                `${MARGINS}<pageSetup paperSize="9" fitToHeight="0" orientation="${orientation}"/></worksheet>`,
              ),
        },
      },
    },
  }
}
