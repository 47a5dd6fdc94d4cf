import { type Day, isDay, monthLength, parseDay } from '../../base/rules/day.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { parseTerm } from '../../base/rules/term.ts'

// What is only meant to happen proves nothing.
const PLANNED = /拟|计划|预计|待|尚未|未|准备|争取/

/**
 * The day a cell proves: something was done on it. A month proves its last day, or today while it runs. Undefined where the cell
 * is empty, says / or —, or speaks of a plan; a day that does not exist, lies ahead, or cannot be read is refused.
 */
export function provenDay(cell: string | undefined, today: Day): Day | undefined | Refusal {
  const text = cell?.normalize('NFKC').trim() ?? ''
  if (text === '' || /^[/\\—–-]+$|^无$/.test(text)) return undefined
  if (PLANNED.test(text)) return undefined
  const term = parseTerm(text.replace(TIME_OF_DAY, ''))
  if (term.day === undefined) return refuse('invalid', 'cases/import-bad-day', { found: shown(text), expected: 'YYYY-MM-DD' })
  if (term.day <= today) return term.day
  if (term.day.slice(0, 7) === today.slice(0, 7) && !NAMES_DATE.test(text)) return today
  return refuse('invalid', 'cases/import-future-day', { found: shown(text), today })
}

const TIME_OF_DAY = /(?<=\d日?)[T\s]+\d{1,2}[:时]\d{1,2}.*$/
const NAMES_DATE = /\d{4}\D\d{1,2}\D\d{1,2}|\d{8}/

/** Both ends of a window (`2025-12-12至2025-12-25`, `2025年12月12日—25日`); undefined where the cell is empty or speaks of a plan. */
export function daysOfWindow(cell: string | undefined): { from: Day; to: Day } | undefined | Refusal {
  const text = cell?.normalize('NFKC').replace(/\s+/g, '') ?? ''
  if (text === '' || /^[/—–-]+$|^无$/.test(text) || PLANNED.test(text)) return undefined
  const found = WINDOW.exec(text)
  const [from, to] = found ? windowDays(found) : []
  if (from === undefined || to === undefined || to < from)
    return refuse('invalid', 'cases/import-bad-window', { found: shown(text), expected: 'YYYY-MM-DD 至 YYYY-MM-DD' })
  return { from, to }
}

const WINDOW =
  /(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?[^\d]{0,6}(?:至|到|~|-|—|–|―)[^\d]{0,3}(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})日?/

function windowDays([, year, month, day, toYear, toMonth, toDay]: RegExpExecArray): [Day | undefined, Day | undefined] {
  return [dayOfText(year!, month!, day!), dayOfText(toYear ?? year!, toMonth ?? month!, toDay!)]
}

/** Whether an opinion says no, or speaks of what is still to come: then it proves nothing. */
export function isRefusing(text: string): boolean {
  return /未(通过|完成|验收|达到|备案|公示|销号)|不(同意|通过|合格)|^(拟|待|计划|尚未)/.test(text)
}

/** The last day that a text names as its state (`截至2021年6月2日`); undefined where it names none. */
export function asOfDay(text: string): Day | undefined {
  const found = /截[至止](?:到)?(\d{4})[年./-](\d{1,2})[月./-](?:(\d{1,2})日?|底)?/.exec(
    text.normalize('NFKC').replace(/\s+/g, ''),
  )
  if (!found) return undefined
  const [, year, month, day] = found
  return dayOfText(year!, month!, day ?? String(monthLength(Number(year), Number(month))))
}

function dayOfText(year: string, month: string, day: string): Day | undefined {
  const text = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return isRefusal(text) || !isDay(text) ? undefined : text
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
