/** Cells `first` to `last` (not included) of a row. */
export type Span = readonly [row: number, first: number, last: number]

type Window = readonly [left: number, top: number, right: number, bottom: number]

/**
 * The cells of a grid that belong to rings (shells and holes alike, even-odd, positions in cells): those whose middle lies inside; for a
 * parcel so small that it holds no middle, those that its corners lie in.
 */
export function spansOf(rings: readonly (readonly (readonly [number, number])[])[], window: Window): Span[] {
  const crossings = new Map<number, number[]>()
  const corners = new Map<string, readonly [row: number, x: number]>()
  for (const ring of rings) {
    for (const [i, [x, y]] of ring.entries()) {
      corners.set(`${Math.floor(y)}/${Math.floor(x)}`, [Math.floor(y), Math.floor(x)])
      const next = ring[i + 1]
      if (next) crossEdge([x, y], next, crossings)
    }
  }
  const inner = [...crossings].flatMap(([row, xs]) => pairsOf(row, xs).flatMap((span) => clipped(span, window)))
  return inner.length > 0 ? inner : [...corners.values()].flatMap(([row, x]) => clipped([row, x, x + 1], window))
}

// An edge crosses the middle line of a row once; its upper end belongs to it and its lower one to the next edge.
function crossEdge(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  crossings: Map<number, number[]>,
): void {
  const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1]
  for (let row = Math.ceil(top - 0.5); row + 0.5 < bottom; row++) {
    const x = x1 + ((row + 0.5 - y1) / (y2 - y1)) * (x2 - x1)
    const xs = crossings.get(row)
    if (xs) xs.push(x)
    else crossings.set(row, [x])
  }
}

function pairsOf(row: number, xs: number[]): Span[] {
  const sorted = xs.sort((a, b) => a - b)
  const spans: Span[] = []
  for (let i = 0; i + 1 < sorted.length; i += 2) {
    const first = Math.ceil(sorted[i]! - 0.5)
    const last = Math.ceil(sorted[i + 1]! - 0.5)
    if (last > first) spans.push([row, first, last])
  }
  return spans
}

function clipped([row, first, last]: Span, [left, top, right, bottom]: Window): Span[] {
  const span: Span = [row, Math.max(first, left), Math.min(last, right)]
  return row >= top && row < bottom && span[2] > span[1] ? [span] : []
}
