import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { OpenDocument } from 'pdfmake/js/PDFDocument.js'
import type { OfficialDocument } from './rules/document.ts'
import { MM_PER_POINT, sheetOf } from './rules/geometry.ts'
import { layOut } from './rules/layout.ts'
import type { Advance, Face, Mark } from './rules/marks.ts'
import { withoutMissing } from './rules/missing.ts'

/**
 * The document as PDF/A in the geometry of GB/T 9704-2012, with open fonts embedded as subsets: Noto Serif SC for 仿宋, 宋体, 楷体 and (bold)
 * 小标宋, Noto Sans SC for 黑体. A character that they lack stands as 〓, and a note at the end names it by its code.
 */
export async function writePdf(document: OfficialDocument): Promise<Buffer> {
  const pdf = await openPdf(document)
  const { document: printable } = withoutMissing(document, pdf.has)
  for (const marks of layOut(printable, pdf.advance)) {
    pdf.draw(marks)
    await new Promise((next) => setImmediate(next)) // a long document lets others work between its pages
  }
  return pdf.end()
}

/** The characters of a document that the embedded fonts lack, each once. */
export async function findMissing(document: OfficialDocument): Promise<string[]> {
  return withoutMissing(document, (await openPdf(document)).has).missing
}

/** How many pages 版记 adds to a document: it stands at the foot of an even page, and Word cannot be asked how many there are. */
export async function countRecordPages(document: OfficialDocument): Promise<number> {
  const { has, advance } = await openPdf(document)
  const { document: printable } = withoutMissing(document, has)
  const { record: _, ...without } = printable
  return layOut(printable, advance).length - layOut(without, advance).length
}

const require = createRequire(import.meta.url)
const { default: PdfDocument } = require('pdfmake/js/PDFDocument.js') as { default: OpenDocument }
const FILES = {
  serif: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  serifBold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  sans: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
} as const
type FontName = keyof typeof FILES
const FONT_NAMES = Object.keys(FILES) as FontName[]
const FONT_OF: Readonly<Record<Face, FontName>> = { fang: 'serif', kai: 'serif', song: 'serif', hei: 'sans', title: 'serifBold' }

interface OpenPdf {
  has(char: string): boolean
  advance: Advance
  draw(marks: Mark[]): void
  end(): Promise<Buffer>
}

async function openPdf(document: OfficialDocument): Promise<OpenPdf> {
  const pdf = new PdfDocument({}, {}, {}, {}, optionsFor(document))
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const fonts = await embedFonts(pdf)
  const size: [number, number] = [sheetOf(document).width / MM_PER_POINT, sheetOf(document).height / MM_PER_POINT]
  return {
    has: (char) => FONT_NAMES.every((name) => fonts[name].hasGlyphForCodePoint(char.codePointAt(0)!)),
    advance: rememberAdvances(fonts),
    draw(marks) {
      pdf.addPage({ size, margin: 0 })
      for (const mark of marks) drawMark(pdf, mark)
    },
    end: () =>
      new Promise((resolve) => {
        pdf.on('end', () => resolve(Buffer.concat(chunks)))
        pdf.end()
      }),
  }
}

function optionsFor({ title, issuer }: OfficialDocument): PDFKit.PDFDocumentOptions {
  const info = { Title: title.replaceAll('\n', ''), Author: issuer }
  return {
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: 'zh-CN',
    displayTitle: true,
    info,
  } as PDFKit.PDFDocumentOptions
}

interface Glyph {
  advanceWidth: number
}
interface Font {
  unitsPerEm: number
  hasGlyphForCodePoint(code: number): boolean
  glyphForCodePoint(code: number): Glyph
  layout(text: string): object
}

// pdfkit has the parsed font behind `_font`: what it measures is what it draws.
async function embedFonts(pdf: PDFKit.PDFDocument): Promise<Record<FontName, Font>> {
  const files = await Promise.all(FONT_NAMES.map((name) => readFile(require.resolve(FILES[name]))))
  const opened = FONT_NAMES.map((name, at): [FontName, Font] => {
    pdf.registerFont(name, files[at]!).font(name)
    const { font } = (pdf as unknown as { _font: { font: Font } })._font
    font.layout = (text) => plainRun(font, text)
    return [name, font]
  })
  return Object.fromEntries(opened) as Record<FontName, Font>
}

function rememberAdvances(fonts: Record<FontName, Font>): Advance {
  const known = new Map<string, number>()
  return (face, char) => {
    const key = FONT_OF[face] + char
    const found = known.get(key)
    if (found !== undefined) return found
    const font = fonts[FONT_OF[face]]
    const advance = font.glyphForCodePoint(char.codePointAt(0)!).advanceWidth / font.unitsPerEm
    known.set(key, advance)
    return advance
  }
}

// A glyph a character: nothing of the font's own kerning or ligatures may move what the layout has placed, and shaping is most of the time.
function plainRun(font: Font, text: string): object {
  const glyphs = Array.from(text, (char) => font.glyphForCodePoint(char.codePointAt(0)!))
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }))
  return { glyphs, positions, advanceWidth: glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) }
}

const pt = (mm: number): number => mm / MM_PER_POINT

function drawMark(pdf: PDFKit.PDFDocument, mark: Mark): void {
  if (mark.kind === 'text') {
    pdf
      .font(FONT_OF[mark.face])
      .fontSize(mark.points)
      .fillColor(mark.colour ?? 'black')
    const options = { lineBreak: false, baseline: 'alphabetic', characterSpacing: mark.spacing ?? 0 } as const
    pdf.text(mark.text, pt(mark.x), pt(mark.y), options)
    return
  }
  pdf.strokeColor(mark.colour ?? 'black').undash()
  if (mark.kind === 'circle') pdf.lineWidth(0.5).dash(3, { space: 3 }).circle(pt(mark.x), pt(mark.y), pt(mark.radius)).stroke()
  else if (mark.kind === 'box')
    pdf.lineWidth(pt(mark.thick)).rect(pt(mark.x), pt(mark.y), pt(mark.width), pt(mark.height)).stroke()
  else pdf.lineWidth(pt(mark.thick)).moveTo(pt(mark.x), pt(mark.y)).lineTo(pt(mark.x2), pt(mark.y2)).stroke()
}
