import type { Day } from '../../base/rules/day.ts'
import type { Field } from './columns.ts'

/**
 * How far a sample problem has come: which columns its row fills and on which days; `times` such problems are made. `ago(n)` is the
 * day n days before today (negative: ahead), `k` a number from 0 to 19 that keeps rows apart.
 */
export type Story = {
  open: boolean
  times: number
  source: string
  shows: readonly Field[]
  days: Days
  finding?: '属实' | '部分属实' | '不属实'
  status?: string
}
type Days = (ago: (days: number) => Day, k: number) => Partial<Record<Field, string>>

const TOLD = ['category'] as const
const ASSIGNED = [...TOLD, 'responsible', 'lead', 'supporting', 'supervising', 'acceptance', 'leader'] as const
const PLANNED = [...ASSIGNED, 'goal', 'measures'] as const
const APPROVED = [...PLANNED, 'planDocNo'] as const
const WORKING = [...APPROVED, 'progress'] as const
const LOOKED_AT = [...PLANNED, 'investigation', 'progress'] as const

const reported: Days = (ago, k) => ({ reportedOn: ago(1 + (k % 5)) })

// Handed over `since` days ago, due in `left` days.
const due =
  (since: number, left: number): Days =>
  (ago, k) => ({ ...handed(since)(ago, k), term: by(ago(left < 0 ? k - left : -left - k)) })
const handed =
  (since: number): Days =>
  (ago, k) => ({ reportedOn: ago(since + k + 3), assignedOn: ago(since + k) })
const longTerm: Days = (ago, k) => ({ ...handed(200)(ago, k), term: '立行立改，长期坚持' })
const and =
  (...all: Days[]): Days =>
  (ago, k) =>
    Object.assign({}, ...all.map((days) => days(ago, k)))
const on =
  (field: Field, days: number): Days =>
  (ago) => ({ [field]: ago(days) })
const notice =
  (begun: number): Days =>
  (ago) => ({ cityAccepted: ago(begun + 5), notice: `${ago(begun)}至${ago(begun - 13)}` })

function by(day: Day): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日前`
}

const INSPECTION = '省委省级督察/专项督察'
const PETITION = '中央督察信访交办(边督边改)'
const HOTLINE = '12345'
const PATROL = '网格巡查'
const SATELLITE = '卫星/无人机图斑'

type Line = [times: number, source: string, shows: readonly Field[], days: Days, rest?: Pick<Story, 'finding' | 'status'>]
const FOUNDED = { finding: '属实' } as const
const PARTLY = { finding: '部分属实' } as const

const OPEN: readonly Line[] = [
  [2, INSPECTION, [], reported],
  [2, INSPECTION, TOLD, reported],
  [2, INSPECTION, ASSIGNED, due(3, 120)],
  [2, INSPECTION, ASSIGNED, and(due(9, 120), on('signedOn', 7))],
  [3, INSPECTION, PLANNED, due(30, 150)],
  [4, INSPECTION, WORKING, due(90, 100)],
  [3, INSPECTION, WORKING, due(160, 6)],
  [3, INSPECTION, WORKING, due(200, -8)],
  [2, INSPECTION, WORKING, longTerm],
  [2, INSPECTION, WORKING, and(due(180, 20), on('selfChecked', 4))],
  [2, INSPECTION, WORKING, and(due(190, 10), on('selfChecked', 15), on('countyAccepted', 6))],
  [2, INSPECTION, WORKING, and(due(200, 5), on('selfChecked', 25), on('cityAccepted', 3))],
  [4, INSPECTION, WORKING, and(due(240, -4), on('selfChecked', 40), notice(5))],
  [1, INSPECTION, WORKING, and(due(260, -9), on('selfChecked', 60), notice(20))],
  [1, INSPECTION, [...WORKING, 'filingNo'], and(due(280, -20), on('selfChecked', 70), notice(34), on('filedOn', 8))],
  [1, PETITION, [], reported],
  [4, PETITION, ASSIGNED, due(2, 5)],
  [2, PETITION, ASSIGNED, and(due(4, 4), on('signedOn', 2))],
  [8, PETITION, LOOKED_AT, due(20, 30), PARTLY],
  [3, PETITION, LOOKED_AT, due(30, 2), FOUNDED],
  [2, PETITION, LOOKED_AT, due(40, -3), FOUNDED],
  [3, PETITION, LOOKED_AT, and(due(30, 8), on('selfChecked', 2)), FOUNDED],
  [2, PETITION, LOOKED_AT, and(due(40, 5), on('selfChecked', 9), on('cityAccepted', 2)), PARTLY],
  [2, HOTLINE, [], reported],
  [1, HOTLINE, TOLD, reported],
  [2, HOTLINE, ASSIGNED, due(4, 50)],
  [3, HOTLINE, LOOKED_AT, due(20, 35), FOUNDED],
  [1, HOTLINE, LOOKED_AT, due(70, -6), FOUNDED],
  [1, HOTLINE, LOOKED_AT, and(due(40, 15), on('selfChecked', 2)), FOUNDED],
  [1, HOTLINE, LOOKED_AT, and(due(50, 5), on('selfChecked', 8), on('countyAccepted', 2)), FOUNDED],
  [1, PATROL, [], reported],
  [1, PATROL, ASSIGNED, due(2, 28)],
  [3, PATROL, WORKING, due(15, 12)],
  [1, PATROL, WORKING, and(due(25, 5), on('selfChecked', 1))],
  [2, SATELLITE, [], reported],
  [1, SATELLITE, TOLD, reported],
  [1, SATELLITE, WORKING, due(20, 15)],
]

const closed = and(handed(260), on('selfChecked', 120), on('cityAccepted', 110))

const ENDED: readonly Line[] = [
  [30, INSPECTION, [...WORKING, 'filingNo'], and(closed, notice(90), on('filedOn', 72), on('closedOn', 70))],
  [85, PETITION, LOOKED_AT, and(closed, on('closedOn', 100)), FOUNDED],
  [
    12,
    PETITION,
    ['category', 'responsible', 'investigation'],
    and(handed(260), on('closedOn', 230)),
    { finding: '不属实', status: '已办结' },
  ],
  [20, HOTLINE, LOOKED_AT, and(closed, on('closedOn', 95)), PARTLY],
  [8, PATROL, WORKING, and(closed, on('closedOn', 90))],
  [2, SATELLITE, WORKING, and(closed, on('closedOn', 85))],
]

/** Every story of the demo list, open ones first. */
export const STORIES: readonly Story[] = [
  ...OPEN.map((line) => storyOf(line, true)),
  ...ENDED.map((line) => storyOf(line, false)),
]

function storyOf([times, source, shows, days, rest]: Line, open: boolean): Story {
  return { open, times, source, shows, days, ...rest }
}
