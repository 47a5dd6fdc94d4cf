import { LIMITS } from './limits.ts'

/** What is kept of a feature beside its shape: its attributes, the one that names it, and the days a permit holds. */
export type Described = {
  name: string
  attributes: Record<string, string | number | boolean>
  from: string | null
  to: string | null
}

/** Cuts attributes down to what a column can keep, and finds the name and the days of validity among them by their usual names. */
export function describe(properties: Readonly<Record<string, unknown>>): Described {
  const attributes: Described['attributes'] = {}
  let bytes = 0
  for (const [key, value] of Object.entries(properties).slice(0, LIMITS.attributes)) {
    const kept = plainValue(value)
    if (kept === undefined) continue
    bytes += key.length * 3 + String(kept).length * 3
    if (bytes > LIMITS.attributeBytes) break
    attributes[plainText(key).slice(0, 100)] = kept
  }
  return { name: nameOf(attributes), attributes, from: dayOf(attributes, FROM), to: dayOf(attributes, TO) }
}

function plainValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : localDay(value)
  if (typeof value === 'string') return plainText(value).trim().slice(0, 2000) || undefined
  return value === null || value === undefined ? undefined : plainText(JSON.stringify(value)).slice(0, 2000)
}

// U+0000 and half a surrogate pair fit no column of the database.
function plainText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

const localDay = (day: Date) => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
const two = (n: number) => String(n).padStart(2, '0')

function nameOf(attributes: Described['attributes']): string {
  for (const pattern of NAMES) {
    const key = Object.keys(attributes).find((each) => pattern.test(each) && String(attributes[each]) !== '')
    if (key !== undefined) return String(attributes[key]).slice(0, 200)
  }
  return ''
}

const NAMES = [/^(名称|name|mc|title)$/i, /(名称|mc)$/i, /名|name/i]

const FROM = /^(valid_?from|start_?date|有效期起|有效期自|起始日期|开始日期|发证日期|qsrq|ksrq|yxqq)$/i
const TO = /^(valid_?to|end_?date|有效期止|有效期至|截止日期|终止日期|到期日期|jzrq|jsrq|yxqz|zzrq)$/i

function dayOf(attributes: Described['attributes'], pattern: RegExp): string | null {
  const key = Object.keys(attributes).find((each) => pattern.test(each))
  const found = /^\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})/.exec(key === undefined ? '' : String(attributes[key]))
  if (!found) return null
  const [, year, month, day] = found.map(Number)
  const date = new Date(Date.UTC(year!, month! - 1, day!))
  const isReal = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day!
  return isReal ? `${year}-${two(month!)}-${two(day!)}` : null
}
