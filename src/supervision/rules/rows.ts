import type { ClockRule } from '../../base/rules/clock.ts'
import type { Day } from '../../base/rules/day.ts'
import { type Law, type RuleRow, ruleAt } from '../../base/rules/law.ts'
import { KINDS, type Kind, type Trigger } from './codes.ts'

/** One step as data (kind `supervision-step`): the mark of its 文号 (`{city}` is the city's first character) and the term of the answer. */
export type StepRule = {
  mark: string
  answer: ClockRule | null
  /** 挂牌 and the like stand at most so long. */
  mostMonths?: number
}

/**
 * When a rule drafts (kind `supervision-trigger`): the step, or `next` after the highest one sent or the one that was not answered. `group`:
 * one item for each case or for each organisation, with at most `most` cases; `until` is the highest step that a rule may draft.
 */
export type TriggerRule = { step: Kind | 'next'; group: 'case' | 'org'; most: number; months?: number; until?: Kind }

/** Points of a month (kind `supervision-score`): a score begins at `full`, each case moves it by its colour, and it ends at `floor`. */
export type ScoreRule = { full: number; green: number; yellow: number; red: number; floor: number }

/** After an item was lifted or withdrawn, none of its kind is drafted by rule for the same case for so many days. */
export type AgainRule = { days: number }

export const stepRow = (law: Law, kind: Kind, day: Day): RuleRow<StepRule> => ruleAt(law.rules, 'supervision-step', kind, day)
export const triggerRow = (law: Law, trigger: Trigger, day: Day): RuleRow<TriggerRule> =>
  ruleAt(law.rules, 'supervision-trigger', trigger, day)
export const scoreRow = (law: Law, day: Day): RuleRow<ScoreRule> => ruleAt(law.rules, 'supervision-score', 'default', day)
export const againRow = (law: Law, day: Day): RuleRow<AgainRule> => ruleAt(law.rules, 'supervision-again', 'default', day)

/** The 文号: mark, year in 〔〕, number without leading zeros. */
export function documentNo(mark: string, o: { cityName: string; year: number; seq: number }): string {
  return `${mark.replace('{city}', o.cityName.slice(0, 1))}〔${o.year}〕${o.seq}号`
}

/** Whether a text is a step. */
export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text)
