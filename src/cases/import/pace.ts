/** How long one transaction of an import should last, in ms: in the embedded engine everybody else waits for as long. */
export const TARGET_MS = 100

/** Rows of a transaction: what it begins with, and between what it is held. */
export const ROWS = { first: 200, least: 25, most: 500 } as const

/** The rows of the next transaction after one of `rows` took `ms`; it at most halves or doubles, as one slow write proves little. */
export function nextRows(rows: number, ms: number): number {
  const wanted = Math.round((rows * TARGET_MS) / Math.max(ms, 1))
  const gently = Math.min(Math.max(wanted, Math.ceil(rows / 2)), rows * 2)
  return Math.min(Math.max(gently, ROWS.least), ROWS.most)
}
