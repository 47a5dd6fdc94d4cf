import type { Label } from '../../../people/rules/actor.ts'
import { STATE_LABELS } from '../../rules/labels.ts'

/**
 * What is measured in days: each state that a case waits in, and two spans over several of them. The order is that of the stored columns
 * (`cases.course`) and must not change; a new one goes to the end.
 */
export const STAGES = [
  'reported',
  'triaged',
  'assigned',
  'returned',
  'signed',
  'plan_submitted',
  'rectifying',
  'self_checked',
  'county_accepted',
  'city_accepted',
  'publicising',
  'objected',
  'filed',
  'work',
  'whole',
] as const
export type Stage = (typeof STAGES)[number]

/** The spans: from dispatch to the first self-check, and from the report to the first clear-off. */
export const SPANS = ['work', 'whole'] as const

export const SPAN_LABELS: Readonly<Record<(typeof SPANS)[number], Label>> = {
  work: { zh: '整改用时（交办至自查完成）', en: 'Work (dispatch to self-check)' },
  whole: { zh: '全程用时（登记至销号）', en: 'Whole (report to clear-off)' },
}

/** The name of a stage: that of its state, or of the span. */
export function stageLabel(stage: Stage): Label {
  return stage === 'work' || stage === 'whole' ? SPAN_LABELS[stage] : STATE_LABELS[stage]
}
