import { gbkBytes } from './gbk.ts'
import type { GeoField, GeoValue } from './table.ts'

/** What a dBASE table is made of: its fields, how text is written, and the day of its last change. */
export interface DbfSpec {
  fields: readonly GeoField[]
  encoding: 'utf-8' | 'gbk'
  now: Date
}

/** The head of a dBASE III table of `n` records. */
export function dbfHeader(spec: DbfSpec, n: number): Buffer {
  const { fields, encoding, now } = spec
  const head = Buffer.alloc(32 + fields.length * 32 + 1)
  head.set([0x03, now.getUTCFullYear() - 1900, now.getUTCMonth() + 1, now.getUTCDate()])
  head.writeUInt32LE(n, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(recordBytes(spec), 10)
  head.writeUInt8(encoding === 'gbk' ? 0x4d : 0, 29)
  for (const [i, field] of fields.entries()) {
    const at = 32 + i * 32
    if (!/^[A-Z][A-Z0-9_]{0,9}$/.test(field.short)) throw new Error(`${field.short} is no name of a dBASE field`)
    head.write(field.short, at, 'latin1')
    head.write(TYPES[field.kind], at + 11, 'latin1')
    head.writeUInt8(widthOf(field), at + 16)
  }
  head.writeUInt8(0x0d, head.length - 1)
  return head
}

/** The bytes of one record. */
export function recordBytes({ fields }: DbfSpec): number {
  return fields.reduce((sum, field) => sum + widthOf(field), 1)
}

/** One record: each value in its width, text cut between two characters. */
export function dbfRecord(spec: DbfSpec, values: readonly GeoValue[]): Buffer {
  const record = Buffer.alloc(recordBytes(spec), 0x20)
  let at = 1
  for (const [i, field] of spec.fields.entries()) {
    const width = widthOf(field)
    const bytes = bytesOf(values[i] ?? null, { field, width, encoding: spec.encoding })
    bytes.copy(record, at + (field.kind === 'integer' ? width - bytes.length : 0))
    at += width
  }
  return record
}

const TYPES: Record<GeoField['kind'], string> = { text: 'C', day: 'D', integer: 'N', 'yes-no': 'L' }
const WIDTHS: Record<GeoField['kind'], number> = { text: 254, day: 8, integer: 10, 'yes-no': 1 }

const widthOf = (field: GeoField) => (field.kind === 'text' ? Math.min(field.width ?? 254, 254) : WIDTHS[field.kind])

function bytesOf(value: GeoValue, o: { field: GeoField; width: number; encoding: DbfSpec['encoding'] }): Buffer {
  if (value === null) return Buffer.from(o.field.kind === 'yes-no' ? '?' : '')
  if (o.field.kind === 'yes-no') return Buffer.from(value ? 'T' : 'F')
  if (o.field.kind === 'day') return Buffer.from(String(value).replaceAll('-', '').slice(0, 8))
  if (o.field.kind === 'integer') return Buffer.from(String(value).slice(0, o.width))
  return cut(String(value), o)
}

// Control characters would end a value for some readers.
function cut(text: string, { width, encoding }: { width: number; encoding: DbfSpec['encoding'] }): Buffer {
  const plain = text.toWellFormed().replace(/\p{Cc}+/gu, ' ')
  const write = (part: string) => (encoding === 'gbk' ? gbkBytes(part) : Buffer.from(part))
  const whole = write(plain)
  if (whole.length <= width) return whole
  let bytes = 0
  let kept = ''
  for (const char of plain) {
    bytes += write(char).length
    if (bytes > width) break
    kept += char
  }
  return write(kept)
}
