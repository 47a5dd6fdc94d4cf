import { createHash } from 'node:crypto'

/** The identity of an imported row: its source, its batch, and its number there, or its text where it has none. */
export function importKey(o: { source: string; batch: string; originalNo: string; text: string }): string {
  const what = o.originalNo ? ['no', tight(o.originalNo)] : ['text', tight(o.text)]
  return createHash('sha256')
    .update(JSON.stringify([o.source, tight(o.batch), ...what]))
    .digest('hex')
    .slice(0, 40)
}

function tight(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '')
}
