import { crc32 } from 'node:zlib'

/** A zip archive that holds the parts uncompressed, headers and directory agreeing: a form that leaves a reader nothing to guess. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, data] of parts) {
    const path = Buffer.from(name)
    const facts = factsOf(path, data)
    const local = Buffer.concat([SIGNATURES.local, facts, path])
    directory.push(SIGNATURES.central, u16(20), facts, Buffer.alloc(10), u32(offset), path)
    locals.push(local, data)
    offset += local.length + data.length
  }
  const central = Buffer.concat(directory)
  const count = u16(parts.size)
  const end = Buffer.concat([SIGNATURES.end, u32(0), count, count, u32(central.length), u32(offset), u16(0)])
  return Buffer.concat([...locals, central, end])
}

const SIGNATURES = {
  local: Buffer.from([0x50, 0x4b, 3, 4]),
  central: Buffer.from([0x50, 0x4b, 1, 2]),
  end: Buffer.from([0x50, 0x4b, 5, 6]),
} as const

// Version, flags (UTF-8 names), method 0, time and date, crc, both sizes, lengths of name and extra field: APPNOTE 4.3.7.
function factsOf(path: Buffer, data: Buffer): Buffer {
  const sizes = [u32(crc32(data)), u32(data.length), u32(data.length)]
  return Buffer.concat([u16(20), u16(0x0800), u16(0), u32(0), ...sizes, u16(path.length), u16(0)])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
