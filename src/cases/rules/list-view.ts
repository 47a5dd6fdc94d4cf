import type { Label } from '../../people/rules/actor.ts'

/** The orders of the problem list; each is that of an index. */
export const SORTS = ['reported', 'reported_up', 'due', 'due_down', 'no', 'no_down', 'urgency'] as const
export type Sort = (typeof SORTS)[number]

/** The columns that the list can show; number and title are always there. */
export const COLUMNS = [
  'colour',
  'state',
  'due',
  'stage',
  'responsible',
  'region',
  'category',
  'pollution',
  'source',
  'path',
  'batch',
  'reportedOn',
  'leader',
  'term',
  'reminders',
  'secrecy',
] as const
export type ColumnCode = (typeof COLUMNS)[number]

/** What somebody sees who chose nothing. */
export const USUAL_COLUMNS: readonly ColumnCode[] = ['colour', 'state', 'due', 'responsible', 'region', 'category']

/** What the list is narrowed by, as it stands in an address and in a saved view. */
export const LIST_FILTERS = [
  'q',
  'region',
  'state',
  'colour',
  'overdue',
  'soon',
  'unit',
  'category',
  'path',
  'source',
  'town',
  'batch',
  'noBatch',
  'dueFrom',
  'dueTo',
  'reportedFrom',
  'reportedTo',
  'pollution',
  'secrecy',
  'reminded',
  'open',
  'reopened',
  'rebound',
  'cleared',
  'month',
  'monthColour',
  'incomplete',
  'sample',
  'responsible',
  'noUnit',
  'noCategory',
  'closedFrom',
  'closedTo',
  'course',
  'passed',
  'passedIn',
  'cells',
] as const
export type ListFilter = (typeof LIST_FILTERS)[number]

export const SORT_NAMES: Readonly<Record<Sort, Label>> = {
  reported: { zh: '登记日期，新的在前', en: 'Reported, newest first' },
  reported_up: { zh: '登记日期，旧的在前', en: 'Reported, oldest first' },
  due: { zh: '期限，近的在前', en: 'Last day, nearest first' },
  due_down: { zh: '期限，远的在前', en: 'Last day, farthest first' },
  no: { zh: '编号，小的在前', en: 'Number, lowest first' },
  no_down: { zh: '编号，大的在前', en: 'Number, highest first' },
  urgency: { zh: '紧急程度（红黄绿，再按期限）', en: 'Urgency (red, yellow, green, then last day)' },
}

/** A view as somebody made it; `mine` where it is the reader's own, else its organisation shares it. */
export type SavedView = {
  id: string
  version: number
  name: string
  filters: Partial<Record<ListFilter, string>>
  sort: Sort
  columns: ColumnCode[]
  shared: boolean
  first: boolean
  mine: boolean
  author: string
}
