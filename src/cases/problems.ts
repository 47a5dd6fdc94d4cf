import { defineProblems, Problem, type ProblemDef } from '../base/problem.ts'
import type { Refusal } from '../base/rules/refusal.ts'
import { refusalText } from './rules/refusal-text.ts'

export const problem = defineProblems('cases', {
  'no-such-case': { status: 404, zh: '没有找到该问题，或不在您的权限范围内', en: 'No such problem, or it is outside your scope' },
  'no-such-evidence': { status: 404, zh: '没有找到该证据', en: 'No such evidence' },
  'no-file': {
    status: 422,
    zh: '没有收到文件：请以 file 字段上传一个文件',
    en: 'No file came: send one file in the field `file`',
  },
  'no-such-area': { status: 422, zh: '本市没有这个行政区划：{code}', en: 'This city has no such division: {code}' },
  'outside-city': {
    status: 422,
    zh: '坐标不在本市范围内，或与所选县区不符：{found}',
    en: 'The point is outside the city or the county chosen: {found}',
  },
  'no-such-organisation': { status: 422, zh: '没有这个单位：{id}', en: 'No such organisation: {id}' },
  'no-tile': { status: 404, zh: '没有这个瓦片：{z}/{x}/{y}', en: 'There is no tile {z}/{x}/{y}' },
  'as-of-future': {
    status: 422,
    zh: '{found} 还没有到：最晚可查今天 {expected}',
    en: '{found} has not come yet: the latest day is today, {expected}',
  },
  'as-of-before': {
    status: 422,
    zh: '{found} 早于第一条记录：最早可查 {expected}',
    en: '{found} lies before the first record: the earliest day is {expected}',
  },
  'as-of-too-many': {
    status: 422,
    zh: '共 {found} 行，一次最多导出 {expected} 行，请按县区分次导出',
    en: '{found} rows; at most {expected} are exported at once: choose a county',
  },
  'month-not-frozen': {
    status: 404,
    zh: '{found} 还没有冻结月度三色，不能生成通报',
    en: 'The colours of {found} are not frozen: no bulletin can be made of it',
  },
  'scan-running': {
    status: 409,
    zh: '扫描还没有完成（{found} / {expected}），请稍后再导出',
    en: 'The scan is not through yet ({found} of {expected}): export it in a moment',
  },
  'number-taken': { status: 409, zh: '编号重复，请重试', en: 'The number is taken, try again' },
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
  problem_tenant_no_key: () => problem('number-taken'),
  problem_tenant_region_fkey: () => problem('no-such-area', { code: '' }),
  problem_tenant_town_fkey: () => problem('no-such-area', { code: '' }),
  problem_tenant_village_fkey: () => problem('no-such-area', { code: '' }),
}
