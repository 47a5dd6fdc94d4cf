import { createHash } from 'node:crypto'

/** The identity of an imported row: its source, its batch, and its number there, or its text where it has none. */
export function importKey(o: { source: string; batch: string; originalNo: string; text: string }): string {
  const what = o.originalNo ? ['no', fold(o.originalNo)] : ['text', fold(o.text)]
  return createHash('sha256')
    .update(JSON.stringify([o.source, fold(o.batch), ...what]))
    .digest('hex')
    .slice(0, 40)
}

/** A text as it is compared: without blanks, one spelling for full and half width. */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '')
}
