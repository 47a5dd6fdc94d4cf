import type { PGlite } from '@electric-sql/pglite'

type ExecStream = PGlite['execProtocolRawStream']

const SYNC = 0x53
const ERROR = 0x45
const READY = 0x5a
// Parse, Bind, Describe, Execute, Close, Flush: the messages of the extended protocol that a Sync ends.
const EXTENDED = new Set([0x50, 0x42, 0x44, 0x45, 0x43, 0x48])

/**
 * Makes the engine answer an error in the extended protocol as PostgreSQL does: one ErrorResponse, everything up to the next Sync
 * discarded, then one ReadyForQuery. PGlite sends a ReadyForQuery after the error and another at the Sync; the client would take
 * the second for the answer to its next query (protocol §55.2.3 "Extended Query").
 */
export function oneReadyPerSync(run: ExecStream): ExecStream {
  let isSkipping = false
  return async (message, options) => {
    if (!EXTENDED.has(message[0]!)) {
      // A connection that was cut before its Sync must not leave the next one (whose first message begins with 0) unheard.
      if (message[0] === SYNC || message[0] === 0) isSkipping = false
      return run(message, options)
    }
    if (isSkipping) return
    const scan = scanner(
      (type) => {
        if (type === ERROR) isSkipping = true
        return type !== READY
      },
      (bytes) => options?.onRawData?.(bytes),
    )
    await run(message, { ...options, onRawData: scan })
  }
}

/** Splits a stream of messages at their borders, whatever the chunks, and passes on those that `keep` says; a large one is not buffered. */
export function scanner(keep: (type: number) => boolean, out: (bytes: Uint8Array) => void): (chunk: Uint8Array) => void {
  let left = 0
  let isKept = true
  let head = new Uint8Array(0)
  return (chunk) => {
    let bytes = head.length > 0 ? joined(head, chunk) : chunk
    head = new Uint8Array(0)
    while (bytes.length > 0) {
      if (left === 0) {
        if (bytes.length < 5) {
          head = bytes.slice()
          return
        }
        left = 1 + new DataView(bytes.buffer, bytes.byteOffset).getInt32(1)
        isKept = keep(bytes[0]!)
      }
      const part = bytes.subarray(0, left)
      if (isKept) out(part)
      left -= part.length
      bytes = bytes.subarray(part.length)
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
