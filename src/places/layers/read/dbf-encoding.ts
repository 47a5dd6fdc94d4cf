/** How the texts of a dBASE table are written, and what said so: its `.cpg`, the mark in its header, or the bytes themselves. */
export type Encoding = { name: 'utf-8' | 'gb18030' | 'big5'; by: 'cpg' | 'header' | 'bytes' }

/** The encoding of a table: the `.cpg` first, then the header's code page, then whether the bytes are UTF-8; GBK is what is left. */
export function guessEncoding(dbf: Buffer, cpg: string | undefined): Encoding {
  const said = cpg === undefined ? undefined : labelOf(cpg)
  if (said) return { name: said, by: 'cpg' }
  const mark = MARKS[dbf[29] ?? 0]
  if (mark) return { name: mark, by: 'header' }
  return { name: isUtf8(dbf.subarray(dbf.readUInt16LE(8))) ? 'utf-8' : 'gb18030', by: 'bytes' }
}

function labelOf(cpg: string): Encoding['name'] | undefined {
  const word = cpg.trim().toLowerCase()
  if (/utf-?8|65001/.test(word)) return 'utf-8'
  if (/gb|936/.test(word)) return 'gb18030'
  return /big-?5|950/.test(word) ? 'big5' : undefined
}

// Language driver IDs of dBASE for code pages 936 and 950.
const MARKS: Readonly<Record<number, Encoding['name']>> = { 77: 'gb18030', 122: 'gb18030', 78: 'big5', 120: 'big5' }

// A field is cut at its width, in the middle of a character if it must be: a few broken ones do not make a file GBK.
function isUtf8(bytes: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  let foreign = 0
  for (const char of text) {
    if (char === '\uFFFD') broken++
    else if (char > '\u007F') foreign++
  }
  return broken <= foreign * 0.2
}
