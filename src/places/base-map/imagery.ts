import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawReply } from '../../base/http/route.ts'
import { problem } from '../problems.ts'
import { byteRange } from './rules/byte-range.ts'
import { HEAD_BYTES, IMAGERY_NAME, type Imagery, parseImagery } from './rules/imagery.ts'

const ENDING = '.pmtiles'

/** The operator's imagery by name; a file that cannot be read or is no raster PMTiles is left out. */
export async function listImagery(dir: string): Promise<Imagery[]> {
  const files = (await readdir(dir).catch(() => [])).filter((file) => file.endsWith(ENDING)).sort()
  const found = await Promise.all(files.map((file) => readImagery(dir, file)))
  return found.filter((imagery) => imagery !== undefined)
}

async function readImagery(dir: string, file: string): Promise<Imagery | undefined> {
  const handle = await open(join(dir, file)).catch(() => undefined)
  if (!handle) return undefined
  try {
    const { buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return parseImagery(file.slice(0, -ENDING.length), buffer)
  } catch {
    return undefined // a folder with that ending
  } finally {
    await handle.close()
  }
}

/** One file of imagery or the part of it that the `Range` header asks for; throws 404 and 416. */
export async function openImagery(dir: string, name: string, range: string | undefined): Promise<RawReply> {
  const path = join(dir, `${name}${ENDING}`)
  const handle = IMAGERY_NAME.test(name) ? await open(path).catch(() => undefined) : undefined
  if (!handle) throw problem('no-imagery', { name })
  const { size, tag } = await sizeAndTag(handle)
  if (size === undefined) throw problem('no-imagery', { name })
  const part = byteRange(range, size)
  if (part === 'unsatisfiable')
    throw problem('no-such-part', { found: range ?? '', size }, { 'content-range': `bytes */${size}` })
  const { from, to } = part ?? { from: 0, to: size - 1 }
  return {
    type: 'application/octet-stream',
    status: part ? 206 : 200,
    headers: {
      ...{
        'accept-ranges': 'bytes',
        'content-length': String(to - from + 1),
        etag: tag,
        'cache-control': 'private, max-age=600',
      },
      ...(part && { 'content-range': `bytes ${from}-${to}/${size}` }),
    },
    body: createReadStream(path, { start: from, end: to }),
  }
}

async function sizeAndTag(handle: FileHandle): Promise<{ size: number | undefined; tag: string }> {
  const stat = await handle.stat().finally(() => handle.close())
  const tag = `"${stat.size.toString(36)}-${Math.trunc(stat.mtimeMs).toString(36)}"`
  return { size: stat.isFile() && stat.size > 0 ? stat.size : undefined, tag }
}
