import { isRefusal, type Refusal, refuse } from '../../rules/refusal.ts'
import type { Block, Cell, Table } from './document.ts'

/** What stands for a line break and for the signs of the markup inside a filled-in value, so that a value is never taken for markup. */
export const GUARDS = {
  '\n': '\ue000',
  '|': '\ue001',
  '#': '\ue002',
  '\\': '\ue003',
  '<': '\ue004',
  '^': '\ue005',
  '*': '\ue006',
} as const

/** A value with its signs guarded; what nobody can print (control characters, private ones) is left out. */
export function guard(value: string): string {
  const clean = value.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '')
  return clean.replace(/[\n|#\\<^*]/g, (sign) => GUARDS[sign as keyof typeof GUARDS])
}

/** The text with its guarded signs as they were. */
export function unguard(text: string): string {
  return text.replace(/[\ue000-\ue006]/g, (sign) => SIGNS[sign.charCodeAt(0) - 0xe000]!)
}

const SIGNS = Object.keys(GUARDS)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f\ue000-\uf8ff\ufeff\u200b-\u200f\u2028-\u202e]/g

/**
 * The light markup as blocks: `# ` to `#### ` are headings, `| a | b |` rows of a table, every other line a paragraph. `|---|:--:|` under
 * the head rows of a table gives the widths of its columns; a cell `<` belongs to the one on its left, `^` to the one above, `**x**` is bold.
 */
export function parseMarkup(text: string, firstLine = 1): Block[] | Refusal {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!.trim()
    const rows = line.startsWith('|') ? tableLines(lines, at) : []
    if (rows.length > 0) {
      const table = parseTable(rows, firstLine + at)
      if (isRefusal(table)) return table
      blocks.push(table)
    } else if (line) blocks.push(...textBlocks(line))
    at += Math.max(rows.length, 1)
  }
  return blocks
}

function tableLines(lines: string[], from: number): string[] {
  const end = lines.findIndex((line, at) => at >= from && !line.trim().startsWith('|'))
  return lines.slice(from, end === -1 ? lines.length : end).map((line) => line.trim())
}

// A value of several lines is several paragraphs; a heading is one line.
function textBlocks(line: string): Block[] {
  const [, marks, heading] = /^(#{1,4})\s+(.*)$/.exec(line) ?? []
  if (marks) return [{ kind: 'heading', level: marks.length as 1 | 2 | 3 | 4, text: unguard(heading!).replace(/\s*\n\s*/g, '') }]
  const plain = line.replace(/^\\/, '')
  return unguard(plain)
    .split('\n')
    .flatMap((text) => (text.trim() ? [{ kind: 'text' as const, text: text.trim() }] : []))
}

interface Widths {
  widths: number[]
  aligns: (Cell['align'] | undefined)[]
}

function parseTable(lines: string[], firstLine: number): Table | Refusal {
  const cells = lines.map(cellsOf)
  const rule = cells.findIndex((row) => row.every((cell) => /^:?-+:?$/.test(cell)))
  const columns = cells[0]!.length
  const uneven = cells.findIndex((row) => row.length !== columns)
  if (uneven !== -1)
    return refuse('invalid', 'paper/table', { line: firstLine + uneven, found: cells[uneven]!.length, expected: columns })
  const { widths, aligns } = rule === -1 ? even(columns) : widthsOf(cells[rule]!)
  const rows = cells.filter((_, at) => at !== rule)
  const merged = mergeCells(rows, { aligns, head: Math.max(rule, 0) })
  if (merged === undefined) return refuse('invalid', 'paper/merge', { line: firstLine })
  return { kind: 'table', widths, ...(rule > 0 ? { head: rule } : {}), rows: merged }
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
    .map((cell) => cell.trim())

const even = (columns: number): Widths => ({ widths: Array(columns).fill(1), aligns: Array(columns).fill(undefined) })

function widthsOf(row: string[]): Widths {
  const alignOf = (cell: string) =>
    cell.startsWith(':') && cell.endsWith(':') ? 'center' : cell.endsWith(':') ? 'right' : undefined
  return { widths: row.map((cell) => cell.replaceAll(':', '').length), aligns: row.map(alignOf) }
}

// undefined where a `<` or `^` has nothing to belong to, or what it makes is no rectangle.
function mergeCells(rows: string[][], o: { aligns: Widths['aligns']; head: number }): Cell[][] | undefined {
  const owner = ownersOf(rows)
  if (!owner) return undefined
  const made = rows.map((row, y) =>
    row.flatMap((text, x) => {
      if (owner[y]![x] !== `${y} ${x}`) return []
      const across = countWhile((n) => owner[y]?.[x + n] === `${y} ${x}`)
      const down = countWhile((n) => owner[y + n]?.[x] === `${y} ${x}`)
      return [{ cell: cellOf(text, { align: y < o.head ? 'center' : o.aligns[x], head: y < o.head }), across, down }]
    }),
  )
  const covered = made.flat().reduce((sum, { across, down }) => sum + across * down, 0)
  if (covered !== rows.length * rows[0]!.length) return undefined
  return made.map((row) =>
    row.map(({ cell, across, down }) => ({ ...cell, ...(across > 1 ? { across } : {}), ...(down > 1 ? { down } : {}) })),
  )
}

function ownersOf(rows: string[][]): string[][] | undefined {
  const owner: string[][] = rows.map(() => [])
  for (const [y, row] of rows.entries())
    for (const [x, text] of row.entries()) {
      const found = text === '<' ? owner[y]![x - 1] : text === '^' ? owner[y - 1]?.[x] : `${y} ${x}`
      if (found === undefined) return undefined
      owner[y]![x] = found
    }
  return owner
}

function countWhile(holds: (n: number) => boolean): number {
  let n = 1
  while (holds(n)) n++
  return n
}

function cellOf(text: string, { align, head }: { align: Cell['align'] | undefined; head: boolean }): Cell {
  const [, strong] = /^\*\*(.*)\*\*$/.exec(text) ?? []
  return {
    text: unguard(strong ?? text),
    ...(head || strong !== undefined ? { bold: true as const } : {}),
    ...(align ? { align } : {}),
  }
}
