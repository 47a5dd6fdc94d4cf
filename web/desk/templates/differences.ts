/** A line of one text or the other, or of both. */
export type DifferentLine = { kind: 'same' | 'added' | 'removed'; text: string; line: number }

/** Two texts line by line: what stands in both in the same order is `same` (the longest such), the rest was removed or added. */
export function differences(before: string, after: string): DifferentLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const longest = lengths(a, b)
  const found: DifferentLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ kind: 'same', text: a[i]!, line: j + 1 })
      i++
      j++
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      found.push({ kind: 'removed', text: a[i]!, line: i + 1 })
      i++
    } else {
      found.push({ kind: 'added', text: b[j]!, line: j + 1 })
      j++
    }
  }
  return found
}

// How many lines the rests of both texts have in common at most.
function lengths(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
  return table
}
