/** The next id of a numbered row (`m1`, `m2` …) that none of the rows has. */
export function freshId(prefix: string, rows: readonly { id: string }[]): string {
  const taken = new Set(rows.map((row) => row.id))
  let n = rows.length + 1
  while (taken.has(`${prefix}${n}`)) n++
  return `${prefix}${n}`
}
