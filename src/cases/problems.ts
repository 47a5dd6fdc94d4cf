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
  'original-missing': {
    status: 409,
    zh: '原件不在库中：{name}。归档包必须完整，请先运行 doctor 并从备份恢复',
    en: 'The original is not in the store: {name}. A package must be whole: run doctor and restore it from a backup',
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
  'letter-not-yet': { status: 409, zh: '{letter}现在还不能出：{why}', en: '{letter} cannot be made yet: {why}' },
  'letter-specimen': {
    status: 409,
    zh: '“{letter}”的样式还没有核定，只能出样式，不能编号印发',
    en: 'The specimen of “{letter}” is not confirmed: it can be drafted, not issued',
  },
  'no-such-letter': { status: 404, zh: '没有找到这份文书', en: 'No such letter' },
  'list-too-long': {
    status: 422,
    zh: '共 {found} 行，{format} 一次最多 {expected} 行：请缩小筛选范围，或改用 xlsx',
    en: '{found} rows; {format} takes at most {expected} at once: narrow the filter, or take xlsx',
  },
  'bulk-too-many': {
    status: 422,
    zh: '一次最多试算 {expected} 件，请再缩小筛选范围',
    en: 'At most {expected} cases are tried at once: narrow the filter',
  },
  'no-such-view': { status: 404, zh: '没有找到该视图', en: 'No such view' },
  'views-full': {
    status: 409,
    zh: '视图已有 {expected} 个，请先删除不用的',
    en: 'There are {expected} views already: delete one first',
  },
  'no-such-meeting': { status: 404, zh: '没有找到该验收会', en: 'No such meeting' },
  'meeting-closed': {
    status: 409,
    zh: '纪要已于 {on} 定稿，不能再改',
    en: 'The minutes were closed on {on} and take no change',
  },
  'meeting-hidden': {
    status: 409,
    zh: '议程中有 {found} 件超出您的知悉范围，须由能看到全部议程的人办理',
    en: '{found} cases of the agenda lie above your clearance: somebody who sees them all has to do this',
  },
  'meeting-not-ready': {
    status: 422,
    zh: '{no} 现在不待验收也不待销号，不能列入议程',
    en: '{no} waits for no acceptance and no clear-off now: it cannot be put on the agenda',
  },
  'meeting-undecided': {
    status: 409,
    zh: '还有 {found} 件没有议定意见，不能定稿',
    en: '{found} cases have no decision yet: the minutes cannot be closed',
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
