import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** A day in Asia/Shanghai, `YYYY-MM-DD`, years 0001 to 9999; sorts as text. */
export type Day = string & { readonly brand: 'Day' }

/** A month in Asia/Shanghai, `YYYY-MM`; sorts as text. */
export type Month = string & { readonly brand: 'Month' }

/** A moment, RFC 3339 with offset. */
export type Instant = string & { readonly brand: 'Instant' }

const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT_SHAPE = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const SHANGHAI_MINUTES = 8 * 60
const LAST_NUMBER = 2_932_896

/** Reads `YYYY-MM-DD`; refuses anything else, 2026-02-30 too, saying what was found and what was expected. */
export function parseDay(text: unknown): Day | Refusal {
  if (isDay(text)) return text
  const expected = typeof text === 'string' && DAY_SHAPE.test(text) ? nearestExpectation(text) : 'YYYY-MM-DD'
  return refuse('invalid', 'day/invalid', { found: String(text), expected })
}

/** Reads a day that is known to be good (a literal, a checked file); throws where `parseDay` refuses. */
export function toDay(text: string): Day {
  const day = parseDay(text)
  if (isRefusal(day)) throw new RangeError(`not a day: found ${day.params.found}, expected ${day.params.expected}`)
  return day
}

/** Whether the value is a day that exists. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !DAY_SHAPE.test(value)) return false
  const [year, month, date] = partsOf(value)
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= monthLength(year, month)
}

/** Reads an RFC 3339 moment with offset; refuses other text with what was found and what was expected. */
export function parseInstant(text: unknown): Instant | Refusal {
  if (typeof text === 'string' && minuteOf(text) !== undefined) return text as Instant
  return refuse('invalid', 'instant/invalid', { found: String(text), expected: 'YYYY-MM-DDThh:mm:ss+08:00' })
}

/** The Shanghai day of a moment, at the fixed +08:00 that holds since 1992; throws on text that is no moment. */
export function dayOf(instant: Instant): Day {
  const minute = minuteOf(instant)
  if (minute === undefined) throw new RangeError(`not an RFC 3339 moment: ${instant}`)
  return dayFromNumber(Math.floor((minute + SHANGHAI_MINUTES) / 1440))
}

/** The day as a count of days since 1970-01-01, for arithmetic. */
export function dayNumber(day: Day): number {
  const [year, month, date] = partsOf(day)
  const y = month > 2 ? year : year - 1
  const sinceMarch = month > 2 ? month - 3 : month + 9
  const dayOfYear = Math.floor((153 * sinceMarch + 2) / 5) + date - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

/** The day that is `number` days after 1970-01-01; throws outside the years 0001 to 9999. */
export function dayFromNumber(number: number): Day {
  const z = number + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  if (!Number.isInteger(number) || year < 1 || number > LAST_NUMBER) throw new RangeError(`no day has the number ${number}`)
  return dayOfParts(year, month, doy - Math.floor((153 * mp + 2) / 5) + 1)
}

/** The day `days` natural days later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** The same date `months` later, or the last day of that month where it has no such date (01-31 + 1 = 02-28 or 02-29). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = partsOf(day)
  const count = year * 12 + month - 1 + months
  const toYear = Math.floor(count / 12)
  const toMonth = count - toYear * 12 + 1
  if (!Number.isInteger(months) || toYear < 1 || toYear > 9999) throw new RangeError(`no day is ${months} months after ${day}`)
  return dayOfParts(toYear, toMonth, Math.min(date, monthLength(toYear, toMonth)))
}

/** Natural days from `from` to `to`: 1 for tomorrow, negative backwards. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** Day of the week, 1 Monday to 7 Sunday. */
export function weekday(day: Day): number {
  return weekdayOfNumber(dayNumber(day))
}

/** Day of the week of a day number, 1 Monday to 7 Sunday. */
export function weekdayOfNumber(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1
}

/** Sort order of two days: negative, zero or positive. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The month a day belongs to. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7) as Month
}

/** The calendar year of a day. */
export function yearOf(day: Day): number {
  return partsOf(day)[0]
}

/** How many days a month has (month 1 to 12). */
export function monthLength(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)
}

function nearestExpectation(text: string): string {
  const [year, month] = partsOf(text)
  if (year < 1) return 'year 0001–9999'
  return month >= 1 && month <= 12 ? `day 01–${monthLength(year, month)}` : 'month 01–12'
}

function minuteOf(text: string): number | undefined {
  const found = INSTANT_SHAPE.exec(text)
  if (!found || !isDay(found[1])) return undefined
  const [hour, minute, second, offsetHour, offsetMinute] = [2, 3, 4, 6, 7].map((i) => Number(found[i] ?? 0))
  const leapSecondAllowed = 60
  if (hour! > 23 || minute! > 59 || second! > leapSecondAllowed || offsetHour! > 23 || offsetMinute! > 59) return undefined
  const offset = (found[5] === '-' ? -1 : 1) * (offsetHour! * 60 + offsetMinute!)
  return dayNumber(found[1]) * 1440 + hour! * 60 + minute! - offset
}

function partsOf(day: string): [year: number, month: number, date: number] {
  return [digits(day, 0) * 100 + digits(day, 2), digits(day, 5), digits(day, 8)]
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

function dayOfParts(year: number, month: number, date: number): Day {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}` as Day
}
