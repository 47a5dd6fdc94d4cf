import { breakLines, widthOf } from './breaks.ts'
import type { OfficialDocument } from './document.ts'
import { CHAR_PITCH, dayWords, FOLIO_BELOW, MM_PER_POINT, POINTS, RECORD, type Sheet } from './geometry.ts'
import type { Advance, Mark } from './marks.ts'

interface On {
  sheet: Sheet
  advance: Advance
}

const EM = POINTS.foot * MM_PER_POINT
const PITCH = 8

/** 版记 with its lower line on the foot of the type area: 抄送, then 印发机关 and 印发日期. */
export function drawRecord(
  record: NonNullable<OfficialDocument['record']>,
  { sheet, advance }: On,
): { marks: Mark[]; height: number } {
  const { left, top, width, height } = sheet.area
  const foot = top + height
  const measure = (char: string) => advance('fang', char) * EM
  const copies = record.copies
    ? breakLines(`抄送：${record.copies.replace(/[。.]$/, '')}。`, { width: width - 2 * CHAR_PITCH, measure })
    : []
  const upper = foot - (copies.length + 1) * PITCH
  const rule = (y: number, thick: number): Mark => ({ kind: 'line', x: left, x2: left + width, y, y2: y, thick })
  const text = (line: string, x: number, row: number): Mark => ({
    ...{ kind: 'text', x, y: upper + row * PITCH + PITCH / 2 + EM * 0.38, text: line, face: 'fang', points: POINTS.foot },
  })
  const date = `${dayWords(record.printedOn)}印发`
  return {
    height: foot - upper + 2,
    marks: [
      rule(upper, RECORD.outer),
      ...copies.map(({ text: line }, at) => text(line, left + CHAR_PITCH + (at > 0 ? 3 * EM : 0), at)),
      ...(copies.length > 0 ? [rule(foot - PITCH, RECORD.inner)] : []),
      text(record.printedBy, left + CHAR_PITCH, copies.length),
      text(date, left + width - CHAR_PITCH - widthOf(date, measure), copies.length),
      rule(foot, RECORD.outer),
    ],
  }
}

/** The page number between dashes, seven millimetres below the type area: odd pages right, even pages left, none on a letter's first. */
export function drawFolio({ page, document, sheet, advance }: On & { page: number; document: OfficialDocument }): Mark[] {
  if (document.format === 'letter' && page === 1) return []
  const { left, top, width, height } = sheet.area
  const text = `— ${page} —`
  const wide = widthOf(text, (char) => advance('song', char) * EM)
  const x = page % 2 === 1 ? left + width - CHAR_PITCH - wide : left + CHAR_PITCH
  return [{ kind: 'text', x, y: top + height + FOLIO_BELOW + EM * 0.3, text, face: 'song', points: POINTS.foot }]
}

/** 样式 or 草稿 in a frame, in the upper right corner outside the type area. */
export function drawStamp(text: string, { sheet, advance }: On): Mark[] {
  if (!text) return []
  const wide = widthOf(text, (char) => advance('hei', char) * EM)
  const x = sheet.area.left + sheet.area.width - wide - 2
  return [
    { kind: 'box', x: x - 2, y: 12, width: wide + 4, height: 8, thick: 0.35, colour: '#595959' },
    { kind: 'text', x, y: 16 + EM * 0.38, text, face: 'hei', points: POINTS.foot, colour: '#595959' },
  ]
}
