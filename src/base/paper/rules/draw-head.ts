import { widthOf } from './breaks.ts'
import type { OfficialDocument } from './document.ts'
import { HEAD, headPoints, LINE_PITCH, MM_PER_POINT, POINTS, RED, type Sheet } from './geometry.ts'
import type { Advance, Face, Mark } from './marks.ts'
import { titleLines } from './title.ts'

interface On {
  sheet: Sheet
  advance: Advance
}
interface Head {
  marks: Mark[]
  /** Where it ends, in millimetres from the top of the paper. */
  foot: number
}

/** What stands above the text: the red head with number and line, or a form's title; then the title. */
export function drawHead(document: OfficialDocument, on: On): Head {
  const top =
    document.format === 'form' ? formTop(on) : document.format === 'letter' ? letterHead(document, on) : noticeHead(document, on)
  const title = drawTitle(document.title, { ...on, top: top.foot })
  const under = document.format === 'form' ? formLine(document, { ...on, top: title.foot }) : { marks: [], foot: title.foot }
  return { marks: [...top.marks, ...drawMark(document, on), ...title.marks, ...under.marks], foot: under.foot }
}

const formTop = ({ sheet }: On): Head => ({ marks: [], foot: sheet.area.top })

function noticeHead({ issuer, number }: OfficialDocument, { sheet, advance }: On): Head {
  const head = redHead(issuer, { top: sheet.area.top + HEAD.below, sheet, advance })
  const numberTop = head.foot + LINE_PITCH
  const line = numberTop + LINE_PITCH + HEAD.gap
  const { left, width } = sheet.area
  return {
    marks: [
      ...head.marks,
      ...(number ? [textAt(number, { align: 'center', top: numberTop, sheet, advance })] : []),
      { kind: 'line', x: left, x2: left + width, y: line, y2: line, thick: 0.5, colour: RED },
    ],
    foot: line + 2 * LINE_PITCH,
  }
}

function letterHead({ issuer, number }: OfficialDocument, { sheet, advance }: On): Head {
  const head = redHead(issuer, { top: HEAD.letterTop, sheet, advance })
  const line = head.foot + HEAD.gap
  const numberTop = line + HEAD.thick + 1.2 + HEAD.thin
  return {
    marks: [
      ...head.marks,
      ...doubleLine(line, sheet, 'thick first'),
      ...doubleLine(sheet.height - HEAD.letterFoot, sheet, 'thin first'),
      ...(number ? [textAt(number, { align: 'right', top: numberTop, sheet, advance })] : []),
    ],
    foot: numberTop + 2 * LINE_PITCH,
  }
}

function doubleLine(y: number, sheet: Sheet, order: 'thick first' | 'thin first'): Mark[] {
  const x = (sheet.width - HEAD.letterLine) / 2
  const gap = 1
  const thicks = order === 'thick first' ? [HEAD.thick, HEAD.thin] : [HEAD.thin, HEAD.thick]
  return thicks.map((thick, at) => {
    const middle = at === 0 ? y : y + thicks[0]! / 2 + gap + thick / 2
    return { kind: 'line', x, x2: x + HEAD.letterLine, y: middle, y2: middle, thick, colour: RED }
  })
}

function redHead(issuer: string, o: On & { top: number }): Head {
  const points = headPoints(issuer)
  const em = points * MM_PER_POINT
  const width = widthOf(issuer, (char) => o.advance('title', char) * em)
  const x = o.sheet.area.left + (o.sheet.area.width - width) / 2
  return {
    marks: [{ kind: 'text', x, y: o.top + em * 0.86, text: issuer, face: 'title', points, colour: RED }],
    foot: o.top + em,
  }
}

function drawTitle(title: string, o: On & { top: number }): Head {
  const em = POINTS.title * MM_PER_POINT
  const pitch = em * 1.45
  const measure = (char: string) => o.advance('title', char) * em
  const marks = titleLines(title, o.sheet.area.width, measure).map((text, at): Mark => {
    const x = o.sheet.area.left + (o.sheet.area.width - widthOf(text, measure)) / 2
    return { kind: 'text', x, y: o.top + at * pitch + pitch / 2 + em * 0.38, text, face: 'title', points: POINTS.title }
  })
  return { marks, foot: o.top + marks.length * pitch }
}

// Under the title of a form: who issues it on the left, its number on the right.
function formLine({ issuer, number }: OfficialDocument, o: On & { top: number }): Head {
  const at = { top: o.top, sheet: o.sheet, advance: o.advance, points: POINTS.table, pitch: LINE_PITCH * 0.9 }
  return {
    marks: [textAt(issuer, { ...at, align: 'left' }), ...(number ? [textAt(number, { ...at, align: 'right' })] : [])],
    foot: o.top + at.pitch,
  }
}

function drawMark({ mark, format }: OfficialDocument, { sheet, advance }: On): Mark[] {
  if (!mark) return []
  const top =
    format === 'form'
      ? sheet.area.top - LINE_PITCH
      : sheet.area.top + (format === 'letter' ? HEAD.letterTop - sheet.area.top + LINE_PITCH * 2 : 0)
  return [textAt(mark, { align: 'left', top, sheet, advance, face: 'hei' })]
}

interface At extends On {
  align: 'left' | 'center' | 'right'
  top: number
  points?: number
  pitch?: number
  face?: Face
}

function textAt(text: string, { align, top, sheet, advance, face = 'fang', points = POINTS.body, pitch = LINE_PITCH }: At): Mark {
  const em = points * MM_PER_POINT
  const free = sheet.area.width - widthOf(text, (char) => advance(face, char) * em)
  const x = sheet.area.left + (align === 'left' ? 0 : align === 'right' ? free : free / 2)
  return { kind: 'text', x, y: top + pitch / 2 + em * 0.38, text, face, points }
}
