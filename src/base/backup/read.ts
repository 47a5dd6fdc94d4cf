import { createHash, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromBuffer } from 'file-type'
import { extract } from 'tar-stream'
import { checkEntries, Differs, type Taker, type Verified } from './check.ts'
import { decryptWith, ENCRYPTED } from './encrypt.ts'
import { HEAD, TRAILER, TRAILER_BYTES } from './format.ts'

export interface ReadOptions {
  file: string
  identity?: KeyObject | undefined
  /** The key that the backup must be signed with, in PEM; without one the backup's own is believed. */
  publicKey?: string | undefined
  taker?: Taker
  signal?: AbortSignal | undefined
  progress?(done: number, total: number): void
}

/** Reads a backup from end to end and checks every byte of it; Error naming the first thing that is not as it was written. */
export async function readBackup(o: ReadOptions): Promise<Verified> {
  const { size, isEncrypted } = await refuseOthers(o)
  const archive = extract()
  const source = createReadStream(o.file)
  let done = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length
      o.progress?.(done, size)
      next(null, chunk)
    },
  })
  const stages = [source, counted, ...(isEncrypted ? [decryptWith(o.identity!)] : []), withoutTrailer(), archive]
  const piping = pipeline(stages as unknown as [Readable, Transform], ...(o.signal ? [{ signal: o.signal }] : []))
  const checking = checkEntries(archive, o).catch((e: Error) => {
    archive.destroy(e)
    throw e
  })
  const [checked, piped] = await Promise.allSettled([checking, piping])
  o.signal?.throwIfAborted()
  if (checked.status === 'fulfilled' && piped.status === 'fulfilled') return checked.value
  throw clearer(
    o.file,
    checked.status === 'rejected' ? checked.reason : undefined,
    piped.status === 'rejected' ? piped.reason : undefined,
  )
}

// What we said ourselves is clear; what the archive's reader says of a torn archive is not.
function clearer(file: string, ...reasons: unknown[]): Error {
  const ours = reasons.find((r) => r instanceof Differs)
  if (ours) return ours as Error
  const [first] = reasons.filter((r) => r !== undefined)
  return new Differs(
    `${file} 不完整或已被改动 / is cut short or was changed: ${first instanceof Error ? first.message : String(first)}`,
  )
}

/** Says what a file is that is no backup; gives the size of one that is. */
async function refuseOthers(o: ReadOptions): Promise<{ size: number; isEncrypted: boolean }> {
  const f = await open(o.file, 'r').catch((e: NodeJS.ErrnoException) => {
    throw new Differs(`${o.file}: ${e.code === 'ENOENT' ? '没有这个文件 / no such file' : e.message}`)
  })
  try {
    const { size } = await f.stat()
    const { buffer, bytesRead } = await f.read(Buffer.alloc(4100), 0, 4100, 0)
    const begin = buffer.subarray(0, bytesRead)
    const isEncrypted = begin.toString('latin1').startsWith(ENCRYPTED)
    if (isEncrypted && !o.identity)
      throw new Differs(`${o.file} 已加密，请用 --decrypt-with 给出私钥 / is encrypted: give its private key with --decrypt-with`)
    if (!isEncrypted && begin.toString('latin1', 0, HEAD.length + 1) !== `${HEAD}\0`) {
      const found = (await fileTypeFromBuffer(begin))?.mime ?? (size === 0 ? 'an empty file' : 'something else')
      throw new Differs(
        `${o.file} 不是秦巴卫士的备份 / is no backup of Qinba Guardian: found ${found}, expected a tar that begins with ${HEAD}`,
      )
    }
    return { size, isEncrypted }
  } finally {
    await f.close()
  }
}

/** Lets everything pass but the last line, which must say the hash of the rest. */
function withoutTrailer(): Transform {
  const hash = createHash('sha256')
  let held = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      held = Buffer.concat([held, chunk])
      const passing = held.subarray(0, Math.max(0, held.length - TRAILER_BYTES))
      held = held.subarray(passing.length)
      hash.update(passing)
      done(null, passing)
    },
    flush(done) {
      const [, said] = TRAILER.exec(held.toString('latin1')) ?? []
      if (!said) return done(new Differs('备份不完整：结尾缺失 / the backup is cut short: its last line is missing'))
      if (said !== hash.digest('hex'))
        return done(new Differs('备份已被改动：校验和不符 / the backup was changed: its SHA-256 is another'))
      done()
    },
  })
}
