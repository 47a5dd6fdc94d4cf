/** One line of a paragraph: `full` lines reach the right edge, the last one of a paragraph does not. */
export interface TextLine {
  text: string
  width: number
  full: boolean
}

/** How far one character moves on, in the unit of `width`. */
export type Measure = (char: string) => number

// 禁则: what may not begin a line, what may not end one.
const NO_START = new Set('，。、；：？！）〕》」』】”’％‰℃·)],.;:?!%}')
const NO_END = new Set('（〔《「『【“‘([{￥$')
const WORD = /[0-9A-Za-z./:@_%+-]/

/**
 * Breaks a text into lines of `width`; the first is shorter by `indent`. Words and numbers in Latin letters stay whole, a closing sign never
 * begins a line and an opening one never ends it: what stands before it goes down with it.
 */
export function breakLines(text: string, o: { width: number; indent?: number; measure: Measure }): TextLine[] {
  const units = unitsOf(text)
  const lines: TextLine[] = []
  for (let from = 0; from < units.length; ) {
    const room = o.width - (lines.length === 0 ? (o.indent ?? 0) : 0)
    const to = endOfLine(units, from, { room, measure: o.measure })
    const line = units.slice(from, to).join('')
    const full = to < units.length
    const shown = full ? line.trimEnd() : line
    lines.push({ text: shown, width: widthOf(shown, o.measure), full })
    from = to
    while (full && units[from] === ' ') from++
  }
  return lines.length > 0 ? lines : [{ text: '', width: 0, full: false }]
}

/** How wide a text is on one line. */
export function widthOf(text: string, measure: Measure): number {
  let width = 0
  for (const char of text) width += measure(char)
  return width
}

function endOfLine(units: string[], from: number, o: { room: number; measure: Measure }): number {
  let width = 0
  let to = from
  while (to < units.length && width + widthOf(units[to]!, o.measure) <= o.room + 1e-6) width += widthOf(units[to++]!, o.measure)
  if (to === units.length) return to
  if (to === from) return from + splitLong(units, from, o)
  for (let back = to; back > from; back--) if (mayBreak(units, back)) return back
  return to
}

// A word that is longer than a whole line is cut where the line ends.
function splitLong(units: string[], from: number, { room, measure }: { room: number; measure: Measure }): number {
  const chars = [...units[from]!]
  let fits = 1
  while (fits < chars.length && widthOf(chars.slice(0, fits + 1).join(''), measure) <= room) fits++
  units.splice(from, 1, chars.slice(0, fits).join(''), ...(fits < chars.length ? [chars.slice(fits).join('')] : []))
  return 1
}

function mayBreak(units: string[], at: number): boolean {
  const before = [...units[at - 1]!].at(-1)!
  const after = [...units[at]!][0]!
  return !NO_START.has(after) && !NO_END.has(before)
}

// A word of Latin letters and figures is one unit, a dash or an ellipsis of two signs too, every other character one of its own.
function unitsOf(text: string): string[] {
  const units: string[] = []
  let last = ''
  for (const char of text.replace(/\t/g, ' ')) {
    const joins =
      (WORD.test(char) && WORD.test(last)) || ((char === '—' || char === '…') && char === last && units.at(-1) === last)
    if (joins) units[units.length - 1] += char
    else units.push(char)
    last = char
  }
  return units
}
