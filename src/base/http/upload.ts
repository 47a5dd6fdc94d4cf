import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { BlobStore } from '../blobs.ts'
import { baseProblem } from '../problem.ts'
import type { Upload } from './route.ts'

export interface Received {
  fields: Record<string, string>
  files: Upload[]
}

/** Streams the parts of a multipart request to the blob store; 413 when a file is larger than allowed, nothing half-written. */
export async function receive(
  request: FastifyRequest,
  blobs: BlobStore,
  limit: { bytes: number; files: number },
): Promise<Received> {
  if (!request.isMultipart())
    throw baseProblem('media-type', { found: request.headers['content-type'] ?? '', expected: 'multipart/form-data' })
  const received: Received = { fields: {}, files: [] }
  try {
    for await (const part of request.parts({
      limits: { fileSize: limit.bytes, files: limit.files, fields: 30, fieldSize: 20_000 },
    })) {
      if (part.type === 'field') received.fields[part.fieldname] = String(part.value)
      else
        received.files.push({
          ...(await blobs.put(Readable.from(whole(part.file, limit.bytes)))),
          field: part.fieldname,
          name: cleanName(part.filename),
        })
    }
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge(limit.bytes)
    throw e
  }
  return received
}

// A stream that was cut at the limit must not become a blob: the store drops its temporary file when reading throws.
async function* whole(file: Readable & { truncated?: boolean }, bytes: number): AsyncGenerator<Buffer> {
  for await (const chunk of file) yield chunk as Buffer
  if (file.truncated) throw tooLarge(bytes)
}

const tooLarge = (bytes: number) => baseProblem('too-large', { limit: `${Math.round(bytes / 1_000_000)} MB` })

/** A file name as a person may see it: no folder, no control or direction characters, NFC, at most 120 characters. */
export function cleanName(name: string | undefined): string {
  const last = (name ?? '').normalize('NFC').split(/[/\\]/).pop() ?? ''
  return last.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-120) || 'file'
}
