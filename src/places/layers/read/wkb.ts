import type { Geometry, Position } from 'geojson'

/** Reads a WKB geometry (ISO with Z and M, or EWKB) as two-dimensional GeoJSON; throws for what is no WKB or ends too soon. */
export function readWkb(bytes: Buffer): Geometry {
  return readGeometry({ bytes, at: 0, little: true, depth: 0 })
}

type Cursor = { bytes: Buffer; at: number; little: boolean; depth: number }

function readGeometry(c: Cursor): Geometry {
  if (++c.depth > 32) throw new Error('WKB nested too deep')
  c.little = c.bytes.readUInt8(c.at) === 1
  c.at += 1
  const code = u32(c)
  const { type, size } = kindOf(code)
  if (code & 0x20000000) c.at += 4 // EWKB carries its SRID in front
  const geometry = READ[type]?.(c, size)
  if (!geometry) throw new Error(`WKB geometry type ${code}`)
  c.depth--
  return geometry
}

// ISO adds 1000 for Z, 2000 for M, 3000 for both; EWKB sets the highest bits.
function kindOf(code: number): { type: number; size: number } {
  const plain = code & 0x1fffffff
  const thousands = Math.floor(plain / 1000)
  const z = (code & 0x80000000) !== 0 || thousands === 1 || thousands === 3
  const m = (code & 0x40000000) !== 0 || thousands === 2 || thousands === 3
  return { type: plain % 1000, size: 16 + (z ? 8 : 0) + (m ? 8 : 0) }
}

type Reader = (c: Cursor, size: number) => Geometry

const READ: Readonly<Record<number, Reader>> = {
  1: (c, size) => ({ type: 'Point', coordinates: position(c, size) }),
  2: (c, size) => ({ type: 'LineString', coordinates: positions(c, size) }),
  3: (c, size) => ({ type: 'Polygon', coordinates: many(c, 4, () => positions(c, size)) }),
  4: (c) => ({ type: 'MultiPoint', coordinates: parts(c, 'Point') as Position[] }),
  5: (c) => ({ type: 'MultiLineString', coordinates: parts(c, 'LineString') as Position[][] }),
  6: (c) => ({ type: 'MultiPolygon', coordinates: parts(c, 'Polygon') as Position[][][] }),
  7: (c) => ({ type: 'GeometryCollection', geometries: many(c, 5, () => readGeometry(c)) }),
}

function parts(c: Cursor, type: Geometry['type']): unknown[] {
  return many(c, 5, () => {
    const part = readGeometry(c)
    if (part.type !== type || !('coordinates' in part)) throw new Error(`WKB ${part.type} in a collection of ${type}`)
    return part.coordinates
  })
}

const positions = (c: Cursor, size: number): Position[] => many(c, size, () => position(c, size))

function position(c: Cursor, size: number): Position {
  const x = f64(c, c.at)
  const y = f64(c, c.at + 8)
  c.at += size
  return [x, y]
}

// A count is believed only as far as the bytes that are left could hold it.
function many<T>(c: Cursor, least: number, read: () => T): T[] {
  const count = u32(c)
  if (count * least > c.bytes.length - c.at) throw new Error('WKB ends too soon')
  return Array.from({ length: count }, read)
}

function u32(c: Cursor): number {
  const value = c.little ? c.bytes.readUInt32LE(c.at) : c.bytes.readUInt32BE(c.at)
  c.at += 4
  return value
}

const f64 = (c: Cursor, at: number) => (c.little ? c.bytes.readDoubleLE(at) : c.bytes.readDoubleBE(at))
