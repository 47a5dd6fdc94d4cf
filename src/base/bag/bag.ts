import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file of a bag: its bytes, or where they are read from when its turn comes; then its hash is known beforehand. */
export type BagFile = { path: string } & ({ content: Buffer } | { sha256: string; bytes: number; open(): Readable })

/**
 * A zip that holds a BagIt bag (RFC 8493): the files under `data/`, and beside them a manifest with the SHA-256 of each, so that whoever
 * receives it can check with any BagIt program that nothing is missing and nothing was changed. Files are read one after another; memory
 * does not grow with them. `info` becomes bag-info.txt. Paths must be unique and name no folder above.
 */
export function bagStream(info: Record<string, string>, files: AsyncIterable<BagFile>): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  fill(zip, info, files).catch((e: unknown) => out.destroy(e instanceof Error ? e : new Error(String(e))))
  return out
}

async function fill(zip: ZipFile, info: Record<string, string>, files: AsyncIterable<BagFile>): Promise<void> {
  const lines: string[] = []
  let bytes = 0
  for await (const file of files) {
    const sha256 = 'content' in file ? hashOf(file.content) : file.sha256
    lines.push(`${sha256}  data/${encoded(checked(file.path))}`)
    bytes += 'content' in file ? file.content.length : file.bytes
    await add(zip, `data/${file.path}`, file)
  }
  const tags = {
    'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    'bag-info.txt': infoText({ ...info, 'Payload-Oxum': `${bytes}.${lines.length}` }),
    'manifest-sha256.txt': lines.map((line) => `${line}\n`).join(''),
  }
  const tagLines = Object.entries(tags).map(([name, text]) => `${hashOf(Buffer.from(text))}  ${name}\n`)
  for (const [name, text] of Object.entries({ ...tags, 'tagmanifest-sha256.txt': tagLines.join('') }))
    zip.addBuffer(Buffer.from(text), name)
  zip.end()
}

// A file is opened when the zip comes to it, and the next one is asked for when it has gone out.
async function add(zip: ZipFile, path: string, file: BagFile): Promise<void> {
  if ('content' in file) return zip.addBuffer(file.content, path)
  const out = zip.outputStream as Readable
  await new Promise<void>((resolve, reject) => {
    const end = (e?: Error) => {
      out.off('close', end)
      e ? reject(e) : resolve()
    }
    out.once('close', end) // nobody reads any more
    zip.addReadStreamLazy(path, { compress: false }, (give) => {
      const stream = file.open()
      stream.once('error', end)
      stream.once('end', () => end())
      give(null, stream)
    })
  })
}

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

// RFC 8493 2.1.3: what would end a line of the manifest is written as a percent code.
const encoded = (path: string) =>
  path.replace(/[%\r\n]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

function checked(path: string): string {
  if (path.startsWith('/') || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new Error(`a bag has no place for ${path}`)
  return path
}

function infoText(info: Record<string, string>): string {
  return Object.entries(info)
    .map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ')}\n`)
    .join('')
}

/** A name that every file system takes: without what Windows forbids, not too long, its ending kept. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .replace(/[. ]+$/, '')
  const dot = plain.lastIndexOf('.')
  const [stem, end] = dot > 0 && plain.length - dot <= 10 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, '']
  return `${
    [...stem]
      .slice(0, 60)
      .join('')
      .replace(/[. ]+$/, '') || '_'
  }${end}`
}
