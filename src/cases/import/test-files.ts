import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import writeXlsxFile from 'write-excel-file/node'

/** Files for the tests of the import, good ones and hostile ones. */
const folder = mkdtempSync(join(tmpdir(), 'qinba-import-'))

/** Writes a file under the name and gives its path. */
export function fileOf(name: string, content: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** An xlsx workbook of these worksheets, every cell a string. */
export async function xlsxOf(...sheets: { sheet: string; rows: (string | number | Date | null)[][] }[]): Promise<Buffer> {
  const cell = (value: string | number | Date | null) =>
    value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : value
  return writeXlsxFile(sheets.map(({ sheet, rows }) => ({ sheet, data: rows.map((row) => row.map(cell)) }))).toBuffer()
}

/** A csv text of these rows. */
export function csvOf(rows: readonly (readonly string[])[], delimiter = ','): string {
  return rows
    .map((row) => row.map((cell) => (/["\n\r]|,|;|\t/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter))
    .join('\r\n')
}

/** The text in GBK: the built-in decoder turned round. */
export function gbk(text: string): Buffer {
  const pairs = gbkTable()
  return Buffer.from(
    [...text].flatMap((character) => (character < '\x80' ? [character.charCodeAt(0)] : (pairs.get(character) ?? [0x3f]))),
  )
}

let table: Map<string, [number, number]> | undefined

function gbkTable(): Map<string, [number, number]> {
  if (table) return table
  const decoder = new TextDecoder('gbk')
  table = new Map()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const character = decoder.decode(Uint8Array.of(high, low))
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, [high, low])
    }
  }
  return table
}

/** One part of a hand-made zip; `says` is the unpacked size that its headers claim. */
export type Part = { name: string; data: Buffer; says?: number; localName?: string }

/** A zip of these parts, deflated, with headers as the part wants them. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const packings = new Map<Buffer, Buffer>()
  for (const { name, data, says = data.length, localName = name } of parts) {
    const packed = packings.get(data) ?? deflateRawSync(data, { level: 9 })
    packings.set(data, packed)
    const facts = (path: string) =>
      numbers([2, 20], [2, 0], [2, 8], [4, 0], [4, crc32(data)], [4, packed.length], [4, says], [2, path.length], [2, 0])
    const local = Buffer.concat([numbers([4, 0x04034b50]), facts(localName), Buffer.from(localName), packed])
    directory.push(numbers([4, 0x02014b50], [2, 20]), facts(name), Buffer.alloc(10), numbers([4, offset]), Buffer.from(name))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count: [number, number] = [2, parts.length % 65_536]
  return Buffer.concat([
    ...locals,
    central,
    numbers([4, 0x06054b50], [4, 0], count, count, [4, central.length], [4, offset], [2, 0]),
  ])
}

function numbers(...fields: [bytes: number, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes)
      buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )
}

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The parts of a workbook whose one worksheet is this XML. */
export function workbookParts(sheetXml: Buffer | string): Part[] {
  const part = (name: string, data: Buffer | string): Part => ({ name, data: Buffer.from(data) })
  return [
    part(
      '[Content_Types].xml',
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part('xl/worksheets/sheet1.xml', sheetXml),
  ]
}

/** A worksheet's XML around these rows. */
export function sheetXml(rows: string): string {
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`
}
