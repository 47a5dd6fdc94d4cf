import type { Block, OfficialDocument } from './document.ts'
import { dayWords } from './geometry.ts'

/** What stands for a character that a font lacks, as Chinese type has always shown it. */
export const GETA = '〓'

/** The document with 〓 for what cannot be drawn and a note that names each by its code; and the characters themselves, each once. */
export function withoutMissing(
  document: OfficialDocument,
  has: (char: string) => boolean,
): { document: OfficialDocument; missing: string[] } {
  const missing = new Set<string>()
  const swap = (text: string): string => {
    let made = ''
    for (const char of text.normalize('NFC').replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u200d]/gu, '')) {
      const fine = char === '\n' || char === '\t' || has(char)
      if (!fine) missing.add(char)
      made += fine ? char : GETA
    }
    return made
  }
  const shown = mapTexts(document, swap)
  if (missing.size === 0) return { document: shown, missing: [] }
  return { document: { ...shown, body: [...shown.body, noteOf([...missing])] }, missing: [...missing] }
}

const noteOf = (missing: string[]): Block => ({
  kind: 'text',
  text: `（注：“${GETA}”处的字字库缺字，编码依次为${missing.map(codeOf).join('、')}。）`,
})

/** U+20BB7 of 𠮷. */
export const codeOf = (char: string): string => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

function mapTexts(document: OfficialDocument, swap: (text: string) => string): OfficialDocument {
  const { enclosures, record, signedOn } = document
  const texts = ['issuer', 'number', 'title', 'to', 'signedBy', 'note', 'mark'] as const
  const swapped = Object.fromEntries(texts.flatMap((key) => (document[key] === undefined ? [] : [[key, swap(document[key])]])))
  if (signedOn) swap(dayWords(signedOn))
  return {
    ...document,
    ...swapped,
    body: document.body.map((block) => mapBlock(block, swap)),
    ...(enclosures ? { enclosures: enclosures.map(swap) } : {}),
    ...(record
      ? { record: { ...record, printedBy: swap(record.printedBy), ...(record.copies ? { copies: swap(record.copies) } : {}) } }
      : {}),
  }
}

function mapBlock(block: Block, swap: (text: string) => string): Block {
  if (block.kind !== 'table') return { ...block, text: swap(block.text) }
  return { ...block, rows: block.rows.map((row) => row.map((cell) => ({ ...cell, text: swap(cell.text) }))) }
}
