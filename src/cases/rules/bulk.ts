import type { Label } from '../../people/rules/actor.ts'
import type { Act } from './act.ts'

/** What can be done to many cases in one go: acts that say the same of each. */
export const BULK_MOVES = ['triage', 'assign', 'decide_extension', 'remind', 'publicise', 'file', 'close'] as const
export type BulkMove = (typeof BULK_MOVES)[number]

/** At most so many cases are tried together, and so many are carried out by one request. */
export const MOST_TRIED = 500
export const MOST_DONE = 25

/** What became, or would become, of one case; `gone` is what is not there or not in view, `changed` what somebody moved on meanwhile. */
export const BULK_RESULTS = ['will', 'done', 'refused', 'changed', 'gone'] as const
export type BulkResult = (typeof BULK_RESULTS)[number]

export const BULK_RESULT_NAMES: Readonly<Record<BulkResult, Label>> = {
  will: { zh: '可以办理', en: 'Would be done' },
  done: { zh: '已办理', en: 'Done' },
  refused: { zh: '不能办理', en: 'Refused' },
  changed: { zh: '已被他人办理', en: 'Changed meanwhile' },
  gone: { zh: '不在范围内', en: 'Not in view' },
}

/** Whether an act says the same of every case: no claims, no title, no point of its own. */
export function isForMany(act: Act | { move: string }): boolean {
  if (!(BULK_MOVES as readonly string[]).includes(act.move)) return false
  return !OWN.some((field) => field in act)
}

const OWN = ['claims', 'title', 'point', 'town', 'village', 'address', 'enterprise'] as const

/** One case in the answer to a bulk act. */
export type BulkLine = {
  id: string
  result: BulkResult
  no?: string
  title?: string
  state?: string
  version?: number
  why?: { code: string; text: string }
}
