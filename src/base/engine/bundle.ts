import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

const BLOCK = 512

/** Writes a copy of a `.tar.gz` holding only the entries that `keep` names; throws on tar features that PGlite's bundles do not use. */
export function slimBundle(from: string, to: string, keep: (name: string) => boolean): void {
  const kept = keepEntries(gunzipSync(readFileSync(from)), keep)
  writeFileSync(to, gzipSync(kept, { level: 1 }))
}

/** What the product loads of PostGIS: the geometry library, the projection data and the script of `create extension`. */
export function isPostgisCore(name: string): boolean {
  return /^(\.\/)?(lib\/postgresql\/postgis-3\.so|share\/proj\/.*|share\/postgresql\/extension\/postgis(\.control|--\d+\.\d+\.\d+\.sql))$/.test(
    name,
  )
}

function keepEntries(tar: Buffer, keep: (name: string) => boolean): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(tar, at + 124, 12), 8)
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const type = text(tar, at + 156, 1)
    if (!['', '0', '1', '2', '5'].includes(type) || !(size >= 0)) throw new Error(`tar entry of type ${type} is not understood`)
    if (keep(nameAt(tar, at))) parts.push(tar.subarray(at, end))
    at = end
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

function nameAt(tar: Buffer, at: number): string {
  const prefix = text(tar, at + 257, 5) === 'ustar' ? text(tar, at + 345, 155) : ''
  const name = text(tar, at, 100)
  return prefix ? `${prefix}/${name}` : name
}

function text(tar: Buffer, at: number, length: number): string {
  return tar
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim()
}
