import { type Measure, widthOf } from './breaks.ts'

/** A title on as few lines as it needs, of about the same length, broken between words and where somebody broke it by hand. */
export function titleLines(title: string, width: number, measure: Measure): string[] {
  return title.split('\n').flatMap((part) => evenLines(part.trim(), width, measure))
}

function evenLines(text: string, width: number, measure: Measure): string[] {
  const whole = widthOf(text, measure)
  const lines = Math.ceil(whole / width)
  if (lines <= 1) return [text]
  const cut = bestCut(text, { wanted: whole / lines, most: width, measure })
  return [text.slice(0, cut), ...evenLines(text.slice(cut), width, measure)]
}

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' })
const NO_START = /^[的地得了和与及、，。：；）》”〕]/

function bestCut(text: string, o: { wanted: number; most: number; measure: Measure }): number {
  let width = 0
  let best = { at: 0, off: Number.POSITIVE_INFINITY }
  for (const { segment, index } of WORDS.segment(text)) {
    const off = Math.abs(width - o.wanted)
    if (index > 0 && width <= o.most && !NO_START.test(segment) && off < best.off) best = { at: index, off }
    width += widthOf(segment, o.measure)
  }
  return best.at > 0 ? best.at : Math.max(1, Math.floor(text.length / 2))
}
