import type { OfficialDocument } from './document.ts'

/**
 * The page of GB/T 9704-2012, in millimetres. It was written down from memory and has to be checked against a specimen; both writers and the
 * tests take their measures from here.
 */
export const PAPER = { width: 210, height: 297 } as const
export const TYPE_AREA = { left: 28, top: 37, width: 156, height: 225 } as const
export const LINES_A_PAGE = 22
export const CHARS_A_LINE = 28

export const MM_PER_POINT = 25.4 / 72
/** From one line of the grid to the next, and from one character to the next. */
export const LINE_PITCH = TYPE_AREA.height / LINES_A_PAGE
export const CHAR_PITCH = TYPE_AREA.width / CHARS_A_LINE

/** 3号, 2号, 4号, 小四, 五号 in points. */
export const POINTS = { body: 16, title: 22, foot: 14, table: 12, small: 10.5 } as const

/** What 16 points are wider than the 28th part of a line: characters stand that much closer. */
export const BODY_SPACING = CHAR_PITCH / MM_PER_POINT - POINTS.body

export const RED = '#e60012'

export const HEAD = {
  /** A notice's red head: its upper edge below the top of the type area. */
  below: 35,
  /** A letter's red head: its upper edge below the edge of the paper. */
  letterTop: 30,
  /** From the head (a letter) or the number (a notice) to the red line. */
  gap: 4,
  /** The double lines of a letter are wider than the type area; the lower one stands this far above the foot of the paper. */
  letterLine: 170,
  letterFoot: 20,
  thick: 1,
  thin: 0.35,
} as const

/** 版记: its first and last line, the lines between. */
export const RECORD = { outer: 0.35, inner: 0.25 } as const

/** From the foot of the type area to the dashes of the page number. */
export const FOLIO_BELOW = 7
/** From the right edge to the end of the date, in characters; the diameter of a seal. */
export const DATE_FROM_RIGHT = 4
export const SEAL = 42

export interface Sheet {
  width: number
  height: number
  area: { left: number; top: number; width: number; height: number }
}

/** The paper and the type area of a document: upright, or across with the long sides of the type area turned. */
export function sheetOf(document: Pick<OfficialDocument, 'landscape'>): Sheet {
  if (!document.landscape) return { width: PAPER.width, height: PAPER.height, area: TYPE_AREA }
  const { width, height } = { width: PAPER.height, height: PAPER.width }
  return {
    width,
    height,
    area: { left: (width - TYPE_AREA.height) / 2, top: 28, width: TYPE_AREA.height, height: TYPE_AREA.width },
  }
}

/** 2026年11月24日 of a day. */
export function dayWords(day: string): string {
  const [y, m, d] = day.split('-').map(Number)
  return `${y}年${m}月${d}日`
}

/** How large the red head is, in points: as wide as the type area at most, and not larger than 62. */
export function headPoints(issuer: string): number {
  return Math.min(62, Math.floor((TYPE_AREA.width - 2) / [...issuer].length / MM_PER_POINT))
}

/** What stands outside the type area of every page until the document is one: 样式, 草稿, or nothing. */
export function stampOf({ specimen, draft }: Pick<OfficialDocument, 'specimen' | 'draft'>): string {
  return specimen ? '样式（未经核定）' : draft ? '草稿（未编号）' : ''
}
