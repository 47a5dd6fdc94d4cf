import { breakLines, type TextLine, widthOf } from './breaks.ts'
import type { Block, OfficialDocument, Table } from './document.ts'
import { drawHead } from './draw-head.ts'
import { drawFolio, drawRecord, drawStamp } from './draw-margins.ts'
import {
  BODY_SPACING,
  CHAR_PITCH,
  DATE_FROM_RIGHT,
  dayWords,
  LINE_PITCH,
  MM_PER_POINT,
  POINTS,
  RED,
  SEAL,
  type Sheet,
  sheetOf,
  stampOf,
} from './geometry.ts'
import type { Advance, Face, Mark } from './marks.ts'
import { drawGroup, heightOf, measureTable, type RowGroup, splitGroup } from './table-layout.ts'

/** A document as pages of marks: what stands where, to the millimetre. `advance` comes from the fonts that will draw it. */
export function layOut(document: OfficialDocument, advance: Advance): Mark[][] {
  const sheet = sheetOf(document)
  const flow = new Flow(document, sheet, advance)
  for (const [at, block] of document.body.entries()) flow.add(block, document.body[at + 1])
  flow.end()
  const pages = withRecord(flow.pages, document, { sheet, advance })
  return pages.map((marks, at) => [
    ...marks,
    ...drawStamp(stampOf(document), { sheet, advance }),
    ...drawFolio({ page: at + 1, document, sheet, advance }),
  ])
}

// 版记 stands at the foot of the last page, which is an even one.
function withRecord(pages: Mark[][], document: OfficialDocument, o: { sheet: Sheet; advance: Advance }): Mark[][] {
  if (!document.record) return pages
  const { marks, height } = drawRecord(document.record, o)
  const last = pages.length - 1
  const fits = pages.length % 2 === 0 && footOf(pages[last]!) + height <= o.sheet.area.top + o.sheet.area.height
  if (fits) return pages.with(last, [...pages[last]!, ...marks])
  return [...pages, ...(pages.length % 2 === 0 ? [[]] : []), marks]
}

function footOf(marks: Mark[]): number {
  return Math.max(0, ...marks.map((m) => (m.kind === 'box' ? m.y + m.height : m.kind === 'circle' ? m.y + m.radius : m.y)))
}

/** Where the next line goes: fills page after page. */
class Flow {
  readonly pages: Mark[][] = [[]]
  private readonly document: OfficialDocument
  private readonly sheet: Sheet
  private readonly advance: Advance
  private y: number

  constructor(document: OfficialDocument, sheet: Sheet, advance: Advance) {
    this.document = document
    this.sheet = sheet
    this.advance = advance
    const head = drawHead(document, { sheet, advance })
    this.page.push(...head.marks)
    this.y = document.format === 'form' ? head.foot : sheet.area.top + onGrid(head.foot - sheet.area.top)
    if (document.to) {
      if (document.format !== 'form') this.y += LINE_PITCH
      this.lines(`${document.to.replace(/[：:]$/, '')}：`, { face: 'fang', indent: 0 })
    }
  }

  add(block: Block, next: Block | undefined): void {
    if (block.kind === 'table') this.table(block)
    else this.text(block, next)
  }

  private text(block: Exclude<Block, Table>, next: Block | undefined): void {
    const face: Face = block.kind === 'text' ? 'fang' : block.level === 1 ? 'hei' : block.level === 2 ? 'kai' : 'fang'
    // A heading does not stand alone at the foot of a page.
    this.lines(block.text, { face, indent: 2, with: block.kind === 'heading' && next ? 1 : 0 })
  }

  end(): void {
    const { enclosures, signedBy, signedOn, note } = this.document
    if (enclosures) this.enclosures(enclosures)
    if (signedBy || signedOn) this.signature(signedBy, signedOn)
    if (note) this.lines(/^[（(]/.test(note) ? note : `（${note}）`, { face: 'fang', indent: 2 })
  }

  private lines(text: string, o: { face: Face; indent: number; with?: number; left?: number }): void {
    const left = (o.left ?? 0) * CHAR_PITCH
    const measure = this.measure(o.face)
    const found = breakLines(text, { width: this.sheet.area.width - left, indent: o.indent * CHAR_PITCH, measure })
    if (o.with) this.need((found.length + o.with) * LINE_PITCH)
    for (const [at, line] of found.entries()) {
      this.need(LINE_PITCH)
      const indent = left + (at === 0 ? o.indent * CHAR_PITCH : 0)
      this.page.push(this.lineMark(line, { face: o.face, indent }))
      this.y += LINE_PITCH
    }
  }

  private lineMark(line: TextLine, { face, indent }: { face: Face; indent: number }): Mark {
    const spare = this.sheet.area.width - indent - line.width
    const gaps = [...line.text].length - 1
    const spread = line.full && gaps > 0 && spare < 6 * CHAR_PITCH ? spare / gaps / MM_PER_POINT : 0
    return {
      ...{ kind: 'text', x: this.sheet.area.left + indent, y: baseline(this.y, POINTS.body), text: line.text, face },
      ...{ points: POINTS.body, spacing: BODY_SPACING + spread },
    }
  }

  private enclosures(names: string[]): void {
    this.need((Math.min(names.length, 10) + 1) * LINE_PITCH, 1)
    this.y += LINE_PITCH
    const only = names.length === 1
    for (const [at, name] of names.entries()) {
      const number = only ? '' : `${at + 1}．`
      this.lines(`${at === 0 ? '附件：' : '　　　'}${number}${name}`, { face: 'fang', indent: 2 })
    }
  }

  // 成文日期 ends four characters from the right edge, 署名 stands centred over it, and a seal has its place over both.
  private signature(by: string | undefined, on: string | undefined): void {
    this.need(4 * LINE_PITCH, 2)
    this.y += 2 * LINE_PITCH
    const measure = this.measure('fang')
    const { left, width } = this.sheet.area
    const right = left + width
    const words = on ? dayWords(on) : ''
    const dateLeft = right - DATE_FROM_RIGHT * CHAR_PITCH - widthOf(words, measure)
    const middle = dateLeft + widthOf(words, measure) / 2
    const signLeft = Math.min(middle - widthOf(by ?? '', measure) / 2, right - widthOf(by ?? '', measure))
    const text = (x: number, of: string): Mark => ({
      ...{
        kind: 'text',
        x,
        y: baseline(this.y, POINTS.body),
        text: of,
        face: 'fang',
        points: POINTS.body,
        spacing: BODY_SPACING,
      },
    })
    if (this.document.specimen)
      this.page.push({ kind: 'circle', x: middle, y: this.y + LINE_PITCH * 0.6, radius: SEAL / 2, colour: RED })
    if (by) this.page.push(text(signLeft, by))
    this.y += LINE_PITCH
    if (on) this.page.push(text(dateLeft, words))
    this.y += LINE_PITCH
  }

  private table(table: Table): void {
    const { head, body } = measureTable(table, { width: this.sheet.area.width, advance: this.advance })
    const headHeight = head.reduce((sum, group) => sum + heightOf(group), 0)
    this.need(headHeight + Math.min(heightOf(body[0] ?? { heights: [0], cells: [] }), this.sheet.area.height / 3))
    for (const group of head) this.group(group, table)
    for (const group of body) this.rows(group, { table, head, headHeight })
    if (this.document.format !== 'form') this.y = this.sheet.area.top + onGrid(this.y - this.sheet.area.top)
  }

  private rows(group: RowGroup, o: { table: Table; head: RowGroup[]; headHeight: number }): void {
    let rest: RowGroup | undefined = group
    while (rest && heightOf(rest) > this.room + 1e-6) {
      const whole = this.sheet.area.height - o.headHeight
      const parts: [RowGroup, RowGroup] | undefined =
        heightOf(rest) > whole || this.room > whole / 2 ? splitGroup(rest, o.table, this.room) : undefined
      if (parts) this.group(parts[0], o.table)
      this.turn()
      for (const row of o.head) this.group(row, o.table)
      rest = parts ? parts[1] : rest
      if (!parts && heightOf(rest) > this.room && !splitGroup(rest, o.table, this.room)) break // higher than a page and indivisible
    }
    if (rest) this.group(rest, o.table)
  }

  private group(group: RowGroup, table: Table): void {
    this.page.push(...drawGroup(group, table, { at: { x: this.sheet.area.left, y: this.y }, advance: this.advance }))
    this.y += heightOf(group)
  }

  /** A new page where there is no room; `bring` lines of text come along, so that a signature never stands alone. */
  private need(height: number, bring = 0): void {
    if (this.room + 1e-6 >= height) return
    const last = bring > 0 ? this.lastLines(bring) : []
    const from = this.page
    this.turn()
    for (const mark of last) {
      from.splice(from.indexOf(mark), 1)
      this.page.push({ ...mark, y: baseline(this.y, POINTS.body) } as Mark)
      this.y += LINE_PITCH
    }
  }

  // A heading before the lines comes along too: it does not stay behind alone.
  private lastLines(count: number): Mark[] {
    const body = this.page.filter((m) => m.kind === 'text' && m.points === POINTS.body)
    if (body.length <= count + 1 || this.document.body.at(-1)?.kind === 'table') return []
    const isHeading = (mark: Mark | undefined) => mark?.kind === 'text' && (mark.face === 'hei' || mark.face === 'kai')
    let from = body.length - count
    while (from > 1 && isHeading(body[from - 1])) from--
    return body.slice(from)
  }

  private turn(): void {
    this.pages.push([])
    this.y = this.sheet.area.top
  }

  private get page(): Mark[] {
    return this.pages.at(-1)!
  }

  private get room(): number {
    return this.sheet.area.top + this.sheet.area.height - this.y
  }

  private measure(face: Face): (char: string) => number {
    return (char) => (this.advance(face, char) * POINTS.body + BODY_SPACING) * MM_PER_POINT
  }
}

const onGrid = (y: number): number => Math.ceil(y / LINE_PITCH - 1e-6) * LINE_PITCH

/** Where a line of text stands whose box begins at `top`: the middle of a Chinese character is the middle of the line. */
function baseline(top: number, points: number): number {
  return top + LINE_PITCH / 2 + points * MM_PER_POINT * 0.38
}
