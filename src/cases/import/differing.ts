import { fold } from './key.ts'

/** What is held of a row that is here already: the number of its case and its text. */
export type Held = { no: string; text: string }

/** A row that is here already and whose text the sheet has otherwise now: its case, what stands there, what the sheet says. */
export type Differing = { line: number; column: string; no: string; stored: string; found: string }

/** Both texts from a little before the place where they differ; undefined where they are the same but for blanks and widths. */
export function differenceOf(stored: string, found: string): Pick<Differing, 'stored' | 'found'> | undefined {
  if (stored === found) return undefined
  const [a, b] = [[...stored], [...found]]
  const [at, there] = firstDifference(a, b)
  return at === a.length && there === b.length ? undefined : { stored: excerpt(a, at), found: excerpt(b, there) }
}

function firstDifference(a: readonly string[], b: readonly string[]): [number, number] {
  let [i, j] = [0, 0]
  for (;;) {
    while (i < a.length && fold(a[i]!) === '') i++
    while (j < b.length && fold(b[j]!) === '') j++
    if (i === a.length || j === b.length || fold(a[i]!) !== fold(b[j]!)) return [i, j]
    i++
    j++
  }
}

const [BEFORE, SHOWN] = [20, 80]

function excerpt(text: readonly string[], at: number): string {
  const from = Math.max(0, at - BEFORE)
  const end = from + SHOWN
  return `${from > 0 ? '…' : ''}${text.slice(from, end).join('')}${end < text.length ? '…' : ''}`
}
