import type { Claim, Duty, Leader, Measure, Standards } from '../../../../src/cases/rules/case.ts'
import { STANDARDS } from '../../../../src/cases/rules/codes.ts'
import type { Widget } from '../move-forms.ts'
import type { TypedVisit } from './on-site-field.tsx'
import type { TypedPoint } from './point-input.tsx'

/** Whether a value says all that its widget asks for. What the law makes of it is the server's answer. */
export function isComplete(widget: Widget, value: unknown): boolean {
  const check = CHECKS[widget]
  return check ? check(value as never) : !isBlank(value)
}

/** Whether nothing was filled in at all; an optional field may stay so. */
export function isUntouched(widget: Widget, value: unknown): boolean {
  if (widget === 'point') return isEmptyPoint((value ?? {}) as TypedPoint)
  if (widget === 'approver') return !(value as { account?: string } | undefined)?.account
  return isBlank(value)
}

const CHECKS: Partial<Record<Widget, (value: never) => boolean>> = {
  duties: (duties: Partial<Duty>[] | undefined) => (duties ?? []).some((duty) => duty.as === 'responsible' && duty.org),
  leader: (leader: Partial<Leader> | undefined) => !isBlank(leader?.name) && !isBlank(leader?.title),
  approver: (value: { account?: string } | undefined) => Boolean(value?.account),
  claims: (claims: Claim[] | undefined) => (claims ?? []).every((claim) => !isBlank(claim.text)),
  measures: (measures: Measure[] | undefined) => (measures ?? []).length > 0 && measures!.every(isMeasureComplete),
  explained: (rows: { measure: string; why: string }[] | undefined) =>
    (rows ?? []).every((row) => row.measure && !isBlank(row.why)),
  findings: (rows: { finding?: string }[] | undefined) => (rows ?? []).every((row) => row.finding !== undefined),
  standards: (standards: Partial<Standards> | undefined) => STANDARDS.every((standard) => isAnswered(standards?.[standard])),
  onSite: (visit: TypedVisit | undefined) => Boolean(visit?.day) && (visit?.people ?? []).some((name) => !isBlank(name)),
  point: (point: TypedPoint | undefined) => !isBlank(point?.lng) && !isBlank(point?.lat),
}

function isMeasureComplete(measure: Measure): boolean {
  return !isBlank(measure.text) && measure.milestones.every((row) => row.due && !isBlank(row.text) && !isBlank(row.standard))
}

function isAnswered(given: Standards[keyof Standards] | undefined): boolean {
  return given?.answer !== undefined && (given.answer !== 'na' || !isBlank(given.note))
}

function isEmptyPoint(point: TypedPoint): boolean {
  return isBlank(point.lng) && isBlank(point.lat)
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}
