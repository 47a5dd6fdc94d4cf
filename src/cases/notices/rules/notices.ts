import type { Day } from '../../../base/rules/day.ts'
import type { Actor } from '../../../people/rules/actor.ts'
import { canSee, isBound } from '../../rules/access.ts'
import type { Case } from '../../rules/case.ts'
import type { Move } from '../../rules/codes.ts'
import type { EventType } from '../../rules/event.ts'
import { MOVE_LABELS } from '../../rules/labels.ts'

/** Why somebody is told: it is their turn, it is about their work, the day comes near, it is here, it has gone by. */
export const NOTICE_KINDS = ['turn', 'told', 'due_soon', 'due_today', 'overdue'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What a notice says: the case's number, what happened, what the reader may do now, the day. No title and no name: it may leave by mail. */
export type NoticeWords = { no: string; what?: string; moves?: Move[]; due?: Day }

/** The roles that have work of the day. */
export const TOLD_ROLES = ['office', 'county_office', 'unit', 'inspector', 'leader'] as const

// Nothing waits for anybody anew after these.
const QUIET: readonly EventType[] = ['imported', 'evidence_added', 'flagged', 'infer', 'progress']

// What units are told of their case whoever's turn it is.
const OF_THE_UNIT: readonly EventType[] = [
  'decide_extension',
  'suspend',
  'resume',
  'close',
  'override_colour',
  'transfer',
  'merge',
]

/** Whether anybody is told of an event at all. */
export const isTold = (type: EventType): boolean => !QUIET.includes(type)

/** What one person is told of the last event of a case, or undefined; `moves` are what waits for that person now. */
export function noticeOf(
  c: Case,
  event: { type: EventType; author: string },
  to: { actor: Actor; moves: readonly Move[] },
): { kind: NoticeKind; words: NoticeWords } | undefined {
  if (to.actor.account === event.author || !canSee(to.actor, c)) return undefined
  const words: NoticeWords = { no: c.no, what: event.type, ...(c.due ? { due: c.due } : {}) }
  if (to.moves.length > 0) return { kind: 'turn', words: { ...words, moves: [...to.moves] } }
  const works = to.actor.holdings.some((h) => h.role === 'unit' && isBound('rectifier', h, c))
  return works && OF_THE_UNIT.includes(event.type) ? { kind: 'told', words } : undefined
}

/** A reminder of the day itself: three days before, on the day, the day after. */
export function kindOfDay(daysLeft: number): NoticeKind | undefined {
  if (daysLeft === 3) return 'due_soon'
  if (daysLeft === 0) return 'due_today'
  return daysLeft === -1 ? 'overdue' : undefined
}

/** One line in Chinese, for mail and short messages. */
export function lineOf(kind: NoticeKind, { no, what, moves, due }: NoticeWords): string {
  const happened = what ? (MOVE_LABELS as Record<string, { zh: string }>)[what]?.zh : undefined
  const next = moves?.map((move) => MOVE_LABELS[move].zh).join('、')
  const parts = {
    turn: `${no}：${happened ? `${happened}后` : ''}请您办理（${next}）${due ? `，期限 ${due}` : ''}`,
    told: `${no}：${happened ?? what}${due ? `，期限 ${due}` : ''}`,
    due_soon: `${no}：3 天后到期（${due}）`,
    due_today: `${no}：今天到期`,
    overdue: `${no}：已逾期（期限 ${due}）`,
  }
  return parts[kind]
}
