/** What a store said of itself: PostgreSQL on a machine of its own is the only one who sees its disk. Times are steady milliseconds. */
export interface Gate {
  refusedAt: number
  /** When a write was last let through to see. */
  triedAt: number
}

export const OPEN: Gate = { refusedAt: Number.NEGATIVE_INFINITY, triedAt: Number.NEGATIVE_INFINITY }

/** While the gate is shut, one write in this time may try. */
export const TRY_EVERY_MS = 3000
/** Without a further refusal the gate opens by itself after this time. */
export const SHUT_MS = 15_000

/** The store said that its disk is full. */
export const refused = (now: number): Gate => ({ refusedAt: now, triedAt: now })

export const isShut = (gate: Gate, now: number): boolean => now - gate.refusedAt < SHUT_MS

/** A write asks to pass: through an open gate always, through a shut one alone and now and then. */
export function pass(gate: Gate, now: number): { gate: Gate; may: boolean } {
  if (!isShut(gate, now)) return { gate, may: true }
  const may = now - gate.triedAt >= TRY_EVERY_MS
  return { gate: may ? { ...gate, triedAt: now } : gate, may }
}
