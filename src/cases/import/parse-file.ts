import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { fileTypeFromBuffer } from 'file-type'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { parseCsv } from './csv.ts'
import { LIMITS, type Sheet } from './sheet.ts'
import { decodeText } from './text-encoding.ts'
import { parseWorkbook } from './workbook.ts'

const EXPECTED = 'xlsx / csv'

/**
 * Reads one file of unknown content: an xlsx workbook, a csv table, or a refusal that names what it is instead. A file packed by gzip
 * is opened only where that was said.
 */
export async function parseFile(path: string, o: { packed?: 'gzip' | undefined } = {}): Promise<Sheet[] | Refusal> {
  const bytes = await readLimited(path)
  if (isRefusal(bytes)) return bytes
  const content = o.packed ? await unpacked(bytes) : bytes
  if (isRefusal(content)) return content
  const sheets = await parseBytes(content)
  return isRefusal(sheets) ? sheets : (overLimit(sheets) ?? sheets)
}

// Counted while unpacking: a bomb ends at the limit, not at the end of memory.
async function unpacked(bytes: Buffer): Promise<Buffer | Refusal> {
  if (!startsWith(bytes, [0x1f, 0x8b]))
    return refuse('invalid', 'cases/import-wrong-file', { found: await nameOf(bytes), expected: 'gzip' })
  return promisify(gunzip)(bytes, { maxOutputLength: LIMITS.bytes }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ERR_BUFFER_TOO_LARGE'
      ? refuse('invalid', 'cases/import-zip-bytes', { found: `> ${LIMITS.bytes}`, limit: LIMITS.bytes })
      : refuse('invalid', 'cases/import-broken-gzip', { found: error.message }),
  )
}

async function parseBytes(bytes: Buffer): Promise<Sheet[] | Refusal> {
  if (bytes.length === 0) return refuse('invalid', 'cases/import-empty-file', { expected: EXPECTED })
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return parseWorkbook(bytes)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuse('invalid', 'cases/import-old-xls', { expected: EXPECTED })
  const text = decodeText(bytes)
  if (text === undefined) return wrongFile(await nameOf(bytes))
  const markup = markupOf(text)
  return markup ? wrongFile(markup) : parseCsv(text)
}

async function readLimited(path: string): Promise<Buffer | Refusal> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => error)
  if (file instanceof Error) return refuse('invalid', 'cases/import-no-file', { found: file.code ?? file.message })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return refuse('invalid', 'cases/import-no-file', { found: stat.isDirectory() ? 'EISDIR' : 'ENOTFILE' })
    if (stat.size > LIMITS.bytes) return refuse('invalid', 'cases/import-too-large', { found: stat.size, limit: LIMITS.bytes })
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte)
}

async function nameOf(bytes: Buffer): Promise<string> {
  const type = await fileTypeFromBuffer(bytes.subarray(0, 4100)).catch(() => undefined)
  return type ? `${type.ext} (${type.mime})` : 'binary'
}

// Web systems export tables as HTML or SpreadsheetML under the name .xls or .xlsx.
function markupOf(text: string): string | undefined {
  const head = text.slice(0, 2000).trimStart().toLowerCase()
  if (/^<!doctype html|^<html|^<table|^<meta|^<head/.test(head)) return 'HTML'
  return head.startsWith('<?xml') ? (head.includes('<html') ? 'HTML' : 'XML') : undefined
}

function wrongFile(found: string): Refusal {
  return refuse('invalid', 'cases/import-wrong-file', { found, expected: EXPECTED })
}

function overLimit(sheets: readonly Sheet[]): Refusal | undefined {
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0)
  return rows > LIMITS.rows ? refuse('invalid', 'cases/import-too-many-rows', { found: rows, limit: LIMITS.rows }) : undefined
}
