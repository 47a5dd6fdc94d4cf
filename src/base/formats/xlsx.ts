import { FORMULA } from '../rules/csv.ts'
import type { Cell, Pieces, SheetFeed } from './table.ts'
import { xmlText } from './xml.ts'
import { zipPieces } from './zip.ts'

/** The sheet as xlsx, written row by row. Text is typed as text, so it is no formula; what looks like one keeps Excel's own mark for text. */
export function xlsxPieces(sheet: SheetFeed, o: { now: Date; widths: readonly number[] }): Pieces {
  const parts = [
    { name: '[Content_Types].xml', content: TYPES },
    { name: '_rels/.rels', content: RELS },
    { name: 'xl/workbook.xml', content: workbook(sheet.name) },
    { name: 'xl/_rels/workbook.xml.rels', content: WORKBOOK_RELS },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/worksheets/sheet1.xml', content: () => sheetXml(sheet, o.widths) },
  ]
  return zipPieces(parts, o.now)
}

async function* sheetXml({ head, header, rows }: SheetFeed, widths: readonly number[]): Pieces {
  const cols = widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('')
  yield `${XML}<worksheet xmlns="${MAIN}">${pane(head.length + 1)}${cols && `<cols>${cols}</cols>`}<sheetData>`
  yield [...head.map((line) => [line]), header].map((cells, i) => rowXml(cells, { at: i + 1, bold: true })).join('')
  let at = head.length + 2
  for await (const batch of rows) {
    yield batch.map((cells, i) => rowXml(cells, { at: at + i, bold: false })).join('')
    at += batch.length
  }
  yield '</sheetData></worksheet>'
}

// The header stays in view.
const pane = (rows: number) =>
  `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${rows}" topLeftCell="A${rows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`

function rowXml(cells: readonly Cell[], { at, bold }: { at: number; bold: boolean }): string {
  return `<row r="${at}">${cells.map((cell, i) => cellXml(cell, { ref: `${columnName(i)}${at}`, bold })).join('')}</row>`
}

function cellXml(cell: Cell, { ref, bold }: { ref: string; bold: boolean }): string {
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`
  if (cell === '') return ''
  const style = bold ? STYLE.bold : FORMULA.test(cell) ? STYLE.quoted : STYLE.text
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell.slice(0, LONGEST))}</t></is></c>`
}

/** A, B, …, Z, AA, … for 0, 1, … */
export function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26)
}

// What Excel holds at most in a cell.
const LONGEST = 32_767
const STYLE = { text: 1, bold: 2, quoted: 3 }
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${CONTENT}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/></Types>`
const RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const WORKBOOK_RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${textStyle('')}${textStyle('fontId="1" applyFont="1"')}${textStyle('quotePrefix="1"')}</cellXfs></styleSheet>`

function textStyle(more: string): string {
  const font = more.includes('fontId') ? '' : 'fontId="0"'
  return `<xf numFmtId="49" ${font} fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1" ${more}><alignment vertical="top" wrapText="1"/></xf>`
}

function workbook(name: string): string {
  const safe = name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xmlText(safe)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}
