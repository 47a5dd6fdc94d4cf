import readXlsxFile from 'read-excel-file/node'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { numbered } from './csv.ts'
import type { Sheet } from './sheet.ts'
import { storedZip } from './stored-zip.ts'

const LIMIT = { entries: 2000, bytes: 200_000_000, ratio: 100, ratioFrom: 1_000_000 } as const
const EXPECTED = 'xlsx'

/**
 * The worksheets of an xlsx file. The reader sees nothing but the parts that the archive's directory lists, unpacked here within
 * counted limits and packed anew: local headers that say otherwise, parts between parts and archives in archives never reach it.
 */
export async function parseWorkbook(bytes: Buffer): Promise<Sheet[] | Refusal> {
  const zip = await fromBufferPromise(bytes).catch((error: unknown) => broken(error))
  if (isRefusal(zip)) return zip
  const parts = await unpack(zip).catch((error: unknown) => broken(error))
  if (isRefusal(parts)) return parts
  const sheets = await readXlsxFile(storedZip(parts), { parseNumber: plainNumber }).catch((error: unknown) => broken(error))
  return isRefusal(sheets) ? sheets : sheets.map(({ sheet, data }) => ({ name: sheet, rows: numbered(data) }))
}

async function unpack(zip: ZipFile): Promise<Map<string, Buffer> | Refusal> {
  if (zip.entryCount > LIMIT.entries) return bomb('entries', zip.entryCount, LIMIT.entries)
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > LIMIT.entries) return bomb('entries', entries.length, LIMIT.entries)
  }
  return refuseEntries(entries) ?? refuseOther(entries) ?? inflate(zip, entries.filter(isPart))
}

function refuseEntries(entries: readonly Entry[]): Refusal | undefined {
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > LIMIT.bytes) return bomb('bytes', total, LIMIT.bytes)
  const dense = entries.find((e) => e.uncompressedSize > LIMIT.ratioFrom && e.uncompressedSize > LIMIT.ratio * e.compressedSize)
  if (dense) return bomb('ratio', Math.round(dense.uncompressedSize / Math.max(1, dense.compressedSize)), LIMIT.ratio)
  if (entries.some((entry) => entry.isEncrypted())) return refuse('invalid', 'cases/import-encrypted', { expected: EXPECTED })
  return undefined
}

function refuseOther(entries: readonly Entry[]): Refusal | undefined {
  const names = new Set(entries.map((entry) => entry.fileName))
  if (names.has('[Content_Types].xml') && names.has('xl/workbook.xml')) return undefined
  const found = OTHERS.find(([part]) => names.has(part))?.[1] ?? 'zip'
  return refuse('invalid', 'cases/import-wrong-file', { found, expected: 'xlsx / csv' })
}

const OTHERS: readonly [part: string, name: string][] = [
  ['word/document.xml', 'docx (Word)'],
  ['ppt/presentation.xml', 'pptx (PowerPoint)'],
  ['xl/workbook.bin', 'xlsb (binary workbook)'],
  ['mimetype', 'OpenDocument'],
]

// Everything the reader may want to look at; pictures, printer settings and embedded files are left where they are.
function isPart(entry: Entry): boolean {
  return (
    /\.(xml|rels)$/.test(entry.fileName) && !/^(docProps|customXml|xl\/(drawings|theme|externalLinks))\//.test(entry.fileName)
  )
}

async function inflate(zip: ZipFile, entries: readonly Entry[]): Promise<Map<string, Buffer> | Refusal> {
  const parts = new Map<string, Buffer>()
  let total = 0
  for (const entry of entries) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer)
      total += (chunk as Buffer).length
      if (total > LIMIT.bytes) return bomb('bytes', total, LIMIT.bytes)
    }
    const part = Buffer.concat(chunks)
    if (part.includes('<!DOCTYPE')) return refuse('invalid', 'cases/import-unreadable', { found: `DOCTYPE in ${entry.fileName}` })
    parts.set(entry.fileName, part)
  }
  return parts
}

// Excel keeps 15 digits; a number is written out without an exponent, as its cell shows it.
function plainNumber(text: string): string {
  const number = Number(text)
  if (!Number.isFinite(number)) return text
  return Number.isSafeInteger(number) || Math.abs(number) < 1e-6 ? String(number) : String(Number(number.toPrecision(15)))
}

function bomb(what: 'entries' | 'bytes' | 'ratio', found: number, limit: number): Refusal {
  return refuse('invalid', `cases/import-zip-${what}`, { found, limit })
}

function broken(error: unknown): Refusal {
  const found = error instanceof Error ? error.message : String(error)
  return refuse('invalid', 'cases/import-broken-xlsx', { found: found.slice(0, 160), expected: EXPECTED })
}
