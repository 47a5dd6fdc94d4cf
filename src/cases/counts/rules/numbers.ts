import { addDays, type Day, type Month, monthOf } from '../../../base/rules/day.ts'
import { type Law, ruleAt, versionOf } from '../../../base/rules/law.ts'
import type { Label } from '../../../people/rules/actor.ts'
import type { ColourRule } from '../../rules/path-rule.ts'

/** The numbers of the operations board (作战图), in the order in which they stand on it. */
export const NUMBERS = [
  'all',
  'open',
  'red',
  'yellow',
  'green',
  'overdue',
  'soon',
  'returned',
  'reopened',
  'rebound',
  'incomplete',
  'cleared_month',
  'cleared',
] as const
export type NumberCode = (typeof NUMBERS)[number]

export const NUMBER_LABELS: Readonly<Record<NumberCode, Label>> = {
  all: { zh: '总数', en: 'All' },
  open: { zh: '在办', en: 'Open' },
  red: { zh: '红', en: 'Red' },
  yellow: { zh: '黄', en: 'Yellow' },
  green: { zh: '绿', en: 'Green' },
  overdue: { zh: '超期', en: 'Overdue' },
  soon: { zh: '临期', en: 'Due soon' },
  returned: { zh: '退回', en: 'Returned' },
  reopened: { zh: '重启', en: 'Reopened' },
  rebound: { zh: '反弹', en: 'Rebound' },
  incomplete: { zh: '缺项', en: 'Incomplete' },
  cleared_month: { zh: '本月销号', en: 'Cleared this month' },
  cleared: { zh: '累计销号', en: 'Cleared in all' },
}

/** What the numbers of a day depend on: the day, its month, and until when a last day counts as soon. */
export type BoardDays = { today: Day; month: Month; soonUntil: Day }

/** The rule behind a number, as it is cited. */
export type Clause = { version: string; source: string }

/** The days of the board under the law of the day; 临期 takes its length from the colour rule. */
export function boardDays(today: Day, law: Law): BoardDays & { soonDays: number; clause: Clause } {
  const row = ruleAt<ColourRule>(law.rules, 'colour', 'default', today)
  const soonDays = row.value.yellowDaysToDue
  const clause = { version: versionOf(row), source: row.source }
  return { today, month: monthOf(today), soonUntil: addDays(today, soonDays), soonDays, clause }
}

/** The filter of the problem list that gives exactly the cases behind a number. */
export function filterOf(code: NumberCode, { month }: { month: Month }): Readonly<Record<string, string>> {
  return code === 'cleared_month' ? { cleared: month } : FILTERS[code]
}

const FILTERS: Readonly<Record<Exclude<NumberCode, 'cleared_month'>, Readonly<Record<string, string>>>> = {
  all: {},
  open: { open: 'true' },
  red: { open: 'true', colour: 'red' },
  yellow: { open: 'true', colour: 'yellow' },
  green: { open: 'true', colour: 'green' },
  overdue: { overdue: 'true' },
  soon: { soon: 'true' },
  returned: { state: 'returned' },
  reopened: { reopened: 'true' },
  rebound: { rebound: 'true' },
  incomplete: { open: 'true', incomplete: 'true' },
  cleared: { state: 'closed' },
}

/** The numbers that rest on the colour rule, and cite it. */
export const CITED: readonly NumberCode[] = ['red', 'yellow', 'green', 'overdue', 'soon']

/** What a number counts, in words; `colouredOn` is the oldest day for which an open case was coloured. */
export function wordsOf(code: NumberCode, o: WordsOf): Label {
  return WORDS[code](o)
}

type WordsOf = BoardDays & { soonDays: number; colouredOn: string }
type Words = (o: WordsOf) => Label

const WORDS: Readonly<Record<NumberCode, Words>> = {
  all: () => ({
    zh: '清单上的全部问题，已结束的也算在内。',
    en: 'Every problem on the list, those that have ended included.',
  }),
  open: () => ({
    zh: '尚未结束的问题：未销号，也未以不予受理、并案、不属实、移送结束。',
    en: 'Problems that have not ended: neither cleared off nor declined, merged, unfounded or transferred.',
  }),
  red: ({ colouredOn }) => ({
    zh: `在办问题中，三色为红的；颜色按规则算到 ${colouredOn}，每件可查依据。`,
    en: `Open problems whose colour is red, computed by the rules for ${colouredOn}; every one says why.`,
  }),
  yellow: ({ colouredOn }) => ({
    zh: `在办问题中，三色为黄的：临近期限而进度落后、节点逾期、缺进展报告等；颜色按规则算到 ${colouredOn}，每件可查依据。`,
    en: `Open problems whose colour is yellow (near the last day and behind, a milestone late, reports missing …), by the rules for ${colouredOn}; every one says why.`,
  }),
  green: () => ({
    zh: '在办问题中，没有触发红、黄情形的。',
    en: 'Open problems for which nothing red or yellow holds.',
  }),
  overdue: ({ today }) => ({
    zh: `在办问题中，整改总时限的最后一日早于 ${today} 而整改尚未完成的，以及整改完成日晚于最后一日的；中止计时的不算。`,
    en: `Open problems whose last day of the whole term lies before ${today} while the work is not done, or that were done after it; suspended ones do not count.`,
  }),
  soon: ({ today, soonUntil, soonDays }) => ({
    zh: `在办且整改尚未完成的问题中，最后一日在 ${today} 至 ${soonUntil}（${soonDays} 天）之间的。`,
    en: `Open problems still being worked on whose last day lies between ${today} and ${soonUntil} (${soonDays} days).`,
  }),
  returned: () => ({
    zh: '责任单位退回、等待市级审定的问题。',
    en: 'Problems that a unit has given back and that wait for the ruling.',
  }),
  reopened: () => ({
    zh: '结束以后又重启、现在在办的问题；反弹的算在内。',
    en: 'Problems that had ended, came back and are open now; rebounds included.',
  }),
  rebound: () => ({
    zh: '销号以后反弹、现在在办的问题。',
    en: 'Problems that came back after they were cleared off and are open now.',
  }),
  incomplete: () => ({
    zh: '在办问题中，由旧清单导入、办理所需要件还不齐全的。',
    en: 'Open problems from an old list that still lack fields their path needs.',
  }),
  cleared_month: ({ month }) => ({
    zh: `已销号、销号日期在 ${month} 月内的问题。`,
    en: `Problems cleared off in ${month}.`,
  }),
  cleared: () => ({ zh: '现在处于已销号状态的全部问题。', en: 'Every problem that stands cleared off now.' }),
}
