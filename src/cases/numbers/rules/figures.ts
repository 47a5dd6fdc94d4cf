import type { Label } from '../../../people/rules/actor.ts'

/** What happened to a case in its course: the words of the list's filter `course`, several joined by commas. */
export const COURSES = [
  'dispatched',
  'handed_back',
  'judged',
  'rejected',
  'ever_closed',
  'rebounded',
  'noticed',
  'objected',
  'closed_in_term',
  'closed_late',
] as const
export type CourseCode = (typeof COURSES)[number]

/** The words of the filter `course` as a reader sees them. */
export const COURSE_LABELS: Readonly<Record<CourseCode, Label>> = {
  dispatched: { zh: '曾经交办', en: 'ever assigned' },
  handed_back: { zh: '曾被单位退单', en: 'ever handed back' },
  judged: { zh: '作过验收结论', en: 'ever judged at acceptance' },
  rejected: { zh: '验收退回过', en: 'ever rejected at acceptance' },
  ever_closed: { zh: '曾经销号', en: 'ever cleared off' },
  rebounded: { zh: '曾经反弹', en: 'ever rebounded' },
  noticed: { zh: '曾经公示或开放异议', en: 'window ever opened' },
  objected: { zh: '收到过异议', en: 'ever objected to' },
  closed_in_term: { zh: '已销号且有时限', en: 'cleared off, with a last day' },
  closed_late: { zh: '超期办结', en: 'closed late' },
}

/** The figures leaders ask for, in the order in which they stand. */
export const FIGURES = [
  'total',
  'open',
  'done',
  'ended',
  'overdue',
  'closed_late',
  'rejected',
  'rebounded',
  'handed_back',
  'objected',
] as const
export type FigureCode = (typeof FIGURES)[number]

/** What a figure counts, and out of what: both as filters of the list; `of` is absent where no share is made. */
export type Figure = { filter: Filter; of?: Filter; label: Label; text: Label; ofText?: Label }
type Filter = Readonly<Record<string, string>>

const course = (...codes: CourseCode[]): Filter => ({ course: codes.join(',') })

/** Every figure with its numerator and its denominator in words. */
export const FIGURE: Readonly<Record<FigureCode, Figure>> = {
  total: {
    filter: {},
    label: { zh: '件数', en: 'Cases' },
    text: { zh: '本期、本范围内的全部问题。', en: 'Every problem of the period within the filter.' },
  },
  open: {
    filter: { open: 'true' },
    of: {},
    label: { zh: '在办', en: 'Open' },
    text: { zh: '尚未结束的问题。', en: 'Problems that have not ended.' },
    ofText: { zh: '件数', en: 'all cases' },
  },
  done: {
    filter: { state: 'closed' },
    of: {},
    label: { zh: '办结（已销号）', en: 'Done (cleared off)' },
    text: { zh: '现在处于已销号状态的问题。', en: 'Problems that stand cleared off now.' },
    ofText: { zh: '件数', en: 'all cases' },
  },
  ended: {
    filter: { state: 'declined,merged,unfounded,transferred' },
    of: {},
    label: { zh: '其他结束', en: 'Ended otherwise' },
    text: { zh: '不予受理、并案、不属实、移送。', en: 'Declined, merged, unfounded or transferred.' },
    ofText: { zh: '件数', en: 'all cases' },
  },
  overdue: {
    filter: { overdue: 'true' },
    of: { open: 'true' },
    label: { zh: '现超期', en: 'Overdue now' },
    text: { zh: '在办问题中，整改总时限已过的。', en: 'Open problems whose whole term is over.' },
    ofText: { zh: '在办', en: 'open cases' },
  },
  closed_late: {
    filter: course('closed_late'),
    of: course('closed_in_term'),
    label: { zh: '超期办结', en: 'Closed late' },
    text: { zh: '已销号而整改完成日晚于最后一日的问题。', en: 'Cleared off, but the work was done after the last day.' },
    ofText: { zh: '有时限的已销号问题', en: 'cleared-off cases that had a last day' },
  },
  rejected: {
    filter: course('rejected'),
    of: course('judged'),
    label: { zh: '验收退回', en: 'Returned at acceptance' },
    text: { zh: '初验或复核至少退回过一次的问题。', en: 'Rejected at least once by the county or the city.' },
    ofText: {
      zh: '在本系统内至少作过一次验收结论的问题（导入前的经过不知道，不计）',
      en: 'cases accepted or rejected at least once in this system (what came before an import is not known)',
    },
  },
  rebounded: {
    filter: course('rebounded'),
    of: course('ever_closed'),
    label: { zh: '反弹', en: 'Rebounds' },
    text: { zh: '销号以后经回头看或重启认定反弹的问题。', en: 'Came back after clear-off, found by a look-back or reopened.' },
    ofText: { zh: '曾经销号的问题', en: 'cases cleared off at least once' },
  },
  handed_back: {
    filter: course('handed_back'),
    of: course('dispatched'),
    label: { zh: '单位退单', en: 'Handed back by units' },
    text: { zh: '责任单位至少退回过一次交办的问题。', en: 'Handed back at least once by the unit it was assigned to.' },
    ofText: { zh: '在本系统内交办过的问题', en: 'cases assigned at least once in this system' },
  },
  objected: {
    filter: course('objected'),
    of: course('noticed'),
    label: { zh: '公示异议', en: 'Objections' },
    text: { zh: '公示或异议期内至少收到一次异议的问题。', en: 'At least one objection in the window for it.' },
    ofText: { zh: '在本系统内进入过公示或异议期的问题', en: 'cases whose window was opened in this system' },
  },
}

/** By what the figures are told apart. */
export const DIMENSIONS = ['region', 'unit', 'source', 'path', 'category', 'batch', 'month'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Which day of a case makes it one of the period. */
export const PERIOD_DAYS = ['reported', 'closed'] as const
export type PeriodDay = (typeof PERIOD_DAYS)[number]

/** A period by the day of the report or of the clear-off, both ends included. */
export type Period = { on: PeriodDay; from?: string | undefined; to?: string | undefined }

/** The period as filters of the list. */
export function periodFilter({ on, from, to }: Period): Filter {
  return { ...(from && { [`${on}From`]: from }), ...(to && { [`${on}To`]: to }), ...(on === 'closed' && { state: 'closed' }) }
}

/** What of the list one row shows; a month lies within the period that is looked at. */
export function rowFilter(by: Dimension, key: string | null, period: Period): Filter {
  if (by === 'month') return key === null ? {} : periodFilter(monthWithin(key, period))
  if (key !== null) return { [by === 'unit' ? 'responsible' : by]: key }
  return by === 'unit' ? { noUnit: 'true' } : by === 'category' ? { noCategory: 'true' } : { noBatch: 'true' }
}

function monthWithin(month: string, { on, from, to }: Period): Period {
  const [first, last] = [`${month}-01`, lastOf(month)]
  return { on, from: from && from > first ? from : first, to: to && to < last ? to : last }
}

function lastOf(month: string): string {
  const [year, m] = month.split('-').map(Number) as [number, number]
  const days =
    m === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31
  return `${month}-${days}`
}

/** Filters joined into the address of the list; a state that two of them name is what both say. */
export function queryOf(...filters: readonly Filter[]): string {
  const all: Record<string, string> = {}
  for (const filter of filters)
    for (const [name, value] of Object.entries(filter))
      all[name] = name in all && all[name] !== value ? both(name, all[name]!, value) : value
  return new URLSearchParams(all).toString()
}

function both(name: string, a: string, b: string): string {
  if (name === 'course') return `${a},${b}`
  if (name !== 'state') return b
  const shared = a.split(',').filter((state) => b.split(',').includes(state))
  return shared.join(',')
}
