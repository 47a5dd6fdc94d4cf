import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { BlobStore } from '../blobs.ts'
import { baseProblem, Problem } from '../problem.ts'
import type { Upload } from './route.ts'

export interface Received {
  fields: Record<string, string>
  files: Upload[]
}

/** Streams the parts of a multipart request to the blob store; 413 when a part is larger than allowed, 400 when it is cut short, nothing half-written. */
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
      limits: { fileSize: limit.bytes, files: limit.files, fields: 30, fieldSize: FIELD_BYTES },
    })) {
      if (part.type === 'field') received.fields[part.fieldname] = textOf(part)
      else
        received.files.push({
          ...(await blobs.put(Readable.from(whole(part.file, limit.bytes)))),
          field: part.fieldname,
          name: cleanName(part.filename),
        })
    }
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge(limit.bytes)
    throw isCutShort(e) ? baseProblem('malformed', { where: 'body', found: e.message.slice(0, 120) }) : e
  }
  return received
}

const FIELD_BYTES = 20_000

function textOf(field: { value: unknown; valueTruncated: boolean; fieldnameTruncated: boolean; fieldname: string }): string {
  if (field.valueTruncated || field.fieldnameTruncated) throw baseProblem('too-large', { limit: `${FIELD_BYTES / 1000} kB` })
  if (typeof field.value !== 'string') throw baseProblem('malformed', { where: `body.${field.fieldname}`, found: 'JSON' })
  return field.value
}

// The parser's own errors bear neither a code nor a status; those of the disk below and of the framework above do.
function isCutShort(e: unknown): e is Error {
  if (!(e instanceof Error) || e instanceof Problem) return false
  if ('code' in e) return e.code === 'ERR_STREAM_PREMATURE_CLOSE'
  return !('statusCode' in e) && /multipart|boundary|terminated early/i.test(e.message)
}

// A stream that was cut at the limit must not become a blob: the store drops its temporary file when reading throws.
async function* whole(file: Readable & { truncated?: boolean }, bytes: number): AsyncGenerator<Buffer> {
  for await (const chunk of file) yield chunk as Buffer
  if (file.truncated) throw tooLarge(bytes)
}

const tooLarge = (bytes: number) => baseProblem('too-large', { limit: `${Math.round(bytes / 1_000_000)} MB` })

/** A file name as a person may see it: no folder, no control or direction characters, NFC, at most 120 characters. */
export function cleanName(name: string | undefined): string {
  const last = (name ?? '').toWellFormed().normalize('NFC').split(/[/\\]/).pop() ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '')
  return [...clean].slice(-120).join('') || 'file'
}
