import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Pieces } from './table.ts'

/** One part of an archive: its content, or what makes it when its turn comes. */
export interface Part {
  name: string
  content: string | Buffer | (() => Pieces | Readable)
}

// Half the work of the usual level for a file a tenth larger: others want the processor too.
const QUICK = 3

/** An archive of the parts, made while it is read: one part after the other, none of them whole in memory. */
export async function* zipPieces(parts: readonly Part[], mtime: Date): Pieces {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const open: Readable[] = []
  zip.on('error', (error) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  for (const { name, content } of parts) {
    if (typeof content !== 'function') zip.addBuffer(Buffer.from(content), name, { mtime })
    else
      zip.addReadStreamLazy(name, { mtime, compressionLevel: QUICK }, (done) => {
        const made = content()
        const stream = made instanceof Readable ? made : Readable.from(made, { objectMode: false })
        open.push(stream)
        stream.once('error', (error) => out.destroy(error))
        done(null, stream)
      })
  }
  zip.end()
  try {
    for await (const piece of out) yield piece as Buffer
  } finally {
    for (const stream of open) stream.destroy()
  }
}
