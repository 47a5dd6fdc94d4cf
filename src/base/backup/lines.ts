import { createReadStream, createWriteStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/** How lines are written: `level` is zstd's; 1 is fast rather than small, as on the embedded engine everybody waits for a part of it. */
export interface Writing {
  signal?: AbortSignal | undefined
  level?: number | undefined
}

/** Writes lines to a new compressed file (zstd); gives their number. */
export async function writeLines(
  file: string,
  lines: AsyncIterable<string>,
  { signal, level = 1 }: Writing = {},
): Promise<number> {
  let n = 0
  const ended = new Transform({
    writableObjectMode: true,
    transform(line: string, _encoding, done) {
      n++
      done(null, `${line}\n`)
    },
  })
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } })
  await pipeline(lines, ended, compress, createWriteStream(file, { mode: 0o600 }), ...(signal ? [{ signal }] : []))
  return n
}

/** The lines of such a file, or of such an entry of an archive; Error when it was cut or does not decompress. */
export async function* readLines(from: string | Readable): AsyncGenerator<string> {
  const source: Readable = typeof from === 'string' ? createReadStream(from) : from
  const plain = source.pipe(createZstdDecompress())
  source.on('error', (e: Error) => plain.destroy(e)) // `pipe` carries no errors
  plain.setEncoding('utf8')
  try {
    let rest = ''
    for await (const text of plain) {
      const lines = (rest + (text as string)).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    if (rest !== '') throw new Error('the last line is cut short')
  } finally {
    if (!source.readableEnded) source.destroy()
  }
}
