import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  Header,
  HeightRule,
  type IBorderOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  type Paragraph,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { paragraph } from './docx-paragraph.ts'
import { countRecordPages } from './pdf.ts'
import { breakLines } from './rules/breaks.ts'
import type { Block, Cell, OfficialDocument } from './rules/document.ts'
import * as g from './rules/geometry.ts'
import { titleLines } from './rules/title.ts'

/**
 * The document for Word and WPS in the geometry of GB/T 9704-2012: the type area and its grid of 22 lines by 28 characters, and the official
 * faces by name (方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312, 宋体), which the reader's machine has or replaces.
 */
export async function writeDocx(document: OfficialDocument): Promise<Buffer> {
  const pages = document.record ? await countRecordPages(document) : 0
  const file = new Document({
    title: document.title.replaceAll('\n', ''),
    creator: document.issuer,
    evenAndOddHeaderAndFooters: true,
    // The grid counts its characters by the size of `Normal`.
    styles: {
      default: { document: { run: { font: fontOf(FANG), size: 2 * g.POINTS.body } } },
      paragraphStyles: [{ id: 'Normal', name: 'Normal', run: { font: fontOf(FANG), size: 2 * g.POINTS.body } }],
    },
    sections: [{ ...sectionOf(document), children: [...headOf(document), ...bodyOf(document), ...endOf(document, pages)] }],
  })
  return Packer.toBuffer(file)
}

const FANG = '仿宋_GB2312'
const FACES = { title: '方正小标宋简体', hei: '黑体', kai: '楷体_GB2312', song: '宋体', fang: FANG } as const
type FaceName = keyof typeof FACES

// How wide a character is in faces that are not at hand: what is not Chinese is half as wide.
const roughly = (char: string): number => (char < '\u0100' ? 0.5 : 1)
const twips = (mm: number): number => Math.round((mm / 25.4) * 1440)
const fontOf = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: name, cs: 'Times New Roman' })
const LINE = twips(g.LINE_PITCH)
const ONE_LINE = { line: LINE - 1, lineRule: LineRuleType.EXACT } // 22 of them must not be a twip higher than the type area

// What the grid adds to each character, in 4096ths of a point; 16 points are a little more than the 28th part of 156 mm.
const CHAR_SPACE = Math.round(g.BODY_SPACING * 4096)

function sectionOf(document: OfficialDocument): Omit<ISectionOptions, 'children'> {
  const { area, width, height } = g.sheetOf(document)
  const folioFoot = height - area.top - area.height - g.FOLIO_BELOW - 3 // the dashes are the middle of a line of 14 points
  return {
    properties: {
      titlePage: true,
      page: {
        // docx turns the paper itself: it wants the upright measures.
        size: {
          width: twips(g.PAPER.width),
          height: twips(g.PAPER.height),
          orientation: document.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(area.top),
          left: twips(area.left),
          right: twips(width - area.left - area.width),
          bottom: twips(height - area.top - area.height),
          header: twips(12),
          footer: twips(folioFoot),
          gutter: 0,
        },
      },
      grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE - 1, charSpace: CHAR_SPACE },
    },
    headers: Object.fromEntries(KINDS.map((kind) => [kind, new Header({ children: [specimenLine(document)] })])),
    footers: {
      first: new Footer({ children: document.format === 'letter' ? [] : [folio('right')] }),
      default: new Footer({ children: [folio('right')] }),
      even: new Footer({ children: [folio('left')] }),
    },
  }
}

const KINDS = ['first', 'default', 'even'] as const

function specimenLine(document: OfficialDocument): Paragraph {
  const stamp = g.stampOf(document)
  const children = stamp ? [run(stamp, 'hei', { points: g.POINTS.foot, colour: '595959' })] : []
  return paragraph({ alignment: AlignmentType.RIGHT, children })
}

function folio(side: 'left' | 'right'): Paragraph {
  const size = 2 * g.POINTS.foot
  return paragraph({
    alignment: side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
    indent: side === 'right' ? { right: twips(g.CHAR_PITCH) } : { left: twips(g.CHAR_PITCH) },
    children: [new TextRun({ font: fontOf(FACES.song), size, children: ['— ', PageNumber.CURRENT, ' —'] })],
  })
}

const RED = g.RED.slice(1)

interface RunOptions {
  points?: number
  colour?: string
}

// A 16 point character on the 28th part of a line, in twentieths of a point, and a little less so that rounding never costs the last one.
const TIGHT = -6

function run(text: string, face: FaceName = 'fang', { points = g.POINTS.body, colour }: RunOptions = {}): TextRun {
  const tight = points === g.POINTS.body
  return new TextRun({
    font: fontOf(FACES[face]),
    size: 2 * points,
    text,
    ...(tight ? { characterSpacing: TIGHT } : {}),
    ...(colour ? { color: colour } : {}),
  })
}

function headOf(document: OfficialDocument): Paragraph[] {
  const mark = document.mark ? [paragraph({ children: [run(document.mark, 'hei')] })] : []
  if (document.format === 'form') return [...mark, ...titleOf(document), formLine(document)]
  const head = document.format === 'letter' ? letterHead(document) : noticeHead(document)
  const to = document.to ? [paragraph({}), paragraph({ children: [run(`${document.to.replace(/[：:]$/, '')}：`)] })] : []
  return [...head, ...mark, ...titleOf(document), ...to]
}

// Word squeezes space above the first line of a page, so the head stands in a frame measured from the paper.
function redHead(issuer: string, top: number): Paragraph {
  const points = g.headPoints(issuer)
  const { left, width } = g.TYPE_AREA
  return paragraph({
    alignment: AlignmentType.CENTER,
    frame: {
      type: 'absolute',
      position: { x: twips(left), y: twips(top) },
      width: twips(width),
      height: Math.round(points * 20 * 1.15),
      rule: HeightRule.EXACT,
      anchor: { horizontal: 'page', vertical: 'page' },
    },
    spacing: { line: Math.round(points * 20 * 1.1), lineRule: LineRuleType.EXACT },
    children: [run(issuer, 'title', { points, colour: RED })],
  })
}

function noticeHead({ issuer, number }: OfficialDocument): Paragraph[] {
  const above = g.HEAD.below + g.headPoints(issuer) * g.MM_PER_POINT
  return [
    redHead(issuer, g.TYPE_AREA.top + g.HEAD.below),
    paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: twips(above + g.LINE_PITCH), ...ONE_LINE },
      border: { bottom: { style: BorderStyle.SINGLE, color: RED, size: 12, space: 11 } }, // 11 points are 4 mm
      children: number ? [run(number)] : [],
    }),
    paragraph({}),
    paragraph({}),
  ]
}

function letterHead({ issuer, number }: OfficialDocument): Paragraph[] {
  const line = g.HEAD.letterTop + g.headPoints(issuer) * g.MM_PER_POINT + g.HEAD.gap
  return [
    redHead(issuer, g.HEAD.letterTop),
    doubleLine(line, BorderStyle.THICK_THIN_SMALL_GAP),
    doubleLine(g.PAPER.height - g.HEAD.letterFoot, BorderStyle.THIN_THICK_SMALL_GAP),
    blank(line + 2.5 - g.TYPE_AREA.top),
    paragraph({ alignment: AlignmentType.RIGHT, children: number ? [run(number)] : [] }),
    paragraph({}),
  ]
}

function doubleLine(y: number, style: IBorderOptions['style']): Paragraph {
  return paragraph({
    frame: {
      type: 'absolute',
      position: { x: twips((g.PAPER.width - g.HEAD.letterLine) / 2), y: twips(y) },
      width: twips(g.HEAD.letterLine),
      height: twips(2),
      anchor: { horizontal: 'page', vertical: 'page' },
    },
    border: { top: { style, color: RED, size: 24, space: 0 } },
    spacing: { line: twips(2), lineRule: LineRuleType.EXACT },
    children: [],
  })
}

// An empty line of a height in millimetres.
function blank(mm: number): Paragraph {
  return paragraph({ spacing: { line: twips(Math.max(1, mm)), lineRule: LineRuleType.EXACT }, children: [] })
}

function titleOf(document: OfficialDocument): Paragraph[] {
  const em = g.POINTS.title * g.MM_PER_POINT
  return titleLines(document.title, g.sheetOf(document).area.width, (char) => roughly(char) * em).map((line) =>
    paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: Math.round(g.POINTS.title * 20 * 1.45), lineRule: LineRuleType.EXACT },
      children: [run(line, 'title', { points: g.POINTS.title })],
    }),
  )
}

function formLine({ issuer, number, landscape }: OfficialDocument): Paragraph {
  const right = twips(g.sheetOf(landscape ? { landscape } : {}).area.width)
  const points = g.POINTS.table
  return paragraph({
    tabStops: [{ type: 'right', position: right }],
    children: [run(issuer, 'fang', { points }), ...(number ? [run(`\t${number}`, 'fang', { points })] : [])],
  })
}

function bodyOf(document: OfficialDocument): (Paragraph | Table)[] {
  return document.body.flatMap((block, at) => {
    const isLast = at === document.body.length - 1
    const made = block.kind === 'table' ? tableOf(block, document) : paragraphOf(block)
    // Word wants a paragraph after a table; after the last one it takes no room.
    return block.kind === 'table' && (isLast || document.body[at + 1]!.kind === 'table') ? [made, blank(1)] : [made]
  })
}

function paragraphOf(block: Exclude<Block, { kind: 'table' }>): Paragraph {
  const face: FaceName = block.kind === 'text' ? 'fang' : block.level === 1 ? 'hei' : block.level === 2 ? 'kai' : 'fang'
  return paragraph({
    ...indented(2),
    alignment: AlignmentType.BOTH,
    keepNext: block.kind === 'heading',
    children: [run(block.text, face)],
  })
}

const indented = (chars: number) => ({ indent: { firstLine: twips(chars * g.CHAR_PITCH) } })

function tableOf(table: Extract<Block, { kind: 'table' }>, document: OfficialDocument): Table {
  const whole = twips(g.sheetOf(document).area.width)
  const sum = table.widths.reduce((a, b) => a + b, 0)
  const widths = table.widths.map((width) => Math.round((width / sum) * whole))
  return new Table({
    width: { size: whole, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    rows: table.rows.map(
      (row, at) =>
        new TableRow({ tableHeader: at < (table.head ?? 0), children: row.map((cell) => cellOf(cell, table.small === true)) }),
    ),
  })
}

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

function cellOf(cell: Cell, small: boolean): TableCell {
  const points = small ? g.POINTS.small : g.POINTS.table
  return new TableCell({
    columnSpan: cell.across ?? 1,
    rowSpan: cell.down ?? 1,
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { marginUnitType: WidthType.DXA, left: 80, right: 80, top: 40, bottom: 40 },
    children: cell.text.split('\n').map((text) =>
      paragraph({
        alignment: ALIGN[cell.align ?? 'left'],
        spacing: { line: Math.round(points * 20 * 1.45), lineRule: LineRuleType.AT_LEAST },
        children: [run(text, cell.bold ? 'hei' : 'fang', { points })],
      }),
    ),
  })
}

function endOf(document: OfficialDocument, pages: number): (Paragraph | Table)[] {
  const { enclosures, signedBy, signedOn, note, record } = document
  return [
    ...(enclosures ? enclosureLines(enclosures) : []),
    ...(signedBy || signedOn ? signature(signedBy ?? '', signedOn ? g.dayWords(signedOn) : '') : []),
    ...(note ? [paragraph({ ...indented(2), children: [run(/^[（(]/.test(note) ? note : `（${note}）`)] })] : []),
    ...(record ? recordOf(record, pages) : []),
  ]
}

function enclosureLines(names: string[]): Paragraph[] {
  const line = (name: string, at: number) => `${at === 0 ? '附件：' : '　　　'}${names.length > 1 ? `${at + 1}．` : ''}${name}`
  return [paragraph({}), ...names.map((name, at) => paragraph({ ...indented(2), children: [run(line(name, at))] }))]
}

// The date ends four characters from the right edge; the name is centred over it and a seal has its place over both.
function signature(by: string, on: string): Paragraph[] {
  const chars = (text: string) => [...text].reduce((n, char) => n + roughly(char), 0)
  const right = Math.max(0, g.DATE_FROM_RIGHT + (chars(on) - chars(by)) / 2)
  const line = (text: string, indent: number) =>
    paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext: text === by,
      indent: { right: twips(indent * g.CHAR_PITCH) },
      children: [run(text)],
    })
  return [paragraph({ keepNext: true }), paragraph({ keepNext: true }), line(by, right), line(on, g.DATE_FROM_RIGHT)]
}

// 版记 hangs at the foot of the type area of the last page; where our own layout made a page for it, so does this one.
function recordOf(record: NonNullable<OfficialDocument['record']>, pages: number): (Paragraph | Table)[] {
  const points = g.POINTS.foot
  const pitch = 8
  const { copies, printedBy, printedOn } = record
  const text = copies ? `抄送：${copies.replace(/[。.]$/, '')}。` : ''
  const measure = (char: string) => roughly(char) * points * g.MM_PER_POINT
  const lines = text ? breakLines(text, { width: g.TYPE_AREA.width - 2 * g.CHAR_PITCH, measure }).length : 0
  const foot = g.TYPE_AREA.top + g.TYPE_AREA.height
  const rule = (mm: number): IBorderOptions => ({
    style: BorderStyle.SINGLE,
    size: Math.round((mm / g.MM_PER_POINT) * 8),
    color: '000000',
  })
  const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const row = (of: string, edges: { top: IBorderOptions; bottom: IBorderOptions }) =>
    new TableRow({
      children: [
        new TableCell({
          borders: { ...edges, left: none, right: none },
          margins: { marginUnitType: WidthType.DXA, left: twips(g.CHAR_PITCH), right: twips(g.CHAR_PITCH), top: 0, bottom: 0 },
          children: [
            paragraph({
              tabStops: [{ type: 'right', position: twips(g.TYPE_AREA.width - 2 * g.CHAR_PITCH) }],
              spacing: { line: twips(pitch), lineRule: LineRuleType.EXACT },
              children: [run(of, 'fang', { points })],
            }),
          ],
        }),
      ],
    })
  const [outer, inner] = [rule(g.RECORD.outer), rule(g.RECORD.inner)]
  const last = row(`${printedBy}\t${g.dayWords(printedOn)}印发`, { top: text ? inner : outer, bottom: outer })
  return [
    ...Array.from({ length: pages }, () =>
      paragraph({ pageBreakBefore: true, spacing: { line: 20, lineRule: LineRuleType.EXACT } }),
    ),
    new Table({
      // LibreOffice lets only tables float that are narrower than the type area.
      width: { size: twips(g.TYPE_AREA.width) - 20, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: [twips(g.TYPE_AREA.width) - 20],
      float: {
        verticalAnchor: TableAnchorType.PAGE,
        horizontalAnchor: TableAnchorType.PAGE,
        absoluteHorizontalPosition: twips(g.TYPE_AREA.left),
        absoluteVerticalPosition: twips(foot - (lines + 1) * pitch),
      },
      rows: [...(text ? [row(text, { top: outer, bottom: inner })] : []), last],
    }),
    blank(1),
  ]
}
