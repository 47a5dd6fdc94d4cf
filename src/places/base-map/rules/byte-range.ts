/** A part of a file: first and last byte, both inclusive. */
export type ByteRange = { from: number; to: number }

/**
 * The part that a `Range` header asks for of a file of `size` bytes (RFC 9110, section 14): undefined is the whole file (no header, or
 * one that may be ignored: another unit, several parts), `unsatisfiable` is a 416.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return undefined
  if (found[1] === '') {
    const last = Number(found[2])
    return last === 0 || size === 0 ? 'unsatisfiable' : { from: Math.max(0, size - last), to: size - 1 }
  }
  const from = Number(found[1])
  const to = found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1)
  if (found[2] !== '' && Number(found[2]) < from) return undefined
  return from >= size ? 'unsatisfiable' : { from, to }
}
