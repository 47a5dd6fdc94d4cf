import { breakLines } from './breaks.ts'
import type { Cell, Table } from './document.ts'
import { MM_PER_POINT, POINTS } from './geometry.ts'
import type { Advance, Face, Mark } from './marks.ts'

/** Rows that stay together, because a cell reaches over them; `cells` say where each stands in the group. */
export interface RowGroup {
  heights: number[]
  cells: Placed[]
}
interface Placed {
  cell: Cell
  row: number
  down: number
  x: number
  width: number
  lines: string[]
}

const PADDING = { x: 1.4, y: 1.1 }

/** The size of a table's text and the height of its lines. */
export function tableSize({ small }: Pick<Table, 'small'>): { points: number; pitch: number } {
  const points = small ? POINTS.small : POINTS.table
  return { points, pitch: points * 1.45 * MM_PER_POINT }
}

/** A table as groups of rows with their heights and broken lines, the head first. */
export function measureTable(table: Table, o: { width: number; advance: Advance }): { head: RowGroup[]; body: RowGroup[] } {
  const edges = edgesOf(table.widths, o.width)
  const rows = placeCells(table)
  const groups: RowGroup[] = []
  for (let from = 0; from < rows.length; ) {
    const to = endOfGroup(rows, from)
    groups.push(groupOf(rows.slice(from, to), { edges, table, advance: o.advance }))
    from = to
  }
  const heads = groups.reduce<{ rows: number; groups: number }>(
    (n, group) => (n.rows < (table.head ?? 0) ? { rows: n.rows + group.heights.length, groups: n.groups + 1 } : n),
    { rows: 0, groups: 0 },
  ).groups
  return { head: groups.slice(0, heads), body: groups.slice(heads) }
}

function edgesOf(widths: number[], width: number): number[] {
  const sum = widths.reduce((a, b) => a + b, 0)
  const edges = [0]
  for (const share of widths) edges.push(edges.at(-1)! + (share / sum) * width)
  return edges
}

type At = { cell: Cell; column: number }

// A row leaves out the cells that others cover: each goes to the first column that is free.
function placeCells(table: Table): At[][] {
  const taken = new Set<string>()
  return table.rows.map((row, y) => {
    let column = 0
    return row.map((cell) => {
      while (taken.has(`${y} ${column}`)) column++
      const at = { cell, column }
      for (let dy = 0; dy < (cell.down ?? 1); dy++)
        for (let dx = 0; dx < (cell.across ?? 1); dx++) taken.add(`${y + dy} ${column + dx}`)
      column += cell.across ?? 1
      return at
    })
  })
}

function endOfGroup(rows: At[][], from: number): number {
  let to = from + 1
  for (let y = from; y < to && y < rows.length; y++) for (const { cell } of rows[y]!) to = Math.max(to, y + (cell.down ?? 1))
  return Math.min(to, rows.length)
}

function groupOf(rows: At[][], { edges, table, advance }: { edges: number[]; table: Table; advance: Advance }): RowGroup {
  const { points, pitch } = tableSize(table)
  const em = points * MM_PER_POINT
  const cells = rows.flatMap((row, y) =>
    row.map(({ cell, column }): Placed => {
      const x = edges[column]!
      const width = edges[Math.min(column + (cell.across ?? 1), edges.length - 1)]! - x
      const measure = (char: string) => advance(faceOf(cell), char) * em
      const lines = cell.text.split('\n').flatMap((t) => breakLines(t, { width: width - 2 * PADDING.x, measure }))
      return { cell, row: y, down: Math.min(cell.down ?? 1, rows.length - y), x, width, lines: lines.map(({ text }) => text) }
    }),
  )
  const heights = rows.map((_, y) =>
    Math.max(...cells.filter((c) => c.row === y && c.down === 1).map(needed), pitch + 2 * PADDING.y),
  )
  return { heights: stretched(heights, cells, needed), cells }

  function needed({ lines }: Placed): number {
    return lines.length * pitch + 2 * PADDING.y
  }
}

/** A group cut where the page ends: its first rows, or the first lines of a row that is higher than a page. Undefined where nothing fits. */
export function splitGroup(group: RowGroup, table: Table, room: number): [RowGroup, RowGroup] | undefined {
  const { pitch } = tableSize(table)
  const rows = countFitting(group.heights, room)
  const left = room - sum(group.heights.slice(0, rows))
  const lines = Math.floor((left - 2 * PADDING.y) / pitch)
  const into = lines >= 3 && rows < group.heights.length // into the next row only where it is worth it
  if (rows === 0 && !into) return undefined
  const cut = into ? rows + 1 : rows
  const firstHeights = [...group.heights.slice(0, rows), ...(into ? [lines * pitch + 2 * PADDING.y] : [])]
  const first: Placed[] = []
  const rest: Placed[] = []
  for (const c of group.cells) {
    if (c.row >= cut) {
      rest.push({ ...c, row: c.row - rows })
      continue
    }
    const here = sum(firstHeights.slice(c.row, c.row + c.down))
    const fits = Math.max(0, Math.floor((here - 2 * PADDING.y) / pitch + 1e-6))
    const reaches = c.row + c.down > cut || (into && c.row + c.down > rows)
    first.push({ ...c, down: Math.min(c.down, cut - c.row), lines: reaches ? c.lines.slice(0, fits) : c.lines })
    if (reaches)
      rest.push({
        ...c,
        row: Math.max(0, c.row - rows),
        down: c.row + c.down - Math.max(rows, c.row),
        lines: c.lines.slice(fits),
      })
  }
  return [
    { heights: firstHeights, cells: first },
    { heights: heightsOf(rest, group.heights.slice(rows), pitch), cells: rest },
  ]
}

// The row that was cut needs only what is left of its lines.
function heightsOf(cells: Placed[], heights: number[], pitch: number): number[] {
  const needed = (lines: string[]) => lines.length * pitch + 2 * PADDING.y
  const kept = heights.map((height, y) => {
    const own = cells.filter((c) => c.row === y && c.down === 1).map((c) => needed(c.lines))
    const least = Math.max(pitch + 2 * PADDING.y, ...own)
    return y === 0 ? least : Math.max(least, height)
  })
  return stretched(kept, cells, (c) => needed(c.lines))
}

// A cell over several rows that needs more than they have makes the last of them higher.
function stretched(heights: number[], cells: Placed[], needed: (c: Placed) => number): number[] {
  const made = [...heights]
  for (const c of cells.filter(({ down }) => down > 1)) {
    const lacking = needed(c) - sum(made.slice(c.row, c.row + c.down))
    if (lacking > 0) made[c.row + c.down - 1]! += lacking
  }
  return made
}

function countFitting(heights: number[], room: number): number {
  const over = heights.findIndex((_, at) => sum(heights.slice(0, at + 1)) > room + 1e-6)
  return over === -1 ? heights.length : over
}

/** The height of a group. */
export const heightOf = ({ heights }: RowGroup): number => sum(heights)

/** The group drawn with its upper left corner at `at`. */
export function drawGroup(group: RowGroup, table: Table, o: { at: { x: number; y: number }; advance: Advance }): Mark[] {
  const { points, pitch } = tableSize(table)
  const em = points * MM_PER_POINT
  return group.cells.flatMap(({ cell, row, down, x, width, lines }): Mark[] => {
    const top = o.at.y + sum(group.heights.slice(0, row))
    const height = sum(group.heights.slice(row, row + down))
    const first = top + (height - lines.length * pitch) / 2
    const face = faceOf(cell)
    const texts = lines.map((text, n): Mark => {
      const wide = [...text].reduce((w, char) => w + o.advance(face, char) * em, 0)
      const free = width - 2 * PADDING.x - wide
      const shift = cell.align === 'center' ? free / 2 : cell.align === 'right' ? free : 0
      return { kind: 'text', x: o.at.x + x + PADDING.x + shift, y: first + n * pitch + pitch / 2 + em * 0.38, text, face, points }
    })
    return [
      { kind: 'box', x: o.at.x + x, y: top, width, height, thick: 0.2 },
      ...texts.filter((m) => m.kind === 'text' && m.text),
    ]
  })
}

const faceOf = (cell: Cell): Face => (cell.bold ? 'hei' : 'fang')
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
