import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { isRefusal, type Refusal, refuse } from '../../../base/rules/refusal.ts'
import { LIMITS } from './limits.ts'

const { zip: LIMIT } = LIMITS

/** The parts of a zip archive that `wanted` names, inflated within counted limits: entries, bytes, ratio; never a path is followed. */
export async function unzip(bytes: Buffer, wanted: (name: string) => boolean): Promise<Map<string, Buffer> | Refusal> {
  const zip = await fromBufferPromise(bytes).catch(broken)
  return isRefusal(zip) ? zip : unpack(zip, wanted).catch(broken)
}

async function unpack(zip: ZipFile, wanted: (name: string) => boolean): Promise<Map<string, Buffer> | Refusal> {
  if (zip.entryCount > LIMIT.entries) return bomb('entries', zip.entryCount, LIMIT.entries)
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) if (wanted(entry.fileName)) entries.push(entry)
  const refusal = judge(entries)
  return refusal ?? inflate(zip, entries)
}

function judge(entries: readonly Entry[]): Refusal | undefined {
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > LIMIT.bytes) return bomb('bytes', total, LIMIT.bytes)
  const dense = entries.find((e) => e.uncompressedSize > LIMIT.ratioFrom && e.uncompressedSize > LIMIT.ratio * e.compressedSize)
  if (dense) return bomb('ratio', Math.round(dense.uncompressedSize / Math.max(1, dense.compressedSize)), LIMIT.ratio)
  return entries.some((entry) => entry.isEncrypted()) ? refuse('invalid', 'places/layer-encrypted', {}) : undefined
}

async function inflate(zip: ZipFile, entries: readonly Entry[]): Promise<Map<string, Buffer> | Refusal> {
  const parts = new Map<string, Buffer>()
  let total = 0
  for (const entry of entries) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer)
      total += (chunk as Buffer).length
      if (total > LIMIT.bytes) return bomb('bytes', total, LIMIT.bytes)
    }
    parts.set(entry.fileName, Buffer.concat(chunks))
  }
  return parts
}

function bomb(what: 'entries' | 'bytes' | 'ratio', found: number, limit: number): Refusal {
  return refuse('invalid', `places/layer-zip-${what}`, { found, limit })
}

function broken(error: unknown): Refusal {
  const found = String(error instanceof Error ? error.message : error).slice(0, 160)
  return refuse('invalid', 'places/layer-unreadable', { format: 'zip', found })
}
