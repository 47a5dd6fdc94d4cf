import { Readable } from 'node:stream'
import type { RawReply } from '../http/route.ts'
import { writeDocx } from './docx.ts'
import { writePdf } from './pdf.ts'
import type { OfficialDocument } from './rules/document.ts'
import { writeWorkbook } from './workbook.ts'

/** What a document can be had as; a workbook holds its tables. */
export const PAPER_TYPES = ['docx', 'pdf', 'xlsx'] as const
export type PaperType = (typeof PAPER_TYPES)[number]

const MIME: Readonly<Record<PaperType, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The document as a file's bytes. */
export function writePaper(document: OfficialDocument, format: PaperType): Promise<Buffer> {
  return WRITERS[format](document)
}

const WRITERS: Readonly<Record<PaperType, (document: OfficialDocument) => Promise<Buffer>>> = {
  docx: writeDocx,
  pdf: writePdf,
  xlsx: writeWorkbook,
}

/** The document as an answer to download; it is written while it is sent, when the transaction that read it has ended. */
export function paperFile(document: OfficialDocument, o: { format: PaperType; name: string }): RawReply {
  return fileReply(Readable.from(written(document, o.format)), o)
}

async function* written(document: OfficialDocument, format: PaperType): AsyncGenerator<Buffer> {
  yield await writePaper(document, format)
}

/** Bytes that are there already, as an answer to download. */
export function fileReply(body: Readable | Buffer, { format, name }: { format: PaperType; name: string }): RawReply {
  const file = encodeURIComponent(`${name.replace(/[\s/\\:*?"<>|]+/g, '')}.${format}`)
  return { type: MIME[format], body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${file}` } }
}
