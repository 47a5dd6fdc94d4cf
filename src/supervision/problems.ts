import { defineProblems, Problem, type ProblemDef } from '../base/problem.ts'
import type { Refusal } from '../base/rules/refusal.ts'
import { refusalText } from './rules/refusal-text.ts'

export const problem = defineProblems('supervision', {
  'no-such-item': { status: 404, zh: '没有找到该督办件，或不在您的权限范围内', en: 'No such item, or it is outside your scope' },
  'no-such-file': { status: 404, zh: '没有找到该附件', en: 'No such file' },
  'no-such-case': {
    status: 422,
    zh: '关联的问题不存在、已办结或不在您的权限范围内：{id}',
    en: 'A case is not there, has ended or is outside your scope: {id}',
  },
  'no-such-organisation': { status: 422, zh: '没有这个单位：{id}', en: 'No such organisation: {id}' },
  'no-such-month': { status: 404, zh: '{month} 还没有月度快照', en: 'There is no monthly snapshot of {month} yet' },
  'no-score-rule': { status: 422, zh: '{month} 没有有效的计分规则', en: 'No scoring rule holds in {month}' },
  'already-open': {
    status: 409,
    zh: '其中一件问题已有未办结的同类督办件',
    en: 'One of the cases already has an open item of this kind',
  },
  'number-taken': { status: 409, zh: '文号重复，请重试', en: 'The document number is taken, try again' },
})

/** Which HTTP status a rule's no becomes: the role never may 403, not now 409, what was sent does not hold 422. */
const STATUS = { never: 403, 'not-now': 409, invalid: 422 } as const

/** A refusal of the rules as the Problem that leaves. */
export function refused(refusal: Refusal): Problem {
  const def: ProblemDef = { status: STATUS[refusal.kind], ...refusalText(refusal) }
  return new Problem(refusal.code, def, refusal.params)
}

/** Database constraints that a user can run into, by name. */
export const constraints = {
  item_case_open: () => problem('already-open'),
  item_tenant_kind_year_number_key: () => problem('number-taken'),
}
