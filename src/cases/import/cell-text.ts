/** A cell of any type as text: outer blanks cut, dates as YYYY-MM-DD (with hh:mm where they have a time), no control characters. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateText(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  return clean(String(value))
}

// PostgreSQL takes neither NUL nor half of a surrogate pair; direction marks could show a text as another.
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const controls = /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(controls, '').toWellFormed().normalize('NFC').trim()
}

// Spreadsheet dates have no zone; the reader gives them as UTC.
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1) return ''
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString()
  return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}
