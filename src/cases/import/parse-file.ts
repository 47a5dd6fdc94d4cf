import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { parseCsv } from './csv.ts'
import { LIMITS, type Sheet } from './sheet.ts'
import { decodeText } from './text-encoding.ts'
import { parseWorkbook } from './workbook.ts'

const EXPECTED = 'xlsx / csv'

/** Reads one file of unknown content: an xlsx workbook, a csv table, or a refusal that names what it is instead. */
export async function parseFile(path: string): Promise<Sheet[] | Refusal> {
  const bytes = await readLimited(path)
  if (isRefusal(bytes)) return bytes
  const sheets = await parseBytes(bytes)
  return isRefusal(sheets) ? sheets : (overLimit(sheets) ?? sheets)
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
