import { addDays, type Day, monthLength, parseDay, toDay } from './day.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { canonicalTerm } from './term-words.ts'

/** What a deadline's words amount to besides a day. */
export type TermAlso = 'at_once' | 'long_term' | 'done'

/** What a reader should know about how the day was found. */
export type TermNote =
  | 'term/last-of-several'
  | 'term/year-from-context'
  | 'term/two-digit-year'
  | 'term/excel-serial'
  | 'term/ambiguous-before'
  | 'term/relative'

/**
 * A deadline as it was written (`words`, verbatim) and as it is understood. `by_day` has a `day`, its last day; the others have
 * none. `also` lists what else the words say; `problem` says why they could not be understood.
 */
export type Term = {
  readonly words: string
  readonly kind: 'by_day' | 'at_once' | 'long_term' | 'unknown'
  readonly day?: Day
  readonly also?: readonly TermAlso[]
  readonly notes?: readonly TermNote[]
  readonly problem?: Refusal
}

/** What the document around a term tells: the year that words without one mean. */
export type TermContext = { readonly year?: number }

/**
 * Reads a Chinese deadline (`2025年12月底前`, `立行立改，长期坚持`, `2025.12.31`, an Excel serial number). Never throws. Of several
 * days the latest counts, as the whole is due with its last part; a day that does not exist leaves the term unknown.
 */
export function parseTerm(words: string | number, context: TermContext = {}): Term {
  const verbatim = String(words)
  const bare = parseBareNumber(verbatim)
  if (bare) return { words: verbatim, ...bare }
  const { text, relative } = canonicalTerm(verbatim.slice(0, LONGEST))
  const reading = settleDays(findDates(text), context)
  const also = ALSO.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []))
  return { words: verbatim, ...conclude(verbatim, reading, also, relative) }
}

const LONGEST = 1000
const YEARS = { first: 1949, last: 2099 }

const ALSO: readonly [TermAlso, RegExp][] = [
  ['at_once', /立[行知整查]立?改|[立即][行知][立即]改|即[行知查]即改|边[督查]边改|立即|即时|即刻|马上/],
  ['long_term', /长期|持续|常态|常抓|坚持不懈|久久为功/],
  ['done', /已[^,;。未]{0,16}(?:完成|整改|办结|销号|关停|拆除)|^(?:完成|整改完成|完成整改)$/],
]

// The parts of one date in the canonical text; `end` is the word after a month or a year (底, 上旬, 前 …).
type DateWords = {
  found: string
  year: string
  yearWord: string
  half: string
  quarter: string
  month: string
  date: string
  end: string
}

type Found = { day: Day; notes: TermNote[]; bareYear: boolean } | { problem: Refusal }

type Reading = { day?: Day; notes: TermNote[]; problem?: Refusal }

const DATE_WORDS = new RegExp(
  [
    '(?:(\\d+)年度?|(今年|本年度?|当年|明年|次年|翌年|来年))?的?(?:',
    '([上下])半年|',
    '[前第]?(?:(\\d)季度?|Q(\\d))|',
    '(\\d+)月份?月?(?:(\\d+)(?:[日号]|(?=$|[前止之底以,;。、)至到~—-]))|([上中下]旬|[底末]|初(?![步验中])|中(?![央国心秋小型])|[以之]?前))?|',
    '(年?[底末终]|年?初(?![步验])|年?中(?![央国心秋小型])|之?内|[以之]?前)?',
    ')',
  ].join(''),
  'g',
)

function findDates(text: string): DateWords[] {
  const dates: DateWords[] = []
  for (const match of text.matchAll(DATE_WORDS)) {
    const [found, year = '', yearWord = '', half = '', q1 = '', q2 = '', month = '', date = '', ofMonth = '', ofYear = ''] = match
    if (!(year || yearWord || half || q1 || q2 || month) || /\d/.test(text[match.index - 1] ?? '')) continue
    dates.push({ found, year, yearWord, half, quarter: q1 || q2, month, date, end: ofMonth || ofYear })
  }
  return dates.filter(isPlausible)
}

// A number before 年 that is no year (`3年`, `25年` alone) is a duration or part of a name.
function isPlausible(date: DateWords): boolean {
  const hasMore = date.half !== '' || date.quarter !== '' || date.month !== '' || date.end !== ''
  return date.year === '' || date.year.length === 4 || (date.year.length === 2 && hasMore)
}

function settleDays(dates: readonly DateWords[], context: TermContext): Reading {
  const found = resolveAll(dates, context)
  const impossible = found.find((f) => 'problem' in f && f.problem.code === 'term/impossible-day')
  if (impossible && 'problem' in impossible) return { notes: [], problem: impossible.problem }
  const days = found.flatMap((f) => ('day' in f ? [f] : []))
  const exact = days.filter((f) => !f.bareYear)
  const lastExact = latestOf(exact)
  const usable = days.filter((f) => !f.bareYear || lastExact === undefined || f.day.slice(0, 4) > lastExact.day.slice(0, 4))
  const last = latestOf(usable)
  const problem = found.flatMap((f) => ('problem' in f ? [f.problem] : []))[0]
  if (last === undefined) return { notes: [], ...(problem && { problem }) }
  const several = usable.some((f) => f.day !== last.day)
  return { day: last.day, notes: several ? [...last.notes, 'term/last-of-several'] : last.notes }
}

function latestOf<T extends { day: Day }>(days: readonly T[]): T | undefined {
  return days.reduce<T | undefined>((last, f) => (last === undefined || f.day >= last.day ? f : last), undefined)
}

// A date without a year takes the year before it in the text, else the only year of the text, else the document's.
function resolveAll(dates: readonly DateWords[], context: TermContext): Found[] {
  const years = new Set(dates.flatMap((date) => (date.year ? [fullYear(date.year)] : [])))
  let carried = years.size === 1 ? [...years][0] : undefined
  return dates.map((date) => {
    const { year, notes } = yearOfWords(date, carried, context)
    if (year === undefined) return { problem: refuse('invalid', 'term/no-year', { found: date.found }) }
    carried = year
    return resolve(date, year, notes)
  })
}

function yearOfWords(
  date: DateWords,
  carried: number | undefined,
  context: TermContext,
): { year: number | undefined; notes: TermNote[] } {
  if (date.year) return { year: fullYear(date.year), notes: date.year.length === 2 ? ['term/two-digit-year'] : [] }
  const nextYear = /^[明次翌来]年$/.test(date.yearWord) ? 1 : 0
  const base = carried ?? context.year
  const notes: TermNote[] = carried === undefined && base !== undefined ? ['term/year-from-context'] : []
  return { year: base === undefined ? undefined : base + nextYear, notes }
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function resolve(date: DateWords, year: number, notes: TermNote[]): Found {
  if (!Number.isInteger(year) || year < YEARS.first || year > YEARS.last)
    return impossible(date.found, `${YEARS.first}–${YEARS.last}`)
  const bareYear = !(date.half || date.quarter || date.month || date.end)
  if (/^年?[初中]$/.test(date.end)) return { problem: refuse('invalid', 'term/vague', { found: date.found }) }
  const day = lastDayOf(date, year)
  if (isRefusal(day)) return impossible(date.found, String(day.params.expected))
  const before = /前$/.test(date.end) ? (['term/ambiguous-before'] as const) : []
  return { day, notes: [...notes, ...before], bareYear }
}

function lastDayOf(date: DateWords, year: number): Day | Refusal {
  if (date.half) return dayOfNumbers(year, date.half === '上' ? 6 : 12)
  if (date.quarter)
    return date.quarter > '4'
      ? refuse('invalid', 'term/quarter', { expected: '1–4' })
      : dayOfNumbers(year, Number(date.quarter) * 3)
  if (!date.month) return dayOfNumbers(year, 12)
  const tenDays: Record<string, number> = { 上旬: 10, 中旬: 20 }
  return dayOfNumbers(year, Number(date.month), date.date ? Number(date.date) : tenDays[date.end])
}

function dayOfNumbers(year: number, month: number, date: number = monthLength(year, month) || 1): Day | Refusal {
  return parseDay(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`)
}

function impossible(found: string, expected: string): { problem: Refusal } {
  return { problem: refuse('invalid', 'term/impossible-day', { found, expected }) }
}

function conclude(words: string, reading: Reading, also: readonly TermAlso[], relative: boolean): Omit<Term, 'words'> {
  const { day, problem } = reading
  const first = also.find((name) => name === 'at_once' || name === 'long_term')
  const kind = day ? 'by_day' : problem ? 'unknown' : (first ?? 'unknown')
  const others = also.filter((name) => name !== kind)
  const notes: TermNote[] = relative ? [...reading.notes, 'term/relative'] : reading.notes
  const lost = kind === 'unknown' && !problem && !relative && others.length === 0
  const reason = day ? undefined : (problem ?? (lost ? refuse('invalid', 'term/not-understood', { found: words }) : undefined))
  return {
    kind,
    ...(day && { day }),
    ...(others.length > 0 && { also: others }),
    ...(notes.length > 0 && { notes }),
    ...(reason && { problem: reason }),
  }
}

// A cell that holds nothing but a number: an Excel serial (1900 system, time of day dropped), YYYY, YYYYMM or YYYYMMDD.
function parseBareNumber(words: string): Omit<Term, 'words'> | undefined {
  const text = words.trim()
  if (!/^\d{4,8}(?:\.\d+)?$/.test(text)) return undefined
  const number = Math.floor(Number(text))
  const [firstSerial, lastSerial] = [36_526, 73_050]
  if (number >= firstSerial && number <= lastSerial) {
    return { kind: 'by_day', day: addDays(toDay('1899-12-30'), number), notes: ['term/excel-serial'] }
  }
  const parts = /^((?:19|20)\d\d)(\d\d)?(\d\d)?$/.exec(text)
  if (!parts) return undefined
  const day = dayOfNumbers(Number(parts[1]), Number(parts[2] ?? 12), parts[3] ? Number(parts[3]) : undefined)
  if (isRefusal(day)) return { kind: 'unknown', ...impossible(words, String(day.params.expected)) }
  return { kind: 'by_day', day }
}
