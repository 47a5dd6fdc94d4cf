import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'

/** Writes entries one after the other; memory does not grow with them. */
export interface Archive {
  /** What comes out, to be piped away. */
  out: Pack
  add(name: string, content: Buffer): Promise<void>
  /** Adds a stream of which the length was said before; one that is shorter is filled up, so that the archive stays whole. Gives what came. */
  addStream(name: string, bytes: number, content: Readable): Promise<{ sha256: string; bytes: number }>
  addFile(name: string, bytes: number, path: string): Promise<void>
  end(): void
}

/** A tar archive, with nothing in it that tells the machine or the person. */
export function openArchive(at: Date): Archive {
  const out = pack()
  const header = (name: string, size: number) => ({ name, size, mode: 0o600, mtime: at })
  const addStream: Archive['addStream'] = async (name, bytes, content) => {
    const came = { hash: createHash('sha256'), bytes: 0 }
    const entry = out.entry(header(name, bytes))
    await pipeline(Readable.from(exactly(content, bytes, came)), entry)
    return { sha256: came.hash.digest('hex'), bytes: came.bytes }
  }
  return {
    out,
    addStream,
    async add(name, content) {
      await pipeline(Readable.from([content]), out.entry(header(name, content.length)))
    },
    async addFile(name, bytes, path) {
      const came = await addStream(name, bytes, createReadStream(path))
      if (came.bytes !== bytes) throw new Error(`${path} has ${came.bytes} bytes, ${bytes} were expected`)
    },
    end: () => out.finalize(),
  }
}

async function* exactly(content: Readable, bytes: number, came: { hash: Hash; bytes: number }): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of content) {
      came.hash.update(chunk as Buffer)
      came.bytes += (chunk as Buffer).length
      const room = bytes - (came.bytes - (chunk as Buffer).length)
      if (room > 0) yield (chunk as Buffer).subarray(0, room)
    }
  } catch {
    came.hash.update('what could not be read has no hash')
  }
  for (let left = bytes - came.bytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left)
}

const ZEROS = Buffer.alloc(65_536)

/** Hashes what passes, and says it in a last line. */
export function trailer(): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      done(null, `qinba-sha256 ${hash.digest('hex')}\n`)
    },
  })
}
