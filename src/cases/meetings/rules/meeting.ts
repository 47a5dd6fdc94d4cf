import type { Day, Instant } from '../../../base/rules/day.ts'
import type { By, Label } from '../../../people/rules/actor.ts'
import type { State } from '../../rules/codes.ts'

/** What a meeting (集中验收) says of a case. */
export const DECISIONS = ['accept', 'reject', 'postpone'] as const
export type Decision = (typeof DECISIONS)[number]

export const DECISION_NAMES: Readonly<Record<Decision, Label>> = {
  accept: { zh: '同意', en: 'Accepted' },
  reject: { zh: '不同意', en: 'Rejected' },
  postpone: { zh: '暂缓', en: 'Postponed' },
}

/** The states in which a case waits for an acceptance or for its clear-off: what can be put on the agenda. */
export const READY: readonly State[] = ['self_checked', 'county_accepted', 'city_accepted', 'publicising', 'filed']

/** One case of the agenda: `state` as it stood when it was put there, `now` as it stands. */
export type MeetingItem = {
  case: string
  no: string
  title: string
  responsible: string
  region: string
  state: State
  now: State
  version: number
  decision?: Decision
  words?: string
}

/** A meeting with its agenda as far as the reader sees it; `hidden` counts the rest, and the minutes are told only who sees all. */
export type Meeting = {
  id: string
  version: number
  heldOn: Day
  place: string
  chair: string
  attendees: string[]
  minutes?: string
  closedAt?: Instant
  closedBy?: Pick<By, 'name' | 'title' | 'orgName'>
  hidden: number
  items: MeetingItem[]
}

/** How many cases were decided in which way, and how many not yet. */
export function tallyOf(items: readonly Pick<MeetingItem, 'decision'>[]): Record<Decision | 'open', number> {
  const count = (decision: Decision | undefined) => items.filter((item) => item.decision === decision).length
  return { accept: count('accept'), reject: count('reject'), postpone: count('postpone'), open: count(undefined) }
}
